// Decides the domain of an address, and whether two domains belong to one organization (RFC 7489 3.2).
// Called by authentication-results.ts and replying-party.ts. Pure; the public suffix list is that of the installed `tldts`.
import { domainToASCII } from 'node:url';
import { getDomain } from 'tldts';

/** RFC 8601 and mail systems write host names only; an underscore occurs in names of machines. */
const hostName = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/;

/**
 * A domain in the form in which domains are compared: A-labels, lower case, no final dot. Null where the text is no
 * host name.
 */
export function comparableDomain(text: string): string | null {
  const lower = text.trim().toLowerCase().replace(/\.$/, '');
  // domainToASCII reads percent-encoding and other forms of URLs, which no mail system means.
  if (lower === '' || lower.length > 255 || /[\s%/?#@:[\]\\<>"();,=]/.test(lower)) return null;
  const ascii = domainToASCII(lower) || lower;
  return hostName.test(ascii) ? ascii : null;
}

/**
 * The domain of a bare address: what stands behind its last `@` outside quotes (RFC 5321 4.1.2), or the text itself
 * where there is no `@`.
 * In: `"gil@guest.example x"@evil.example`. Out: `evil.example`. Null where a quote stays open or no host name is left.
 */
export function domainOfAddress(address: string): string | null {
  let at = -1;
  let isQuoted = false;
  for (let index = 0; index < address.length; index++) {
    const letter = address.charAt(index);
    if (isQuoted && letter === '\\') index++;
    else if (letter === '"') isQuoted = !isQuoted;
    else if (letter === '@' && !isQuoted) at = index;
  }
  return isQuoted ? null : comparableDomain(address.slice(at + 1));
}

/**
 * The organizational domain: one label below the public suffix, private suffixes included; a top level that the list
 * does not know counts as one label. A public suffix, a single label or an IP address is its own organization.
 */
const organizationOf = (domain: string): string => getDomain(domain, { allowPrivateDomains: true }) ?? domain;

/** Whether two comparable domains belong to one organization. */
export const isSameOrganization = (a: string, b: string): boolean => organizationOf(a) === organizationOf(b);

/** Whether what passed for `speaking` counts for `domain`: the same domain, or one above it within the organization. */
export const speaksFor = (speaking: string, domain: string): boolean =>
  speaking === domain || (domain.endsWith(`.${speaking}`) && isSameOrganization(speaking, domain));
