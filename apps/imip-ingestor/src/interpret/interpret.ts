// The ingestor's pure function: what a mail means, in one order — report, calendar answer, automatic, a person's words, ignored.
// Called in a thread of its own by the reader and by `npm run interpret`; whether to believe it is judge's business.
import { autoReplyWhy, isBulk } from './auto-reply';
import { readBounce, reportType } from './bounce/bounce';
import { calendarsIn, fieldsOfQuoted, type FoundCalendar, isTheMessage, readAnswer } from './calendar';
import { encryptedWhy, isEncrypted } from './encrypted';
import { intentOf } from './words/intent';
import { proposedTimes } from './words/proposed-times';
import { tnefAnswer } from './tnef';
import { visibleText } from './words/visible-text';
import { header, type Mail } from './mail';
import type { Reading } from './reading';

/** What a mail means. Pure and total: any Mail has a Reading. */
export function interpret(mail: Mail): Reading {
  const { said, quoted } = calendarsIn(mail);
  const answer = readAnswer(mail, said);
  const bounce = readBounce(mail, answer !== null && answer.kind !== 'ignored');
  if (bounce) return { kind: 'bounce', ...bounce, ...fieldsOfQuoted(mail, [...said, ...quoted]) };
  if (answer && said.every(isTheMessage)) return answer;
  const tnef = tnefAnswer(mail);
  if (tnef)
    return { kind: 'ignored', why: 'tnef-response: a meeting answer in winmail.dat, for a person to read', ...tnef };
  return { ...(readWords(mail) ?? answer ?? nothingSaid(mail, quoted)), ...fieldsOfQuoted(mail, [...said, ...quoted]) };
}

/** A mail by its words: automatic, to a crowd, a person's; null where there are none. */
function readWords(mail: Mail): Reading | null {
  // RFC 5965: a reader's complaint about a mail of ours, through their provider. Courier's mailbot answers in the same form.
  if (reportType(mail) === 'feedback-report' && !/^auto-replied/i.test(header(mail.headers, 'auto-submitted') ?? ''))
    return { kind: 'ignored', why: 'complaint: a feedback report' };
  const textOnce = once(() => visibleText(mail));
  const automatic = autoReplyWhy(mail, textOnce);
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

function wordsOf(visible: string, mail: Mail): Pick<Reading, 'visibleText' | 'proposedTimes' | 'intent'> {
  const times =
    mail.date === null ? [] : proposedTimes(visible, { now: mail.date, offsetMinutes: mail.dateOffsetMinutes ?? 0 });
  return {
    visibleText: visible,
    ...(times.length > 0 ? { proposedTimes: times } : {}),
    intent: intentOf(visible, times.length > 0),
  };
}

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
