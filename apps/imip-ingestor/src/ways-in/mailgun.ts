// Mailgun: routes whose address ends in `mime` post the raw mail as a form field; events are JSON. Both are signed by
// HMAC over timestamp and token.
// Anything but 200 and 406 makes Mailgun try again for eight hours, under the first signature; 406 makes it drop the
// mail.
import { createHash, createHmac } from 'node:crypto';
import { bareId, codeIn, type DeliveryReport, failureKind } from '../hooks/delivery-report';
import { fieldText, formFields } from './form-fields';
import {
  field,
  one,
  parseJson,
  type Provider,
  type ProviderInbound,
  type ProviderRequest,
  sameSecret,
  textIn,
  ProviderRefusal,
  wantRecent,
} from './provider';

/** Documented: after 5, 10 and 15 minutes, 1, 2 and 4 hours. */
const longestRetrySeconds = 8 * 3_600;

export class Mailgun implements Provider {
  readonly name = 'mailgun';
  readonly stopStatus = 406;

  constructor(
    private readonly key: string,
    private readonly now: () => Date,
  ) {}

  async inbound({ headers, body }: ProviderRequest): Promise<ProviderInbound> {
    const fields = formFields(one(headers['content-type']) ?? '', body);
    const token = this.signed(
      fieldText(fields, 'timestamp'),
      fieldText(fields, 'token'),
      fieldText(fields, 'signature'),
    );
    const raw = fields.get('body-mime');
    if (raw === undefined)
      return { kind: 'unusable', why: 'no-content: the route must end in mime', onceKeys: [token] };
    const sender = fields.has('sender') ? bareId(fieldText(fields, 'sender')) : null;
    const recipient = fieldText(fields, 'recipient');
    const content = createHash('sha256').update(`${recipient}\n`).update(raw).digest('hex');
    return {
      kind: 'mail',
      mail: {
        raw,
        envelopeFrom: sender,
        envelopeTo: recipient || null,
        authentication: null,
        onceKeys: [token, content],
      },
    };
  }

  async events({ body }: ProviderRequest): Promise<DeliveryReport[]> {
    const event = parseJson(body, 406);
    const of = (name: string): string => String(field(event, 'signature', name) ?? '');
    const token = this.signed(of('timestamp'), of('token'), of('signature'));
    return eventsOf(field(event, 'event-data'), token);
  }

  /** The token of a valid signature. 401 for a wrong key, so that Mailgun keeps trying while it is corrected. */
  private signed(timestamp: string, token: string, signature: string): string {
    const wanted = createHmac('sha256', this.key)
      .update(timestamp + token)
      .digest('hex');
    if (token === '' || !sameSecret(signature.toLowerCase(), wanted)) throw new ProviderRefusal(401, 'bad-signature');
    wantRecent(timestamp, this.now(), longestRetrySeconds);
    return token;
  }
}

function eventsOf(data: unknown, token: string): DeliveryReport[] {
  const recipient = textIn(data, 'recipient') ?? null;
  const id = textIn(data, 'message', 'headers', 'message-id');
  const code = field(data, 'delivery-status', 'code');
  const words = [textIn(data, 'delivery-status', 'message'), textIn(data, 'delivery-status', 'description')]
    .filter((each) => each !== undefined)
    .join(' ');
  const status =
    codeIn(textIn(data, 'delivery-status', 'enhanced-code')) ??
    codeIn(words) ??
    codeIn(typeof code === 'number' ? code : null);
  const report = (kind: DeliveryReport['kind']): DeliveryReport[] => [
    { messageIds: id === undefined ? [] : [bareId(id)], recipient, kind, status, eventId: textIn(data, 'id') ?? token },
  ];
  switch (textIn(data, 'event')) {
    case 'delivered':
      return report('delivered');
    case 'complained':
      return report('complained');
    case 'failed':
      return textIn(data, 'severity') === 'temporary' ? report('delayed') : report(failureKind(status, words, true));
    default:
      return [];
  }
}
