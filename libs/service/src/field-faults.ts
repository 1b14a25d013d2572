// Turns a schema's errors into the 422 that names each wrong field in a sentence for a person ("title must not be
// empty").
// Called by the controllers of all apps.
import type { z } from 'zod';
import { type FieldFault, Problem } from './problem';
import { ruleWords } from './rule-texts';

/** What is wrong, field by field: pointers are JSON Pointers (RFC 6901) into the body, or `?name` for a query. */
export const fieldFaults = (error: z.ZodError, where: 'body' | 'query' = 'body'): FieldFault[] =>
  error.issues.flatMap((issue) => faultsOf(issue, where));

/** The 422 for these faults; its `detail` says all of them. */
export function invalidFields(errors: FieldFault[]): Problem {
  return new Problem(422, 'invalid-field', `${errors.map((each) => each.detail).join('; ')}.`, { errors });
}

function faultsOf(issue: z.core.$ZodIssue, where: 'body' | 'query'): FieldFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, key], where),
      code: 'unknown-field',
      detail: `${nameOf([...issue.path, key])} is not a field of this request`,
    }));
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  const rule = missing ? 'must be given' : ruleWords(issue);
  return [
    {
      pointer: pointerOf(issue.path, where),
      code: missing ? 'missing' : codeOf(issue),
      detail: `${nameOf(issue.path)} ${rule}`,
    },
  ];
}

function codeOf(issue: z.core.$ZodIssue): string {
  const { code } = (issue.code === 'custom' ? (issue.params ?? {}) : {}) as { code?: string };
  return code ?? (issue.code === 'custom' ? 'invalid' : issue.code.replaceAll('_', '-'));
}

/** `guest.email`; what a caller chose to write as a name is shown short. */
const nameOf = (path: PropertyKey[]): string =>
  path.length === 0 ? 'the body' : path.map((part) => String(part).slice(0, 60)).join('.');

const pointerOf = (path: PropertyKey[], where: 'body' | 'query'): string =>
  where === 'query'
    ? `?${path.map(String).join('.')}`
    : `/${path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
