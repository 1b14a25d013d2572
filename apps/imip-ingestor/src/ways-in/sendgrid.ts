// SendGrid: Inbound Parse with "POST the raw, full MIME message" on (field `email`), and the Event Webhook.
// Signed by ECDSA over timestamp and raw body, or Basic authentication in the address. 5xx makes SendGrid try again
// for three days.
import { createHash, createPublicKey, createVerify } from 'node:crypto';
import { bareId, codeIn, type DeliveryReport, failureKind } from '../hooks/delivery-report';
import { wayInAuthservId } from '../judge/replying-party';
import { fieldText, formFields } from './form-fields';
import {
  listIn,
  one,
  parseJson,
  type Provider,
  type ProviderInbound,
  type ProviderRequest,
  textIn,
  ProviderRefusal,
  wantBasic,
  wantRecent,
} from './provider';

const longestRetrySeconds = 3 * 24 * 3_600;

export interface SendGridSecrets {
  /** Base64 DER of the webhook's public key. */
  publicKey: string | undefined;
  /** user:password. */
  auth: string | undefined;
}

export class SendGrid implements Provider {
  readonly name = 'sendgrid';
  readonly stopStatus = 406;
  readonly headersProve: boolean;

  constructor(
    private readonly secrets: SendGridSecrets,
    private readonly now: () => Date,
  ) {
    this.headersProve = secrets.publicKey === undefined;
  }

  async inbound(request: ProviderRequest): Promise<ProviderInbound> {
    this.verify(request);
    const fields = formFields(one(request.headers['content-type']) ?? '', request.body);
    const raw = fields.get('email');
    // SendGrid gives no id: the same mail to the same recipients is a repeat.
    const content = createHash('sha256')
      .update(fieldText(fields, 'envelope'))
      .update(raw ?? request.body)
      .digest('hex');
    if (raw === undefined)
      return { kind: 'unusable', why: 'no-content: the raw mail is not posted', onceKeys: [content] };
    const envelope = envelopeOf(fieldText(fields, 'envelope'));
    const from = textIn(envelope, 'from');
    const to = listIn(envelope, 'to')
      .filter((each) => typeof each === 'string')
      .join(', ');
    const authentication = verdictOf(fieldText(fields, 'dkim'), fieldText(fields, 'SPF'), from ?? '');
    return {
      kind: 'mail',
      mail: {
        raw,
        envelopeFrom: from === undefined ? null : bareId(from),
        envelopeTo: to || null,
        authentication,
        onceKeys: [content],
      },
    };
  }

  async events(request: ProviderRequest): Promise<DeliveryReport[]> {
    this.verify(request);
    const events: unknown = parseJson(request.body, 400);
    return (Array.isArray(events) ? events.slice(0, 5_000) : [events]).flatMap(eventOf);
  }

  /** The body need not be read where the signature header is missing. */
  wantHeaders(headers: ProviderRequest['headers']): void {
    if (this.secrets.publicKey === undefined) wantBasic(headers, this.secrets.auth ?? '');
    else if (one(headers['x-twilio-email-event-webhook-signature']) === undefined)
      throw new ProviderRefusal(401, 'bad-signature');
  }

  private verify({ headers, body }: ProviderRequest): void {
    if (this.secrets.publicKey === undefined) return this.wantHeaders(headers);
    const timestamp = one(headers['x-twilio-email-event-webhook-timestamp']) ?? '';
    const signature = one(headers['x-twilio-email-event-webhook-signature']) ?? '';
    const key = createPublicKey({ key: Buffer.from(this.secrets.publicKey, 'base64'), format: 'der', type: 'spki' });
    const good = createVerify('sha256').update(timestamp).update(body).verify(key, Buffer.from(signature, 'base64'));
    if (!good) throw new ProviderRefusal(401, 'bad-signature');
    wantRecent(timestamp, this.now(), longestRetrySeconds);
  }
}

function envelopeOf(text: string): Record<string, unknown> {
  try {
    return parseJson(text, 200);
  } catch {
    return {};
  }
}

/** `{@example.org : pass}` and `pass`, in the form of an Authentication-Results field. */
function verdictOf(dkim: string, spf: string, envelopeFrom: string): string | null {
  const signers = [...dkim.matchAll(/@([\w.-]{1,255})\s*:\s*([a-z]+)/gi)].map(
    ([, domain, result]) => `dkim=${result?.toLowerCase()} header.d=${domain}`,
  );
  const sent =
    /^[a-z]+$/i.test(spf) && /^[^\s;()"]+@[\w.-]+$/.test(envelopeFrom)
      ? [`spf=${spf.toLowerCase()} smtp.mailfrom=${envelopeFrom}`]
      : [];
  const results = [...signers, ...sent];
  return results.length === 0 ? null : [wayInAuthservId, ...results].join('; ');
}

function eventOf(event: unknown): DeliveryReport[] {
  const words = textIn(event, 'reason') ?? textIn(event, 'response') ?? '';
  const status = codeIn(textIn(event, 'status')) ?? codeIn(words);
  const id = textIn(event, 'smtp-id');
  const of = (kind: DeliveryReport['kind']): DeliveryReport[] => [
    {
      messageIds: id === undefined ? [] : [bareId(id)],
      recipient: textIn(event, 'email') ?? null,
      kind,
      status,
      eventId: textIn(event, 'sg_event_id') ?? null,
    },
  ];
  switch (textIn(event, 'event')) {
    case 'delivered':
      return of('delivered');
    case 'deferred':
      return of('delayed');
    case 'spamreport':
      return of('complained');
    case 'bounce':
      return of(failureKind(status, words, textIn(event, 'type') !== 'blocked'));
    case 'dropped':
      return of('soft');
    default:
      return [];
  }
}
