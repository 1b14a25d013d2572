// Amazon SES: received mails and delivery events as SNS notifications. SNS repeats on 5xx and gives up on 4xx.
// Raw message delivery must be off (it is unsigned); the SNS action should encode its content as Base64.
import { codeIn, bareId, type DeliveryReport, failureKind } from '../hooks/delivery-report';
import { addressesIn, readHead } from '../interpret/mail';
import { domainOfAddress } from '../judge/domains';
import { wayInAuthservId } from '../judge/replying-party';
import {
  field,
  listIn,
  parseJson,
  type Provider,
  type ProviderInbound,
  type ProviderRequest,
  textIn,
} from './provider';
import type { Sns, SnsMessage } from './sns';

export class Ses implements Provider {
  readonly name = 'ses';
  readonly stopStatus = 403;

  constructor(private readonly sns: Sns) {}

  async inbound({ body }: ProviderRequest): Promise<ProviderInbound> {
    const message = await this.sns.open(body);
    if (await this.handshake(message)) return { kind: 'done' };
    const notice = parseJson(message.message, 200);
    if (textIn(notice, 'notificationType') !== 'Received') return { kind: 'done' };
    const content = textIn(notice, 'content');
    if (content === undefined)
      return { kind: 'unusable', why: 'no-content: the notification holds no mail', onceKeys: [message.messageId] };
    const base64 = textIn(notice, 'receipt', 'action', 'encoding') === 'BASE64';
    const recipients = listIn(notice, 'receipt', 'recipients').filter((each) => typeof each === 'string');
    const raw = Buffer.from(content, base64 ? 'base64' : 'utf8');
    const source = textIn(notice, 'mail', 'source');
    return {
      kind: 'mail',
      mail: {
        raw,
        envelopeFrom: source === undefined ? null : bareId(source),
        envelopeTo: recipients.join(', ') || null,
        authentication: verdictOf(notice, raw),
        onceKeys: [message.messageId],
      },
    };
  }

  async events({ body }: ProviderRequest): Promise<DeliveryReport[]> {
    const message = await this.sns.open(body);
    return (await this.handshake(message)) ? [] : eventsOf(parseJson(message.message, 200));
  }

  private async handshake(message: SnsMessage): Promise<boolean> {
    if (message.type === 'SubscriptionConfirmation') await this.sns.confirm(message);
    return message.type !== 'Notification';
  }
}

/**
 * GRAY means that the domain has no policy: neither a pass nor a failure. The verdict is about the From that SES read
 * and lists.
 */
function verdictOf(notice: unknown, raw: Buffer): string | null {
  const result = { PASS: 'pass', FAIL: 'fail' }[textIn(notice, 'receipt', 'dmarcVerdict', 'status') ?? ''];
  if (result === undefined) return null;
  const listed = listIn(notice, 'mail', 'commonHeaders', 'from').filter((each) => typeof each === 'string');
  const from = listed.length > 0 ? listed.flatMap(addressesIn) : readHead(raw).from;
  return `${wayInAuthservId}; dmarc=${result} header.from=${domainOfAddress(from[0] ?? '') ?? ''}`;
}

function eventsOf(event: unknown): DeliveryReport[] {
  const type = textIn(event, 'eventType') ?? textIn(event, 'notificationType');
  const messageIds = idsOf(event);
  const report = (
    recipient: unknown,
    kind: DeliveryReport['kind'],
    status: string | null,
    feedback: string,
  ): DeliveryReport => {
    const address = typeof recipient === 'string' ? recipient : (textIn(recipient, 'emailAddress') ?? null);
    return { messageIds, recipient: address, kind, status, eventId: `${type} ${feedback} ${address}` };
  };
  const statusOf = (recipient: unknown): string | null =>
    codeIn(textIn(recipient, 'status'), textIn(recipient, 'diagnosticCode'));
  // SES's id of the mail is used where an event has no id of its own.
  const id = (name: string): string =>
    textIn(event, name, 'feedbackId') ?? `${textIn(event, 'mail', 'messageId')} ${textIn(event, name, 'timestamp')}`;
  switch (type) {
    case 'Bounce':
      return listIn(event, 'bounce', 'bouncedRecipients').map((each) => {
        const permanent = textIn(event, 'bounce', 'bounceType') === 'Permanent';
        const status = statusOf(each);
        return report(each, failureKind(status, textIn(each, 'diagnosticCode') ?? '', permanent), status, id('bounce'));
      });
    case 'Complaint':
      return listIn(event, 'complaint', 'complainedRecipients').map((each) =>
        report(each, 'complained', null, id('complaint')),
      );
    case 'Delivery':
      return listIn(event, 'delivery', 'recipients').map((each) =>
        report(each, 'delivered', codeIn(textIn(event, 'delivery', 'smtpResponse')), id('delivery')),
      );
    case 'DeliveryDelay':
      return listIn(event, 'deliveryDelay', 'delayedRecipients').map((each) =>
        report(each, 'delayed', statusOf(each), id('deliveryDelay')),
      );
    default:
      return [];
  }
}

/** SES replaces the Message-ID of the mail; ours stays in the original headers of the event, and in References. */
function idsOf(event: unknown): string[] {
  const headers = listIn(event, 'mail', 'headers').flatMap((each) =>
    /^(?:message-id|references)$/i.test(textIn(each, 'name') ?? '')
      ? (textIn(each, 'value') ?? '').split(/[\s,]+/)
      : [],
  );
  const common = field(event, 'mail', 'commonHeaders', 'messageId');
  return [...headers, ...(typeof common === 'string' ? [common] : [])]
    .filter((each) => each !== '')
    .map(bareId)
    .slice(0, 20);
}
