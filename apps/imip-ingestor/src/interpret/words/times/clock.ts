// Decides which time of day, or which range, the tokens from an index on name: "3pm", "halb drei", "de 15 a 16 h",
// "午後3時".
// Called by proposed-times.ts. A number alone is no time: a word before, a unit behind or a range must make it one.
import type { Part } from './lexicon';
import { isMark, meaningIn, means, type Token } from './tokens';

export interface ClockTime {
  hour: number;
  minute: number;
  half: 'am' | 'pm' | null;
  part: Part | null;
  /** Written 08:30 or 00:15: no afternoon is meant. */
  literal: boolean;
}

export interface TimeItem {
  kind: 'time';
  /** Tokens, the second exclusive. */
  from: number;
  to: number;
  start: ClockTime;
  end: ClockTime | null;
  /** "until 3pm", "before 3": a limit, not a proposal. */
  limit: boolean;
  /** "in two hours": from now, in minutes. */
  span: number | null;
}

type LeadStrength = 'strong' | 'weak' | 'range' | null;
interface ClockMatch {
  time: ClockTime;
  next: number;
}

const clock = (hour: number, minute: number, literal = false): ClockTime => ({
  hour,
  minute,
  half: null,
  part: null,
  literal,
});

/** The time at token `at`; `afterDay`: a day stands right before it. Null where there is none. */
export function timeAt(tokens: readonly Token[], at: number, afterDay: boolean): TimeItem | null {
  const lead = leadAt(tokens, at);
  const first = lead.next;
  const span = spanAt(tokens, at);
  if (span !== null) return span;
  const start = clockAt(tokens, first, lead.kind ?? (afterDay ? 'weak' : null));
  const ranged = rangeAt(tokens, first, lead, start, afterDay);
  const item = { kind: 'time' as const, from: at, limit: lead.limit, span: null };
  if (ranged !== null) return { ...item, to: ranged.next, start: ranged.start, end: ranged.end };
  return start === null ? null : { ...item, to: start.next, start: start.time, end: null };
}

interface LeadWords {
  kind: LeadStrength;
  next: number;
  /** "from", "between": then "and" joins as "to" does. */
  from: boolean;
  limit: boolean;
}

function leadAt(tokens: readonly Token[], at: number): LeadWords {
  const lead: LeadWords = { kind: null, next: at, from: false, limit: false };
  while (lead.next < at + 4 && takeLead(tokens[lead.next], lead, lead.next > at)) lead.next += 1;
  return lead;
}

function takeLead(token: Token | undefined, lead: LeadWords, inside: boolean): boolean {
  if (means(token, 'at', 'after') || isMark(token, '@')) lead.kind = 'strong';
  else if (means(token, 'from')) lead.from = true;
  else if (means(token, 'weak at')) lead.kind ??= 'weak';
  else if (means(token, 'limit')) lead.limit = true;
  else return inside && isMark(token, ':');
  return true;
}

/**
 * A range with both ends; a bare number is the one end where the other is surely a time or "from" stands before both.
 */
function rangeAt(
  tokens: readonly Token[],
  first: number,
  lead: LeadWords,
  start: ClockMatch | null,
  afterDay: boolean,
): { start: ClockTime; end: ClockTime; next: number } | null {
  const begin = start ?? bareAt(tokens, first);
  const joined = begin === null ? null : joinAt(tokens, begin.next, lead.from);
  if (begin === null || joined === null) return null;
  const sureEnd = clockAt(tokens, joined, null);
  const end = sureEnd ?? bareAt(tokens, joined);
  if (end === null) return null;
  const isLed = [start !== null, lead.from, lead.kind === 'strong', afterDay].some(Boolean);
  const isSure = sureEnd !== null || (isLed && mayFollow(tokens[end.next], start !== null));
  return isSure ? { start: begin.time, end: end.time, next: end.next } : null;
}

/** The index behind "to", a dash or, after "between", "and"; with a label's line end and colon. */
function joinAt(tokens: readonly Token[], at: number, between: boolean): number | null {
  const broken = tokens[at]?.kind === 'break';
  const join = broken || isMark(tokens[at], ',') ? at + 1 : at;
  if (!joins(tokens[join], between)) return null;
  let next = join + 1;
  // On the next line only a label joins: "From: 3pm", "To: 4pm".
  if (broken && !isMark(tokens[next], ':')) return null;
  while (isMark(tokens[next], ':') || means(tokens[next], 'at', 'to')) next += 1;
  return next;
}

