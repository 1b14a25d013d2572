// The ingestor's pure function: decides what a mail means. It tries in this order: delivery report, calendar reply,
// automatic reply, a person's words; else the mail is ignored.
// Called in a thread of its own by the reader and by `npm run interpret`. Whether to believe the mail is decided by
// judge.
import { samePerson } from '#contracts';
import { autoReplyWhy, isBulk } from './auto-reply';
import { readBounce, reportType } from './bounce/bounce';
import { calendarsIn, fieldsOfQuoted, type FoundCalendar, isTheMessage, readAnswer } from './calendar';
import { intentOf } from './words/intent';
import { replyPrefix } from './phrases/subject-prefixes';
import { proposedTimes } from './words/proposed-times';
import { tnefAnswer } from './tnef';
import { languageOf } from './words/language';
import { type VisibleText, visibleText } from './words/visible-text';
import { header, type Mail, textOf } from './mail';
import type { Reading } from './reading';

/** What a mail means. Pure and total: any Mail has a Reading. */
export function interpret(mail: Mail): Reading {
  const { own, quoted } = calendarsIn(mail);
  const answer = readAnswer(mail, own);
  const bounce = readBounce(mail, answer !== null && answer.kind !== 'ignored');
  if (bounce) return { kind: 'bounce', ...bounce, ...fieldsOfQuoted(mail, [...own, ...quoted]) };
  if (answer && own.every(isTheMessage) && !(isOurInvitation(answer, mail) && visibleText(mail)?.own === true))
    return answer;
  const tnef = tnefAnswer(mail);
  if (tnef)
    return { kind: 'ignored', why: 'tnef-response: a meeting answer in winmail.dat, for a person to read', ...tnef };
  return {
    ...(readWords(mail) ?? answer ?? emptyReading(mail, quoted)),
    ...fieldsOfQuoted(mail, [...own, ...quoted]),
  };
}

/**
 * Our own REQUEST, attached to a written answer by some programs: its organizer is the recipient of the mail, not the
 * writer.
 */
const isOurInvitation = ({ kind, method, organizer = '', partstat }: Reading, mail: Mail): boolean =>
  kind === 'ignored' &&
  method === 'REQUEST' &&
  // With another PARTSTAT it is an answer that a client sent with the wrong METHOD.
  (partstat ?? 'needs-action') === 'needs-action' &&
  mail.to.some((address) => samePerson(address, organizer)) &&
  !mail.from.some((address) => samePerson(address, organizer));

/** A mail by its words: automatic, to a crowd, a person's; null where there are none. */
function readWords(mail: Mail): Reading | null {
  // RFC 5965: a reader's complaint about a mail of ours, sent by their provider. Courier's mailbot uses the same form
  // for its answers.
  if (reportType(mail) === 'feedback-report' && !/^auto-replied/i.test(header(mail.headers, 'auto-submitted') ?? ''))
    return { kind: 'ignored', why: 'complaint: a feedback report' };
  const textOnce = once(() => visibleText(mail));
  const automatic = autoReplyWhy(mail, () => textOnce()?.text ?? null);
  if (automatic !== null) return { kind: 'auto-reply', why: automatic };
  const visible = textOnce();
  if (visible === null) return isBulk(mail) ? { kind: 'ignored', why: 'list-mail: sent to a list or a crowd' } : null;
  const written = wordsOf(visible, mail);
  if (!isBulk(mail)) return { kind: 'text', why: 'text: words of a person', ...written };
  // A person may answer through a list; a newsletter never answers. We answer neither (RFC 3834 2).
  return isInThread(mail)
    ? { kind: 'text', why: 'list-text: words of a person, through a list', ...written }
    : { kind: 'ignored', why: 'list-mail: sent to a list or a crowd', ...written };
}

/** Removing quotes and signatures is the most expensive step: it runs once, and only where its result is needed. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function wordsOf({ text, own }: VisibleText, mail: Mail): WrittenText {
  const language = languageOf(text);
  const written = { visibleText: text, ...(language === null ? {} : { language }) };
  // An unstripped text also contains times that somebody else wrote.
  if (!own) return { ...written, intent: 'other', unstripped: true };
  const times =
    mail.date === null ? [] : proposedTimes(text, { now: mail.date, offsetMinutes: mail.dateOffsetMinutes ?? 0 });
  return {
    ...written,
    ...(times.length > 0 ? { proposedTimes: times } : {}),
    intent: intentOf(text, times.length > 0),
  };
}

type WrittenText = Pick<Reading, 'visibleText' | 'proposedTimes' | 'intent' | 'language' | 'unstripped'>;

const isInThread = (mail: Mail): boolean =>
  mail.inReplyTo !== null ||
  (replyPrefix.test(mail.subject) && !/^(?:bulk|junk)$/i.test(header(mail.headers, 'precedence')?.trim() ?? ''));

function emptyReading(mail: Mail, quoted: FoundCalendar[]): Reading {
  if (isEncrypted(mail)) return { kind: 'ignored', why: encryptedWhy };
  return {
    kind: 'ignored',
    why: quoted.length > 0 ? 'forwarded-calendar: only quoted' : 'empty: nothing to read',
  };
}

/** The reason of such a reading; judge and the letter to the writer depend on its code. */
const encryptedWhy = 'encrypted: only the holder of a key can read it';

const armour = /^-----BEGIN PGP MESSAGE-----\s*$/m;

/**
 * Whether anything of a mail is encrypted: by its CMS object (libs/mime), its type (RFC 3156 4) or its armour (RFC
 * 9580 6.2).
 */
const isEncrypted = (mail: Mail): boolean =>
  mail.faults.includes('encrypted') ||
  mail.parts.some(
    (part) =>
      part.type === 'multipart/encrypted' ||
      part.type === 'application/pgp-encrypted' ||
      (part.type === 'text/plain' && part.children.length === 0 && armour.test(textOf(part).slice(0, 16_384))),
  );
