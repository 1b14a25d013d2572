// Reads the meeting answer in a winmail.dat: its message class and its unencoded fields (MS-OXTNEF, MS-OXOCAL).
// Called by interpret. Such an answer is never acted on; it is shown to a person.
import type { Mail } from './mail';
import type { CalendarFields } from './reading';

const signature = 0x223e9f78;
const attributes = {
  messageClass: 0x00078008,
  dateStart: 0x00030006,
  dateEnd: 0x00030007,
  properties: 0x00069003,
} as const;
const maxAttributes = 500;

const partstats: Record<string, string> = {
  pos: 'accepted',
  p: 'accepted',
  neg: 'declined',
  n: 'declined',
  tent: 'tentative',
  a: 'tentative',
};

/**
 * The fields of a meeting answer wrapped as TNEF, or null where the mail carries none. The attendee is whoever wrote
 * the mail.
 */
export function tnefAnswer(mail: Mail): CalendarFields | null {
  for (const part of mail.parts) {
    const isTnef =
      /^application\/(?:vnd\.)?ms-tnef$/.test(part.type) || part.filename?.trim().toLowerCase() === 'winmail.dat';
    if (!isTnef || part.ancestors.some((type) => type.startsWith('message/'))) continue;
    const fields = answerIn(part.body);
    if (fields === null) continue;
    const [attendee] = mail.from;
    return { method: 'REPLY', ...(attendee === undefined ? {} : { attendee }), ...fields };
  }
  return null;
}

function answerIn(bytes: Buffer): CalendarFields | null {
  const read = new Map<number, Buffer>();
  for (const [id, data] of attributesOf(bytes)) if (!read.has(id)) read.set(id, data);
  // In a damaged stream the class can still be found as plain text.
  const named =
    read.get(attributes.messageClass)?.toString('latin1') ?? bytes.subarray(0, 64 * 1024).toString('latin1');
  const word = /IPM\.(?:Schedule\.Meeting\.Resp\.(Pos|Neg|Tent)|Microsoft Schedule\.MtgResp(P|N|A))/i.exec(named);
  if (!word) return null;
  const properties = read.get(attributes.properties) ?? Buffer.alloc(0);
  const start = dateIn(read.get(attributes.dateStart)) ?? filetime(properties, 0x0060);
  const end = dateIn(read.get(attributes.dateEnd)) ?? filetime(properties, 0x0061);
  return known({
    partstat: partstats[(word[1] ?? word[2] ?? '').toLowerCase()],
    uid: foreignUid(properties),
    startUtc: start?.toISOString(),
    endUtc: end?.toISOString(),
  });
}

/** The fields that were found. */
const known = (fields: { [field in keyof CalendarFields]: CalendarFields[field] | undefined }): CalendarFields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** MS-OXTNEF 2.1.3: level, id, length, data, checksum; stops where a length runs over the end. */
function* attributesOf(bytes: Buffer): Generator<[id: number, data: Buffer]> {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== signature) return;
  let at = 6;
  for (let count = 0; count < maxAttributes && at + 9 <= bytes.length; count++) {
    const id = bytes.readUInt32LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    const end = at + 9 + length;
    if (end > bytes.length) return;
    yield [id, bytes.subarray(at + 9, end)];
    at = end + 2;
  }
}

/** A DTR (2.1.3.3.2): year, month, day, hour, minute, second as little-endian words, in UTC. */
function dateIn(data: Buffer | undefined): Date | undefined {
  if (data === undefined || data.length < 12) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = [0, 2, 4, 6, 8, 10].map((at) =>
    data.readUInt16LE(at),
  );
  return plausible(Date.UTC(year, month - 1, day, hour, minute, second));
}

/** PidTagStartDate and PidTagEndDate, found by their tag: type 0x0040 and the id, then 100 ns since 1601. */
function filetime(properties: Buffer, id: number): Date | undefined {
  const tag = Buffer.from([0x40, 0x00, id & 0xff, id >> 8]);
  const at = properties.indexOf(tag);
  if (at < 0 || at + 12 > properties.length) return undefined;
  return plausible(Number(properties.readBigUInt64LE(at + 4) / 10_000n) - 11_644_473_600_000);
}

const plausible = (time: number): Date | undefined =>
  time > 0 && time < Date.UTC(2200, 0) ? new Date(time) : undefined;

/** MS-OXCICAL 2.1.3.1.1.20.26: a UID that is not Outlook's own stands behind `vCal-Uid` in the global object id. */
function foreignUid(properties: Buffer): string | undefined {
  const mark = properties.indexOf('vCal-Uid', 0, 'latin1');
  if (mark < 0) return undefined;
  const from = mark + 12;
  const end = properties.indexOf(0, from);
  const uid = properties.subarray(from, end < 0 ? from : end).toString('latin1');
  return /^[\x21-\x7e]{1,255}$/.test(uid) ? uid : undefined;
}
