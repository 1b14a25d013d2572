import { interpret } from './interpret';
import { readMail } from './mail';

const uid = '5f0c7a52-9d1e-4c1b-8f57-2f6f0d4f6a11@meet.example';

/** One attribute of a TNEF stream (MS-OXTNEF 2.1.3): level, id, length, data, checksum. */
function attribute(id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt8(1, 0);
  head.writeUInt32LE(id, 1);
  head.writeUInt32LE(data.length, 5);
  const sum = Buffer.alloc(2);
  sum.writeUInt16LE(data.reduce((total, byte) => (total + byte) & 0xffff, 0));
  return Buffer.concat([head, data, sum]);
}
const words = (...values: number[]): Buffer => Buffer.from(Uint16Array.from(values).buffer);
/** A global object id that carries a foreign UID (MS-OXCICAL), as one property among others. */
const properties = Buffer.concat([
  Buffer.from([1, 0, 0, 0, 0x02, 0x01, 0x03, 0x00]),
  Buffer.alloc(40),
  Buffer.from('vCal-Uid\x01\0\0\0', 'latin1'),
  Buffer.from(`${uid}\0`),
]);

const stream = (messageClass: string): Buffer =>
  Buffer.concat([
    Buffer.from([0x78, 0x9f, 0x3e, 0x22, 0x01, 0x00]),
    attribute(0x00089006, Buffer.from([0, 0, 1, 0])),
    attribute(0x00078008, Buffer.from(`${messageClass}\0`)),
    attribute(0x00030006, words(2026, 12, 10, 10, 0, 0, 4)),
    attribute(0x00030007, words(2026, 12, 10, 11, 0, 0, 4)),
    attribute(0x00069003, properties),
  ]);

const read = (tnef: Buffer, type = 'application/ms-tnef; name="winmail.dat"') =>
  interpret(
    readMail(
      Buffer.from(
        `From: Hanna <hanna@host.example>\r\nSubject: Accepted: Practice Session\r\nContent-Type: ` +
          `multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n \r\n--b\r\n` +
          `Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n${tnef.toString('base64')}\r\n--b--\r\n`,
      ),
    ),
  );

describe('a meeting answer in winmail.dat', () => {
  it.each([
    ['IPM.Schedule.Meeting.Resp.Pos', 'accepted'],
    ['IPM.Schedule.Meeting.Resp.Neg', 'declined'],
    ['IPM.Schedule.Meeting.Resp.Tent', 'tentative'],
    ['IPM.Microsoft Schedule.MtgRespP', 'accepted'],
    ['IPM.Microsoft Schedule.MtgRespN', 'declined'],
    ['IPM.Microsoft Schedule.MtgRespA', 'tentative'],
  ])('%s is recognized as %s, and never acted on', (messageClass, partstat) => {
    expect(read(stream(messageClass))).toEqual({
      kind: 'ignored',
      why: 'tnef-response: a meeting answer in winmail.dat, for a person to read',
      method: 'REPLY',
      attendee: 'hanna@host.example',
      partstat,
      uid,
      startUtc: '2026-12-10T10:00:00.000Z',
      endUtc: '2026-12-10T11:00:00.000Z',
    });
  });

  it('is recognized by its file name alone', () => {
    expect(read(stream('IPM.Schedule.Meeting.Resp.Pos'), 'application/octet-stream; name="WINMAIL.DAT"').why).toMatch(
      /^tnef-response/,
    );
  });

  it('is recognized where the stream is cut anywhere behind its class', () => {
    const whole = stream('IPM.Schedule.Meeting.Resp.Pos');
    for (let length = 60; length <= whole.length; length++)
      expect(read(whole.subarray(0, length))).toMatchObject({
        why: expect.stringMatching(/^tnef-response/),
        partstat: 'accepted',
      });
  });

  it('is no answer where the class is that of a letter', () => {
    expect(read(stream('IPM.Microsoft Mail.Note')).why).toMatch(/^empty/);
  });
});
