// Decodes the encodings of mails, all kinds at once and one layer at a time, so that any nesting is removed by
// repetition.
// Called by holds-address.ts. Decodes too much rather than too little.

// Encoded words that follow each other are one text: a character or an address may be split between them.
const word = String.raw`=\?[^?\s]{1,60}\?[bBqQ]\?[^?\s]*\?=`;
const kinds = [
  String.raw`${word}(?:\s+${word})*`,
  String.raw`(?:=(?:[0-9A-Fa-f]{2}|[ \t]*\r?\n))+`,
  String.raw`(?:%[0-9A-Fa-f]{2})+`,
  String.raw`&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});?`,
  String.raw`\\(?:u\{[0-9A-Fa-f]{1,6}\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[^uUxX])`,
  String.raw`\^[n'^]`,
];
// A tag or comment that may itself contain something stays until its escapes are off and its folds joined; then it shows.
const seams = /=[ \t]*\r?\n|\r?\n[ \t]|<\/?[A-Za-z][^<>@%&\\=]*(?:=(?![0-9A-Fa-f]{2})[^<>@%&\\=]*)*>|\0/g;

const marked = /[=%&\\^]/;
const escapes = new RegExp(kinds.join('|'), 'g');

/**
 * Removes one layer: encoded words (RFC 2047), quoted-printable with its soft breaks, percent, HTML character
 * references, ICS escapes (RFC 5545 3.3.11, RFC 6868), `\u0040` and `\x40`.
 */
export const decodeEscapes = (text: string): string => (marked.test(text) ? text.replace(escapes, decoded) : text);

/** What only lies between the characters taken out: folds, soft breaks, HTML comments and tags, NULs. */
export const joined = (text: string): string => withoutComments(text).replace(seams, '');

/**
 * By index rather than by an expression: one that begins anew at every `<!--` would take time with the square of the
 * length.
 */
function withoutComments(text: string): string {
  let kept = '';
  let from = 0;
  let [end, lastEscape] = [-1, -1];
  let begin = text.indexOf('<!--');
  while (begin >= 0) {
    const inside = begin + 4;
    if (end < inside) end = text.indexOf('-->', inside);
    if (end < 0) break;
    if (lastEscape < inside) lastEscape = nextEscape(text, inside);
    if (lastEscape > end) {
      kept += text.slice(from, begin);
      from = end + 3;
    }
    begin = text.indexOf('<!--', lastEscape > end ? from : inside);
  }
  return kept + text.slice(from);
}

/** Where the next character stands that may be part of an address or an escape; Infinity if there is none. */
function nextEscape(text: string, from: number): number {
  escape.lastIndex = from;
  return escape.exec(text)?.index ?? Number.POSITIVE_INFINITY;
}
const escape = /[@%&\\]/g;

function decoded(match: string): string {
  switch (match[0]) {
    case '=':
      return match[1] === '?' ? decodeWords(match) : bytesOf(match.replace(/=[ \t]*\r?\n|=/g, ''));
    case '%':
      return bytesOf(match.replaceAll('%', ''));
    case '&':
      return reference(match.slice(1, match.endsWith(';') ? -1 : undefined)) ?? match;
    case '\\':
      return backslashed(match.slice(1));
    case '^':
      return match[1] === 'n' ? '\n' : match[1] === "'" ? '"' : '^';
    default:
      return '';
  }
}

function reference(name: string): string | undefined {
  if (!name.startsWith('#')) return entities.get(name);
  const hex = name[1] === 'x' || name[1] === 'X';
  return character(Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10));
}

function backslashed(rest: string): string {
  if (/^[ux]./.test(rest)) return character(Number.parseInt(rest.replace(/^[ux]\{?|\}$/g, ''), 16));
  return /[nNrt]/.test(rest) ? '\n' : rest;
}

const character = (code: number): string =>
  code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';

/** Hex digits as UTF-8. */
const bytesOf = (hex: string): string => Buffer.from(hex, 'hex').toString('utf8');

function decodeWords(words: string): string {
  const parts = [...words.matchAll(/=\?([^?\s]+)\?([bBqQ])\?([^?\s]*)\?=/g)].map(
    ([, charset = '', encoding = '', text = '']) => ({
      charset: charset.toLowerCase(),
      bytes: encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : Buffer.from(qWord(text), 'latin1'),
    }),
  );
  const bytes = Buffer.concat(parts.map((part) => part.bytes));
  const latin = parts.every((part) => /^(iso-8859|windows|us-ascii)/.test(part.charset));
  return bytes.toString(latin ? 'latin1' : 'utf8').replaceAll('\0', '');
}

const qWord = (text: string): string =>
  text
    .replaceAll('_', ' ')
    .replace(/=([0-9A-Fa-f]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Names of ASCII characters, of invisible ones, and of the letters of Latin-1 in their order from U+00C0. */
const latinLetters =
  'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc ' +
  'Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring ' +
  'aelig ccedil egrave eacute ' +
  'ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ' +
  'ucirc uuml yacute thorn yuml';
const asciiNames =
  "commat @ period . plus + lowbar _ UnderBar _ hyphen - dash - num # dollar $ percnt % amp & AMP & apos ' " +
  'quot " lt < gt > ast * midast * ' +
  'sol / bsol \\ equals = quest ? Hat ^ grave ` excl ! lcub { lbrace { rcub } rbrace } vert | verbar | comma , ' +
  'colon : semi ; lpar ( rpar )';
const entities = new Map<string, string>([
  ...[...asciiNames.matchAll(/(?<!\S)(\S+) (\S)/g)].map(([, name = '', sign = '']): [string, string] => [name, sign]),
  ...latinLetters.split(' ').map((name, at): [string, string] => [name, String.fromCharCode(0xc0 + at)]),
  ...['shy', 'zwnj', 'zwj'].map((name): [string, string] => [name, '']),
  ...['nbsp', 'Tab', 'NewLine'].map((name): [string, string] => [name, ' ']),
]);
