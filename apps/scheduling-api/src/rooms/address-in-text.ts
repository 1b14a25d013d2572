// Finds an address of a party, in any disguise, in a text that both parties would see.
// Called by decide before anything is stored, so that the privacy gate of the sender finds none.
import { namesPerson, removed, stripAddresses, undisguised } from '#privacy';
import type { Room } from './room';

/**
 * The pointer of the first text that contains one of the addresses, or another spelling of the same one; else null.
 */
export function fieldWithAddress(texts: Record<string, string | null>, addresses: string[]): string | null {
  const read = Object.entries(texts).flatMap(([pointer, text]) =>
    text === null ? [] : [{ pointer, readings: readings(text) }],
  );
  const all = read.flatMap((each) => each.readings);
  const named = addresses.filter((address) => namesPerson(all, address));
  return read.find(({ readings: own }) => named.some((address) => namesPerson(own, address)))?.pointer ?? null;
}

/**
 * A note as the other party sees it. If the writer's own address is still in it after the stripping, the whole note is
 * removed. The other party's address is not searched for: the writer sees the result and could test guesses with it.
 */
export const noteForOther = (note: string | null, writer: string | undefined): string | null =>
  note !== null && writer !== undefined && fieldWithAddress({ note }, [writer]) !== null ? removed : note;

/**
 * A text of the platform as both parties may read it: without address-like strings, nothing of it where one of their
 * addresses is still in it.
 */
export function shownToBoth(text: string | null, { invitations }: Pick<Room, 'invitations'>): string | null {
  const stripped = text === null ? null : stripAddresses(text).trim() || null;
  const emails = invitations.map((each) => each.email);
  return stripped !== null && fieldWithAddress({ stripped }, emails) !== null ? removed : stripped;
}

/** The second replaces other scripts by blanks: as HTML entities they end right before an address. */
const readings = (text: string): string[] => [
  ...new Set([text, text.replace(/[^\x20-\x7e]+/g, ' '), undisguised(text)]),
];
