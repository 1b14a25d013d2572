// Decides whether two mail addresses belong to one person: the rule that refuses a room with oneself, and that matches
// replies.
// Called by scheduling-api (create, book), imip-ingestor (who replies) and notification-sender (never the organizer).
import { domainToASCII } from 'node:url';

const googleDomains = new Set(['gmail.com', 'googlemail.com']);

/**
 * The canonical form of an address; two addresses are the same person's exactly when their forms are equal.
 * In: an address without display name or `mailto:`. Out: lower case, NFC, IDNA domain, local part cut at the first `+`,
 * dots dropped for Google's consumer domains. Never used for mailing: the raw address is stored and mailed (contract,
 * section 2).
 */
export function personKey(address: string): string {
  const folded = address.trim().normalize('NFC').toLowerCase().normalize('NFC');
  const at = folded.lastIndexOf('@');
  if (at < 0) return folded;
  const localPart = folded.slice(0, at);
  const rawDomain = folded.slice(at + 1).replace(/\.$/, '');
  const domain = domainToASCII(rawDomain) || rawDomain;
  const plus = localPart.indexOf('+');
  const base = plus < 0 ? localPart : localPart.slice(0, plus);
  return googleDomains.has(domain) ? `${base.replaceAll('.', '')}@gmail.com` : `${base}@${domain}`;
}

/**
 * Whether two addresses name one mailbox in any reading: NFC, letter case and the spelling of the domain (IDNA)
 * aside.
 */
export const sameAddress = (a: string, b: string): boolean => spelling(a) === spelling(b);

function spelling(address: string): string {
  const folded = address.trim().normalize('NFC').toLowerCase();
  const at = folded.lastIndexOf('@') + 1;
  return folded.slice(0, at) + (domainToASCII(folded.slice(at)) || folded.slice(at));
}

/** Whether two addresses belong to the same person by `personKey`. */
export const samePerson = (a: string, b: string): boolean => personKey(a) === personKey(b);
