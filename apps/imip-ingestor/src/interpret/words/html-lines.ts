// Decides which lines a reader of an HTML mail sees, and which elements hold a quote or a signature rather than the writer's words.
// Called by said.ts. One pass over the tags, linear in the size, for any bytes.
import { unescapedEntities } from '#mime';

/** Elements whose content nobody sees. */
const unseen = new Set(['style', 'script', 'head', 'title', 'noscript', 'template', 'object']);
const block =
  /^(?:p|div|li|ul|ol|tr|table|h[1-6]|blockquote|section|article|header|footer|pre|hr|dl|dt|dd|center|address|form)$/;
/** Elements that never hold others. */
const empty = /^(?:br|hr|img|input|meta|link|wbr|col|area|base|source)$/;

/** The classes, ids and names with which mail programs and web mailers mark what they append: a quote, its attribution, a signature. */
const appended =
  /(?:^|[\s"'])(?:gmail_attr|(?:\S*[-_])?signature(?:[-_]\S*)?|message(?:Signature|Reply)Section|quote|quoted-content|moz-(?:cite-prefix|txt-sig)|yahoo_quoted\S*|ymail\S*quote\S*|protonmail_(?:quote|signature_block)\S*|tutanota_quote|zmail_extra\S*|mailbird_\S*quote\S*|apple-mail-?signature|AppleMailSignature|fastmail-?quote|hs_reply|quoted-?(?:text|reply|message)|(?:e?mail|Apple)signature|replybody|originalmessage|isReplyContent|isForwardContent|divtagdefaultwrapper_quote)(?=[\s"']|$)/i;
/** From here on nothing is the writer's: where Outlook, Zimbra and their like begin the mail that is answered. */
const quoteBegins =
  /(?:^|[\s"'])(?:x_)*(?:divRplyFwdMsg|appendonsend|zwchr|mail-editor-reference-message-container|reply-intro|OLK_SRC_BODY_SECTION|stopSpelling|lineBreakAtBeginningOfMessage_quote|ms-outlook-mobile-body-separator-line_quote)(?=[\s"']|$)/i;

interface Tag {
  name: string;
  closes: boolean;
  attributes: string;
}

/** What walking the tags has seen so far. */
interface Walk {
  text: string;
  /** The element whose content is left out, with how many of its name are open; null while everything counts. */
  hidden: { name: string; open: number } | null;
  /** Depth of `pre`. */
  preformatted: number;
}

/**
 * The text of an HTML document in lines, entities decoded, blanks collapsed. `own`: without quotes and signatures as far as elements
 * tell; what only words tell is left to `withoutQuote`.
 */
export function linesOfHtml(html: string, own: boolean): string[] {
  const walk: Walk = { text: '', hidden: null, preformatted: 0 };
  for (const [, between = '', closing = '', name, attributes = ''] of html.matchAll(
    /([^<]*)(?:<!--(?:[^-]|-(?!->)){0,20000}(?:-->)?|<(\/?)([a-zA-Z][a-zA-Z0-9:]{0,20})((?:"[^"]{0,10000}"|'[^']{0,10000}'|[^>"']){0,2000})>?|<[!?][^>]{0,10000}>?|<|$)/g,
  )) {
    if (walk.hidden === null) walk.text += walk.preformatted > 0 ? between : between.replace(/\s+/g, ' ');
    if (name === undefined) continue;
    const tag = { name: name.toLowerCase(), closes: closing === '/', attributes };
    if (walk.hidden === null && own && !tag.closes && quoteBegins.test(namesIn(attributes))) break;
    enter(walk, tag, own);
  }
  return unescapedEntities(walk.text)
    .split('\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').trim());
}

function enter(walk: Walk, tag: Tag, own: boolean): void {
  const step = tag.closes ? -1 : 1;
  if (walk.hidden !== null) {
    if (tag.name === walk.hidden.name) walk.hidden.open += step;
    if (walk.hidden.open <= 0) walk.hidden = null;
    return;
  }
  walk.text += breakAt(tag, walk.text);
  if (tag.name === 'pre') walk.preformatted = Math.max(0, walk.preformatted + step);
  if (opens(tag) && isLeftOut(tag, own)) walk.hidden = { name: tag.name, open: 1 };
}

const opens = ({ name, closes, attributes }: Tag): boolean => !closes && !empty.test(name) && !attributes.endsWith('/');

function isLeftOut({ name, attributes }: Tag, own: boolean): boolean {
  if (unseen.has(name)) return true;
  if (/style\s*=[^>]*display\s*:\s*none/i.test(attributes)) return true;
  return own && (name === 'blockquote' || appended.test(namesIn(attributes)));
}

/** The values of class, id, name and data-marker attributes. */
const namesIn = (attributes: string): string =>
  [...attributes.matchAll(/\b(?:class|id|name|data-marker|data-smartmail)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi)]
    .map((match) => (match[1] ?? '').replace(/^["']|["']$/g, ''))
    .join(' ');

/** BR ends the line in any case; a block stands on lines of its own, however many open at once. */
function breakAt({ name, closes }: Tag, before: string): string {
  if (name === 'br') return '\n';
  if (name === 'td' || name === 'th') return closes ? ' ' : '';
  return block.test(name) ? `${isFresh(before) ? '' : '\n'}${marks(name, closes)}` : '';
}

const isFresh = (text: string): boolean => text === '' || /\n[ \t]*$/.test(text.slice(-40));
/** A paragraph stands apart from the next; an item has a mark. */
const marks = (name: string, closes: boolean): string =>
  name === 'p' && closes ? '\n' : name === 'li' && !closes ? '* ' : '';
