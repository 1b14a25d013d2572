// Decides whether a mail is a delivery report and what became of which recipient (R20).
// Called by interpret before anything else: a report quotes our own invitation, which must never be taken for an answer.
import { addressesIn, all, header, type Mail, type MailPart, textOf } from '../mail';
import type { BounceRecipient } from '../reading';

export interface Bounce {
  why: string;
  recipients: BounceRecipient[];
}

const quoted = /^(?:message\/(?!delivery-status|global-delivery-status).*|text\/rfc822-headers)$/;

/** Null where the mail is no report. A report that names nobody readable has no recipients. */
export function readBounce(mail: Mail): Bounce | null {
  const isReport = mail.root.type === 'multipart/report' && mail.root.params['report-type']?.toLowerCase() !== 'disposition-notification';
  const statuses = mail.parts.filter(
    (part) => /^message\/(?:global-)?delivery-status$/.test(part.type) && !part.ancestors.some((type) => quoted.test(type)),
  );
  const reported = statuses.flatMap(reportedRecipients);
  if (reported.length > 0) return { why: 'delivery-report: RFC 3464', recipients: reported };
  const failed = all(mail.headers, 'x-failed-recipients').flatMap(addressesIn);
  if (failed.length > 0) {
    // Exim and Gmail name them here, whatever the rest looks like.
    const status = statusIn(humanPart(mail));
    return { why: 'failed-recipients: named in a header', recipients: failed.map((address) => recipient(address, 'failed', status)) };
  }
  if (statuses.length > 0 || (isReport && isFromMachine(mail))) return { why: 'delivery-report: without a readable recipient', recipients: [] };
  return null;
}

const isFromMachine = (mail: Mail): boolean =>
  mail.envelopeFrom === '' || mail.from.some((address) => /^(?:mailer-daemon|postmaster)@/i.test(address));

const humanPart = (mail: Mail): string => {
  const part = mail.parts.find((each) => each.type === 'text/plain' && !each.ancestors.some((type) => quoted.test(type)));
  return part ? textOf(part) : '';
};

/** RFC 3464 2.1: blank-line separated groups; the first is about the message, each other about one recipient. */
function reportedRecipients(part: MailPart): BounceRecipient[] {
  const groups = textOf(part).split(/\n[ \t]*\n/).slice(0, 500);
  return groups.flatMap((group) => {
    const fields = new Map<string, string>();
    for (const line of group.replaceAll(/\n[ \t]+/g, ' ').split('\n')) {
      const colon = line.indexOf(':');
      if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    }
    const named = fields.get('final-recipient') ?? fields.get('original-recipient');
    const address = named === undefined ? undefined : addressesIn(named.slice(named.indexOf(';') + 1))[0];
    if (address === undefined) return [];
    const diagnostic = fields.get('diagnostic-code') ?? '';
    const status = /\b([245])\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0] ?? statusIn(diagnostic);
    return [recipient(address, (fields.get('action') ?? 'failed').toLowerCase(), refined(status, diagnostic))];
  });
}

/** A general `5.0.0` is worth less than the code in the remote server's own words. */
const refined = (status: string | null, diagnostic: string): string | null =>
  status === null || /^[245]\.0\.0$/.test(status) ? (statusIn(diagnostic) ?? status) : status;

const statusIn = (text: string): string | null => /(?<![\d.])([245]\.\d{1,2}\.\d{1,3})(?!\.?\d)/.exec(text)?.[1] ?? null;

function recipient(address: string, action: string, status: string | null): BounceRecipient {
  const kind = /^(?:delivered|relayed|expanded)/.test(action) ? 'delivered' : action.startsWith('delayed') ? 'delayed' : severity(status);
  return status === null ? { address, kind } : { address, kind, status };
}

/** Contract, issue of bounces: hard is an address or host that does not exist, has moved or takes no mail at all; all else is soft. */
const severity = (status: string | null): 'hard' | 'soft' =>
  /^5\.(?:1\.(?:[0-46]|10)|2\.1|4\.4)$/.test(status ?? '') ? 'hard' : 'soft';

/** Whether a mail claims to come from a mail system rather than a person. */
export const isMachineSender = (mail: Mail): boolean => isFromMachine(mail) || header(mail.headers, 'x-failed-recipients') !== undefined;
