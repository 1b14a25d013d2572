// A person's own words in answer to a letter, with the letter quoted below as each program quotes.
// Called by write-as.
import { type Client, type Family, familyOf, type SentMail } from './answer';
import { leaf, type Headers, mailbox, message, multipart, rfc5322Date, words } from './mime';
import type { ReplyContext, ReceivedMail } from './received';

export function textReply(client: Client, composing: ReplyContext, text: string): SentMail {
  const { reader, author } = composing.received;
  const family = familyOf(client);
  const raw = message([...heading(family, composing), ...programOf(family)], bodyOf(family, composing, text));
  return { raw, envelopeFrom: reader.email, envelopeTo: author.email };
}

function heading(family: Family, { received, now, id }: ReplyContext): Headers {
  const { reader, author, subject, messageId, references } = received;
  const thread = [...new Set([...references, ...(messageId === null ? [] : [messageId])])].map((each) => `<${each}>`);
  const prefix = family === 'outlook' ? 'RE' : 'Re';
  return [
    ['Return-Path', `<${reader.email}>`],
    ['From', mailbox(reader.name, reader.email)],
    ['To', mailbox(author.name, author.email)],
    ['Subject', words(/^re: /i.test(subject) ? subject : `${prefix}: ${subject}`)],
    ['Date', rfc5322Date(now)],
    ['Message-ID', `<${idOf(family, id, reader.email)}>`],
    ['In-Reply-To', messageId === null ? null : `<${messageId}>`],
    ['References', thread.length === 0 ? null : thread.join('\r\n ')],
  ];
}

function idOf(family: Family, id: string, from: string): string {
  switch (family) {
    case 'google':
      return `CA+${id}@mail.gmail.com`;
    case 'outlook':
      return `${id}@EURP192MB0001.EURP192.PROD.OUTLOOK.COM`;
    case 'apple':
      return `${id.toUpperCase()}@icloud.com`;
    case 'samsung':
      return `${id}@email.android.com`;
    case 'thunderbird':
      return `${id}@${from.slice(from.lastIndexOf('@') + 1)}`;
  }
}

function programOf(family: Family): Headers {
  switch (family) {
    case 'outlook':
      return [
        ['Accept-Language', 'en-US'],
        ['X-MS-Has-Attach', ''],
      ];
    case 'apple':
      return [['X-Mailer', 'Apple Mail (2.3826.300.87.4.3)']];
    case 'thunderbird':
      return [['User-Agent', 'Mozilla Thunderbird']];
    case 'samsung':
      return [['Importance', 'normal']];
    default:
      return [];
  }
}

function bodyOf(family: Family, { received, id }: ReplyContext, text: string): string {
  const body = text.replaceAll(/\r?\n/g, '\r\n');
  const plain = `${body}\r\n\r\n${quoteOf(family, received)}`;
  if (family === 'apple' || family === 'thunderbird')
    return leaf('text/plain; charset=utf-8; format=flowed', 'quoted-printable', plain);
  const html = `<html><body><div dir="ltr">${htmlOf(body)}</div><br><blockquote>${htmlOf(received.text)}</blockquote></body></html>\r\n`;
  return multipart('alternative', `reply-${id}`, [
    leaf('text/plain; charset="UTF-8"', 'quoted-printable', plain),
    leaf('text/html; charset="UTF-8"', 'quoted-printable', html),
  ]);
}

const htmlOf = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(/\r?\n/g, '<br>\r\n');

/** Attribution and quote. Outlook and Samsung do not mark quoted lines; Gmail folds a long attribution. */
function quoteOf(family: Family, { author, reader, subject, date, text }: ReceivedMail): string {
  const lines = text.trimEnd().split('\n');
  const marked = lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\r\n');
  const who = author.name ?? author.email;
  switch (family) {
    case 'outlook': {
      const head = [
        `From: ${who} <${author.email}>`,
        `Sent: ${date.toUTCString()}`,
        `To: ${reader.name ?? reader.email}`,
        `Subject: ${subject}`,
      ];
      return ['________________________________', ...head, '', ...lines, ''].join('\r\n');
    }
    case 'samsung': {
      const head = [`From: ${who} <${author.email}>`, `Date: ${day(date)} ${time(date)}`];
      const rest = [`To: ${reader.name ?? reader.email}`, `Subject: ${subject}`];
      return ['-------- Original message --------', ...head, ...rest, '', ...lines, ''].join('\r\n');
    }
    case 'apple':
      return `> On ${day(date)}, at ${time(date)}, ${who} <${author.email}> wrote:\r\n>\r\n${marked}\r\n`;
    case 'thunderbird':
      return `On ${day(date)} ${time(date)}, ${who} wrote:\r\n${marked}\r\n`;
    default:
      return `On ${day(date)} at ${time(date)} ${who} <${author.email}>\r\nwrote:\r\n\r\n${marked}\r\n`;
  }
}

const day = (date: Date): string => date.toUTCString().slice(0, 16);
const time = (date: Date): string => date.toISOString().slice(11, 16);
