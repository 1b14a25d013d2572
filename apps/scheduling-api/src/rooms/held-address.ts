// Decides whether a text that would reach both parties holds one of their addresses, however it is dressed.
// Called by decide before anything is stored, so that the sender's privacy gate has nothing left to stop.
import { namesPerson, removed, stripAddresses, undisguised } from '#privacy';
import type { Room } from './room';

/**
 * The pointer of the first text that holds one of the addresses (or another spelling of the same person's), or null.
 */
export function heldAddress(texts: Record<string, string | null>, addresses: string[]): string | null {
  const read = Object.entries(texts).flatMap(([pointer, text]) =>
    text === null ? [] : [{ pointer, readings: readings(text) }],
  );
  const all = read.flatMap((each) => each.readings);
  const named = addresses.filter((address) => namesPerson(all, address));
  return read.find(({ readings: own }) => named.some((address) => namesPerson(own, address)))?.pointer ?? null;
}

/**
 * A note as it reaches the other party. Where the writer's own address is still in it after the stripping, nothing of it
 * is left. The other party's address is not looked for: the writer sees the result and could test guesses with it.
 */
export const relayable = (note: string | null, writer: string | undefined): string | null =>
  note !== null && writer !== undefined && heldAddress({ note }, [writer]) !== null ? removed : note;

/**
 * A text of the platform as both parties may read it: without address-like strings, nothing of it where one of their
 * addresses is still in it.
 */
export function shownToBoth(text: string | null, { invitations }: Pick<Room, 'invitations'>): string | null {
  const stripped = text === null ? null : stripAddresses(text).trim() || null;
  const emails = invitations.map((each) => each.email);
  return stripped !== null && heldAddress({ stripped }, emails) !== null ? removed : stripped;
}

/** The second replaces other scripts by blanks: as HTML entities they end right before an address. */
const readings = (text: string): string[] => [
  ...new Set([text, text.replace(/[^\x20-\x7e]+/g, ' '), undisguised(text)]),
];
