// A letter that comes back: the report of the mail system that has the reader's mailbox (RFC 3464, and what each adds
// to it).
// Called by write-as. Gmail names the recipient in X-Failed-Recipients too; Exchange has codes of its own; the others
// run Postfix.
import { type Client, type Family, familyOf, type SentMail } from './answer';
import { type Headers, leaf, message, multipart, rfc5322Date, words } from './mime';
import type { ReplyContext } from './received';

export function bounce(client: Client, composing: ReplyContext): SentMail {
  const { received, now, id } = composing;
  const { reader, author } = received;
  const style = styleOf(familyOf(client), reader.email, received.subject);
  const { from, subject, marks } = style;
  const host = `mx.${reader.email.slice(reader.email.lastIndexOf('@') + 1)}`;
  const raw = message(
    [
      ['Return-Path', '<>'],
      ['From', from],
      ['To', author.email],
      ['Subject', words(subject)],
      ['Date', rfc5322Date(now)],
      ['Message-ID', `<bounce-${id}@${host}>`],
      ['Auto-Submitted', 'auto-replied'],
      ...marks,
    ],
    reportBody(id, [
      leaf('text/plain; charset=us-ascii', '7bit', style.words),
      leaf('message/delivery-status', '7bit', statusOf(style, reader.email, host, now)),
      // RFC 2046 5.2.1: an embedded message is never encoded.
      `Content-Type: message/rfc822\r\n\r\n${received.raw.toString('latin1')}`,
    ]),
  );
  return { raw, envelopeFrom: '', envelopeTo: author.email };
}

interface BounceStyle {
  from: string;
  subject: string;
  marks: Headers;
  status: string;
  diagnostic: string;
  words: string;
}

/** The machine-readable part (RFC 3464 2). */
const statusOf = ({ status, diagnostic }: BounceStyle, recipient: string, host: string, now: Date): string =>
  [
    `Reporting-MTA: dns; ${host}`,
    `Arrival-Date: ${rfc5322Date(now)}`,
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Original-Recipient: rfc822;${recipient}`,
    'Action: failed',
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${diagnostic}`,
    '',
  ].join('\r\n');

const reportBody = (id: string, parts: string[]): string =>
  multipart('report', `report-${id}`, parts).replace(
    'multipart/report;',
    'multipart/report; report-type=delivery-status;',
  );

function styleOf(family: Family, recipient: string, subject: string): BounceStyle {
  switch (family) {
    case 'google':
      return {
        from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
        subject: 'Delivery Status Notification (Failure)',
        marks: [['X-Failed-Recipients', recipient]],
        status: '5.1.1',
        diagnostic: '550-5.1.1 The email account that you tried to reach does not exist.',
        words:
          "Address not found\r\n\r\nYour message wasn't delivered because the address couldn't be found, or is " +
          'unable to receive mail.\r\n',
      };
    case 'outlook':
      return {
        from: 'Microsoft Outlook <postmaster@outlook.com>',
        subject: `Undeliverable: ${subject}`,
        marks: [['X-MS-Exchange-Message-Is-Ndr', '']],
        status: '5.1.10',
        diagnostic: '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
        words:
          "Delivery has failed to these recipients or groups. The email address you entered couldn't be found.\r\n",
      };
    case 'apple':
    case 'samsung':
    case 'thunderbird':
      return {
        from: `Mail Delivery System <MAILER-DAEMON@mx.${recipient.slice(recipient.lastIndexOf('@') + 1)}>`,
        subject: 'Undelivered Mail Returned to Sender',
        marks: [],
        status: '5.1.1',
        diagnostic: '550 5.1.1 User unknown',
        words:
          "I'm sorry to have to inform you that your message could not be delivered to one or more recipients.\r\n",
      };
  }
}
