// Recognizes mails of mail systems and of list software. A post that a list rejects is a soft bounce of that letter,
// everything else of a list an automatic notice.
// Called by the files of bounce/ and by machine-notes.ts. A person who writes through a list has their own address or
// the list's in From.
import { personKey } from '#contracts';
import { header, type Mail } from '../mail';
import {
  halfSystemLocal,
  listNotice,
  listRejection,
  listSystemLocal,
  systemLocal,
  systemName,
} from '../phrases/mail-systems';
import type { BounceRecipient } from '../reading';
import type { Prose } from './bounce-prose';

/**
 * How likely a mail is from a mail system rather than a person, by envelope, sender address and name.
 * 2: certainly a mail system; 1: probably; 0: no sign of one.
 */
export function machineRank(mail: Mail): 0 | 1 | 2 {
  if (mail.envelopeFrom === '') return 2;
  const writer = header(mail.headers, 'from') ?? '';
  const locals = [...mail.from, ...(mail.envelopeFrom === null ? [] : [mail.envelopeFrom])].map((address) =>
    address.slice(0, address.lastIndexOf('@')),
  );
  // Sendmail writes of itself as <MAILER-DAEMON>, without a domain.
  if (locals.some((local) => systemLocal.test(local)) || /<?\bmailer-daemon>?\s*$/i.test(writer)) return 2;
  const name = writer.replace(/<[^<>]*>/g, '');
  return mail.from.length === 0 || locals.some((local) => halfSystemLocal.test(local)) || systemName.test(name) ? 1 : 0;
}

const localOf = (address: string): string => address.slice(0, address.lastIndexOf('@'));

/** mlmmj sets no header that tells: a person's post keeps the person's Message-ID. */
const isByMlmmj = (mail: Mail): boolean => /-mlmmj-[0-9a-f]{8}@/.test(mail.messageId ?? '');

/** Whether the mail is from list software itself: from one of its addresses, and with its header or Message-ID. */
export function isFromListSystem(mail: Mail): boolean {
  if (mail.from.length === 0 || !mail.from.every((address) => listSystemLocal.test(localOf(address)))) return false;
  if (isByMlmmj(mail)) return true;
  return ['x-mailman-version', 'x-sympa-to', 'list-id', 'precedence', 'x-no-archive', 'mailing-list'].some(
    (name) => header(mail.headers, name) !== undefined,
  );
}

const subjectAndLines = (mail: Mail, lines: readonly string[]): string =>
  `${mail.subject.slice(0, 300)} ${lines.slice(0, 30).join(' ').slice(0, 3_000)}`.replace(/\s+/g, ' ');

/** The list that rejected our letter, as a soft failure; null where the mail is no rejection. */
export function rejectedPost(mail: Mail, prose: Prose): BounceRecipient[] | null {
  if (!isFromListSystem(mail) || !listRejection.test(subjectAndLines(mail, prose.lines))) return null;
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
 * Whether the mail is another notice of list software: a post in moderation, results of commands, a subscription.
 * `linesOf` gives the mail's own lines.
 */
export const isListNotice = (mail: Mail, linesOf: () => readonly string[]): boolean =>
  isFromListSystem(mail) &&
  (header(mail.headers, 'x-mailman-version') !== undefined ||
    isByMlmmj(mail) ||
    listNotice.test(subjectAndLines(mail, linesOf())));
