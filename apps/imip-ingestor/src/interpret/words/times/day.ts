// Decides which day the tokens from an index on name: "Tuesday 8th", "morgen", "12月8日", "el martes que viene".
// Called by proposed-times.ts; dates.ts decides which date that is.
import type { Part } from './lexicon';
import { numberIn } from './clock';
import { isMark, meaningIn, means, type Token } from './tokens';

export interface DayItem {
  kind: 'day';
  /** Tokens, the second exclusive. */
  from: number;
  to: number;
  weekday: number | null;
  /** Days from today. */
  relative: number | null;
  month: number | null;
  dayOfMonth: number | null;
  year: number | null;
  figures: Extract<Token, { kind: 'date' }> | null;
  which: 'next' | 'coming' | 'this' | 'last' | null;
  week: 'next' | 'this' | null;
  sameDay: boolean;
  part: Part | null;
  unread: boolean;
}

const none = (at: number): DayItem => ({
  kind: 'day', from: at, to: at, weekday: null, relative: null, month: null, dayOfMonth: null, year: null, figures: null,
  which: null, week: null, sameDay: false, part: null, unread: false,
}); // prettier-ignore

/** The day named from token `at` on; null where none is. */
export function dayAt(tokens: readonly Token[], at: number): DayItem | null {
  const day = none(at);
  let next = at;
  for (;;) {
    const atom = next === at ? next : skipped(tokens, next);
    const taken = atom === null ? null : takeAtom(tokens, atom, day, next > at);
    if (taken === null) break;
    next = taken;
  }
  day.to = next;
  return next === at || !isDay(day) ? null : day;
}

const isDay = (day: DayItem): boolean =>
  day.weekday !== null || day.relative !== null || day.month !== null || day.dayOfMonth !== null || day.figures !== null ||
  day.week !== null || day.sameDay || day.unread; // prettier-ignore

/** The index behind small words and marks that may occur within a date. */
function skipped(tokens: readonly Token[], at: number): number {
  let next = at;
  while (next < at + 4 && isWithin(tokens[next]) && !isInDays(tokens, next)) next += 1;
  return next;
}

const isInDays = (tokens: readonly Token[], at: number): boolean =>
  means(tokens[at], 'in') && means(tokens[at + 2], 'days');

function isWithin(token: Token | undefined): boolean {
  if (token?.kind === 'break') return !token.blank;
  if (isMark(token, ',().')) return true;
  return means(token, 'fill', 'dated') && !means(token, 'day', 'weekday', 'unread', 'next week');
}

/** Adds the token at `at` to the day. Returns the index behind it, or null where it is no part of a day. */
function takeAtom(tokens: readonly Token[], at: number, day: DayItem, inside: boolean): number | null {
  const token = tokens[at];
  switch (token?.kind) {
    case 'date':
      return takeFigures(token, at, day);
    case 'clock':
      return takeDotted(tokens, at, day, inside);
    case 'number':
      return takeNumber(tokens, at, day, inside);
    case 'known':
      return takePhrase(tokens, token, at, day);
    default:
      return null;
  }
}

type PhraseToken = Extract<Token, { kind: 'known' }>;

function takePhrase(tokens: readonly Token[], token: PhraseToken, at: number, day: DayItem): number | null {
  if (isInDays(tokens, at)) return inDays(tokens, at, day);
  for (const { kind, value, part } of token.meanings) {
    if (kind === 'weekday') return set(day, 'weekday', value, part) ? at + 1 : null;
    if (kind === 'day') return set(day, 'relative', value, part) ? at + 1 : null;
    if (kind === 'month') return takeMonth(tokens, at, day, value);
  }
  return takeModifier(tokens, at, day);
}

/** "in 3 days"; "Montag in acht Tagen" counts from that Monday. */
function inDays(tokens: readonly Token[], at: number, day: DayItem): number | null {
  const count = numberIn(tokens[at + 1]);
  if (count === null) return null;
  day.unread ||= isDay(day);
  day.relative = count;
  return at + 3;
}

