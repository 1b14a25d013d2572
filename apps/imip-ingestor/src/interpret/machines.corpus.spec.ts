// What machines write is never a person's words, and what people write never a machine's: by language and by program.
import { absenceNotes, peopleAway } from './corpus/absence.fixture';
import { machineNotes, peopleOfTheSame, rejectedPosts } from './corpus/machine-notes.fixture';
import { interpret } from './interpret';
import { readMail } from './mail';

const kindOf = (raw: Buffer): string => interpret(readMail(raw)).kind;

it.each(absenceNotes)('an absence note is an automatic reply: $name', ({ raw }) => {
  expect(kindOf(raw)).toBe('auto-reply');
});

it.each(machineNotes)('is classified as automatic: $name', ({ raw }) => {
  expect(kindOf(raw)).toBe('auto-reply');
});

it.each([...peopleAway, ...peopleOfTheSame])('is classified as a text of a person: $name', ({ raw, text }) => {
  expect(interpret(readMail(raw))).toMatchObject({ kind: 'text', visibleText: text });
});

it.each(rejectedPosts)('a rejected post is a soft failure for the list: $name', ({ raw, address }) => {
  expect(interpret(readMail(raw))).toMatchObject({ kind: 'bounce', recipients: [{ address, kind: 'soft' }] });
});
