// The operations that imip-ingestor serves: mail and delivery events from outside, in our own format and in the
// providers'.
// Read by operations.ts.
import { z } from 'zod';
import { Instant } from '#contracts';
import { StoredResponse } from './response-schemas';
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
  'Served by imip-ingestor. In the format of that provider and signed by it; 404 for one whose secret is not ' +
  'set. The operators’ pages say how each is set up.';
const QuarantinedResponse = z.strictObject({
  items: z
    .array(
      z.strictObject({
        id: z.uuid(),
        receivedAt: Instant,
        wayIn: z.string(),
        why: z.string().nullable(),
        attempts: z.number().int(),
        sizeBytes: z.number().int(),
        sha256: z.string(),
      }),
    )
    .meta({ description: 'At most 500, the oldest first.' }),
});
const ReplayedResponse = z.strictObject({ replayed: z.number().int().nonnegative() });
const forOperators = 'Served by imip-ingestor. It needs INBOUND_TOKEN, or a key or token with the scope operator.';

const taken = { status: 200, what: 'Taken.', schema: z.looseObject({}) };

const quarantine: Operation[] = [
  {
    method: 'get',
    path: '/api/imip/quarantine',
    id: 'listQuarantine',
    tag: 'Mail in',
    opens: 'inbound',
    query: z.object({ after: z.uuid().optional() }),
    summary: 'List the mails that could not be read',
    description: `${forOperators} Nothing of a mail’s words or addresses is shown. Ask for the next page with the last id as \`after\`.`,
    response: { status: 200, what: 'One page; it is empty after the last.', schema: QuarantinedResponse },
    problems: [403, 404],
  },
  {
    method: 'post',
    path: '/api/imip/quarantine/{id}/replay',
    id: 'replayQuarantined',
    tag: 'Mail in',
    opens: 'inbound',
    summary: 'Read one mail of the quarantine again',
    description: forOperators,
    response: { status: 202, what: 'It will be read as if it had come now.', schema: ReplayedResponse },
    problems: [403, 404],
  },
  {
    method: 'post',
    path: '/api/imip/quarantine/replay',
    id: 'replayQuarantine',
    tag: 'Mail in',
    opens: 'inbound',
    summary: 'Read all mails of the quarantine again',
    description: forOperators,
    response: { status: 202, what: 'How many will be read again.', schema: ReplayedResponse },
    problems: [403],
  },
];

export const mailIn: Operation[] = [
  {
    method: 'post',
    path: '/api/imip/inbound',
    id: 'mailIn',
    tag: 'Mail in',
    opens: 'inbound',
    mail: `From: ${sample.guest}\r\nTo: scheduling@meet.example\r\nSubject: hello\r\n\r\ncan we do 3pm?\r\n`,
    summary: 'Submit a mail that came to the central mailbox',
    description:
      'Served by imip-ingestor. 202 once it is stored, whatever it says. It is read and judged afterwards; the result is ' +
      'shown in the timeline of the room.',
    headers: {
      'X-Envelope-From': 'The envelope sender; empty or <> for none, left out where unknown.',
      'X-Envelope-To': 'The envelope recipient.',
    },
    response: { status: 202, what: 'Stored.', schema: StoredResponse },
    problems: [413],
  },
  {
    method: 'post',
    path: '/api/hooks/email-status',
    id: 'emailStatus',
    tag: 'Mail in',
    opens: 'inbound',
    body: EmailStatus,
    summary: 'Report the delivery of a letter',
    description: 'Served by imip-ingestor. Fills `delivery.state`; nobody is mailed.',
    example: {
      messageId: '<2330496c-0f74-8eb9-8c05-df19c97565ba@meet.example>',
      recipient: sample.guest,
      event: 'bounced',
      code: '5.1.1',
      detail: 'no such user',
    },
    response: { status: 202, what: 'Taken.', schema: z.strictObject({ accepted: z.literal(true) }) },
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
    response: taken,
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
    response: taken,
    problems: [404],
  },
  ...quarantine,
];
