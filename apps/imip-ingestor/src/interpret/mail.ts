// Reads a raw mail: the tree of its parts and the headers that are used, from any bytes.
// Called by the reader, by `npm run interpret` and by the tests; interpret and judge see nothing else of a mail.
import addressparser from 'nodemailer/lib/addressparser';
import { textFrom, type Header, words, type MailPart, splitMessage } from '#mime';

export type { MailPart } from '#mime';
export type { Header } from '#mime';

/** Envelope sender as the way in reports it: an address, `''` for the null sender, null where it is unknown. */
export type EnvelopeSender = string | null;

/** What judge needs of a mail. Plain data: it can cross to a worker and back. */
export interface MailHead {
  /** Bare addresses of every From header, in order. */
  from: string[];
  replyTo: string[];
  /** Bare addresses of Sender. */
  sender: string[];
  to: string[];
  /** Without angle brackets; null where there is none. */
  messageId: string | null;
  inReplyTo: string | null;
  references: string[];
  date: Date | null;
  /** UTC offset of the Date header in minutes: the writer's clock. */
  dateOffsetMinutes: number | null;
  subject: string;
  envelopeFrom: EnvelopeSender;
  /** Values of Authentication-Results, topmost first. */
  authenticationResults: string[];
}

export interface Mail extends MailHead {
  headers: Header[];
  root: MailPart;
  /** Every part of the tree in document order, embedded messages included. */
  parts: MailPart[];
  /** What was wrong with it, as kebab-case codes: `unclosed-multipart`, `too-many-parts`, … */
  faults: string[];
}

/** The ways in refuse larger mails; of any that still arrive only this much is read. */
export const maxMailBytes = 10 * 1024 * 1024;
const bounds = { maxParts: 50, maxDepth: 10 };

/** Reads raw RFC 5322 bytes. Takes any bytes and never throws; `envelopeFrom` defaults to what Return-Path says. */
export function readMail(raw: Buffer, envelopeFrom?: EnvelopeSender): Mail {
  const faults = new Set<string>();
  if (raw.length > maxMailBytes) faults.add('too-large');
  const root = splitMessage(raw.subarray(0, maxMailBytes), bounds, faults);
  const head = headOf(root.headers, envelopeFrom ?? null);
  const parts = flat(root);
  const budget: TextBudget = { leftBytes: maxTextBytesOfMail, texts: new WeakMap() };
  for (const part of parts) budgets.set(part, budget);
  return { ...head, headers: root.headers, root, parts, faults: [...faults].sort() };
}

/** What the headers of raw bytes say, at most their first 64 KiB; without Return-Path the envelope sender is null. */
export const readHead = (raw: Buffer): MailHead =>
  headOf(splitMessage(raw.subarray(0, 65_536), { maxParts: 1, maxDepth: 0 }, new Set()).headers, null);

function headOf(headers: Header[], envelopeFrom: EnvelopeSender): MailHead {
  const date = dateIn(header(headers, 'date') ?? '');
  return {
    from: all(headers, 'from').flatMap(addressesIn),
    replyTo: all(headers, 'reply-to').flatMap(addressesIn),
    sender: all(headers, 'sender').flatMap(addressesIn),
    to: [...all(headers, 'to'), ...all(headers, 'cc')].flatMap(addressesIn),
    messageId: idsIn(header(headers, 'message-id') ?? '')[0] ?? null,
    inReplyTo: idsIn(header(headers, 'in-reply-to') ?? '')[0] ?? null,
    references: idsIn(header(headers, 'references') ?? ''),
    date: date?.instant ?? null,
    dateOffsetMinutes: date?.offsetMinutes ?? null,
    subject: words(header(headers, 'subject') ?? ''),
    envelopeFrom: envelopeFrom ?? returnPath(headers),
    authenticationResults: all(headers, 'authentication-results'),
  };
}

/** The first value of a header, or undefined. `name` in lower case. */
export const header = (headers: Header[], name: string): string | undefined =>
  headers.find((each) => each.name === name)?.value;

/** Every value of a header, topmost first. */
export const all = (headers: Header[], name: string): string[] =>
  headers.filter((each) => each.name === name).map((each) => each.value);

