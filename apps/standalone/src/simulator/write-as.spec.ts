import { interpret } from '../../../imip-ingestor/src/interpret/interpret';
import { readMail } from '../../../imip-ingestor/src/interpret/mail';
import { clients, familyOf } from './answer';
import { type WrittenReply, writeAs } from './write-as';

const letter = Buffer.from(
  [
    'From: "Meet" <scheduling@meet.example>',
    'Reply-To: "Meet" <scheduling@meet.example>',
    'To: =?utf-8?B?R8Otbw==?= <gil@guest.example>',
    'Subject: Practice Session =?utf-8?B?4oCU?= Invitation',
    'Date: Mon, 23 Nov 2026 08:00:00 +0000',
    'Message-ID: <m1@meet.example>',
    'References: <m1@meet.example>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'You are invited',
    '',
    'https://meet.example/reschedule?r=abc',
    '--b--',
    '',
  ].join('\r\n'),
);
const read = (client: (typeof clients)[number], writing: WrittenReply) => {
  const sent = writeAs(client, letter, writing, { now: new Date('2026-11-23T08:15:00Z'), id: 'a1-b2' });
  const mail = readMail(sent.raw, sent.envelopeFrom);
  return { sent, mail, reading: interpret(mail) };
};

describe.each(clients)('what comes back through %s', (client) => {
  it('as words is read as the words alone, in the thread of the letter', () => {
    const { mail, reading } = read(client, { kind: 'text', text: 'can we do 3pm?\nOr on Überbrückungsmontag.' });
    expect(mail.faults).toEqual([]);
    expect(reading).toMatchObject({ kind: 'text', visibleText: 'can we do 3pm?\nOr on Überbrückungsmontag.' });
    expect(mail).toMatchObject({
      from: ['gil@guest.example'],
      to: ['scheduling@meet.example'],
      inReplyTo: 'm1@meet.example',
      references: ['m1@meet.example'],
    });
    expect(mail.subject).toMatch(/^re: Practice Session — Invitation$/i);
  });

  it('as an absence note is read as automatic', () => {
    expect(read(client, { kind: 'out-of-office' }).reading.kind).toBe('auto-reply');
  });

  it('as a bounce is a hard failure of that address, from nobody', () => {
    const { sent, mail, reading } = read(client, { kind: 'bounce' });
    expect([mail.faults, sent.envelopeFrom, mail.envelopeFrom]).toEqual([[], '', '']);
    expect(reading).toMatchObject({
      kind: 'bounce',
      recipients: [
        { address: 'gil@guest.example', kind: 'hard', status: familyOf(client) === 'outlook' ? '5.1.10' : '5.1.1' },
      ],
    });
    expect(
      mail.parts.find((part) =>
        part.headers.some((each) => each.name === 'message-id' && each.value === '<m1@meet.example>'),
      ),
    ).toBeDefined();
  });
});

it('refuses a mail that names no writer', () => {
  expect(() =>
    writeAs('google', Buffer.from('Subject: x\r\n\r\nhello'), { kind: 'bounce' }, { now: new Date(0), id: 'x' }),
  ).toThrow('names no writer');
});
