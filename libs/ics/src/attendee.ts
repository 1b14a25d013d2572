// Reads one ATTENDEE line of a received calendar: address, answer, comment, proposed time.
// Called by the reader.
import { bareAddress } from './address';
import { readDate } from './calendar-date';
import type { CalendarAttendee, CalendarTime, ProposedNewTime } from './calendar-message';
import { unescapeText, type ContentLine } from './content-lines';

/** Reads one ATTENDEE property. Nothing in it is checked: PARTSTAT may be any word. */
export function readAttendee({ value, params }: ContentLine): CalendarAttendee {
  const comment = params.get('X-RESPONSE-COMMENT');
  return {
    email: partyAddress({ value, params }),
    // vCalendar 1.0 says STATUS.
    partstat: (params.get('PARTSTAT') ?? params.get('STATUS'))?.trim().toUpperCase() || null,
    sentBy: bareAddress(params.get('SENT-BY') ?? ''),
    name: params.get('CN') || null,
    // Google escapes the text for HTML first and for TEXT then: it&#39\;s.
    responseComment: comment === undefined ? null : decodeEntities(unescapeText(comment)).trim() || null,
    proposedNewTime: readProposal(params.get('TO-ALL-PROPOSED-NEW-TIME') ?? ''),
  };
}

/**
 * The address of an ATTENDEE or ORGANIZER, null where there is none. Where the value is no `mailto:` URI (a path,
 * `urn:uuid:`), or an address of iCloud that only routes (`mailto:2_GEZDG…@imip.me.com`), the address is the parameter
 * EMAIL (RFC 7986 6.2), or X-CALENDARSERVER-EMAIL of Apple's own server. EMAIL beside any other address is not read: it
 * would let an answer claim another attendee than its value.
 */
export function partyAddress({ value, params }: Pick<ContentLine, 'value' | 'params'>): string | null {
  const address = bareAddress(value);
  if (address !== null && /^\s*mailto:/i.test(value) && !isRouting(address)) return address;
  return bareAddress(params.get('EMAIL') ?? '') ?? bareAddress(params.get('X-CALENDARSERVER-EMAIL') ?? '') ?? address;
}

const isRouting = (address: string): boolean => /@(?:[^@]+\.)?imip\.me\.com\.?$/i.test(address);

/** iOS: `DTSTART:20261201T090000Z;STATUS:NEEDS-ACTION`. It writes UTC; any other form stays unresolved. */
function readProposal(text: string): ProposedNewTime | null {
  const start = /(?:^|;)\s*DTSTART:([^;]*)/i.exec(text)?.[1];
  const end = /(?:^|;)\s*DTEND:([^;]*)/i.exec(text)?.[1];
  return start === undefined ? null : { start: utcTime(start), end: end === undefined ? null : utcTime(end) };
}

function utcTime(value: string): CalendarTime {
  const date = readDate(value);
  if (date === null) return { unresolved: 'malformed' };
  if (date.form === 'utc') return { instant: new Date(date.wall) };
  return { unresolved: date.form === 'date' ? 'all-day' : 'floating' };
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** HTML entities decoded once; such as stand for control characters or no character at all stay as they are. */
export const decodeEntities = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi,
    (entity, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name.toLowerCase()] ?? entity;
      const codePoint = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      if (codePoint === 10) return '\n';
      const isText = codePoint >= 32 && codePoint <= 0x10ffff && (codePoint < 0x7f || codePoint > 0x9f);
      return isText && (codePoint < 0xd800 || codePoint > 0xdfff) ? String.fromCodePoint(codePoint) : entity;
    },
  );
