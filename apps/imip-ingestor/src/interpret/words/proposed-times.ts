// Decides which times a person proposes in their own words: "3pm", "morgen um 15 Uhr", "demain à 15h", "明日の15時".
// Called by interpret with the mail's clock; judge calls it again with the meeting's day and the writer's zone.
import { Temporal } from 'temporal-polyfill';
import { timePhrases, type TimeLanguage } from '../phrases/times';
import { unaccented } from './folded';
import { languagesOf } from './language';
import { timeAt, type TimeItem } from './times/clock';
import { minutesOf, rangeOf } from './times/hours';
import type { Calendar, LocalDate } from './times/dates';
import { dayAt, type DayItem } from './times/day';
import { oneOf } from '../phrases/compile';
import { hourWords, lexiconOf } from './times/lexicon';
import { daysFor } from './times/link';
import { isRefused } from './times/refusal';
import { isMark, means, tokensOf, type Token } from './times/tokens';
import { zoneBehind, type NamedZone } from './times/zone';

/** The writer's clock. */
export interface Anchor {
  /** When it was written. */
  now: Date;
  /** UTC offset of the mail's Date. */
  offsetMinutes: number;
  /** The writer's IANA zone, where it is known: it counts for times after a change of clocks. */
  timeZone?: string;
  /** The meeting that is answered: "3pm" alone is on its day. */
  meetingStart?: Date;
}

export interface ProposedTime {
  startUtc: string;
  endUtc?: string;
}

const maxChars = 2_000;
const maxTimes = 5;

/**
 * Future times, in their order in the text. Left out are times that the writer refuses, times without a certain day,
 * and texts in a language that is not read (contract 7.2).
 */
export function proposedTimes(text: string, anchor: Anchor): ProposedTime[] {
  const begin = text.slice(0, maxChars);
  const own = unaccented(begin).replaceAll(/[^\S\n]+/g, ' ');
  const plain = own.toLowerCase();
  const language = plain.length === own.length && mayHoldTime.test(plain) ? readLanguage(begin, own) : null;
  if (language === null) return [];
  const reader = new TextReader(own, plain, language, anchor);
  const found = new Map<string, ProposedTime>();
  for (const time of reader.times()) if (!found.has(time.startUtc)) found.set(time.startUtc, time);
  return [...found.values()].slice(0, maxTimes);
}

/** A figure or a word for an hour: a text without one is not searched. */
const mayHoldTime = oneOf(['\\d', ...hourWords()], '%', 'u');

const isRead = (language: string): language is TimeLanguage => Object.hasOwn(timePhrases, language);

/** How many fewer small words a language may match and still be tried for its words of days and clocks. */
const close = 2;

/**
 * The language to read in; null where the text is in a language that is not read. Figures alone are read as English.
 */
function readLanguage(begin: string, text: string): TimeLanguage | null {
  const ranked = languagesOf(begin);
  const best = ranked[0]?.score ?? 0;
  const unread = Math.max(0, ...ranked.filter(({ language }) => !isRead(language)).map(({ score }) => score));
  const candidates = ranked.flatMap(({ language, score }) =>
    isRead(language) && score >= Math.max(best - close, unread) ? [{ language, score }] : [],
  );
  if (ranked.length > 0) return candidates.length === 0 ? null : bestLanguageOf(text, candidates);
  return bestLanguageOf(
    text,
    Object.keys(timePhrases)
      .filter(isRead)
      .map((language) => ({ language, score: 0 })),
  );
}

/** Of several languages the one whose lexicon matches most words of this text; null where none matches any. */
function bestLanguageOf(
  text: string,
  candidates: readonly { language: TimeLanguage; score: number }[],
): TimeLanguage | null {
  const [only] = candidates;
  if (candidates.length === 1 && only !== undefined) return only.language;
  const plain = text.toLowerCase();
  let best: { language: TimeLanguage; total: number } | null = null;
  let letters = false;
  for (const { language, score } of candidates) {
    const tokens = tokensOf(text, plain, lexiconOf(language));
    const known = tokens.filter((token) =>
      means(token, 'weekday', 'month', 'day', 'hour', 'am', 'pm', 'part', 'at', 'next week'),
    );
    letters ||= tokens.some((token) => token.kind === 'word' && /\p{L}/u.test(token.text));
    const total = score + known.length;
    if (best === null || total > best.total) best = { language, total };
  }
  return best === null || (best.total === 0 && letters) ? null : best.language;
}

