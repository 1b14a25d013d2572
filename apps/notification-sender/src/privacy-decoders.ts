// Takes apart what mails wrap text in; every kind at once and one layer at a time, so that any nesting comes off by repeating.
// Called by privacy-gate.ts. Decodes generously: it is better to read too much than too little.

/**
 * One layer off: encoded words (RFC 2047), quoted-printable with its soft breaks, percent, HTML character references,
 * ICS escapes (RFC 5545 3.3.11, RFC 6868), `\u0040` and `\x40`.
 */
export const decodeEscapes = (text: string): string => (marked.test(text) ? text.replace(escapes, decoded) : text);

/** The same, and folded lines joined, HTML comments and tags dropped, NULs (UTF-16 read as bytes) dropped. */
export const decodeEverything = (text: string): string => text.replace(everything, (match, ...rest: unknown[]) =>
  match.startsWith('\r') || match.startsWith('\n') || match.startsWith('<') || match === '\0' ? '' : decoded(match, ...rest),
);

const marked = /[=%&\\^]/;

const kinds = [
  // Encoded words that follow each other are one text: a character or an address may be split between them.
  String.raw`(?<words>=\?[^?\s]{1,60}\?[bBqQ]\?[^?\s]*\?=(?:\s+=\?[^?\s]{1,60}\?[bBqQ]\?[^?\s]*\?=)*)`,
  String.raw`(?<printable>(?:=(?:[0-9A-Fa-f]{2}|[ \t]*\r?\n))+)`,
  String.raw`(?<percent>(?:%[0-9A-Fa-f]{2})+)`,
  String.raw`&#(?<decimal>\d{1,7});?`,
  String.raw`&#[xX](?<hex>[0-9A-Fa-f]{1,6});?`,
  String.raw`&(?<named>[A-Za-z]{2,8});?`,
  String.raw`\\u\{?(?<unicode>[0-9A-Fa-f]{4,6})\}?`,
  String.raw`\\x(?<byte>[0-9A-Fa-f]{2})`,
  String.raw`\\(?<escaped>[^uUxX])`,
  String.raw`\^(?<caret>[n'^])`,
];
const escapes = new RegExp(kinds.join('|'), 'g');
const everything = new RegExp([...kinds, String.raw`\r?\n[ \t]`, String.raw`<!--[\s\S]*?-->|</?[A-Za-z][^<>]*>`, String.raw`\0`].join('|'), 'g');

function decoded(match: string, ...rest: unknown[]): string {
  const { words, printable, percent, decimal, hex, named, unicode, byte, escaped, caret } = rest.at(-1) as Record<string, string | undefined>;
  if (words !== undefined) return decodeWords(words);
  if (printable !== undefined) return bytesOf(printable.replace(/=[ \t]*\r?\n|=/g, ''));
  if (percent !== undefined) return bytesOf(percent.replaceAll('%', ''));
  if (decimal !== undefined) return character(Number(decimal));
  const code = hex ?? unicode ?? byte;
  if (code !== undefined) return character(Number.parseInt(code, 16));
  if (named !== undefined) return entities.get(named) ?? match;
  if (caret !== undefined) return caret === 'n' ? '\n' : caret === "'" ? '"' : '^';
  return escaped === undefined ? match : /[nNrt]/.test(escaped) ? '\n' : escaped;
}

const character = (code: number): string => (code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '');

/** Hex digits as UTF-8. */
const bytesOf = (hex: string): string => Buffer.from(hex, 'hex').toString('utf8');

function decodeWords(words: string): string {
  const parts = [...words.matchAll(/=\?([^?\s]+)\?([bBqQ])\?([^?\s]*)\?=/g)].map(([, charset = '', encoding = '', text = '']) => ({
    charset: charset.toLowerCase(),
    bytes: encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : Buffer.from(qWord(text), 'latin1'),
  }));
  const bytes = Buffer.concat(parts.map((part) => part.bytes));
  const text = parts.every((part) => /^(iso-8859|windows|us-ascii)/.test(part.charset)) ? bytes.toString('latin1') : bytes.toString('utf8');
  return text.replaceAll('\0', '');
}

const qWord = (text: string): string =>
  text.replaceAll('_', ' ').replace(/=([0-9A-Fa-f]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Names of ASCII characters, invisible ones, and the letters of Latin-1 in their order from U+00C0. */
const latinLetters =
  'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
const asciiNames: Readonly<Record<string, string>> = {
  commat: '@', period: '.', plus: '+', lowbar: '_', UnderBar: '_', hyphen: '-', dash: '-', num: '#', dollar: '$', percnt: '%', amp: '&', AMP: '&',
  apos: "'", quot: '"', lt: '<', gt: '>', ast: '*', midast: '*', sol: '/', bsol: '\\', equals: '=', quest: '?', Hat: '^', grave: '`', excl: '!',
  lcub: '{', lbrace: '{', rcub: '}', rbrace: '}', vert: '|', verbar: '|', comma: ',', colon: ':', semi: ';', lpar: '(', rpar: ')',
  nbsp: ' ', shy: '', zwnj: '', zwj: '', Tab: '\t', NewLine: '\n',
};
const entities = new Map<string, string>([
  ...Object.entries(asciiNames),
  ...latinLetters.split(' ').map((name, at): [string, string] => [name, String.fromCharCode(0xc0 + at)]),
]);
