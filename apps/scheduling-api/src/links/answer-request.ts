// Reads an answer from JSON or from the page's form.
// Called by answer.controller.ts once the link is known to be good.
import { z } from 'zod';
import { clean, parse } from '../rooms/requests';
import type { AnswerInput } from './answer.service';

export const longestAnswerNote = 300;
const AnswerPartstatInput = z.enum(['accepted', 'declined', 'tentative']);

export const AnswerRequest = z.strictObject({
  token: z.string(),
  partstat: AnswerPartstatInput,
  note: clean(longestAnswerNote).nullable().optional(),
});

/** The JSON body of POST /answer; throws the 422 that names its wrong fields. */
export function readAnswer(body: unknown): AnswerInput {
  const { partstat, note } = parse(AnswerRequest, body);
  return { partstat, note: note || null };
}

/** The fields of the form, or the name of the field that is wrong. */
export function readAnswerForm(body: Readonly<Record<string, unknown>>): AnswerInput | 'choose' | 'note' {
  const partstat = AnswerPartstatInput.safeParse(body['partstat']);
  if (!partstat.success) return 'choose';
  const text = typeof body['note'] === 'string' ? body['note'].replace(/\s+/g, ' ').trim() : '';
  const note = clean(longestAnswerNote).safeParse(text);
  return note.success ? { partstat: partstat.data, note: note.data || null } : 'note';
}