type Item = DayItem | TimeItem;

/** One reading of one text in one language. */
class TextReader {
  private readonly tokens: readonly Token[];
  private readonly items: Item[];
  private readonly covers: Uint8Array;
  private readonly calendar: Calendar;

  constructor(
    private readonly text: string,
    plain: string,
    language: TimeLanguage,
    private readonly anchor: Anchor,
  ) {
    this.tokens = tokensOf(text, plain, lexiconOf(language));
    this.items = itemsOf(this.tokens);
    this.covers = new Uint8Array(this.tokens.length + 1);
    for (const { from, to } of this.items) this.covers.fill(1, from, to);
    this.calendar = {
      today: localDate(anchor.now, anchor),
      meeting: anchor.meetingStart === undefined ? null : localDate(anchor.meetingStart, anchor),
      monthFirst: monthFirst(language, anchor),
      language,
    };
  }

  times(): ProposedTime[] {
    return this.items.flatMap((item, at) => (item.kind === 'time' ? this.timesOf(item, at) : []));
  }

  private timesOf(item: TimeItem, at: number): ProposedTime[] {
    const covered = (token: number): boolean => this.covers[token] === 1;
    const zone = zoneBehind(this.text.slice(this.tokens[item.to - 1]?.end ?? 0));
    // A time in an unknown zone is left out: the writer can use the form.
    if (item.limit || zone === null || isRefused(this.tokens, item.from, item.to, covered)) return [];
    if (item.span !== null) return this.after(item.span);
    if (item.end === null && this.isLeft(at)) return [];
    const moved = item.end !== null && this.isMove(item.from) ? { ...item, start: item.end, end: null } : item;
    return daysFor(this.items, at, this.tokens, covered, this.calendar).flatMap(({ date, part }) => {
      const time = this.timeOn(date, moved, part, zone);
      return time === null ? [] : [time];
    });
  }

  private after(minutes: number): ProposedTime[] {
    return minutes <= 0 ? [] : [{ startUtc: new Date(this.anchor.now.getTime() + minutes * 60_000).toISOString() }];
  }

  /** `date`: null where no day was named. */
  private timeOn(
    date: LocalDate | null,
    { start, end }: TimeItem,
    part: DayItem['part'],
    zone: NamedZone,
  ): ProposedTime | null {
    const range = end === null ? null : rangeOf(start, end, part);
    const begin = end === null ? minutesOf(start, part) : (range?.begin ?? null);
    // Midnight is ambiguous: it may be either of two days.
    if (begin === null || begin >= 24 * 60) return null;
    const bare = date === null;
    const day = date ?? this.calendar.meeting ?? this.calendar.today;
    let at = this.instant(day, begin, zone);
    // A bare time that has passed today means tomorrow.
    if (bare && this.calendar.meeting === null && at <= this.anchor.now.getTime())
      at = this.instant(nextDay(day), begin, zone);
    if (at <= this.anchor.now.getTime()) return null;
    const startUtc = new Date(at).toISOString();
    const length = range?.length ?? 0;
    return length === 0 ? { startUtc } : { startUtc, endUtc: new Date(at + length * 60_000).toISOString() };
  }

  private instant({ year, month, day }: LocalDate, minutes: number, zone: NamedZone): number {
    const wall = Date.UTC(year, month - 1, day, 0, minutes);
    if (zone && 'offsetMinutes' in zone) return wall - zone.offsetMinutes * 60_000;
    const timeZone = zone?.timeZone ?? this.anchor.timeZone;
    if (timeZone === undefined) return wall - this.anchor.offsetMinutes * 60_000;
    const plain = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime();
    return plain.toZonedDateTime(timeZone).epochMilliseconds;
  }

