// Takes what names a person out of a JSON value: their address in any encoding, their name, and what they wrote.
// Called by the apps' erasures (contract, section 7.6). Pure.
import { type ErasedPerson, erasedAddress, samePerson } from '#contracts';
import { namesPerson } from './holds-address';

export interface PersonToErase extends ErasedPerson {
  /** Of it the address is made that replaces theirs. */
  invitationId: string;
}

/** Texts by a person, whatever they say. */
const words = new Set(['note', 'reason', 'cancelReason']);
/** Where a text must stay. */
const inPlace: Record<string, string> = { title: 'Practice Session' };

/** Parts of a name that are shorter than this are in too many words that are not about them. */
const shortestName = 3;

/** Whether a text contains the person's address, or a whole word of their name. */
export function holdsPerson(text: string, { addresses, names }: ErasedPerson): boolean {
  if (addresses.some((address) => namesPerson([text], address))) return true;
  const plain = folded(text);
  return names
    .flatMap((name) => folded(name).split(notOfAWord))
    .some((part) => part.length >= shortestName && plain.split(notOfAWord).includes(part));
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();
const notOfAWord = /[^\p{L}\p{M}\p{N}]/u;

/**
 * The value without the person: an object with their address gets an erased one and no name, notes and reasons become
 * null, and so does every other text that contains them; a title becomes the default one.
 */
export function withoutPerson(value: unknown, person: PersonToErase, key = ''): unknown {
  if (typeof value === 'string') return textWithout(value, person, key);
  if (Array.isArray(value)) return value.map((each) => withoutPerson(each, person, key));
  if (typeof value !== 'object' || value === null) return value;
  const email = (value as { email?: unknown }).email;
  const theirs = typeof email === 'string' && person.addresses.some((address) => samePerson(address, email));
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      if (theirs && name === 'email') return [name, erasedAddress(person.invitationId)];
      if (theirs && name in anonymous) return [name, anonymous[name]];
      return [name, withoutPerson(each, person, name)];
    }),
  );
}

const anonymous: Record<string, string | null> = { name: null, timeZone: 'UTC', locale: 'en' };

function textWithout(text: string, person: PersonToErase, key: string): string | null {
  if (words.has(key)) return null;
  return holdsPerson(text, person) ? (inPlace[key] ?? null) : text;
}