function set(day: DayItem, field: 'weekday' | 'relative', value: number, part: Part | null): boolean {
  // A second day of the same kind is another day.
  if (day[field] !== null || (day.figures !== null && field === 'relative')) return false;
  day[field] = value;
  day.part ??= part;
  return true;
}

function takeModifier(tokens: readonly Token[], at: number, day: DayItem): number | null {
  const token = tokens[at];
  if (means(token, 'next week')) day.week = 'next';
  else if (means(token, 'this week')) day.week = 'this';
  else if (means(token, 'same day')) day.sameDay = true;
  else if (means(token, 'unread') || isCountOfDays(tokens, at, day)) return takeUnread(tokens, at, day);
  // "9 in the morning" belongs to the time.
  else if (means(token, 'part') && isDay(day)) day.part ??= meaningIn(token, 'part')?.part ?? null;
  else return takeWhich(tokens, at, day);
  return at + 1;
}

/** "fifteen days", "the Monday after,": counted from a day that is not read. */
const isCountOfDays = (tokens: readonly Token[], at: number, day: DayItem): boolean =>
  means(tokens[at], 'days') || (means(tokens[at], 'after') && day.weekday !== null && isMark(tokens[at + 1], ',.?!'));

/** "week 50, Tuesday": the number is the week's, and the weekday one of it. */
function takeUnread(tokens: readonly Token[], at: number, day: DayItem): number {
  day.unread = true;
  if (tokens[at + 1]?.kind !== 'number' || isOfClock(tokens, at + 1)) return at + 1;
  return isMark(tokens[at + 2], ':') && means(tokens[at + 3], 'weekday') ? at + 3 : at + 2;
}

/** "next Tuesday", "el martes que viene": beside a weekday. */
function takeWhich(tokens: readonly Token[], at: number, day: DayItem): number | null {
  const which = (['next', 'coming', 'this', 'last'] as const).find((each) => means(tokens[at], each));
  const [follows, second] = tokens.slice(at + 1, at + 3);
  const before = means(follows, 'weekday', 'unread', 'month') || (means(second, 'weekday') && means(follows, 'fill'));
  if (which === undefined || (!before && day.weekday === null)) return null;
  day.which = which;
  return at + 1;
}

function takeFigures(token: Extract<Token, { kind: 'date' }>, at: number, day: DayItem): number | null {
  if (day.figures !== null || day.month !== null || day.dayOfMonth !== null) return null;
  day.figures = token;
  return at + 1;
}

/** "8.12" is a date behind a weekday or a word such as "am", or before a time; alone it is ambiguous. */
function takeDotted(tokens: readonly Token[], at: number, day: DayItem, inside: boolean): number | null {
  const token = tokens[at];
  if (token?.kind !== 'clock' || !mayBeDate(token) || day.figures !== null || day.month !== null) return null;
  const [behind, follows] = [tokens[at - 1], tokens[at + 1]];
  if (means(behind, 'at', 'from', 'after', 'to') || means(follows, 'hour', 'hours', 'am', 'pm', 'part')) return null;
  const beforeTime = means(follows, 'at', 'weak at', 'from') || follows?.kind === 'clock';
  const isDate = [inside, means(behind, 'dated'), beforeTime].some(Boolean);
  day.figures = { ...token, kind: 'date', year: null, first: token.hour, second: token.minute, order: 'day-month' };
  if (!isDate) day.unread = true;
  return at + 1;
}

const mayBeDate = ({ sure, hour, minute }: Extract<Token, { kind: 'clock' }>): boolean =>
  !sure && minute >= 1 && minute <= 12 && hour >= 1;