const joins = (token: Token | undefined, between: boolean): boolean =>
  means(token, 'to') || isMark(token, '-') || (between && means(token, 'and'));

/** A plain number of an hour. */
function bareAt(tokens: readonly Token[], at: number): ClockMatch | null {
  const token = tokens[at];
  if (token?.kind !== 'number' || token.ordinal || token.value > 24 || token.text.length > 2) return null;
  if (isUnit(tokens[at + 1])) return null;
  return suffixed(tokens, { time: clock(token.value, 0, token.text.startsWith('0')), next: at + 1 });
}

const isUnit = (token: Token | undefined): boolean =>
  means(token, 'minutes', 'span hours', 'days', 'month', 'date day', 'date month');

/** Whether a number may be an hour by the token behind it: an unknown word may be what is counted. */
const mayFollow = (token: Token | undefined, sure: boolean): boolean =>
  token === undefined || (!isUnit(token) && (sure || token.kind !== 'word'));

function clockAt(tokens: readonly Token[], at: number, lead: LeadStrength): ClockMatch | null {
  const token = tokens[at];
  if (means(token, 'noon')) {
    const { minutes, next } = moreMinutes(tokens, at + 1);
    return { time: { ...later(12, minutes, false), half: minutes < 0 ? 'am' : 'pm' }, next };
  }
  if (means(token, 'midnight')) return { time: clock(24, 0, true), next: at + 1 };
  const spoken = spokenAt(tokens, at);
  if (spoken !== null) return suffixed(tokens, spoken);
  if (means(token, 'half unsure')) return null;
  const part = meaningIn(token, 'part');
  if (part !== null) return behindPart(tokens, at, part.part, lead);
  return token?.kind === 'clock' ? figureClock(tokens, at, lead) : numberClock(tokens, at, lead);
}

/** "午後3時": the part of the day before the figure. */
function behindPart(tokens: readonly Token[], at: number, part: Part | null, lead: LeadStrength): ClockMatch | null {
  const kind = tokens[at + 1]?.kind;
  const read = kind === 'number' || kind === 'clock' ? clockAt(tokens, at + 1, lead) : null;
  return read === null ? null : { ...read, time: { ...read.time, part } };
}

const spokenMinutes = [
  ['half past', 30],
  ['half to', -30],
  ['quarter past', 15],
  ['quarter to', -15],
] as const;

/** "half past two", "Viertel vor drei". */
function spokenAt(tokens: readonly Token[], at: number): ClockMatch | null {
  const token = tokens[at];
  const minutes = spokenMinutes.find(([kind]) => means(token, kind))?.[1] ?? null;
  const hour = numberIn(tokens[at + 1]);
  if (minutes === null || hour === null || hour > 24) return null;
  const total = hour * 60 + minutes;
  return { time: clock(Math.floor(total / 60), total % 60), next: at + 2 };
}

/** The value of a figure or of a word for one. */
export function numberIn(token: Token | undefined): number | null {
  if (token?.kind === 'number') return token.value;
  return meaningIn(token, 'number')?.value ?? null;
}

function figureClock(tokens: readonly Token[], at: number, lead: LeadStrength): ClockMatch | null {
  const token = tokens[at];
  if (token?.kind !== 'clock') return null;
  const more = token.minute === 0 ? moreMinutes(tokens, at + 1) : { minutes: 0, next: at + 1 };
  const literal = token.text.startsWith('0') || token.hour === 0;
  const read = suffixed(tokens, { time: later(token.hour, token.minute + more.minutes, literal), next: more.next });
  // "8.12" may be a date.
  const isDateToo = !token.sure && token.minute >= 1 && token.minute <= 12;
  return isDateToo && lead === null && read.next === at + 1 ? null : read;
}

function numberClock(tokens: readonly Token[], at: number, lead: LeadStrength): ClockMatch | null {
  const token = tokens[at];
  const value = hourIn(token);
  if (token === undefined || value === null) return null;
  const literal = token.kind === 'number' && token.text.startsWith('0');
  const marked = markedHour(tokens, at, value, literal, lead);
  if (marked !== null) return suffixed(tokens, marked);
  if (lead === null || (token.kind === 'known' && lead !== 'strong')) return beforePart(tokens, at, value);
  return ledHour(tokens, at, lead, (minutes) => later(value, minutes, literal));
}

function hourIn(token: Token | undefined): number | null {
  const value = numberIn(token);
  return value === null || value > 24 || (token?.kind === 'number' && token.text.length > 2) ? null : value;
}

