// Writes the bytes of a mail (PRD 8.2): mixed{ alternative{ plain, html, calendar }, invite.ics }, each part in the
// form that clients need.
// Called by the renderer. Written here and not by a library so that the same letter is the same bytes, whenever it is
// written.
import type { LetterMethod } from '#contracts';
import { withAsciiDomain } from '#ics';
import { base64Lines, encodedWords, quotedPrintable } from '#mime';

export interface Mailbox {
  email: string;
  name: string | null;
}

export interface Mail {
  /** ORGANIZER, From and Reply-To are one address, always: Nextcloud refuses a CANCEL where they differ. */
  organizer: Mailbox;
  to: Mailbox;
  subject: string;
  date: Date;
  messageId: string;
  firstMessageId: string | null;
  plain: string;
  html: string;
  calendar: { method: LetterMethod; text: string } | null;
  /**
   * RFC 3834 5: `auto-replied` for what answers one mail of a person. On others some servers discard it, or send no
   * delay reports for it.
   */
  automatic?: 'auto-replied';
  attachment: 'text/calendar' | 'application/ics' | 'none';
  /** Makes the boundaries; the letter's id. */
  seed: string;
}

/** The whole message, CRLF line ends, pure ASCII except for an address whose local part is not. */
export function writeMail(mail: Mail): Buffer {
  const head = headers(mail).join('\r\n');
  // The parts are ASCII, whose bytes latin1 copies; utf8 would look at each. The boundaries contain the seed.
  const charset = /^[\x00-\x7f]*$/.test(head + mail.seed) ? 'latin1' : 'utf8';
  return Buffer.from(`${head}\r\n${body(mail)}`, charset);
}

function headers({ organizer, to, subject, date, messageId, firstMessageId, automatic }: Mail): string[] {
  return [
    address('From', organizer),
    address('Reply-To', organizer),
    address('To', to),
    `Subject: ${unstructured(subject, 'Subject: '.length)}`,
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageId}`,
    // SMTP relays like SES replace our Message-ID; mail programs then thread by References.
    ...(firstMessageId === null
      ? [`References: ${messageId}`]
      : [`In-Reply-To: ${firstMessageId}`, `References: ${firstMessageId}\r\n ${messageId}`]),
    'MIME-Version: 1.0',
    ...(automatic === undefined ? [] : [`Auto-Submitted: ${automatic}`]),
    // Not `All`: that would suppress non-delivery reports too (MS-OXCMAIL 2.1.3.2.20).
    'X-Auto-Response-Suppress: OOF, DR, RN, NRN',
  ];
}

function body(mail: Mail): string {
  const { calendar, attachment } = mail;
  const encoded = calendar ? base64Lines(calendar.text) : '';
  const alternatives = [
    textPart('plain', mail.plain),
    textPart('html', mail.html),
    ...(calendar ? [inlineCalendar(calendar, encoded)] : []),
  ];
  const alternative = multipart('alternative', `=_alt_${mail.seed}`, alternatives);
  if (!calendar || attachment === 'none') return alternative;
  return multipart('mixed', `=_mix_${mail.seed}`, [alternative, attachedCalendar(calendar, encoded, attachment)]);
}

function multipart(kind: 'mixed' | 'alternative', boundary: string, parts: string[]): string {
  const head = `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n`;
  return `${head}${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;
}

/** Beyond this a line is safer soft-wrapped, although SMTP would carry 998 octets. */
const longestLine = 400;

function textPart(kind: 'plain' | 'html', text: string): string {
  const unix = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  const lines = unix.split('\n');
  const simple = !no7bit.test(unix) && !endBlank.test(unix) && lines.every((line) => line.length <= longestLine);
  const head = `Content-Type: text/${kind}; charset=utf-8\r\nContent-Transfer-Encoding: `;
  return simple
    ? `${head}7bit\r\n\r\n${lines.join('\r\n')}`
    : `${head}quoted-printable\r\n\r\n${lines.map(quotedPrintable).join('\r\n')}`;
}

// Of a whole text, because two searches take half the CPU of two for each line.
const no7bit = /[^\t\n\x20-\x7e]/;
/** Relays cut it. */
const endBlank = /[\t ](?:\n|$)/;

type CalendarPart = NonNullable<Mail['calendar']>;

// Last of the alternatives, base64, method in upper case, no Content-ID, no disposition: each of these broke somebody
// when it was otherwise (quoted-printable: Zimbra and Outlook; lower case: Tuta; Content-ID with inline: Thunderbird).
const inlineCalendar = ({ method }: CalendarPart, encoded: string): string =>
  `Content-Type: text/calendar; charset=utf-8; method=${method}\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded}`;

function attachedCalendar(
  { method }: CalendarPart,
  encoded: string,
  type: 'text/calendar' | 'application/ics',
): string {
  const described =
    type === 'text/calendar'
      ? `${type}; method=${method}; name="invite.ics"; charset=utf-8`
      : `${type}; name="invite.ics"`;
  return [
    `Content-Type: ${described}`,
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename="invite.ics"',
    '',
    encoded,
  ].join('\r\n');
}

/** Header text: as it is where it is short plain ASCII with single blanks, else encoded words (RFC 2047). */
function unstructured(text: string, used: number): string {
  const clean = printable(text);
  const asIs = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(clean) && !clean.includes('=?') && used + clean.length <= 76;
  return asIs ? clean : encodedWords(clean);
}

function address(header: string, { email, name }: Mailbox): string {
  const angled = `<${mailable(email)}>`;
  const phrase = name === null ? '' : printable(name).trim();
  if (phrase === '') return `${header}: ${angled}`;
  const plain = /^[\x20-\x7e]+$/.test(phrase) && !phrase.includes('=?') && phrase.length <= 60;
  const shown = plain ? `"${phrase.replace(/["\\]/g, '\\$&')}"` : encodedWords(phrase);
  const fits = header.length + 3 + shown.length + angled.length <= 76 && !shown.includes('\r\n');
  return `${header}: ${shown}${fits ? ' ' : '\r\n '}${angled}`;
}

/** The address as SMTP relays accept it: a domain outside ASCII as its A-label, without control characters. */
export const mailable = (email: string): string => withAsciiDomain(email).replace(/[\x00-\x20\x7f<>]/g, '');

/** One line: every control character and line separator becomes a blank. */
const printable = (text: string): string => text.toWellFormed().replace(/[\p{Cc}\u2028\u2029]/gu, ' ');
