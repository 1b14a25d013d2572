// The automatic reply of somebody who is away, as each mail system writes it.
// Called by write-as. Facts: RFC 3834 and 5230; Exchange says auto-generated and suppresses all further automatic mail.
import { type Client, type Family, familyOf, type SentMail } from './answer';
import { type Headers, leaf, mailbox, message, rfc5322Date, words } from './mime';
import type { ReplyContext } from './received';

export function outOfOffice(client: Client, { received, now, id }: ReplyContext): SentMail {
  const { reader, author, messageId } = received;
  const { subject, marks, nullSender } = styleOf(familyOf(client), received.subject);
  const envelopeFrom = nullSender ? '' : reader.email;
  const raw = message(
    [
      ['Return-Path', `<${envelopeFrom}>`],
      ['From', mailbox(reader.name, reader.email)],
      ['To', author.email],
      ['Subject', words(subject)],
      ['Date', rfc5322Date(now)],
      ['Message-ID', `<away-${id}@${reader.email.slice(reader.email.lastIndexOf('@') + 1)}>`],
      ['In-Reply-To', messageId === null ? null : `<${messageId}>`],
      ['References', messageId === null ? null : `<${messageId}>`],
      ...marks,
    ],
    leaf('text/plain; charset=utf-8', '7bit', 'I am away until Monday and do not read my mail.\r\n'),
  );
  return { raw, envelopeFrom, envelopeTo: author.email };
}

function styleOf(family: Family, subject: string): { subject: string; marks: Headers; nullSender: boolean } {
  switch (family) {
    case 'google':
      return {
        subject: `Away Re: ${subject}`,
        marks: [
          ['Auto-Submitted', 'auto-replied'],
          ['Precedence', 'bulk'],
          ['X-Autoreply', 'yes'],
        ],
        nullSender: false,
      };
    case 'outlook':
      return {
        subject: `Automatic reply: ${subject}`,
        marks: [
          ['Auto-Submitted', 'auto-generated'],
          ['X-Auto-Response-Suppress', 'All'],
        ],
        nullSender: true,
      };
    case 'apple':
      return {
        subject: `Re: ${subject}`,
        marks: [
          ['Auto-Submitted', 'auto-replied (vacation)'],
          ['Precedence', 'bulk'],
        ],
        nullSender: true,
      };
    // Programs on a desk or a phone write none; the mail server's Sieve does.
    case 'samsung':
    case 'thunderbird':
      return { subject: `Auto: ${subject}`, marks: [['Auto-Submitted', 'auto-replied (vacation)']], nullSender: true };
  }
}
