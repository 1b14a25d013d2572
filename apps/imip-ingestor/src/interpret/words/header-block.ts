// Decides which lines are the head that Outlook and its like put above the mail that is answered: "From: … Sent: …
// Subject: …".
// Called by quote.ts and quote-marks.ts. "From: 3pm / To: 4pm" proposes a time: a mail's head has an address, a whole date or a subject.
import { holdsAddress, isWholeDate } from './attribution';
import { everyPhrase, oneOf } from '../phrases/compile';
import { quotePhrases } from '../phrases/quotes';

const from = oneOf(everyPhrase(quotePhrases.from), '^%$');
const labels = oneOf([...everyPhrase(quotePhrases.labels), ...everyPhrase(quotePhrases.subjects)], '^%$');
const subject = oneOf(everyPhrase(quotePhrases.subjects), '^%$');
const labelled =
  /^[ \t\u00a0]{0,8}[*_]{0,2}(\p{L}[\p{L}'’ .-]{0,24}?)[*_]{0,2} ?[*_]{0,2}[:：][*_]{0,2}(?:\s{0,8}(.*))$/u;
const isClock = (value: string): boolean =>
  /^\d{1,2} ?(?:[:.h] ?\d{2})? ?(?:[ap]\.?m\b\.?|uhr|h|heures)?.{0,3}$/i.test(value.trim()) && value.trim() !== '';

interface Field {
  label: string;
  value: string;
}

const fieldIn = (line: string): Field | null => {
  const [, label, value = ''] = labelled.exec(line.slice(0, 300)) ?? [];
  return label === undefined ? null : { label: label.trim(), value: value.trim() };
};

/**
 * Whether a head begins at `at`: at least two known labels in a row, one of them with a value that only a mail's head
 * has.
 */
export function isHeaderBlock(lines: readonly string[], at: number): boolean {
  const first = fieldIn(lines[at] ?? '');
  if (first === null || !isKnown(first) || isClock(first.value)) return false;
  const known = [first, ...following(lines, at)].filter(isKnown);
  if (known.length < 2 || known.some(isWish)) return false;
  return isOfMail(known);
}

/** The first line of a mail in a mailbox file. mailx quotes it with the header and body. */
const mailboxLine = /^\s?From \S{1,320} {1,3}\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d (?:\S{1,8} )?\d{4}$/;

/** Whether a line begins a mail as mailx copies it: the first line of a mailbox file, with the mail's header below. */
export const isMailboxHead = (lines: readonly string[], at: number): boolean =>
  mailboxLine.test(lines[at] ?? '') && isHeaderBlock(lines, at + 1);

/** The number of fields from `at` to the next blank line; Mew writes them unmarked above a marked quote. */
export function headerLength(lines: readonly string[], at: number): number {
  const end = lines.slice(at, at + 9).findIndex((line) => fieldIn(line) === null);
  return Math.max(1, end);
}

/** "From: 3pm" proposes a time. */
const isWish = ({ label, value }: Field): boolean => isClock(value) && !subject.test(label);

function isOfMail(known: readonly Field[]): boolean {
  const hasDate = known.some(({ value }) => isWholeDate(value));
  const hasAddress = known.some(({ value }) => holdsAddress(value));
  const hasSubject = known.some(({ label }) => subject.test(label));
  const hasWriter = known.slice(0, 4).some(({ label }) => from.test(label));
  const signs = [hasDate, hasAddress, hasSubject].filter(Boolean).length;
  return signs >= (hasWriter ? 1 : 2);
}

const isKnown = ({ label }: Field): boolean => from.test(label) || labels.test(label);

const following = (lines: readonly string[], at: number): Field[] =>
  lines
    .slice(at + 1, at + 9)
    .filter((line) => line.trim() !== '')
    .slice(0, 5)
    .flatMap((line) => fieldIn(line) ?? []);

const shortDate = /^.{0,20}\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.{0,4} \d{1,2}[:.]\d{2}.{0,20}$/;

/** Notes: the writer, the date below it, and labels alone on their lines. */
export function isNotesHead(lines: readonly string[], at: number): boolean {
  const line = (lines[at] ?? '').trim();
  if (
    line === '' ||
    line.length > 120 ||
    !/^(?:[^<>@]{1,80} ?<[^\s<>@]{1,64}@[^\s<>@]{1,255}>|[^\s<>@]{1,64}@[^\s<>@]{1,255})$/.test(line)
  )
    return false;
  const [date, ...rest] = lines
    .slice(at + 1, at + 16)
    .map((each) => each.trim())
    .filter((each) => each !== '');
  return (
    date !== undefined &&
    shortDate.test(date) &&
    rest.filter((each) => each.length < 26 && labels.test(each.replace(/[:：]$/, ''))).length >= 2
  );
}