/** A month counts beside the number of a day; "may" alone is a word, and "December" alone names no day. */
function takeMonth(tokens: readonly Token[], at: number, day: DayItem, month: number): number | null {
  const token = tokens[at];
  if (token === undefined) return null;
  if (day.month !== null) {
    day.unread = true;
    return at + 1;
  }
  const follows = tokens[skipped(tokens, at + 1)];
  const numbered = day.dayOfMonth !== null || isDayNumber(follows);
  if (!numbered && (token.text.length <= 3 || /^(?:mars|march)$/.test(token.text))) return null;
  day.month = month;
  if (!numbered) day.unread = true;
  return at + 1;
}

const isDayNumber = (token: Token | undefined): boolean =>
  token?.kind === 'number' && token.value >= 1 && token.value <= 31 && token.text.length <= 2;

/**
 * A number is a day beside a month, with an ordinal's ending, behind a weekday or a word such as "le" and "dia"; or a
 * year.
 */
function takeNumber(tokens: readonly Token[], at: number, day: DayItem, inside: boolean): number | null {
  const token = tokens[at];
  if (token?.kind !== 'number') return null;
  if (isPair(tokens, at)) return takePair(tokens, at, day);
  const counted = counters.find(([kind, , most]) => means(tokens[at + 1], kind) && token.value <= most);
  if (counted !== undefined) return put(day, counted[1], token.value, at + 2);
  if (isYear(token) && (day.month ?? day.dayOfMonth) !== null) return put(day, 'year', token.value, at + 1);
  const isFree = isDayNumber(token) && day.figures === null && !isOfClock(tokens, at);
  return isFree && isNamed(tokens, token, at, day, inside) ? put(day, 'dayOfMonth', token.value, at + 1) : null;
}

function isNamed(tokens: readonly Token[], token: NumberToken, at: number, day: DayItem, inside: boolean): boolean {
  const beside = day.month !== null || (inside && day.weekday !== null) || means(tokens[at - 1], 'dated');
  return token.ordinal || beside || means(tokens[skipped(tokens, at + 1)], 'month');
}

type NumberToken = Extract<Token, { kind: 'number' }>;

/** Japanese counts what a figure is: 2026年12月8日. */
const counters = [
  ['date year', 'year', 2099],
  ['date month', 'month', 12],
  ['date day', 'dayOfMonth', 31],
] as const;

const isYear = ({ text, value }: NumberToken): boolean => text.length === 4 && value >= 2020 && value < 2100;

/** "8-12 om 15:00": figures before a time that are no hours. */
const isPair = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.kind === 'number' &&
  isMark(tokens[at + 1], '-') &&
  tokens[at + 2]?.kind === 'number' &&
  means(tokens[at + 3], 'at', 'weak at');

function takePair(tokens: readonly Token[], at: number, day: DayItem): number | null {
  const [first, second] = [numberIn(tokens[at]), numberIn(tokens[at + 2])];
  const token = tokens[at];
  if (token === undefined || first === null || second === null || day.figures !== null) return null;
  day.figures = {
    kind: 'date',
    start: token.start,
    end: token.end,
    text: token.text,
    year: null,
    first,
    second,
    order: 'day-month',
  };
  day.unread ||= first > 31 || second > 12;
  return at + 3;
}

function put(day: DayItem, field: 'year' | 'month' | 'dayOfMonth', value: number, next: number): number | null {
  if (day[field] !== null) return null;
  day[field] = value;
  return next;
}

/** "monday 3pm", "mardi 15 heures", "Tuesday 10-11", "3 in the afternoon": an hour. */
function isOfClock(tokens: readonly Token[], at: number): boolean {
  const follows = tokens[at + 1];
  if (means(follows, 'am', 'pm', 'hour', 'hours', 'minutes', 'span hours', 'days', 'part', 'plus', 'minus'))
    return true;
  if (isMark(follows, ':')) return tokens[at + 2]?.kind === 'number';
  if (!isMark(follows, '-') && (!means(follows, 'to') || means(follows, 'at', 'weak at'))) return false;
  const end = tokens[at + 2];
  return end?.kind === 'clock' || numberIn(end) !== null;
}
