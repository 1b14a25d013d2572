// Every text that people read, and how times and dates are written: one folder a language. Pure.
// Used by the sender for letters and calendar entries, and by scheduling-api for its pages and the calendar file.
export { isWritten, languages, letterTextsFor, refusedWords } from './letters';
export { letterLines } from './letter-lines';
export type { LetterLines } from './letter-lines';
export type { Language } from './letters';
export { fixedSubjects, type LetterTexts, type InvitationWords, type Subjects } from './letter-texts';
export * from './direction';
export * from './language';
export * from './times';
export * from './zones';
export * from './invitation';
