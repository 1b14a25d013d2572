// The ingestor's pure function: what a mail means, in one order — report, calendar answer, automatic, a person's
// words, ignored.
// Called in a thread of its own by the reader and by `npm run interpret`; whether to believe it is judge's business.
import { samePerson } from '#contracts';
import { autoReplyWhy, isBulk } from './auto-reply';
import { readBounce, reportType } from './bounce/bounce';
import { calendarsIn, fieldsOfQuoted, type FoundCalendar, isTheMessage, readAnswer } from './calendar';
import { encryptedWhy, isEncrypted } from './encrypted';
import { intentOf } from './words/intent';
import { proposedTimes } from './words/proposed-times';
import { tnefAnswer } from './tnef';
import { languageOf } from './words/language';
import { type VisibleText, visibleText } from './words/visible-text';
import { header, type Mail } from './mail';
import type { Reading } from './reading';

/** What a mail means. Pure and total: any Mail has a Reading. */
export function interpret(mail: Mail): Reading {
  const { said, quoted } = calendarsIn(mail);
  const answer = readAnswer(mail, said);
  const bounce = readBounce(mail, answer !== null && answer.kind !== 'ignored');
  if (bounce) return { kind: 'bounce', ...bounce, ...fieldsOfQuoted(mail, [...said, ...quoted]) };
  if (answer && said.every(isTheMessage) && !(isOurInvitation(answer, mail) && visibleText(mail)?.own === true))
    return answer;
  const tnef = tnefAnswer(mail);
  if (tnef)
    return { kind: 'ignored', why: 'tnef-response: a meeting answer in winmail.dat, for a person to read', ...tnef };
  return { ...(readWords(mail) ?? answer ?? nothingSaid(mail, quoted)), ...fieldsOfQuoted(mail, [...said, ...quoted]) };
}

/**
 * Our own REQUEST that comes back, as programs attach it to an answer in words: its organizer is who is written to,
 * not who writes.
 */
const isOurInvitation = ({ kind, method, organizer = '', partstat }: Reading, mail: Mail): boolean =>
  kind === 'ignored' &&
  method === 'REQUEST' &&
  // With another PARTSTAT it is some client's odd answer.
  (partstat ?? 'needs-action') === 'needs-action' &&
  mail.to.some((address) => samePerson(address, organizer)) &&
  !mail.from.some((address) => samePerson(address, organizer));

/** A mail by its words: automatic, to a crowd, a person's; null where there are none. */
function readWords(mail: Mail): Reading | null {
  // RFC 5965: a reader's complaint about a mail of ours, through their provider. Courier's mailbot answers in the
  // same form.
  if (reportType(mail) === 'feedback-report' && !/^auto-replied/i.test(header(mail.headers, 'auto-submitted') ?? ''))
    return { kind: 'ignored', why: 'complaint: a feedback report' };
  const textOnce = once(() => visibleText(mail));
  const automatic = autoReplyWhy(mail, () => textOnce()?.text ?? null);
  if (automatic !== null) return { kind: 'auto-reply', why: automatic };
  const visible = textOnce();
  if (visible === null) return isBulk(mail) ? { kind: 'ignored', why: 'list-mail: sent to a list or a crowd' } : null;
  const said = wordsOf(visible, mail);
  if (!isBulk(mail)) return { kind: 'text', why: 'text: words of a person', ...said };
  // A person may answer through a list; newsletters answer nothing. Neither is ever answered (RFC 3834 2).
  return isInThread(mail)
    ? { kind: 'text', why: 'list-text: words of a person, through a list', ...said }
    : { kind: 'ignored', why: 'list-mail: sent to a list or a crowd', ...said };
}

/** Taking quotes and signatures off is the dearest step: done once, and only where it is asked for. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function wordsOf({ text, own }: VisibleText, mail: Mail): Words {
  const language = languageOf(text);
  const said = { visibleText: text, ...(language === null ? {} : { language }) };
  // What is given unstripped holds somebody else's times as well.
  if (!own) return { ...said, intent: 'other', unstripped: true };
  const times =
    mail.date === null ? [] : proposedTimes(text, { now: mail.date, offsetMinutes: mail.dateOffsetMinutes ?? 0 });
  return {
    ...said,
    ...(times.length > 0 ? { proposedTimes: times } : {}),
    intent: intentOf(text, times.length > 0),
  };
}

type Words = Pick<Reading, 'visibleText' | 'proposedTimes' | 'intent' | 'language' | 'unstripped'>;

const isInThread = (mail: Mail): boolean =>
  mail.inReplyTo !== null ||
  (/^(?:re|aw|sv|antw|rv|tr)\s?:/i.test(mail.subject) &&
    !/^(?:bulk|junk)$/i.test(header(mail.headers, 'precedence')?.trim() ?? ''));

function nothingSaid(mail: Mail, quoted: FoundCalendar[]): Reading {
  if (isEncrypted(mail)) return { kind: 'ignored', why: encryptedWhy };
  return {
    kind: 'ignored',
    why: quoted.length > 0 ? 'forwarded-calendar: quoted, not said' : 'empty: nothing to read',
  };
}
