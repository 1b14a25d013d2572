// Decides whether two mail addresses belong to one person: the rule that refuses a room with oneself, and that matches
// replies.
// Called by scheduling-api (create, book), imip-ingestor (who replies) and notification-sender (never the organizer).
// And the address that replaces an erased person's: written by the apps' erasures, checked wherever a letter or a mail
// could still be theirs.
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
  const domain = asciiDomain(rawDomain);
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
  return folded.slice(0, at) + asciiDomain(folded.slice(at));
}

/** What IDNA leaves as it is: lower-case ASCII whose last label is no number. */
const plainDomain = /^(?:[a-z\d-]+\.)+[a-z]+$/;

/** The domain as IDNA writes it, a domain in lower case given; unchanged where it is no domain. */
const asciiDomain = (domain: string): string =>
  // Most are plain, and asking costs more than all else that is done with an address.
  plainDomain.test(domain) ? domain : domainToASCII(domain) || domain;

/** Whether two addresses belong to the same person by `personKey`. */
export const samePerson = (a: string, b: string): boolean => personKey(a) === personKey(b);

/** Stands for an address of somebody whose data was erased (contract, section 7.6). `.invalid`: RFC 2606 2. */
const erasedDomain = '@erased.invalid';

/** The address of an erased invitation; the same each time, so that an erasure can be repeated. */
export const erasedAddress = (invitationId: string): string => `erased-${invitationId}${erasedDomain}`;

/** Whether an address stands for somebody whose data was erased: nothing is mailed to it or believed from it. */
export const isErased = (email: string): boolean => email.endsWith(erasedDomain);

/** SQL: `isErased` of a column. */
export const isErasedSql = (column: string): string => `${column} like '%${erasedDomain}'`;

/** SQL: `erasedAddress` of a column that contains the id of an invitation. */
export const erasedAddressSql = (invitationId: string): string => `'erased-' || ${invitationId} || '${erasedDomain}'`;

/** The person of an erasure; stored only until it is done. */
export interface ErasedPerson {
  /** Every spelling in which the address is kept. */
  addresses: string[];
  names: string[];
}
