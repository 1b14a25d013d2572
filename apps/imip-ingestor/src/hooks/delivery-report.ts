// The one form of a delivery event, for our own format and for every provider's, and what its codes mean.
// Filled by the formats, written by hooks.store.ts.
import type { EventPayload } from '#contracts';
import { severity } from '../interpret/bounce/failure';

export interface DeliveryReport {
  /** Every id that may be our Message-ID, without angle brackets: some relays replace it by one of their own. */
  messageIds: string[];
  recipient: string | null;
  kind: EventPayload<'BounceReceived'>['kind'];
  /** Enhanced status code (`5.1.1`), else the reply code (`550`); null where there is none. */
  status: string | null;
  /** The provider's id of this event; a repeat of the event has the same id. */
  eventId: string | null;
}

/** Hard or soft: by code and words where there are any, else as the relay classifies it. */
export const failureKind = (status: string | null, words: string, permanent: boolean): 'hard' | 'soft' =>
  status === null && words.trim() === '' ? (permanent ? 'hard' : 'soft') : severity(status, words).kind;

/** The code in a relay's words: an enhanced one before a bare reply code. */
export function codeIn(...words: (string | number | null | undefined)[]): string | null {
  const text = words
    .filter((each) => each !== null && each !== undefined)
    .join(' ')
    .slice(0, 4_000);
  return (
    /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(text)?.[1] ??
    /(?<![\d.])([245]\d\d)(?![\d.])/.exec(text)?.[1] ??
    null
  );
}

/** `<id>` or `id`, as they come in JSON. */
export const bareId = (id: string): string =>
  id
    .trim()
    .replace(/^<(.*)>$/, '$1')
    .slice(0, 500);
