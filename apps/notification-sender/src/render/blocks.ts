// What a composed letter is made of, and how its smallest blocks are written.
// Made by compose.ts; plain.ts and html.ts write the same blocks down, so the two can never say different things.
import type { Role } from '#contracts';
import type { Letter, Matter, Times } from '../letters/letter';
import type { LinkWriter } from '../letters/links';
import type { LetterTexts, Subjects, WrittenTime } from '#words';

/** `main`: what the letter is about; `aside`: for comparison; `gone`: no longer so. */
type TimeLook = 'main' | 'aside' | 'gone';

export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'time'; label: string; time: WrittenTime; look: TimeLook }
  | { kind: 'fact'; label: string; text: string }
  | { kind: 'quote'; label: string; text: string }
  | { kind: 'action'; ask: string | null; label: string; url: string; quiet: boolean };

export interface Composition {
  /** BCP 47, for the HTML's `lang`. */
  language: string;
  subject: string;
  heading: string;
  /** Given by the platform: isolated, like every given text of the blocks but a quote, which is given as a whole. */
  title: string;
  blocks: Block[];
  /** Behind a label that stands on its own line or before a link. */
  colon: string;
  /** Above the buttons' links in full; null in a letter without buttons. Plain text has them in their places. */
  buttonTrouble: string | null;
  footer: string;
}

/** What the rules below share: the letter, its reader's words, and how times and links are written for that reader. */
export interface Draft {
  letter: Letter;
  texts: LetterTexts;
  language: string;
  /** Of the four kinds whose subjects PRD 8.3 fixes. */
  subjects: Subjects;
  other: Role;
  time(label: string, times: Times, look?: TimeLook): Block;
  moment(instant: string): string;
  link: LinkWriter;
}

export type Body = Pick<Composition, 'subject' | 'heading' | 'blocks'>;
export type MatterOf<K extends Matter['kind']> = Extract<Matter, { kind: K }>;

export const text = (words: string): Block => ({ kind: 'text', text: words });

export const quote = (label: string, note: string | null): Block[] =>
  note === null || note.trim() === '' ? [] : [{ kind: 'quote', label, text: note.trim() }];

export const action = (label: string, url: string, options: { ask?: string; quiet?: boolean } = {}): Block => ({
  kind: 'action',
  ask: options.ask ?? null,
  label,
  url,
  quiet: options.quiet ?? false,
});

/** The reader's own reschedule link, where the letter has one. */
export function rescheduleLink(draft: Draft, when: keyof LetterTexts['reschedule']['ask']): Block[] {
  const { letter, texts, other, link } = draft;
  if (letter.rescheduleLink === null) return [];
  const ask = texts.reschedule.ask[when](other);
  return [action(texts.reschedule.button, link(letter.rescheduleLink, letter), { ask, quiet: true })];
}
