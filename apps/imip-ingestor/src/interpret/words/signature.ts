// Decides where a signature begins: after a delimiter, at a line that a program appends, or at a closing with a block
// of contact data.
// Called by visible-text.ts on lines without quotes. In doubt a line counts as the writer's.
import { everyPhrase, oneOf } from '../phrases/compile';
import { signaturePhrases } from '../phrases/signatures';

/** Lines that phones, web mailers and scanners append to every mail. */
const appended = oneOf(everyPhrase(signaturePhrases.appended), '^%$');
const closing = oneOf(everyPhrase(signaturePhrases.closings), '^%[ ,.!。、]{0,3}$');
const glued = oneOf(everyPhrase(signaturePhrases.glued), '^(.{1,2000}[.!?…。？！؟] ?)%$');

/** RFC 3676 4.3 with what relays make of its blank. */
const delimiter = /^--[ \t\u00a0]*$/;
/** Rules of dashes and underscores that stand alone: below them may be anything. */
const rule = /^(?:—|–|__|-{3,}|_{3,}|={5,}|\*{5,}|~{5,})[ \t\u00a0]*$/;
/** Patterns that occur only in a block of contact data. */
const contact = new RegExp(
  String.raw`(?:\+|\b00)\d[\d\s()./-]{6,30}|\(\d{2,4}\)\s?\d{3}|\b(?:tel|phone|mobile` +
    String.raw`|mob|cell|fax|telefon|móvil|tél|www)\b[.:]|https?:\/\/|www\.|[^\s@]{1,64}@[^\s@]{1,200}\.[a-z]{2,}`,
  'i',
);

/** The lines before the signature. */
export function withoutSignature(lines: readonly string[]): string[] {
  const below = filledBelow(lines);
  const cut = lines.findIndex((raw, at) => {
    const line = raw.trim();
    const rest = below[at] ?? 0;
    if (delimiter.test(line)) return isSignedBelow(lines, at);
    if (rule.test(line)) return rest > 0 && rest <= 12 && isBlock(lines.slice(at + 1));
    // A line that a program appends is near the end.
    if (rest <= 15 && isAppended(line)) return true;
    return rest <= 12 && line.length < 80 && closing.test(line) && isContactBlock(lines.slice(at + 1));
  });
  return (cut < 0 ? [...lines] : lines.slice(0, cut)).map(withoutGlued);
}

/** An ordinary line has no such words at its end. */
const withoutGlued = (line: string): string => glued.exec(line.slice(-2_100))?.[1]?.trimEnd() ?? line;

const isAppended = (line: string): boolean =>
  line.length < 260 && appended.test(line.replace(/^[[(<*_-]{1,5}\s?/, '').replace(/\s?[\])*_]{1,5}$/, ''));

/** A delimiter ends the words, unless another one follows and sentences stand in between. */
function isSignedBelow(lines: readonly string[], at: number): boolean {
  const rest = lines.slice(at + 1);
  const next = rest.findIndex((line) => delimiter.test(line.trim()));
  return next < 0 || isBlock(rest.slice(0, next));
}

/** For each line, how many below it are not blank. */
function filledBelow(lines: readonly string[]): number[] {
  const counts = new Array<number>(lines.length).fill(0);
  for (let at = lines.length - 2; at >= 0; at -= 1)
    counts[at] = (counts[at + 1] ?? 0) + ((lines[at + 1] ?? '').trim() === '' ? 0 : 1);
  return counts;
}

/** Short lines without a sentence or a further rule: a name, a firm, an address. */
function isBlock(lines: readonly string[]): boolean {
  const filled = lines.map((line) => line.trim()).filter((line) => line !== '');
  if (filled.some((line) => contact.test(line)) && filled.every((line) => line.length <= 120))
    return !filled.some(isQuestion);
  return filled.every((line) => line.length <= 60 && !rule.test(line) && !isSentence(line));
}

const isQuestion = (line: string): boolean => /[?？؟]$/.test(line);
const isSentence = (line: string): boolean =>
  (/[.?!。？！؟]$/.test(line) && line.split(' ').length >= 3) || /\d{1,2}(?:[:.h]\d{2}| ?[ap]m\b| ?uhr)/i.test(line);

/** Two short lines and more with contact data among them. */
const isContactBlock = (lines: readonly string[]): boolean => {
  const filled = lines.filter((line) => line.trim() !== '');
  return filled.length >= 2 && filled.every((line) => line.length <= 120) && filled.some((line) => contact.test(line));
};
