// Decides what list software tells somebody who posted: a rejected post is a soft bounce of that letter, the rest an
// automatic notice.
// Called by bounce.ts and machine-notes.ts. People who write through a list have an address of their own or the
// list's in From.
import { personKey } from '#contracts';
import { header, type Mail } from '../mail';
import { listNotice, listRejection, listSystemLocal } from '../phrases/mail-systems';
import type { BounceRecipient } from '../reading';
import type { Prose } from './bounce-prose';

const localOf = (address: string): string => address.slice(0, address.lastIndexOf('@'));

/** Whether list software itself writes: under one of its own addresses, or marked as such. */
export function isFromListSystem(mail: Mail): boolean {
  if (mail.from.length === 0 || !mail.from.every((address) => listSystemLocal.test(localOf(address)))) return false;
  return ['x-mailman-version', 'x-sympa-to', 'list-id', 'precedence', 'x-no-archive', 'mailing-list'].some(
    (name) => header(mail.headers, name) !== undefined,
  );
}

const saidBy = (mail: Mail, lines: readonly string[]): string =>
  `${mail.subject.slice(0, 300)} ${lines.slice(0, 30).join(' ').slice(0, 3_000)}`.replace(/\s+/g, ' ');

/** The list that rejected our letter, as a soft failure; null where the mail says no such thing. */
export function rejectedPost(mail: Mail, prose: Prose): BounceRecipient[] | null {
  if (!isFromListSystem(mail) || !listRejection.test(saidBy(mail, prose.lines))) return null;
  const ours = new Set([...mail.to, ...prose.returnedFrom].map(personKey));
  const posted = prose.returnedTo.filter((address) => !ours.has(personKey(address)));
  const [address] = posted.length > 0 ? posted : mail.from.map(listAddressOf);
  return address === undefined ? [] : [{ address, kind: 'soft' }];
}

/** `team-owner@lists.example` → `team@lists.example`. */
const listAddressOf = (address: string): string =>
  address.replace(
    /[-+](?:owner|bounces|request|confirm|admin|help|editor|join|leave)(?:[+=][^@]{0,200})?(?=@[^@]*$)/i,
    '',
  );

/**
 * Whether list software tells something else: a held post, results of commands, a subscription. `linesOf` gives the
 * mail's own lines.
 */
export const isListNotice = (mail: Mail, linesOf: () => readonly string[]): boolean =>
  isFromListSystem(mail) &&
  (header(mail.headers, 'x-mailman-version') !== undefined || listNotice.test(saidBy(mail, linesOf())));
