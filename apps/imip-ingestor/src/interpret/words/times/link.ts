// Decides to which day of a text a time belongs: the nearest one in its clause, several where they are listed, or none.
// Called by proposed-times.ts. Where a day was named and it is uncertain whether the time belongs to it, the time has
// no day and is no proposal.
import type { TimeItem } from './clock';
import { type Calendar, type LocalDate, resolved } from './dates';
import type { DayItem } from './day';
import type { Part } from './lexicon';
import { isRefused } from './refusal';
import { isMark, means, type Token } from './tokens';

type Item = DayItem | TimeItem;

/** A date of null is the meeting's own day, or the day of the mail where that is not known. */
export interface LinkedDay {
  date: LocalDate | null;
  part: Part | null;
}

interface Candidate {
  at: number;
  gap: number;
}

const never = 99;
/** Characters between a day and a time of the same clause. */
const nearby = 70;
const far = 220;

export function daysFor(
  items: readonly Item[],
  at: number,
  tokens: readonly Token[],
  covered: (token: number) => boolean,
  calendar: Calendar,
): LinkedDay[] {
  const time = items[at] as TimeItem;
  const candidate = nearest(items, at, tokens, covered);
  if (candidate === null) return isBare(items, time, tokens) ? [{ date: null, part: null }] : [];
  const day = items[candidate.at] as DayItem;
  // A day that was refused without a time is not the day of a time in another clause.
  if (candidate.gap >= 2 && isRefusedDay(items, candidate.at, at, tokens, covered)) return [];
  return group(items, candidate.at, tokens).flatMap((each) => {
    const date = isLimit(tokens, each) ? null : resolved(each, calendar);
    return date === null ? [] : [{ date, part: each.part ?? day.part }];
  });
}

/** The closest day before or behind, counted in words; the one before where both are equally close. */
function nearest(
  items: readonly Item[],
  at: number,
  tokens: readonly Token[],
  covered: (token: number) => boolean,
): Candidate | null {
  const time = items[at] as TimeItem;
  const days = items.flatMap((item, index) => (item.kind === 'day' ? [index] : []));
  const before = days.filter((index) => index < at).at(-1);
  const behind = days.find((index) => index > at);
  const found: Candidate[] = [];
  if (before !== undefined) {
    const gap = gapOf(tokens, (items[before] as DayItem).to, time.from, covered);
    const limit = days.length === 1 ? far : nearby;
    if (gap < never && distance(tokens, (items[before] as DayItem).to, time.from) <= limit)
      found.push({ at: before, gap });
  }
  if (behind !== undefined) {
    const gap = gapOf(tokens, time.to, (items[behind] as DayItem).from, covered);
    if (gap < 3 && distance(tokens, time.to, (items[behind] as DayItem).from) <= nearby)
      found.push({ at: behind, gap });
  }
  return found.reduce<Candidate | null>((a, b) => (a === null || b.gap < a.gap ? b : a), null);
}

/**
 * 0: small words only; 1: a list's marks or other times; 2: other words, a little more for words such as "but"; 3:
 * another sentence.
 */
function gapOf(tokens: readonly Token[], from: number, to: number, covered: (token: number) => boolean): number {
  let gap = 0;
  for (let at = from; at < to; at += 1) {
    const token = tokens[at];
    if (token === undefined) continue;
    if (token.kind === 'break' && token.blank) return never;
    gap = Math.max(gap, weightOf(token, covered(at)));
  }
  return gap;
}

const joinsMore = (token: Token): boolean =>
  means(token, 'and', 'or') || (means(token, 'to') && !means(token, 'fill', 'at', 'weak at'));

function weightOf(token: Token, covered: boolean): number {
  if (isMark(token, '.?!;。？！؟')) return 3;
  if (means(token, 'turn', 'not', 'invite')) return 2.5;
  if (covered || isMark(token, ',،、/&+|:-') || joinsMore(token)) return 1;
  if (
    isMark(token, '()') ||
    token.kind === 'break' ||
    means(token, 'fill', 'at', 'weak at', 'from', 'part', 'dated', 'after', 'to')
  )
    return 0;
  return 2;
}

const distance = (tokens: readonly Token[], from: number, to: number): number =>
  (tokens[to]?.start ?? 0) - (tokens[from - 1]?.end ?? 0);

/** A time without any day: only where no day, not even an unread one, was named before it or in its sentence. */
function isBare(items: readonly Item[], time: TimeItem, tokens: readonly Token[]): boolean {
  let end = time.to;
  while (end < tokens.length && !isMark(tokens[end], '.?!;。？！؟') && tokens[end]?.kind !== 'break') end += 1;
  // "24 at 3pm": a number that is nothing else may be a day.
  const before = tokens[time.from - 1];
  const loose = before?.kind === 'number' && !items.some((item) => item.to === time.from);
  return !loose && !items.some((item) => item.kind === 'day' && item.from < end);
}

/** "Tuesday doesn't work. 3pm?" names no day; "Tuesday 2pm doesn't work, 3pm?" does. */
function isRefusedDay(
  items: readonly Item[],
  dayAt: number,
  timeAt: number,
  tokens: readonly Token[],
  covered: (token: number) => boolean,
): boolean {
  const day = items[dayAt] as DayItem;
  const between = items.slice(Math.min(dayAt, timeAt) + 1, Math.max(dayAt, timeAt));
  if (between.some((item) => item.kind === 'time')) return false;
  return isRefused(tokens, day.from, day.to, covered);
}

/** "until Tuesday" names the end of something. */
function isLimit(tokens: readonly Token[], day: DayItem): boolean {
  let at = day.from - 1;
  while (at >= 0 && means(tokens[at], 'fill', 'dated') && !means(tokens[at], 'limit')) at -= 1;
  // "Move it to Wednesday" names its new day, with a word that elsewhere means "until".
  const isMove =
    means(tokens[at], 'to') && tokens.slice(Math.max(0, at - 10), at).some((token) => means(token, 'move'));
  return means(tokens[at], 'limit') && !isMove && !means(tokens[at], 'at', 'weak at', 'from');
}

/**
 * The days that are listed with one: "Monday or Tuesday", "lundi, mardi ou jeudi". None where they are the ends of a
 * range.
 */
function group(items: readonly Item[], at: number, tokens: readonly Token[]): DayItem[] {
  const found = [items[at] as DayItem];
  let joinedByWord = false;
  for (const step of [-1, 1]) {
    for (let next = at + step; items[next]?.kind === 'day'; next += step) {
      const [first, second] = [
        items[Math.min(next, next - step)] as DayItem,
        items[Math.max(next, next - step)] as DayItem,
      ];
      const join = joinOf(tokens, first.to, second.from);
      if (join === 'range') return [];
      if (join === null) break;
      joinedByWord ||= join === 'word';
      if (step < 0) found.unshift(items[next] as DayItem);
      else found.push(items[next] as DayItem);
    }
  }
  return joinedByWord ? found : [items[at] as DayItem];
}

function joinOf(tokens: readonly Token[], from: number, to: number): 'word' | 'comma' | 'range' | null {
  let join: 'word' | 'comma' | 'range' | null = null;
  if (to - from > 5) return null;
  for (let at = from; at < to; at += 1) {
    const token = tokens[at];
    if (means(token, 'and', 'or') || isMark(token, '/&')) join = 'word';
    else if (isMark(token, '-') || (means(token, 'to') && !means(token, 'fill'))) join = 'range';
    else if (isMark(token, ',،、')) join ??= 'comma';
    else if (!means(token, 'fill', 'dated', 'at')) return null;
  }
  return join;
}
