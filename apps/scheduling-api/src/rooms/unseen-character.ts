// Finds a character in a mail address that no reader sees: such an address is another one than it seems, and mail to
// it is lost.
// Called by requests.ts for every address that the platform gives.

/**
 * Format characters (direction marks, soft hyphens, joiners, tags), what Unicode says to show as nothing (Hangul
 * fillers, the grapheme
 * joiner, variation selectors), and the braille blank.
 */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** The first character that cannot be seen, as `U+200B`, or null. */
export function unseenCharacter(text: string): string | null {
  const code = unseen.exec(text)?.[0].codePointAt(0);
  return code === undefined ? null : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
