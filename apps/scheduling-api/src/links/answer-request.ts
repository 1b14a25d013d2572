// Reads an answer from JSON or from the page's form.
// Called by answer.controller.ts once the link is known to be good.
import { z } from 'zod';
import { clean, parse } from '../rooms/requests';
import type { WantedAnswer } from './answer.service';

export const longestAnswerNote = 300;
const Given = z.enum(['accepted', 'declined', 'tentative']);

export const AnswerRequest = z.strictObject({
  token: z.string(),
  partstat: Given,
  note: clean(longestAnswerNote).nullable().optional(),
});

/** The JSON body of POST /answer; throws the 422 that names its wrong fields. */
export function readAnswer(body: unknown): WantedAnswer {
  const { partstat, note } = parse(AnswerRequest, body);
  return { partstat, note: note || null };
}

/** The form's fields, or what of them could not be taken. */
export function readAnswerForm(body: Readonly<Record<string, unknown>>): WantedAnswer | 'choose' | 'note' {
  const partstat = Given.safeParse(body['partstat']);
  if (!partstat.success) return 'choose';
  const text = typeof body['note'] === 'string' ? body['note'].replace(/\s+/g, ' ').trim() : '';
  const note = clean(longestAnswerNote).safeParse(text);
  return note.success ? { partstat: partstat.data, note: note.data || null } : 'note';
}
