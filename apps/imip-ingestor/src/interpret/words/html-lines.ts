// Decides which lines a reader of an HTML mail sees, and which elements are a quote or a signature.
// Called by own-text.ts. One pass over the tags, linear in the size, for any bytes.
import { unescapedEntities } from '#mime';
import { htmlMarks } from '../phrases/html-marks';
import { oneOf, phrasesIn } from '../phrases/compile';

/**
 * The line that marks where a program says that the quoted mail begins: a private-use character, which nobody types.
 */
export const quoteBeginning = '\ue000';

/** No more text than this is read of one document, and no more lines. */
const maxLength = 64 * 1024;
const maxLines = 5_000;

/** Elements whose content nobody sees. */
const unseen = new Set(['style', 'script', 'head', 'title', 'noscript', 'template', 'object']);
const block =
  /^(?:p|div|li|ul|ol|tr|table|h[1-6]|blockquote|section|article|header|footer|pre|hr|dl|dt|dd|center|address|form)$/;
/** Elements that never contain others. */
const empty = /^(?:br|hr|img|input|meta|link|wbr|col|area|base|source)$/;
const appended = oneOf(phrasesIn(htmlMarks.appended), '^%$', 'i');
const quoteBegins = oneOf(phrasesIn(htmlMarks.quoteBegins), '^%$', 'i');

interface Tag {
  name: string;
  closes: boolean;
  attributes: string;
}

/** The state of one pass over the tags. */
interface HtmlReader {
  lines: string[];
  /** The line that is being written. */
  line: string;
  length: number;
  /** The element whose content is left out, with how many of its name are open; null while everything counts. */
  hidden: { name: string; open: number } | null;
  /** Depth of `pre`. */
  preformatted: number;
}

const tags = new RegExp(
  String.raw`([^<]*)(?:<!--(?:[^-]|-(?!->)){0,20000}(?:-->)?|<(\/?)([a-zA-Z][a-zA-Z0-9:]{0,20})` +
    String.raw`((?:"[^"]{0,10000}"|'[^']{0,10000}'|[^>"']){0,2000})>?|<[!?][^>]{0,10000}>?` +
    String.raw`|<|$)`,
  'g',
);

/**
 * The text of an HTML document in lines, entities decoded, blanks collapsed; as far as 64 Ki characters or 5,000 lines.
 * `own`: without quotes and signatures as far as elements tell, and with a line of `quoteBeginning` where one begins; a
 * quote that only words show is removed by `withoutQuote`.
 */
export function linesOfHtml(html: string, own: boolean): string[] {
  const walk: HtmlReader = { lines: [], line: '', length: 0, hidden: null, preformatted: 0 };
  for (const [, between = '', closing = '', name, attributes = ''] of html.matchAll(tags)) {
    if (walk.hidden === null) write(walk, between);
    if (walk.length > maxLength || walk.lines.length > maxLines) break;
    if (name === undefined) continue;
    const tag = { name: name.toLowerCase(), closes: closing === '/', attributes };
    if (walk.hidden === null && own && !tag.closes && marksIn(attributes).some((mark) => quoteBegins.test(mark)))
      walk.lines.push(walk.line, quoteBeginning, (walk.line = ''));
    enter(walk, tag, own);
  }
  return unescapedEntities([...walk.lines, walk.line].join('\n'))
    .split('\n')
    .map((line) => line.replace(/[ \t\u00a0]+/g, ' ').trim());
}

function write(walk: HtmlReader, text: string): void {
  if (text === '') return;
  walk.length += text.length;
  if (walk.preformatted === 0) {
    walk.line += text.replace(/\s+/g, ' ');
    return;
  }
  const [first = '', ...rest] = text.split('\n');
  walk.line += first;
  for (const line of rest) {
    walk.lines.push(walk.line);
    walk.line = line;
  }
}

function enter(walk: HtmlReader, tag: Tag, own: boolean): void {
  const step = tag.closes ? -1 : 1;
  if (walk.hidden !== null) {
    if (tag.name === walk.hidden.name) walk.hidden.open += step;
    if (walk.hidden.open <= 0) walk.hidden = null;
    return;
  }
  breakLine(walk, tag);
  if (tag.name === 'pre') walk.preformatted = Math.max(0, walk.preformatted + step);
  if (opens(tag) && isLeftOut(tag, own)) walk.hidden = { name: tag.name, open: 1 };
}

const opens = ({ name, closes, attributes }: Tag): boolean => !closes && !empty.test(name) && !attributes.endsWith('/');

function isLeftOut({ name, attributes }: Tag, own: boolean): boolean {
  if (unseen.has(name)) return true;
  if (own && name === 'blockquote') return true;
  if (attributes === '') return false;
  if (valuesIn(attributes, styles).some((value) => /display\s{0,4}:\s{0,4}none/i.test(value))) return true;
  return own && marksIn(attributes).some((mark) => appended.test(mark));
}

const styles = /\bstyle\s{0,8}=\s{0,8}("[^"]*"|'[^']*'|[^\s>"']{1,500})/gi;
const named = /\b(?:class|id|name|data-marker|data-smartmail)\s{0,8}=\s{0,8}("[^"]*"|'[^']*'|[^\s>"']{1,500})/gi;

const valuesIn = (attributes: string, pattern: RegExp): string[] =>
  [...attributes.slice(0, 4_000).matchAll(pattern)].map((match) => (match[1] ?? '').replace(/^["']|["']$/g, ''));

/** The values of class, id, name and data-marker attributes, each by itself. */
const marksIn = (attributes: string): string[] =>
  attributes === '' ? [] : valuesIn(attributes, named).flatMap((value) => value.split(/\s+/).slice(0, 20));

/**
 * BR ends the line in any case; a block stands on lines of its own, however many open at once. A paragraph stands
 * apart from the next.
 */
function breakLine(walk: HtmlReader, { name, closes }: Tag): void {
  if (name === 'br') endLine(walk);
  else if (name === 'td' || name === 'th') walk.line += closes ? ' ' : '';
  else if (block.test(name)) breakBlock(walk, name, closes);
}

function breakBlock(walk: HtmlReader, name: string, closes: boolean): void {
  if (walk.line.trim() !== '') endLine(walk);
  if (name === 'p' && closes) endLine(walk);
  else if (name === 'hr') walk.lines.push('________');
  else if (name === 'li' && !closes) walk.line = '* ';
}

function endLine(walk: HtmlReader): void {
  walk.lines.push(walk.line);
  walk.line = '';
}
