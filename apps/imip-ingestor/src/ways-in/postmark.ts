// Postmark: JSON with the raw mail in `RawEmail` (its setting "Include raw email content" must be on); Basic
// authentication in the hook's address.
// 403 makes Postmark drop a mail; anything else but 200 makes it try again for ten hours.
import { createHash } from 'node:crypto';
import { codeIn, type DeliveryReport, failureKind } from '../hooks/delivery-report';
import {
  field,
  parseJson,
  type Provider,
  type ProviderInbound,
  type ProviderRequest,
  textIn,
  wantBasic,
} from './provider';

export class Postmark implements Provider {
  readonly name = 'postmark';
  readonly stopStatus = 403;
  readonly headersProve = true;

  /** `auth`: user:password. */
  constructor(private readonly auth: string) {}

  wantHeaders(headers: ProviderRequest['headers']): void {
    wantBasic(headers, this.auth);
  }

  async inbound({ headers, body }: ProviderRequest): Promise<ProviderInbound> {
    this.wantHeaders(headers);
    const notice = parseJson(body, 403);
    // Without an id a repeat is recognized by equal bytes.
    const onceKey = textIn(notice, 'MessageID') || createHash('sha256').update(body).digest('hex');
    const raw = textIn(notice, 'RawEmail');
    if (raw === undefined || raw === '')
      return { kind: 'unusable', why: 'no-content: RawEmail is missing', onceKeys: [onceKey] };
    // Postmark reports the envelope sender only in a header that it adds; readMail reads it there.
    const envelopeTo = textIn(notice, 'OriginalRecipient') ?? textIn(notice, 'To') ?? null;
    return {
      kind: 'mail',
      mail: {
        raw: Buffer.from(raw, 'utf8'),
        envelopeFrom: null,
        envelopeTo,
        authentication: null,
        onceKeys: [onceKey],
      },
    };
  }

  async events({ headers, body }: ProviderRequest): Promise<DeliveryReport[]> {
    this.wantHeaders(headers);
    return eventsOf(parseJson(body, 403));
  }
}

/** These are no failures: an automatic reply, an unsubscribe request, a notice about the address. */
const noFailures = new Set([
  'AutoResponder',
  'Subscribe',
  'Unsubscribe',
  'AddressChange',
  'OpenRelayTest',
  'ChallengeVerification',
]);

function eventsOf(event: unknown): DeliveryReport[] {
  const type = textIn(event, 'Type') ?? '';
  const words = `${textIn(event, 'Details') ?? ''} ${textIn(event, 'Description') ?? ''}`;
  const status = codeIn(textIn(event, 'Details'));
  const of = (kind: DeliveryReport['kind'], recipient: string | undefined): DeliveryReport[] => {
    const id = field(event, 'ID');
    const eventId = `${textIn(event, 'RecordType')} ${typeof id === 'number' || typeof id === 'string' ? id : textIn(event, 'MessageID')}`;
    // `MessageID` is Postmark's; ours is known only where Postmark was configured to keep it, and then is in the
    // metadata.
    const own = textIn(event, 'Metadata', 'message-id');
    return [{ messageIds: own === undefined ? [] : [own], recipient: recipient ?? null, kind, status, eventId }];
  };
  switch (textIn(event, 'RecordType')) {
    case 'Delivery':
      return of('delivered', textIn(event, 'Recipient'));
    case 'SpamComplaint':
      return of('complained', textIn(event, 'Email'));
    case 'Bounce':
      if (noFailures.has(type)) return [];
      if (type === 'SpamNotification' || type === 'SpamComplaint') return of('complained', textIn(event, 'Email'));
      if (type === 'Transient') return of('delayed', textIn(event, 'Email'));
      return of(
        failureKind(status, status === null ? '' : words, type === 'HardBounce' || type === 'BadEmailAddress'),
        textIn(event, 'Email'),
      );
    default:
      return [];
  }
}
