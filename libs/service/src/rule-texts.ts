// Parts of English sentences for operators and platforms: counts, lists, and the rule of a schema as text behind the
// value's name ("must be a whole number").
// Rules are read by requests (422) and by settings; Zod's own messages name its types and may quote the value.
import type { z } from 'zod';

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  uuid: 'a UUID',
};

/** The rule that `issue` broke; a schema's own `error` text is kept. Never a value. */
export function ruleWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${listed(issue.values.map(String))}`;
    case 'too_small':
      return bound(issue, issue.origin, issue.inclusive ? 'at least' : 'more than', Number(issue.minimum));
    case 'too_big':
      return bound(issue, issue.origin, issue.inclusive ? 'at most' : 'less than', Number(issue.maximum));
    case 'invalid_format':
      return /^must /.test(issue.message) ? issue.message : `must be ${kinds[issue.format] ?? 'in the right form'}`;
    case 'custom':
      return issue.message;
    default:
      return 'must be as described in the documentation';
  }
}

/** `1 mail waits`, `2 mails wait`; a count of the database comes as text. `many` is `one` with an s where left out. */
export const plural = (count: number | string, one: string, many = `${one}s`): string =>
  `${count} ${Number(count) === 1 ? one : many}`;

/** `a`, `a or b`, `a, b or c`. */
export const listed = (words: string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

function bound(issue: z.core.$ZodIssue, origin: string, how: string, limit: number): string {
  if (/^must /.test(issue.message)) return issue.message;
  const unit = origin === 'string' ? ' characters' : origin === 'array' ? (limit === 1 ? ' entry' : ' entries') : '';
  if (origin === 'string' && how === 'at least' && limit === 1) return 'must not be empty';
  return unit === '' ? `must be ${how} ${limit}` : `must have ${how} ${limit}${unit}`;
}
