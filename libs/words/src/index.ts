// Every text that people read, and how times and dates are written: one folder a language. Pure.
// Used by the sender for letters and calendar entries, and by scheduling-api for the calendar file.
export { subjects, letterTextsFor, refusedWords } from './letters';
export type { LetterTexts } from './letter-texts';
export * from './times';
export * from './invitation';
