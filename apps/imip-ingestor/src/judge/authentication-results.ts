// Decides what the trusted border says about who sent a mail (RFC 8601), and nothing about what to do with it.
// Called by judge; only fields of the configured AUTHSERV_ID are read, every other may be the sender's own invention.

/** `pass`: an aligned pass for the From domain. `fail`: the results say so and nothing aligned speaks against it. */
export type Authenticity = 'pass' | 'fail' | 'none';

interface Result {
  method: string;
  result: string;
  /** `header.d`, `smtp.mailfrom`, … in lower case. */
  properties: Map<string, string>;
}

/**
 * What the Authentication-Results fields of `authservId` say about a From of `fromDomain`. For each method the topmost field that
 * speaks of it counts: the border adds its own above whatever a sender brought along (RFC 8601 5).
 */
export function authenticityOf(fields: string[], authservId: string, fromDomain: string): Authenticity {
  const results = resultsOf(fields, authservId);
  const of = (method: string): Result[] => results.filter((each) => each.method === method);
  const dmarc = of('dmarc').filter((each) => aligns(each.properties.get('header.from') ?? fromDomain, fromDomain));
  if (dmarc.some((each) => each.result === 'pass')) return 'pass';
  if (dmarc.some((each) => each.result === 'fail')) return 'fail';
  const signed = of('dkim').some((each) => each.result === 'pass' && aligns(signerOf(each), fromDomain));
  const sent = of('spf').some(
    (each) => each.result === 'pass' && aligns(domainOf(each.properties.get('smtp.mailfrom') ?? ''), fromDomain),
  );
  if (signed || sent) return 'pass';
  return [...of('dkim'), ...of('spf')].some((each) => each.result === 'fail') ? 'fail' : 'none';
}

const signerOf = (result: Result): string =>
  result.properties.get('header.d') ?? domainOf(result.properties.get('header.i') ?? '');

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** Relaxed alignment without a public suffix list: the same domain or one above it. */
const aligns = (speaker: string, fromDomain: string): boolean =>
  speaker.includes('.') && (fromDomain === speaker || fromDomain.endsWith(`.${speaker}`));

function resultsOf(fields: string[], authservId: string): Result[] {
  const own = fields
    .map(clauses)
    .filter(([id]) => (id ?? '').split(/\s+/, 1)[0]?.toLowerCase() === authservId.toLowerCase());
  const seen = new Set<string>();
  return own.flatMap(([, ...parts]) => {
    const results = parts.map(resultOf).filter((each) => each !== null && !seen.has(each.method)) as Result[];
    for (const each of results) seen.add(each.method);
    return results;
  });
}

/** `dkim=pass header.d=example.org` → its method, result and properties; null for `none` and what is no result. */
function resultOf(clause: string): Result | null {
  const words = clause.split(/\s+/).filter((word) => word !== '');
  const [method = '', result = ''] = splitAt(words[0] ?? '');
  if (method === '' || result === '') return null;
  return { method: method.split('/', 1)[0] ?? method, result, properties: new Map(words.slice(1).map(splitAt)) };
}

function splitAt(word: string): [string, string] {
  const equals = word.indexOf('=');
  return equals < 0
    ? [word.toLowerCase(), '']
    : [word.slice(0, equals).toLowerCase(), word.slice(equals + 1).toLowerCase()];
}

/** Splits a field at its semicolons, comments out, quotes off, `=` without blanks around it. */
function clauses(field: string): string[] {
  const parts: string[] = [''];
  for (let at = 0; at < field.length; at++) {
    const letter = field.charAt(at);
    if (letter === '(') at = commentEnd(field, at);
    else if (letter === ';') parts.push('');
    else if (letter === '"') {
      const end = quoteEnd(field, at);
      parts[parts.length - 1] += field.slice(at + 1, end);
      at = end;
    } else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim().replaceAll(/ ?= ?/g, '='));
}

/** Where the comment that opens at `from` closes; comments nest (RFC 5322 3.2.2). One that never closes runs to the end. */
function commentEnd(field: string, from: number): number {
  let depth = 0;
  for (let at = from; at < field.length; at++) {
    const letter = field.charAt(at);
    if (letter === '\\') at++;
    else if (letter === '(') depth++;
    else if (letter === ')' && --depth === 0) return at;
  }
  return field.length;
}

function quoteEnd(field: string, from: number): number {
  for (let at = from + 1; at < field.length; at++) {
    if (field.charAt(at) === '\\') at++;
    else if (field.charAt(at) === '"') return at;
  }
  return field.length;
}