  /**
   * "Move it from Tuesday 2pm to Wednesday 3pm": the time that is given up. Only small words join it to the new one,
   * in the same sentence.
   */
  private isLeft(at: number): boolean {
    const after = this.items[at + 1];
    const end = this.items[at]?.to ?? 0;
    const isBehind = after?.kind === 'day' && after.from === end;
    const rest = this.items.slice(at + (isBehind ? 2 : 1));
    const [joined] = rest;
    const next = rest.find(({ kind }) => kind === 'time');
    if (joined === undefined || next === undefined) return false;
    const [first, last] = sentenceAround(this.tokens, end - 1);
    const between = this.tokens.slice(isBehind ? after.to : end, joined.from + 1);
    return (
      next.from < last &&
      isMoveTo(between, this.tokens[joined.from]) &&
      this.tokens.slice(first, last).some((token) => means(token, 'move'))
    );
  }

  /** "Move it from 2pm to 3pm" is no length of time. */
  private isMove(from: number): boolean {
    return this.tokens.slice(Math.max(0, from - 6), from).some((token) => means(token, 'move'));
  }
}

/** Whether "to" and the like join two times; a comma alone lists them. `last` begins the second one. */
function isMoveTo(between: readonly Token[], last: Token | undefined): boolean {
  const words = between.filter((token) => token !== last && !isMark(token, ','));
  if (words.length === 0) return means(last, 'to', 'from', 'weak at');
  return words.every((token) => means(token, 'to', 'from', 'fill', 'dated', 'at', 'weak at'));
}

/** Whether a figure is the offset of a zone: "UTC+5:30". */
const isOffset = (tokens: readonly Token[], at: number): boolean =>
  isMark(tokens[at - 1], '+-') && /^(?:utc|gmt)$/.test(tokens[at - 2]?.text ?? '');

/** The tokens of the sentence that contains `at`, the second index exclusive. */
function sentenceAround(tokens: readonly Token[], at: number): [from: number, to: number] {
  const ends = (token: Token): boolean => isMark(token, '.?!;。？！؟') || (token.kind === 'break' && token.blank);
  const to = tokens.findIndex((token, index) => index >= at && ends(token));
  return [tokens.findLastIndex((token, index) => index < at && ends(token)) + 1, to < 0 ? tokens.length : to];
}

function itemsOf(tokens: readonly Token[]): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < tokens.length;) {
    const last = items.at(-1);
    const afterDay = last?.kind === 'day' && last.to === at;
    const item =
      means(tokens[at], 'no day') || isOffset(tokens, at) ? null : (dayAt(tokens, at) ?? timeAt(tokens, at, afterDay));
    if (item !== null) items.push(item);
    at = item === null ? at + 1 : item.to;
  }
  return items;
}

/**
 * America writes the month first, Japan as well; an English mail in UTC may be from anywhere (Outlook.com writes
 * every Date so).
 */
function monthFirst(language: TimeLanguage, anchor: Anchor): boolean | null {
  if (language === 'ja') return true;
  if (language !== 'en') return false;
  const zoned = Temporal.Instant.fromEpochMilliseconds(anchor.now.getTime()).toZonedDateTimeISO(zoneName(anchor));
  const offset = zoned.offsetNanoseconds / 60e9;
  return offset === 0 && (anchor.timeZone === undefined || /^(?:etc\/)?utc$/i.test(anchor.timeZone))
    ? null
    : offset <= -240 && offset >= -600;
}

const nextDay = ({ year, month, day }: LocalDate): LocalDate => {
  const date = new Date(Date.UTC(year, month - 1, day + 1));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

function localDate(instant: Date, anchor: Anchor): LocalDate {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zoneName(anchor));
  return { year: zoned.year, month: zoned.month, day: zoned.day };
}

const zoneName = (anchor: Anchor): string => anchor.timeZone ?? offsetName(anchor.offsetMinutes);

const offsetName = (minutes: number): string => {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
};
