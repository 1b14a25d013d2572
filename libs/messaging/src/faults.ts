// The errors that decide between retry and dead letter, and the text of a reason, without addresses.
// Thrown by handlers, read by both transports and the outbox publisher.
import { isNativeError } from 'node:util/types';
import { UnreadableEvent } from '#contracts';

/** Thrown by a handler for an event that will never succeed: dead letter at once, with this message as the reason. */
export class PermanentFault extends Error {
  override name = 'PermanentFault';
}

/** True for a fault that a further attempt cannot resolve. */
export const isPermanent = (error: unknown): boolean =>
  error instanceof PermanentFault || error instanceof UnreadableEvent;

// An apostrophe and an equals sign may stand in a local part. The lookbehind lets a long word be tried once, not at
// each letter.
const addressLike = /(?<![^\s<>"(),;:])[^\s<>"(),;:]+(?:@|%40)[^\s<>"(),;]+/gi;
/** A magic-link token: its id, a dot, its signature. */
const tokenLike = /[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/g;

/**
 * One line, at most 300 characters, for headers, rows and logs; whatever looks like an address or a token is replaced.
 */
export function reasonOf(error: unknown): string {
  return words(error)
    .replaceAll(addressLike, '[address]')
    .replaceAll(tokenLike, '[token]')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}

function words(error: unknown): string {
  if (!isNativeError(error)) return String(error);
  // Node gives a refused connection to several addresses an empty message.
  const message = error.message || String((error as { code?: unknown }).code ?? 'no message');
  return error.name === 'Error' ? message : `${error.name}: ${message}`;
}
