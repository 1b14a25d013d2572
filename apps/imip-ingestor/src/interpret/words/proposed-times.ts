// Decides which times a person proposes in their own words: "3pm", "morgen um 15 Uhr", "demain à 15h", "mañana a las 15:00".
// Called by interpret with the mail's clock; whoever knows the room may ask again with the meeting's day and the writer's zone.
// A language each: all of them at once are eight megabytes more.
import type { Chrono, ParsedComponents, ParsedResult } from 'chrono-node';
import * as de from 'chrono-node/de';
import * as en from 'chrono-node/en';
import * as es from 'chrono-node/es';
import * as fr from 'chrono-node/fr';
import { Temporal } from 'temporal-polyfill';
import { type Language, normalised, zoneBehind } from './time-words';

/** The writer's clock. */
export interface Anchor {
  /** When it was written. */
  now: Date;
  /** UTC offset of the mail's Date. */
  offsetMinutes: number;
  /** The writer's IANA zone, where it is known: it counts for times after a change of clocks. */
  timeZone?: string;
  /** The meeting that is answered: "3pm" alone is meant for its day. */
  meetingStart?: Date;
}

export interface ProposedTime {
  startUtc: string;
  endUtc?: string;
}

const maxChars = 2_000;
const maxTimes = 5;

/** Future times, in the order in which they stand. What the writer says does not suit is left out. */
export function proposedTimes(text: string, anchor: Anchor): ProposedTime[] {
  const said = text.slice(0, maxChars).replaceAll(/[’‘`´]/g, "'");
  const readings = languages.map((language) => ({
    ...parsed(said, language, anchor),
    familiar: said.match(commonWords[language])?.length ?? 0,
  }));
  // The language of most of the words is the one they are in; without words, the one that makes most of the figures.
  const best = readings.reduce((a, b) =>
    b.familiar > a.familiar || (b.familiar === a.familiar && b.length > a.length) ? b : a,
  );
  const found = best.times.filter(
    (time, at) => at === best.times.findIndex((other) => other.startUtc === time.startUtc),
  );
  return found.slice(0, maxTimes);
}

const languages = ['en', 'de', 'fr', 'es'] as const;
const commonWords: Record<Language, RegExp> = {
  en: /\b(?:the|we|can|could|would|at|on|is|for|you|works?|how|about|please|it|i|to|and|or|instead|of|my|if|tomorrow|today|next|between|from|monday|tuesday|wednesday|thursday|friday|what|that|this|but)\b/gi,
  de: /(?<!\p{L})(?:wir|können|könnte[nr]?|um|uhr|ich|ist|am|und|oder|auch|nicht|mir|passt|geht|morgen|bitte|der|die|das|es|lieber|ginge|halb|übermorgen|heute|montag|dienstag|mittwoch|donnerstag|freitag|von|bis|aber|bei|wie|wäre)(?!\p{L})/giu,
  fr: /(?<!\p{L})(?:à|je|vous|nous|le|la|est|de|peut|on|demain|et|ou|pour|ça|pas|lundi|mardi|mercredi|jeudi|vendredi|au|lieu|plutôt|après|midi|possible|serait|mais|ne|heures?|prochain)(?!\p{L})/giu,
  es: /(?<!\p{L})(?:el|a|las?|puedo|podemos|de|es|mañana|y|o(?!')|para|me|mejor|lunes|martes|miércoles|jueves|viernes|en|lugar|que|por|tarde|no|pero|próximo|pasado|podría)(?!\p{L})/giu,
};

interface Parsed {
  times: ProposedTime[];
  /** Characters that were understood as times. */
  length: number;
}

function parsed(text: string, language: Language, anchor: Anchor): Parsed {
  const plain = normalised(text, language, localDate(anchor.now, anchor));
  const reference = { instant: anchor.now, timezone: anchor.offsetMinutes };
  const results = chronoOf(language, anchor).parse(plain, reference, { forwardDate: true });
  const timed = results.flatMap((result, at) => (isTimed(result) ? [{ result, at }] : []));
  const times = timed.flatMap(({ result, at }) => {
    const timeZone = zoneBehind(plain.slice(result.index + result.text.length));
    // A clock of nobody knows which place is no time: the writer fills in the form.
    if (timeZone === null || isRefused(plain, result)) return [];
    const time = timeOf(
      result,
      dayFor(results, at, plain),
      plain,
      timeZone === undefined ? anchor : { ...anchor, timeZone },
    );
    return time === null ? [] : [time];
  });
  return { times, length: timed.reduce((sum, { result }) => sum + result.text.length, 0) };
}

/** "03/04" is March in America only: the writer's clock tells. */
function chronoOf(language: Language, anchor: Anchor): Chrono {
  if (language === 'en') return anchor.offsetMinutes <= -240 && anchor.offsetMinutes >= -600 ? en.casual : en.GB;
  return { de: de.casual, fr: fr.casual, es: es.casual }[language];
}

/** "In two hours": counted from now, and complete. */
const isSpan = ({ start, text }: ParsedResult): boolean =>
  start.isCertain('timezoneOffset') && /^(?:in|dans|dentro de|en)\s/i.test(text);

/** A time of day, or a span from now such as "in two hours"; no mere day, no length of time. */
const isTimed = ({ start, text }: ParsedResult): boolean => {
  if (!start.isCertain('hour')) return false;
  const relative = start.isCertain('timezoneOffset') && !/\b[A-Z]{2,5}\b|[+-]\d{2}/.test(text);
  return !relative || /^(?:in|dans|dentro de|en)\s/i.test(text);
};

const negated =
  /\b(?:can ?not|can'?t|cant|won'?t|don'?t|doesn'?t|isn'?t|wasn'?t|not|no longer|unable|unavailable|busy|booked|occupied|clash(?:es)?|conflicts?|too (?:early|late)|instead of|rather than|except|until|previously|originally|nicht|kein(?:e|en)?|verhindert|belegt|zu (?:früh|spät)|statt|ne|n'|pas|impossible|occupée?|pris(?:e)?|au lieu de|plutôt que|no|tampoco|imposible|ocupad[oa]|en (?:lugar|vez) de)\b/i;
/** "Why not 3pm?" and the like propose. */
const inviting =
  /\b(?:why not|no problem|if not|warum nicht|wieso nicht|kein problem|pourquoi pas|pas de problème|por qué no|si no|no hay problema|wenn nicht|sinon|not sure)\b/gi;
/** Where one thought ends and the next begins. */
const turn =
  /[.;!?\n](?=\s|$)|,\s|\b(?:but|however|though|how about|what about|could we|can we|shall we|maybe|perhaps|preferably|aber|sondern|lieber|vielleicht|ginge|mais|plutôt(?! que)|peut-être|pero|mejor|sino|quizás?)\b/gi;

/** Whether the thought in which a time stands says that it does not suit. */
function isRefused(text: string, { index, text: matched }: ParsedResult): boolean {
  const before = text.slice(Math.max(0, index - 200), index);
  const begin = [...before.matchAll(turn)].at(-1);
  const after = text.slice(index + matched.length, index + matched.length + 120);
  const end = [...after.matchAll(turn)].find((each) => each.index > 0 || /[.;!?\n,]/.test(each[0]));
  const lead = before.slice(begin === undefined ? 0 : begin.index + begin[0].length).replace(inviting, ' ');
  // "Can we do 3pm instead of 2pm": only what follows the word is refused.
  if (
    /\b(?:instead of|rather than|not|statt|anstatt|anstelle von|au lieu de|plutôt que|en lugar de|en vez de)\s+(?:at\s|um\s|à\s|de\s|a\s|las?\s|the\s|von\s)*$/i.test(
      lead,
    )
  )
    return true;
  const tail = (end === undefined ? after : after.slice(0, end.index))
    .replace(inviting, ' ')
    .replace(/\b(?:instead of|rather than|statt|anstatt|au lieu de|plutôt que|en lugar de|en vez de)\b.*$/is, ' ');
  return (
    negated.test(
      lead.replace(
        /\b(?:instead of|rather than|statt|anstatt|au lieu de|en lugar de|en vez de)\b.*?(?=\b(?:at|um|à|a las)\b|$)/is,
        ' ',
      ),
    ) || negated.test(tail)
  );
}

/** The day that stands nearby where a time has none of its own: "Tuesday works, say 3pm"; "3pm or 4pm tomorrow". */
function dayFor(results: ParsedResult[], at: number, text: string): ParsedComponents {
  const own = results[at] as ParsedResult;
  const [given] = [own.start, ...(own.end ? [own.end] : [])].filter(hasDay);
  if (given) return given;
  const [before, after] = [results[at - 1], results[at + 1]];
  if (before && hasDay(before.start) && /^(?!.*\n\s*\n).{0,60}$/s.test(between(text, before, own))) return before.start;
  if (after && hasDay(after.start) && listed.test(between(text, own, after))) return after.start;
  return own.start;
}

/** What may stand between times of one day. */
const listed = /^\s*(?:,|\/|or|and|oder|und|ou|et|o|y|u|on|am|le|el)?\s*(?:at|um|à|a)?\s*$/i;
const between = (text: string, first: ParsedResult, second: ParsedResult): string =>
  text.slice(first.index + first.text.length, second.index);

const hasDay = (start: ParsedComponents): boolean => start.isCertain('day') || start.isCertain('weekday');

function timeOf(result: ParsedResult, day: ParsedComponents, text: string, anchor: Anchor): ProposedTime | null {
  const free = !hasDay(day) && !isSpan(result);
  const date = free ? localDate(anchor.meetingStart ?? anchor.now, anchor) : dateOf(day);
  const instant = (time: ParsedComponents): number => instantOf(date, time, result, anchor);
  const moved = isMove(text, result);
  const begin = instant((moved ? result.end : null) ?? result.start);
  const start = begin + postponed(begin, free, anchor);
  if (start <= anchor.now.getTime()) return null;
  const until = moved ? null : endOf(result);
  const length = until === null ? 0 : spanTo(instant(until) - begin);
  const startUtc = new Date(start).toISOString();
  return length === 0 ? { startUtc } : { startUtc, endUtc: new Date(start + length).toISOString() };
}

/** A bare time that is over today is tomorrow's. */
const postponed = (begin: number, free: boolean, anchor: Anchor): number =>
  free && anchor.meetingStart === undefined && begin <= anchor.now.getTime() ? dayMs : 0;
const endOf = ({ end }: ParsedResult): ParsedComponents | null => (end?.isCertain('hour') ? end : null);
const dateOf = (day: ParsedComponents): LocalDate => ({
  year: day.get('year') ?? 0,
  month: day.get('month') ?? 1,
  day: day.get('day') ?? 1,
});

const dayMs = 86_400_000;
const halfDay = dayMs / 2;

/** How long until an end that may be written of the other half of the day ("11-1"), or of the next day; 0 for what is no meeting. */
const spanTo = (distance: number): number =>
  [distance, distance + halfDay, distance + dayMs].find((each) => each > 0 && each <= halfDay) ?? 0;

/** "Move it from 2pm to 3pm" is no length of time. */
const isMove = (text: string, { index, end }: ParsedResult): boolean =>
  end !== null &&
  /\b(?:mov|shift|push|chang|reschedul|postpon|verschieb|verleg|déplac|repouss|décal|mover|cambiar|pasar|aplaz)\S*\s(?:\S+\s){0,4}(?:from|von|de|desde)?\s*$/i.test(
    text.slice(Math.max(0, index - 60), index),
  );

interface LocalDate {
  year: number;
  month: number;
  day: number;
}

function instantOf(date: LocalDate, time: ParsedComponents, { start, text }: ParsedResult, anchor: Anchor): number {
  const wall = Date.UTC(date.year, date.month - 1, date.day, civilHour(time, text), time.get('minute') ?? 0);
  if (start.isCertain('timezoneOffset')) return wall - (start.get('timezoneOffset') ?? 0) * 60_000;
  if (anchor.timeZone === undefined) return wall - anchor.offsetMinutes * 60_000;
  const plain = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime();
  return plain.toZonedDateTime(anchor.timeZone).epochMilliseconds;
}

/** Nobody meets at half past two at night: 1 to 6 without am or pm are the afternoon, unless written 02:30. */
function civilHour(time: ParsedComponents, text: string): number {
  const hour = time.get('hour') ?? 0;
  return !time.isCertain('meridiem') && hour >= 1 && hour <= 6 && !/(?<!\d)0\d\s?[:.h]/.test(text) ? hour + 12 : hour;
}

function localDate(instant: Date, anchor: Anchor): LocalDate {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(
    anchor.timeZone ?? offsetName(anchor.offsetMinutes),
  );
  return { year: zoned.year, month: zoned.month, day: zoned.day };
}

const offsetName = (minutes: number): string => {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
};
