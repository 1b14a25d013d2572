// Decides whether a mail is a delivery report, and the outcome of each recipient (R20).
// Called by interpret before anything else: a report quotes our own invitation, which must never be taken for a
// reply.
import { personKey, samePerson } from '#contracts';
import { header, type Mail, type MailPart } from '../mail';
import type { BounceRecipient } from '../reading';
import { failedRecipients, namedRecipients } from './bounce-named';
import { type Prose, proseOf, statusParts } from './bounce-prose';
import { reportedRecipients } from './bounce-report';
import { isReport } from './bounce-signs';
import { machineRank, rejectedPost } from './mail-software';

export interface Bounce {
  why: string;
  recipients: BounceRecipient[];
}

const quoting = /^(?:message\/(?!delivery-status|global-delivery-status).*|text\/rfc822-headers)$/;

/**
 * Null where the mail is no report. A report without a readable recipient has none. `hasReply`: the mail contains a
 * calendar reply of its own.
 */
export function readBounce(mail: Mail, hasReply: boolean): Bounce | null {
  const type = reportType(mail);
  if (isOtherReport(mail, type)) return null;
  const statuses = statusParts(mail, isQuoted(mail));
  if (hasReply && statuses.length === 0 && isNoReport(mail, type)) return null;
  const prose = proseOf(mail);
  const ours = new Set([...mail.to, ...prose.returnedFrom].map(personKey));
  const reported = statuses.flatMap((part) => reportedRecipients(part, prose, ours));
  if (reported.length > 0)
    return isOwnNote(mail, reported) ? null : { why: 'delivery-report: RFC 3464', recipients: unique(reported) };
  const isUnreadable = statuses.length > 0 || (type === 'delivery-status' && machineRank(mail) > 0);
  const why = isUnreadable ? 'delivery-report: its status part names nobody' : null;
  return byProse(mail, prose, ours, { why, hasReply });
}

/** By type and headers alone: most calendar replies are told from a report before their words are read. */
const isNoReport = (mail: Mail, type: string | null): boolean => type === null && failedRecipients(mail).length === 0;

/**
 * A report without a readable status part, recognized by a header, its type, the words of list software, or signs in
 * its prose.
 */
function byProse(
  mail: Mail,
  prose: Prose,
  ours: ReadonlySet<string>,
  { why, hasReply }: { why: string | null; hasReply: boolean },
): Bounce | null {
  // Exim and Gmail name the recipients in a header, in every format they use.
  if (failedRecipients(mail).length > 0) return bounceOf(mail, prose, ours, 'failed-recipients: named in a header');
  if (why !== null) return bounceOf(mail, prose, ours, why);
  if (hasReply) return null;
  const rejected = rejectedPost(mail, prose);
  if (rejected !== null) return { why: 'rejected-post: a list did not take it', recipients: rejected };
  return isReport(mail, prose) ? bounceOf(mail, prose, ours, 'delivery-prose: a mail system’s words') : null;
}

function bounceOf(mail: Mail, prose: Prose, ours: ReadonlySet<string>, why: string): Bounce {
  const recipients = unique(namedRecipients(mail, prose, failedRecipients(mail), ours));
  return { why: recipients.length > 0 ? why : 'delivery-report: without a readable recipient', recipients };
}

/** Courier's mailbot writes absence notes as reports: "delivered", from the reader, about the reader. */
const isOwnNote = (mail: Mail, reported: readonly BounceRecipient[]): boolean =>
  machineRank(mail) === 0 &&
  /^\s*auto-replied/i.test(header(mail.headers, 'auto-submitted') ?? '') &&
  reported.every(({ address, kind }) => kind === 'delivered' && mail.from.some((from) => samePerson(from, address)));

/** The type of a report in lower case; `delivery-status` where it is left out; null for other mails. */
export function reportType(mail: Mail): string | null {
  if (mail.root.type !== 'multipart/report') return null;
  const named = mail.root.params['report-type']?.trim().toLowerCase();
  if (named !== undefined && named !== '') return named;
  const part = mail.parts.find((each) => /^message\/(?:disposition-notification|feedback-report)$/.test(each.type));
  return part ? part.type.slice('message/'.length) : 'delivery-status';
}

/** Receipts and complaints are no bounces; the rejection by a filter is one. */
const isOtherReport = (mail: Mail, type: string | null): boolean =>
  type !== null && type !== 'delivery-status' && !isRejection(mail, type);

/** RFC 5429 2.2: a filter that rejects says so in a disposition notification. */
const isRejection = (mail: Mail, type: string): boolean =>
  type === 'disposition-notification' &&
  mail.parts.some(
    (part) =>
      part.type === 'message/disposition-notification' &&
      /^Disposition:.*(?:deleted|denied|failed)/im.test(part.body.subarray(0, 8_192).toString('latin1')),
  ) &&
  /\b(?:rejected|refused|quota|abgelehnt|rejeté|rechazado)\b/i.test(
    `${mail.subject} ${proseOf(mail).lines.slice(0, 12).join(' ')}`,
  );

/**
 * Gateways wrap whole reports, to add a disclaimer or to pass them on. A report that a person forwards is no report to
 * us.
 */
const isQuoted = (mail: Mail) => {
  const isFromMachine = mail.root.type === 'multipart/mixed' && machineRank(mail) === 2;
  const isWrapped = (part: MailPart): boolean =>
    part.type === 'message/rfc822' && part.children[0]?.type === 'multipart/report';
  const wrapped = new Set(isFromMachine ? mail.root.children.filter(isWrapped).map((part) => `${part.path}.`) : []);
  return (part: MailPart): boolean => {
    const isInWrapped = [...wrapped].some((path) => part.path.startsWith(path));
    return (isInWrapped ? part.ancestors.slice(2) : part.ancestors).some((type) => quoting.test(type));
  };
};

/** One entry a recipient; a later one of the same address counts only where the first says less. */
function unique(recipients: BounceRecipient[]): BounceRecipient[] {
  const byAddress = new Map<string, BounceRecipient>();
  for (const each of recipients) {
    const key = each.address.toLowerCase();
    const known = byAddress.get(key);
    if (!known || (known.status === undefined && each.status !== undefined)) byAddress.set(key, each);
  }
  return [...byAddress.values()];
}
