// Decides which lines of a reply its writer typed, and which are quoted: marked lines, lines below a program's heading,
// our own letter.
// Called by visible-text.ts. A line that is not certainly quoted counts as the writer's.
import { attributionAt, beforeInline, isMarked, nextFilled } from './attribution';
import { headerLength, isHeaderBlock, isMailboxHead, isNotesHead } from './header-block';
import { quoteBeginning } from './html-lines';
import { ourLine } from './our-letter';
import { withUsualMarks } from './quote-marks';
import { everyPhrase, oneOf } from '../phrases/compile';
import { quotePhrases } from '../phrases/quotes';

export { isMarked } from './attribution';

const dividing = oneOf(everyPhrase(quotePhrases.dividers));
const bareDivider = oneOf(everyPhrase(quotePhrases.bareDividers), '^%:?$');

/** GroupWise: `>>> Meet <a@b.example> 05.01.2026 15:04 >>>`, and no mark on the lines below. */
const enclosed = /^>{2,3} (?=.{0,300}\d).{0,300} >{2,3}\s*$/;
const rule = /^(?:_{3,}|={3,}|-{3,}|\*{3,}|—{3,})$/;
const portal = /^[-=*# ]{0,20}(?:reply above this line|please (?:type|write) your reply above)/i;

/** Whether a line is a divider that mail programs draw above the mail they answer or forward. */
function isDivider(lines: readonly string[], at: number): boolean {
  const line = (lines[at] ?? '').trim();
  if (line === '' || line.length > 400) return false;
  if (line === quoteBeginning || portal.test(line)) return true;
  const below = headBelow(lines, at);
  // A rule, such as Outlook's of underscores, or "Original Message" alone, with a head below.
  if (rule.test(line) || bareDivider.test(line)) return below;
  // Samsung writes the whole head behind its divider.
  const [, words] = /^[-–—_=*#>\s]{2,80}((?:[^-–—_=*#]|(?<=\p{L})-(?=\p{L})){3,60})[-–—_=*#<]{2,80}/u.exec(line) ?? [];
  return words !== undefined && (dividing.test(words) || (line.length <= 120 && below));
}

function headBelow(lines: readonly string[], at: number): boolean {
  for (let next = at + 1; next < Math.min(lines.length, at + 4); next += 1)
    if ((lines[next] ?? '').trim() !== '')
      return lines[next] === quoteBeginning || isHeaderBlock(lines, next) || ourLine(lines[next] ?? '') !== null;
  return false;
}

/** The number of lines that head a quote, from `at`; 0 for none. */
function headAt(lines: readonly string[], at: number, names: readonly string[]): number {
  if (isHeaderBlock(lines, at)) return headerLength(lines, at);
  if (isDivider(lines, at) || isMailboxHead(lines, at) || isNotesHead(lines, at)) return 1;
  return attributionAt(lines, at, names);
}

/**
 * The lines that the writer typed, in order. Unmarked lines below a heading whose quote is marked are kept (answers
 * below and between). Below a heading without marks, and from our own letter's lines on, only the lines behind the end
 * of our letter are kept.
 * `names`: the names by which a quote may introduce us, in lower case. `title`: the session's, with which a letter in
 * HTML begins.
 */
export function withoutQuote(given: readonly string[], names: readonly string[] = [], title = ''): string[] {
  const lines = withUsualMarks(given);
  let own: string[] = [];
  const ours = lines.map((line, at) => ourLine(line, lines[at - 1]));
  const isLetter = ours.filter((each) => each !== null).length >= 2;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const head = enclosed.test(line) ? 1 : headAt(lines, at, names);
    if (head > 0 && !isMarked(nextFilled(lines, at + head - 1) ?? '')) at = letterEnd(ours, at) - 1;
    else if (head > 0) at += head - 1;
    else if (isMarked(line)) at = markedEnd(lines, at) - 1;
    else if (isLetter && ours[at] !== null) {
      own = withoutTitle(own, title);
      at = letterEnd(ours, at) - 1;
    } else {
      const sentence = beforeInline(line);
      own.push(sentence ?? line);
      if (sentence !== null) at = letterEnd(ours, at + 1) - 1;
    }
  }
  return own;
}

/** The lines without the last one where that is the title. */
function withoutTitle(lines: string[], title: string): string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return title !== '' && lines[last]?.trim() === title ? lines.slice(0, last) : lines;
}

/**
 * Where the writer's text may continue below an unmarked quote: behind the last line that ends a letter of ours; else
 * nowhere.
 */
function letterEnd(ours: readonly (string | null)[], at: number): number {
  const end = ours.lastIndexOf('last');
  const isWhole = end >= at && !ours.includes('body', end + 1);
  return isWhole ? end + 1 : ours.length;
}

/**
 * Behind a marked line and what a program wrapped of it: a short rest in lower case right before the next marked
 * line.
 */
function markedEnd(lines: readonly string[], at: number): number {
  const [line = '', rest = '', next = ''] = lines.slice(at, at + 3);
  const isWrapped =
    line.length >= 60 && rest.length <= 40 && /^[\p{Ll}\d(]/u.test(rest) && !isMarked(rest) && isMarked(next);
  return isWrapped ? at + 2 : at + 1;
}

/** The lines that are neither marked nor a heading; used where all words of a mail look quoted. */
export function unmarked(given: readonly string[], names: readonly string[]): string[] {
  const lines = withUsualMarks(given);
  return lines.filter((line, at) => !isMarked(line) && headAt(lines, at, names) === 0);
}

/** Whether any line is a heading, a mark or of our own letter: then not all words are the writer's. */
export function holdsQuote(given: readonly string[], names: readonly string[]): boolean {
  const lines = withUsualMarks(given);
  return lines.some((line, at) => isMarked(line) || ourLine(line) !== null || headAt(lines, at, names) > 0);
}
