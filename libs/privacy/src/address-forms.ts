// The forms in which one and the same address can stand in a readable text.
// Called by holds-address.ts for what it looks for and for what it looks through.
import { domainToASCII, domainToUnicode } from 'node:url';
import { decodeEscapes } from './decoders';

// Soft hyphens, joiners, fillers and selectors nobody sees: an address is readable through them.
const invisible = /\p{Default_Ignorable_Code_Point}/gu;

const ascii = /^[\x00-\x7f]*$/;

/** Lower case, one form for characters that look alike (full-width `＠` is `@`), invisible characters gone. */
export function folded(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  return text.replace(invisible, '').normalize('NFKC').toLowerCase().normalize('NFKC');
}

/** The address folded, with its domain in both IDN forms, each also as the decoders would misread it (`a%41@…`). */
export function addressForms(address: string): string[] {
  const plain = folded(address.trim());
  const at = plain.lastIndexOf('@');
  const local = plain.slice(0, at + 1);
  const domain = plain.slice(at + 1);
  const forms = [plain, local + (domainToASCII(domain) || domain), local + (domainToUnicode(domain) || domain)];
  const misread = forms.map((form) => folded(decodeEscapes(form)));
  return [...new Set([...forms, ...misread])].filter((form) => form.length > 0);
}
