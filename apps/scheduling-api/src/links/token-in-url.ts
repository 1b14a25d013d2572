// Finds the token in what a mail program made of a link: links are forgiving, tokens are not (contract, section 7.1).
// Called by the pages of links, for the parameter of an address and for the field of a form alike.
import { tokensIn } from '#tokens';

/** The parameters that carry a token. */
export type TokenField = 'r' | 't' | 'a';

/** A line end of quoted-printable, any blank, and the zero-width space that some programs break long links with. */
const blanks = /=\r?\n|[\s\u200b]+/g;

/**
 * The only token in a parameter or form field, or undefined where there is none or more than one: nothing is guessed.
 * `value` is decoded once by the server; where a `%` is left, it is decoded once more. Whatever stands around the
 * token is ignored (a full stop, brackets, `3D` of an undecoded `=`, words), and blanks and line ends inside it are
 * dropped. A field that is given several times counts as one text.
 */
export function tokenIn(value: unknown): string | undefined {
  const given = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
  const text = given.map(decodedOnceMore).join(' ');
  const asItStands = tokensIn(text);
  const found = asItStands.length > 0 ? asItStands : tokensIn(text.replace(blanks, ''));
  return found.length === 1 ? found[0] : undefined;
}

/** The token of an address; `=` may itself have been encoded, so that name and token are one. */
export function tokenInQuery(query: Readonly<Record<string, unknown>>, name: TokenField): string | undefined {
  const joined = Object.keys(query).filter((key) => key.startsWith(`${name}=`));
  return tokenIn([query[name], ...joined].flat());
}

/**
 * The token of a POST: the form's field, read as forgivingly as an address, else `token` exactly as JSON contains it.
 */
export function tokenOfBody(body: unknown, name?: TokenField): string | undefined {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  if (name !== undefined && fields[name] !== undefined) return tokenIn(fields[name]);
  return typeof fields['token'] === 'string' ? fields['token'] : undefined;
}

/** Each escape by itself: one that is broken leaves the others readable. */
const decodedOnceMore = (text: string): string =>
  text.replace(/%([0-9A-Fa-f]{2})/g, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
