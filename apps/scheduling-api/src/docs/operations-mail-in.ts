// The operations that imip-ingestor serves: mail and delivery events from outside, in our own format and in the providers'.
// Read by operations.ts.
import { z } from 'zod';
import { StoredAnswer } from './answers';
import { type Operation, sample } from './operation';

/** As the ingestor reads it; apps do not import each other. */
const EmailStatus = z.object({
  messageId: z.string(),
  recipient: z.string(),
  event: z.enum(['delivered', 'bounced', 'deferred', 'complained']),
  code: z.union([z.string(), z.number()]).nullish(),
  detail: z.string().nullish(),
});

const providers = ['ses', 'mailgun', 'postmark', 'sendgrid'];
const signed =
  'Served by imip-ingestor. In the format of that provider and signed by it; 404 for one whose secret is not set. The operators’ pages say how each is set up.';
const taken = { status: 200, what: 'Taken.', schema: z.looseObject({}) };

export const mailIn: Operation[] = [
  {
    method: 'post',
    path: '/api/imip/inbound',
    id: 'mailIn',
    tag: 'Mail in',
    opens: 'inbound',
    mail: `From: ${sample.guest}\r\nTo: scheduling@meet.example\r\nSubject: hello\r\n\r\ncan we do 3pm?\r\n`,
    summary: 'Hand in a mail that came to the central mailbox',
    description:
      'Served by imip-ingestor. 202 once it is stored, whatever it says; what it means is decided afterwards and shown in the room’s timeline.',
    headers: {
      'X-Envelope-From': 'The envelope sender; empty or <> for none, left out where unknown.',
      'X-Envelope-To': 'The envelope recipient.',
    },
    answer: { status: 202, what: 'Stored.', schema: StoredAnswer },
    problems: [413],
  },
  {
    method: 'post',
    path: '/api/hooks/email-status',
    id: 'emailStatus',
    tag: 'Mail in',
    opens: 'inbound',
    body: EmailStatus,
    summary: 'Tell what became of a letter',
    description: 'Served by imip-ingestor. Fills `delivery.state`; nobody is mailed.',
    example: {
      messageId: '<2330496c-0f74-8eb9-8c05-df19c97565ba@meet.example>',
      recipient: sample.guest,
      event: 'bounced',
      code: '5.1.1',
      detail: 'no such user',
    },
    answer: { status: 202, what: 'Taken.', schema: z.strictObject({ accepted: z.literal(true) }) },
    problems: [413, 422],
  },
  {
    method: 'post',
    path: '/api/imip/inbound/{provider}',
    id: 'mailInByProvider',
    tag: 'Mail in',
    opens: 'signature',
    providers,
    summary: 'Mail in a provider’s own format',
    description: signed,
    answer: taken,
    problems: [404],
  },
  {
    method: 'post',
    path: '/api/hooks/email-status/{provider}',
    id: 'emailStatusByProvider',
    tag: 'Mail in',
    opens: 'signature',
    providers,
    summary: 'Delivery events in a provider’s own format',
    description: signed,
    answer: taken,
    problems: [404],
  },
];
