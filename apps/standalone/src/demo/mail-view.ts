// A caught mail as a mail program would show it: the invitation card, the text, the calendar part, the links, the
// source.
// Called by demo-rooms.ts once a mail; mails never change, so neither does a view.
import { readCalendar } from '#ics';
import { languages } from '#words';
import { type Mail, readMail, textOf } from '../../../imip-ingestor/src/interpret/mail';
import type { CaughtMail } from '../mailbox/mail-store';

export interface Card {
  method: string;
  uid: string;
  sequence: number;
  title: string;
  startUtc: string;
  endUtc: string;
  organizer: string;
}

export interface MailView {
  id: string;
  to: string;
  subject: string;
  from: string;
  receivedAt: string;
  messageId: string | null;
  card: Card | null;
  text: string;
  hasHtml: boolean;
  calendar: string | null;
  /** What its reader writes who would like another hour, in the mail's language. */
  wish: string;
  /** Every http link of the mail, each once, in order. */
  links: string[];
  source: string;
}

export function mailView(caught: CaughtMail, raw: Buffer): MailView {
  const mail = readMail(raw);
  const body = (type: string): string | null => {
    const part = mail.parts.find((each) => each.type === type && each.disposition !== 'attachment');
    return part ? textOf(part) : null;
  };
  const text = body('text/plain') ?? '';
  const html = body('text/html');
  return {
    id: caught.id,
    to: caught.to,
    subject: mail.subject,
    from: mail.from[0] ?? caught.from,
    receivedAt: caught.receivedAt,
    messageId: mail.messageId,
    card: cardOf(mail),
    text,
    hasHtml: html !== null,
    wish: wishFor(html ?? ''),
    calendar: body('text/calendar'),
    links: linksIn(`${text}\n${unescaped(html ?? '')}`),
    source: raw.toString(),
  };
}

function cardOf(mail: Mail): Card | null {
  const part = mail.parts.find((each) => each.type === 'text/calendar');
  const reading = part && readCalendar(part.body, part.params['charset']);
  if (!reading?.ok) return null;
  const { method, uid, sequence, start, end, organizer, summary } = reading.message;
  if (!start || !end || !('instant' in start) || !('instant' in end)) return null;
  const when = { startUtc: start.instant.toISOString(), endUtc: end.instant.toISOString() };
  return {
    method: method ?? '',
    uid,
    sequence: sequence ?? 0,
    title: summary ?? '',
    ...when,
    organizer: organizer ?? '',
  };
}

const unescaped = (html: string): string => html.replaceAll('&amp;', '&');

export const linksIn = (text: string): string[] => [...new Set(text.match(/https?:\/\/[^\s<>"'\\]+/g) ?? [])];

/**
 * What a person of the demo writes who would like another hour, by the language of the letter that they answer. The
 * product reads each of them, which wishes.spec.ts shows.
 */
export const wishes: Readonly<Record<(typeof languages)[number], string>> = {
  en: 'can we do 3pm?',
  de: 'Geht auch 15 Uhr?',
  fr: 'Est-ce possible à 15 h ?',
  es: '¿Podría ser a las 15:00?',
  it: 'Possiamo fare alle 15?',
  pt: 'Pode ser às 15h?',
  nl: 'Kan het ook om 15.00 uur?',
  pl: 'Czy możemy o 15:00?',
  sv: 'Går det klockan 15?',
  ja: '15時はいかがですか？',
  ar: 'هل يمكن في الساعة 3 مساءً؟',
};

/** `html`: the letter's HTML part, which names its language; English where it names none of ours. */
export function wishFor(html: string): string {
  const named = /<html[^>]*\slang="([a-z]{2})/i.exec(html)?.[1]?.toLowerCase();
  return wishes[languages.find((each) => each === named) ?? 'en'];
}
