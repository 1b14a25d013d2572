// Reads Authentication-Results fields as RFC 8601 2.2 writes them: comments and quoted strings first, then blanks.
// Called by authentication-results.ts. Ours and not mailauth's parser: that one lets a later property override the
// first (see the test).
import { domainOfAddress } from './domains';

/** One `method=result` with its properties. */
export interface MethodResult {
  /** Lower case, without its version. */
  method: string;
  /** Lower case. */
  result: string;
  /** The first value of each name; names in lower case. */
  properties: ReadonlyMap<string, Value>;
  /** Whether the clause is written by the grammar. Any other may contain text of the sender, so it is not used. */
  isSound: boolean;
}

export interface ResultField {
  /** Lower case; null where there is none. */
  authservId: string | null;
  results: MethodResult[];
  /** Whether every comment and quoted string is closed. */
  isClosed: boolean;
}

/** A run of characters without blanks, in parts: what stood in quotes is decoded. */
export type Value = readonly Part[];
interface Part {
  text: string;
  isQuoted: boolean;
}
type Token = Part[] | '=';

/** Reads the value of one field. Takes any text, folded or not, and never throws. */
export function readResultField(field: string): ResultField {
  const { clauses, isClosed } = clausesOf(field);
  const [head = [], ...rest] = clauses;
  const authservId = authservIdOf(head);
  return { authservId, results: rest.flatMap((clause) => resultOf(clause) ?? []), isClosed };
}

export const textOfValue = (value: Value): string => value.map(({ text }) => text).join('');

/**
 * The domain of a `smtp.mailfrom`, `header.from` and the like, given as an address or as a domain. A value that is one
 * quoted string contains the whole address; else only an `@` outside quotes divides it. Null where there is none.
 */
export function domainOfValue(value: Value | undefined): string | null {
  if (value === undefined) return null;
  const [only, second] = value;
  const address =
    only?.isQuoted === true && second === undefined
      ? only.text
      : value.map(({ text, isQuoted }) => (isQuoted ? quoted(text) : text)).join('');
  return domainOfAddress(/^<[^<>]*>$/.test(address) ? address.slice(1, -1) : address);
}

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

/**
 * `authserv-id [version]`; null where the first clause is something else (Microsoft begins with a result). Only
 * version 1 is known.
 */
function authservIdOf(head: Token[]): string | null {
  const [id, version, more] = head;
  if (id === undefined || id === '=' || version === '=' || more !== undefined) return null;
  if (version !== undefined && textOfValue(version) !== '1') return null;
  return textOfValue(id).toLowerCase();
}

const methodName = /^[a-z0-9][a-z0-9_-]*(?:\/1)?$/;
const propertyName = /^[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9][a-z0-9_-]*)?$/;

/** `method=result property=value …`; null for `none` and an empty clause. */
function resultOf(clause: Token[]): MethodResult | null {
  const { pairs, isSound } = pairsOf(clause);
  const [first, ...others] = pairs;
  if (first === undefined) return null;
  const properties = new Map<string, Value>();
  for (const { name, value } of others) if (!properties.has(name)) properties.set(name, value);
  return {
    method: first.name.replace(/\/1$/, ''),
    result: textOfValue(first.value).toLowerCase(),
    properties,
    isSound: isSound && methodName.test(first.name) && others.every(({ name }) => propertyName.test(name)),
  };
}

interface Pair {
  name: string;
  value: Value;
}

/** The `name=value` pairs of a clause. Any other word makes the clause invalid. */
function pairsOf(clause: Token[]): { pairs: Pair[]; isSound: boolean } {
  const pairs: Pair[] = [];
  let words: Part[][] = [];
  let isSound = true;
  for (let at = 0; at < clause.length; at++) {
    const token = clause[at];
    if (token !== undefined && token !== '=') {
      words.push(token);
      continue;
    }
    const name = nameOf(words);
    const value = clause[at + 1];
    isSound &&= name !== null;
    words = [];
    if (value !== undefined && value !== '=') at++;
    pairs.push({ name: name ?? '', value: value === undefined || value === '=' ? [] : value });
  }
  return { pairs, isSound: isSound && words.length === 0 };
}

/** `smtp . mailfrom` is one name (RFC 8601 2.2); two words without a dot or slash between them are not. */
function nameOf(words: Part[][]): string | null {
  if (words.length === 0 || words.flat().some(({ isQuoted }) => isQuoted)) return null;
  const texts = words.map(textOfValue);
  const isOne = texts.every((text, at) => at === 0 || /^[./]/.test(text) || /[./]$/.test(texts[at - 1] ?? ''));
  return isOne ? texts.join('').toLowerCase() : null;
}

/** The tokens of each clause; `;`, `=`, comments and blanks count outside quotes only. */
function clausesOf(field: string): { clauses: Token[][]; isClosed: boolean } {
  const read: Reading = { clauses: [[]], word: null };
  let isClosed = true;
  for (let at = 0; at < field.length; at++) {
    const letter = field.charAt(at);
    if (letter === '(' || letter === '"') {
      const run = letter === '(' ? commentAt(field, at) : quoteAt(field, at);
      isClosed &&= run.isClosed;
      at = run.end;
      if (letter === '(') read.word = null;
      else addPart(read, run.text, true);
    } else if (letter === ';') {
      read.clauses.push([]);
      read.word = null;
    } else if (letter === '=' && !isInValue(read)) {
      read.clauses.at(-1)?.push('=');
      read.word = null;
    } else if (/[ \t\r\n]/.test(letter)) read.word = null;
    else addPart(read, letter, false);
  }
  return { clauses: read.clauses, isClosed };
}

/** The parser's state; `word` is the one that the next character belongs to. */
interface Reading {
  clauses: Token[][];
  word: Part[] | null;
}

function addPart(read: Reading, text: string, isQuoted: boolean): void {
  if (read.word === null) {
    read.word = [];
    read.clauses.at(-1)?.push(read.word);
  }
  const last = read.word.at(-1);
  if (last && !last.isQuoted && !isQuoted) last.text += text;
  else read.word.push({ text, isQuoted });
}

/** Many servers do not quote `prvs=0123=gil@guest.example`: an `=` inside a value belongs to it. */
const isInValue = ({ clauses, word }: Reading): boolean => word !== null && clauses.at(-1)?.at(-2) === '=';

interface Run {
  /** The index of its last character. */
  end: number;
  text: string;
  isClosed: boolean;
}

/** The comment that opens at `from`; comments nest (RFC 5322 3.2.2). */
function commentAt(field: string, from: number): Run {
  let depth = 0;
  for (let at = from; at < field.length; at++) {
    const letter = field.charAt(at);
    if (letter === '\\') at++;
    else if (letter === '(') depth++;
    else if (letter === ')' && --depth === 0) return { end: at, text: '', isClosed: true };
  }
  return { end: field.length, text: '', isClosed: false };
}

/** The quoted string that opens at `from`, decoded (RFC 5322 3.2.4). */
function quoteAt(field: string, from: number): Run {
  let text = '';
  for (let at = from + 1; at < field.length; at++) {
    const letter = field.charAt(at);
    if (letter === '"') return { end: at, text, isClosed: true };
    text += letter === '\\' ? field.charAt(++at) : letter;
  }
  return { end: field.length, text, isClosed: false };
}
