// Decides which party a calendar reply is from, and why it may be forged: by From, reply tag, envelope and
// authentication results.
// Called by judge.ts. Contract, section 7.1; docs/mail.md has the table of forgeries and their outcomes.
import { personKey, samePerson } from '#contracts';
import type { EnvelopeSender, MailHead } from '../interpret/mail';
import { type Authenticity, authenticityOf, deniesOrganization } from './authentication-results';
import { comparableDomain, domainOfAddress, isSameOrganization } from './domains';
import type { MailContext, InvitationFacts, RoomFacts, Trust } from './judgement';

/** What is known about the sender beside the mail's headers. */
export type SenderFacts = Pick<MailContext, 'tagged' | 'authentication' | 'envelopeFrom'>;

const googleNotifier = 'calendar-notification@google.com';
const isGoogleNotifier = (address: string): boolean => address.trim().toLowerCase() === googleNotifier;

/** The authserv-id of the way in's own check. A header of a mail with this name is never read. */
export const wayInAuthservId = 'way-in.invalid';

/**
 * The writer that the mail claims: From, or Reply-To where Google's notifier writes for a person whose mailbox is
 * elsewhere.
 */
const writersOf = (head: MailHead): string[] =>
  head.from.length > 0 && head.from.every(isGoogleNotifier) ? head.replyTo : head.from;

/**
 * The party that the mail claims to be from: the one of its reply tag, without a tag the one in From. Null where that
 * is no party of the room.
 */
export function replyingParty(head: MailHead, room: RoomFacts, tagged: MailContext['tagged']): InvitationFacts | null {
  const named = new Set(tagged.filter(({ roomId }) => roomId === room.roomId).map(({ invitationId }) => invitationId));
  // Two different tags contradict each other; then neither counts.
  if (named.size === 1) return room.invitations.find(({ id }) => named.has(id)) ?? null;
  const writers = new Set(writersOf(head).map(personKey));
  return writers.size === 1 ? (room.invitations.find(({ email }) => writers.has(personKey(email))) ?? null) : null;
}

/** Why the mail is not believed to be this party's own (`code: words`), or null. */
export function whyDoubted(head: MailHead, party: InvitationFacts, known: SenderFacts, trust: Trust): string | null {
  if (!isWrittenBy(party, head)) return 'from-mismatch: the sender is not the ATTENDEE';
  const verdict = authenticityOfSender(head, known, trust);
  if (verdict === 'fail') return 'authentication-failed: by the trusted results the sender is not genuine';
  if (verdict === 'doubt') return 'authentication-doubtful: the trusted results are about another sender, or broken';
  // R7, R8: a tag identifies its own attendee and nobody else.
  if (known.tagged.some(({ invitationId }) => invitationId !== party.id))
    return 'tag-mismatch: the reply address is another attendee’s';
  if (verdict === 'pass' || known.tagged.length > 0) return null;
  if (trust.mode === 'verified') return 'unverified: neither an aligned pass nor a valid tag';
  return isEnvelopeAligned(head, known, trust)
    ? null
    : 'envelope-mismatch: the envelope sender is of another organization than From, and no pass or tag confirms it';
}

/** Several authors or two From headers are refused: whichever one is checked, the other may be forged. */
function isWrittenBy({ email }: InvitationFacts, head: MailHead): boolean {
  const writers = writersOf(head);
  const isOneSender = new Set(head.from.map(personKey)).size === 1;
  return isOneSender && writers.length > 0 && writers.every((address) => samePerson(address, email));
}

/** The way in's own result about From; without one, the results that AUTHSERV_ID wrote into the mail. */
export function authenticityOfSender(head: MailHead, known: SenderFacts, trust: Trust): Authenticity {
  const domain = domainOfAddress(head.from[0] ?? '') ?? '';
  for (const { fields, authservId } of trustedResults(head, known, trust)) {
    const verdict = authenticityOf(fields, authservId, domain);
    if (verdict !== 'none') return verdict;
  }
  return 'none';
}

/** The authentication results that count, the most trusted first. */
const trustedResults = (
  head: MailHead,
  { authentication }: SenderFacts,
  { authservId }: Trust,
): { fields: string[]; authservId: string }[] => [
  ...(authentication === null ? [] : [{ fields: [authentication], authservId: wayInAuthservId }]),
  ...(authservId === null ? [] : [{ fields: head.authenticationResults, authservId }]),
];

/**
 * An unknown or empty envelope sender is accepted. Any other must be of From's organization, or Google's for its
 * notifier.
 */
function isEnvelopeAligned(head: MailHead, known: SenderFacts, trust: Trust): boolean {
  if (isNullOrUnknown(known.envelopeFrom)) return true;
  const domain = domainOfAddress(known.envelopeFrom);
  const from = domainOfAddress(head.from[0] ?? '');
  if (domain === null || from === null) return false;
  return isSameOrganization(domain, from) || isFromGoogleNotifier(head, domain, known, trust);
}

const isNullOrUnknown = (envelopeFrom: EnvelopeSender): envelopeFrom is '' | null =>
  envelopeFrom === null || envelopeFrom === '';

/** Gmail's own answers have the person in From, the notifier in Sender, and an envelope under google.com. */
function isFromGoogleNotifier(head: MailHead, envelopeDomain: string, known: SenderFacts, trust: Trust): boolean {
  const google = comparableDomain('google.com') ?? '';
  return (
    (envelopeDomain === google || envelopeDomain.endsWith(`.${google}`)) &&
    [...head.from, ...head.sender].some(isGoogleNotifier) &&
    trustedResults(head, known, trust).every(
      ({ fields, authservId }) => !deniesOrganization(fields, authservId, google),
    )
  );
}
