// Decides who speaks in a calendar answer, and why the mail may not be that person's own: From, reply tag, envelope,
// results of the border.
// Called by judge.ts. Contract, section 7.1; docs/mail.md has the table of what comes of each forgery.
import { personKey, samePerson } from '#contracts';
import type { EnvelopeSender, MailHead } from '../interpret/mail';
import { type Authenticity, authenticityOf, deniesOrganization } from './authentication-results';
import { comparableDomain, domainOfAddress, isSameOrganization } from './domains';
import type { Known, KnownInvitation, KnownRoom, Trust } from './judgement';

/** What is known of a sender beside the mail. */
export type Evidence = Pick<Known, 'tagged' | 'authentication' | 'envelopeFrom'>;

const googleNotifier = 'calendar-notification@google.com';
const isGoogleNotifier = (address: string): boolean => address.trim().toLowerCase() === googleNotifier;

/** The name under which a way in speaks about senders. No header of a mail is ever read under it. */
export const wayInAuthservId = 'way-in.invalid';

/**
 * Who wrote the mail, as it says: From; where Google's notifier writes for somebody whose mailbox is elsewhere,
 * Reply-To.
 */
const writersOf = (head: MailHead): string[] =>
  head.from.length > 0 && head.from.every(isGoogleNotifier) ? head.replyTo : head.from;

/**
 * The party in whose name the mail speaks: the one whom its tag names, without a tag the one in From. Null where that
 * is no party of the room.
 */
export function speakerOf(head: MailHead, room: KnownRoom, tagged: Known['tagged']): KnownInvitation | null {
  const named = new Set(tagged.filter(({ roomId }) => roomId === room.roomId).map(({ invitationId }) => invitationId));
  // Two tags contradict each other; then neither names anybody.
  if (named.size === 1) return room.invitations.find(({ id }) => named.has(id)) ?? null;
  const writers = new Set(writersOf(head).map(personKey));
  return writers.size === 1 ? (room.invitations.find(({ email }) => writers.has(personKey(email))) ?? null) : null;
}

/** Why the mail is not believed to be this party's own (`code: words`), or null. */
export function doubtAbout(head: MailHead, party: KnownInvitation, known: Evidence, trust: Trust): string | null {
  if (!isWrittenBy(party, head)) return 'from-mismatch: the sender is not the ATTENDEE';
  const verdict = authenticityOfSender(head, known, trust);
  if (verdict === 'fail') return 'authentication-failed: the border says the sender is not genuine';
  if (verdict === 'doubt') return 'authentication-doubtful: what the border says is about another sender, or broken';
  // R7, R8: whoever holds somebody else's tag speaks for nobody but that one.
  if (known.tagged.some(({ invitationId }) => invitationId !== party.id))
    return 'tag-mismatch: the reply address is another attendee’s';
  if (verdict === 'pass' || known.tagged.length > 0) return null;
  if (trust.mode === 'verified') return 'unverified: neither an aligned pass nor a valid tag';
  return isEnvelopeAligned(head, known, trust)
    ? null
    : 'envelope-mismatch: the envelope sender is of another organization than From, and nothing speaks for the mail';
}

/** Several authors, or two From headers, are nobody: whichever one looks at, the other is the forger's choice. */
function isWrittenBy({ email }: KnownInvitation, head: MailHead): boolean {
  const writers = writersOf(head);
  const isOneSender = new Set(head.from.map(personKey)).size === 1;
  return isOneSender && writers.length > 0 && writers.every((address) => samePerson(address, email));
}

/** The way in's own word about From; where it has none, what AUTHSERV_ID wrote into the mail. */
export function authenticityOfSender(head: MailHead, known: Evidence, trust: Trust): Authenticity {
  const domain = domainOfAddress(head.from[0] ?? '') ?? '';
  for (const { fields, authservId } of voices(head, known, trust)) {
    const verdict = authenticityOf(fields, authservId, domain);
    if (verdict !== 'none') return verdict;
  }
  return 'none';
}

/** Who may speak about senders, the most trusted first. */
const voices = (
  head: MailHead,
  { authentication }: Evidence,
  { authservId }: Trust,
): { fields: string[]; authservId: string }[] => [
  ...(authentication === null ? [] : [{ fields: [authentication], authservId: wayInAuthservId }]),
  ...(authservId === null ? [] : [{ fields: head.authenticationResults, authservId }]),
];

/**
 * An envelope sender that is unknown or empty says nothing. Another one must be of From's organization, or Google's
 * for its notifier.
 */
function isEnvelopeAligned(head: MailHead, known: Evidence, trust: Trust): boolean {
  if (isSilent(known.envelopeFrom)) return true;
  const domain = domainOfAddress(known.envelopeFrom);
  const from = domainOfAddress(head.from[0] ?? '');
  if (domain === null || from === null) return false;
  return isSameOrganization(domain, from) || isFromGoogleNotifier(head, domain, known, trust);
}

const isSilent = (envelopeFrom: EnvelopeSender): envelopeFrom is '' | null =>
  envelopeFrom === null || envelopeFrom === '';

/** Gmail's own answers have the person in From, the notifier in Sender, and an envelope under google.com. */
function isFromGoogleNotifier(head: MailHead, envelopeDomain: string, known: Evidence, trust: Trust): boolean {
  const google = comparableDomain('google.com') ?? '';
  return (
    (envelopeDomain === google || envelopeDomain.endsWith(`.${google}`)) &&
    [...head.from, ...head.sender].some(isGoogleNotifier) &&
    voices(head, known, trust).every(({ fields, authservId }) => !deniesOrganization(fields, authservId, google))
  );
}
