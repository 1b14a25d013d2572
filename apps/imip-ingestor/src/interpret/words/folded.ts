// Decides when two spellings are the same word: without case, accents, full-width forms and Arabic vowel signs.
// Called wherever words of a mail are compared with phrases; both sides are folded.

const letters: Readonly<Record<string, string>> = {
  ł: 'l', Ł: 'L', ø: 'o', Ø: 'O', đ: 'd', Đ: 'D', ß: 'ss', æ: 'ae', Æ: 'AE', œ: 'oe', Œ: 'OE', ı: 'i',
  أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ى: 'ي', ة: 'ه', 'ـ': '',
}; // prettier-ignore

/** Latin accents (U+0300 to U+036F) and Arabic vowel signs and hamzas; not the voicing marks of kana. */
const marks = /[\u0300-\u036f\u064b-\u0655\u0670]/g;
const special = /[łŁøØđĐßæÆœŒıأإآٱىةـ]/g;
const plainAscii = /^[\x20-\x7e\n]*$/;

/**
 * The text without accents and full-width forms, its case kept. Quotes become `'` and `"`, dashes `-`, foreign digits
 * 0 to 9.
 */
export function unaccented(text: string): string {
  if (plainAscii.test(text)) return text;
  return text
    .replace(/[’‘`´ʼ]/g, "'")
    .replace(/[–—−‐‑〜～]/g, '-')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(special, (letter) => letters[letter] ?? letter)
    .normalize('NFKD')
    .replace(marks, '')
    .normalize('NFKC');
}

/** `unaccented`, in lower case. */
export const folded = (text: string): string => unaccented(text).toLowerCase();