/** The token behind the number shows that it is an hour: "3 pm", "15 Uhr", "15 heures". */
function markedHour(
  tokens: readonly Token[],
  at: number,
  value: number,
  literal: boolean,
  lead: LeadStrength,
): ClockMatch | null {
  const next = tokens[at + 1];
  if (means(next, 'am', 'pm') && value <= 12) return { time: clock(value, 0), next: at + 1 };
  // "2 heures", "3 uur" are lengths as well; nobody meets for seven hours.
  const isHour = means(next, 'hour') || (means(next, 'hours') && (lead !== null || value >= 7));
  return isHour ? withMinutes(tokens, at + 2, value, literal) : null;
}

/** A word before the number shows it: "at 3", "alle 3 e mezza". */
function ledHour(
  tokens: readonly Token[],
  at: number,
  lead: LeadStrength,
  time: (minutes: number) => ClockTime,
): ClockMatch | null {
  const next = tokens[at + 1];
  if (isUnit(next) || means(next, 'hours')) return null;
  const moved = moreMinutes(tokens, at + 1);
  const read = suffixed(tokens, { time: time(moved.minutes), next: moved.next });
  return lead === 'weak' && read.next === at + 1 && !mayFollow(next, false) ? null : read;
}

/** "3 in the afternoon" needs no word before it. */
function beforePart(tokens: readonly Token[], at: number, value: number): ClockMatch | null {
  const part = meaningIn(tokens[at + 1], 'part');
  if (part === null || tokens[at]?.kind !== 'number' || value > 12) return null;
  return { time: { ...clock(value, 0), part: part.part }, next: at + 2 };
}

/** "15 Uhr 30", "15時30分", "3 heures et demie". */
function withMinutes(tokens: readonly Token[], at: number, hour: number, literal: boolean): ClockMatch {
  const token = tokens[at];
  const behind = tokens[at + 1];
  const isMinute = token?.kind === 'number' && token.text.length === 2 && token.value < 60 && !token.ordinal;
  if (isMinute && !means(behind, 'days', 'span hours', 'month'))
    return { time: clock(hour, token.value, literal), next: means(behind, 'minutes') ? at + 2 : at + 1 };
  const moved = moreMinutes(tokens, at);
  return { time: later(hour, moved.minutes, literal), next: moved.next };
}

function moreMinutes(tokens: readonly Token[], at: number): { minutes: number; next: number } {
  const plus = meaningIn(tokens[at], 'plus');
  const minus = meaningIn(tokens[at], 'minus');
  if (plus !== null) return { minutes: plus.value, next: at + 1 };
  return minus === null ? { minutes: 0, next: at } : { minutes: -minus.value, next: at + 1 };
}

const later = (hour: number, minutes: number, literal: boolean): ClockTime =>
  minutes < 0 ? clock(hour - 1, 60 + minutes, literal) : clock(hour, minutes, literal);

/** With the tokens behind it: "Uhr", "pm", "in the afternoon". */
function suffixed(tokens: readonly Token[], { time, next: at }: ClockMatch): ClockMatch {
  const found = { ...time };
  let next = at;
  while (next < at + 4 && takeSuffix(tokens, next, found, next === at)) next += 1;
  return { time: found, next };
}

function takeSuffix(tokens: readonly Token[], at: number, time: ClockTime, first: boolean): boolean {
  const token = tokens[at];
  const part = meaningIn(token, 'part');
  if (time.half === null && means(token, 'am', 'pm')) time.half = means(token, 'am') ? 'am' : 'pm';
  else if (time.part === null && part !== null) time.part = part.part;
  // "15:00 heure de Paris" names a zone.
  else return first && means(token, 'hour', 'hours') && !means(tokens[at + 1], 'fill');
  return true;
}

/** "in two hours", "dans 30 minutes". */
function spanAt(tokens: readonly Token[], at: number): TimeItem | null {
  if (!means(tokens[at], 'in')) return null;
  const article = means(tokens[at + 1], 'fill') && numberIn(tokens[at + 1]) === null;
  const count = article ? 1 : numberIn(tokens[at + 1]);
  const unit = tokens[at + 2];
  if (count === null || !means(unit, 'minutes', 'span hours', 'hours')) return null;
  const minutes = means(unit, 'minutes') ? count : count * 60;
  return { kind: 'time', from: at, to: at + 3, start: clock(0, 0), end: null, limit: false, span: minutes };
}
