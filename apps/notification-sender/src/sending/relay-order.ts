// Which relay of SMTP_URL a letter is offered first: the one that is preferred; of several that share the load, the one
// that the letter's key chooses, which is the same for all letters to one attendee of a room.
// Used by the mailer and by the settings; pure.
import { createHash } from 'node:crypto';
import { limitsIn } from './relay-limits';

/** What the choice among relays that share depends on; the same in every process. */
export interface SharingRelay {
  /** Tells it from the others. */
  id: string;
  /** Its part of the letters, in proportion to the others': how many connections it allows. */
  weight: number;
}

/** Of a URL without `maxConnections`; the same in every process, whatever its SMTP_POOL_SIZE. */
const usualWeight = 10;

/** One for each URL, from the URLs alone, so that all processes choose alike. Two of one user and host stay apart. */
export function sharingRelays(urls: readonly string[]): SharingRelay[] {
  const ids = urls.map((url) => `${new URL(url).username}@${new URL(url).host}`);
  return urls.map((url, place) => {
    const id = ids[place] ?? '';
    return {
      id: ids.indexOf(id) === place ? id : `${id} (item ${place + 1})`,
      weight: limitsIn(url).maxConnections ?? usualWeight,
    };
  });
}

/** Whether the URL says `share=1`: this relay shares the letters with the one before it. */
const shares = (url: string): boolean => new URL(url).searchParams.get('share') === '1';

/** What is wrong with `share` in the URL at this place of SMTP_URL, from 0; undefined where nothing is. */
export function shareFault(url: string, place: number): string | undefined {
  const share = new URL(url).searchParams.get('share');
  if (share === null) return undefined;
  if (share !== '1') return 'has a share that is not 1';
  return place === 0 ? 'has share=1, but no relay stands before it' : undefined;
}

/** The relays in order of preference, those that share the load together. */
export function inGroups<R extends { url: string }>(relays: readonly R[]): R[][] {
  const groups: R[][] = [];
  for (const relay of relays) {
    const group = groups.at(-1);
    if (group && shares(relay.url)) group.push(relay);
    else groups.push([relay]);
  }
  return groups;
}

/**
 * Weighted rendezvous hashing: where one relay is left out, only its letters go to others, in proportion to their
 * weights, and come back to it afterwards.
 */
export function orderByKey<R extends SharingRelay>(relays: readonly R[], key: string): R[] {
  if (relays.length < 2) return [...relays];
  return relays
    .map((relay) => ({ relay, score: -relay.weight / Math.log(fractionOf(`${relay.id}\n${key}`)) }))
    .sort((a, b) => b.score - a.score)
    .map(({ relay }) => relay);
}

/** Between 0 and 1, neither of them. */
const fractionOf = (text: string): number =>
  (createHash('sha256').update(text).digest().readUIntBE(0, 6) + 0.5) / 2 ** 48;
