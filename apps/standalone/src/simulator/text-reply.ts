// A person's own words in answer to a letter, with the letter quoted below as each program quotes.
// Called by write-as.
import type { Client, SentMail } from './answer';
import { leaf, type Headers, mailbox, message, multipart, rfc5322Date, words } from './mime';
import type { Composing, Received } from './received';

export function textReply(client: Client, composing: Composing, text: string): SentMail {
  const { reader, author } = composing.received;
  const raw = message([...heading(client, composing), ...programOf(client)], bodyOf(client, composing, text));
  return { raw, envelopeFrom: reader.email, envelopeTo: author.email };
}

function heading(client: Client, { received, now, id }: Composing): Headers {
  const { reader, author, subject, messageId, references } = received;
  const thread = [...new Set([...references, ...(messageId === null ? [] : [messageId])])].map((each) => `<${each}>`);
  const prefix = client === 'outlook' ? 'RE' : 'Re';
  return [
    ['Return-Path', `<${reader.email}>`],
    ['From', mailbox(reader.name, reader.email)],
    ['To', mailbox(author.name, author.email)],
    ['Subject', words(/^re: /i.test(subject) ? subject : `${prefix}: ${subject}`)],
    ['Date', rfc5322Date(now)],
    ['Message-ID', `<${idOf(client, id, reader.email)}>`],
    ['In-Reply-To', messageId === null ? null : `<${messageId}>`],
    ['References', thread.length === 0 ? null : thread.join('\r\n ')],
  ];
}

function idOf(client: Client, id: string, from: string): string {
  switch (client) {
    case 'google':
    case 'google-notification':
      return `CA+${id}@mail.gmail.com`;
    case 'outlook':
      return `${id}@EURP192MB0001.EURP192.PROD.OUTLOOK.COM`;
    case 'apple':
      return `${id.toUpperCase()}@icloud.com`;
    case 'thunderbird':
      return `${id}@${from.slice(from.lastIndexOf('@') + 1)}`;
  }
}

function programOf(client: Client): Headers {
  switch (client) {
    case 'outlook':
      return [
        ['Accept-Language', 'en-US'],
        ['X-MS-Has-Attach', ''],
      ];
    case 'apple':
      return [['X-Mailer', 'Apple Mail (2.3826.300.87.4.3)']];
    case 'thunderbird':
      return [['User-Agent', 'Mozilla Thunderbird']];
    default:
      return [];
  }
}

function bodyOf(client: Client, { received, id }: Composing, text: string): string {
  const said = text.replaceAll(/\r?\n/g, '\r\n');
  const plain = `${said}\r\n\r\n${quoteOf(client, received)}`;
  if (client === 'apple' || client === 'thunderbird')
    return leaf('text/plain; charset=utf-8; format=flowed', 'quoted-printable', plain);
  const html = `<html><body><div dir="ltr">${htmlOf(said)}</div><br><blockquote>${htmlOf(received.text)}</blockquote></body></html>\r\n`;
  return multipart('alternative', `reply-${id}`, [
    leaf('text/plain; charset="UTF-8"', 'quoted-printable', plain),
    leaf('text/html; charset="UTF-8"', 'quoted-printable', html),
  ]);
}

const htmlOf = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(/\r?\n/g, '<br>\r\n');

/** Attribution and quote. Outlook does not mark quoted lines; Gmail folds a long attribution. */
function quoteOf(client: Client, { author, reader, subject, date, text }: Received): string {
  const lines = text.trimEnd().split('\n');
  const marked = lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\r\n');
  const who = author.name ?? author.email;
  switch (client) {
    case 'outlook': {
      const head = [
        `From: ${who} <${author.email}>`,
        `Sent: ${date.toUTCString()}`,
        `To: ${reader.name ?? reader.email}`,
        `Subject: ${subject}`,
      ];
      return ['________________________________', ...head, '', ...lines, ''].join('\r\n');
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