/** Only this much of a text is read: enough for what a person writes and for what a report needs. */
const maxTextBytes = 256 * 1024;

/**
 * All texts of one mail together: however many parts it has, reading it costs no more than reading two of the
 * longest.
 */
const maxTextBytesOfMail = 2 * maxTextBytes;

/** The bytes that may still be decoded of a mail's texts, and the texts decoded so far. */
interface TextBudget {
  leftBytes: number;
  texts: WeakMap<MailPart, string>;
}
const budgets = new WeakMap<MailPart, TextBudget>();

/**
 * The text of a part in its charset, line ends as LF, without NUL; at most its first 256 KiB, and of a mail that
 * `readMail` read no more than 512 KiB over all parts, in the order in which they are asked for. The same text at each
 * call.
 */
export function textOf(part: MailPart): string {
  const budget = budgets.get(part);
  const known = budget?.texts.get(part);
  if (known !== undefined) return known;
  const limit = Math.min(maxTextBytes, budget?.leftBytes ?? maxTextBytes);
  const bytes = cutAtLineEnd(part.body, limit);
  const text = textFrom(bytes, part.params['charset'] ?? null)
    .replaceAll('\0', '')
    .replace(/\r{0,2}\n|\r/g, '\n');
  if (budget) {
    budget.leftBytes -= bytes.length;
    budget.texts.set(part, text);
  }
  return text;
}

/** Cut at a line end, so that no character is cut in two. */
function cutAtLineEnd(body: Buffer, limit: number): Buffer {
  if (body.length <= limit) return body;
  return body.subarray(0, Math.max(body.lastIndexOf(10, limit), 0) || limit);
}

const flat = (part: MailPart): MailPart[] => [part, ...part.children.flatMap(flat)];

/** Bare addresses of an address list; a value that contains none gives none. */
export function addressesIn(value: string): string[] {
  try {
    return addressparser(value.slice(0, 4_096), { flatten: true })
      .map((each) => each.address.trim())
      .filter((address) => address.includes('@'));
  } catch {
    return [];
  }
}

const idsIn = (value: string): string[] => {
  const bracketed = [...value.matchAll(/<([^<>\s]{1,500})>/g)].map((match) => match[1] ?? '');
  if (bracketed.length > 0) return bracketed.slice(0, 50);
  const bare = value.trim().split(/\s+/)[0] ?? '';
  return bare.includes('@') ? [bare.slice(0, 500)] : [];
};

function returnPath(headers: Header[]): EnvelopeSender {
  const value = header(headers, 'return-path');
  if (value === undefined) return null;
  return /^(?:<\s*>)?$/.test(value) ? '' : (addressesIn(value)[0] ?? null);
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const rfc5322Date =
  /(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{2,4})\s+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([+-]\d{4}|[A-Za-z]{1,5})?/;
/** RFC 5322 4.3: the only named zones with a known offset. */
const zones: Record<string, number> = {
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
};

/**
 * A Date header as an instant and its offset; an unknown zone counts as UTC (RFC 5322 4.3). Null where it is no date.
 */
export function dateIn(value: string): { instant: Date; offsetMinutes: number } | null {
  const match = rfc5322Date.exec(value.slice(0, 200));
  if (!match) return null;
  const [, day = '', monthName = '', year = '', hour = '', minute = '', second = '0', zone = 'GMT'] = match;
  const month = months.indexOf(monthName.toLowerCase());
  if (month < 0) return null;
  const fullYear = year.length > 2 ? Number(year) : Number(year) + (Number(year) < 50 ? 2000 : 1900);
  const offsetMinutes = /^[+-]/.test(zone)
    ? Number(`${zone.slice(0, 1)}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3)))
    : (zones[zone.toUpperCase()] ?? 0);
  const instant = new Date(
    Date.UTC(fullYear, month, Number(day), Number(hour), Number(minute) - offsetMinutes, Number(second)),
  );
  return Number.isNaN(instant.getTime()) || Math.abs(offsetMinutes) > 24 * 60 ? null : { instant, offsetMinutes };
}
