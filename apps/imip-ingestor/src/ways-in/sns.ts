// Decides whether a message comes from Amazon SNS: the signature over its canonical string, by a certificate that only
// Amazon can serve.
// Called by ses.ts. URLs in a message are fetched only where they are SNS's own.
import { createVerify, X509Certificate } from 'node:crypto';
import { parseJson, textIn, ProviderRefusal } from './provider';

export type Fetch = (
  url: string,
  init: { redirect: 'error'; signal: AbortSignal },
) => Promise<{ ok: boolean; text(): Promise<string> }>;

export interface SnsMessage {
  type: 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';
  messageId: string;
  topicArn: string;
  message: string;
  subscribeUrl: string | undefined;
}

const snsHost = /^sns\.[a-z0-9-]{1,30}\.amazonaws\.com(?:\.cn)?$/;
const certificatesKept = 20;
const cachedForMs = 24 * 3_600_000;
const timeoutMs = 5_000;

export class Sns {
  private readonly certificates = new Map<string, { pem: string; at: number }>();

  constructor(
    private readonly topics: ReadonlySet<string>,
    private readonly fetch: Fetch,
    private readonly now: () => Date,
  ) {}

  /**
   * Reads and verifies a message. Throws ProviderRefusal: 403 for a bad signature, 503 where the certificate could not be
   * fetched.
   */
  async open(body: Buffer): Promise<SnsMessage> {
    const raw = parseJson(body, 400);
    const type = textIn(raw, 'Type');
    if (type !== 'Notification' && type !== 'SubscriptionConfirmation' && type !== 'UnsubscribeConfirmation')
      throw new ProviderRefusal(403, 'not-an-sns-message');
    const topicArn = textIn(raw, 'TopicArn') ?? '';
    // Any customer of Amazon gets valid signatures for their own topics.
    if (!this.topics.has(topicArn)) throw new ProviderRefusal(403, 'foreign-topic');
    const algorithm = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' }[textIn(raw, 'SignatureVersion') ?? ''];
    if (algorithm === undefined) throw new ProviderRefusal(403, 'bad-signature');
    const certificate = await this.certificate(textIn(raw, 'SigningCertURL') ?? textIn(raw, 'SigningCertUrl') ?? '');
    const good = isSigned(algorithm, canonical(raw, type), certificate, textIn(raw, 'Signature') ?? '');
    if (!good) throw new ProviderRefusal(403, 'bad-signature');
    return {
      type,
      messageId: textIn(raw, 'MessageId') ?? '',
      topicArn,
      message: textIn(raw, 'Message') ?? '',
      subscribeUrl: textIn(raw, 'SubscribeURL'),
    };
  }

  /** The handshake of a new subscription, after `open`. */
  async confirm({ subscribeUrl }: SnsMessage): Promise<void> {
    const url = snsUrl(subscribeUrl ?? '');
    if (url === null) throw new ProviderRefusal(403, 'foreign-address');
    await this.get(url);
  }

  private async certificate(address: string): Promise<string> {
    const url = snsUrl(address);
    if (url === null || !/^\/[\w./-]+\.pem$/.test(url.pathname)) throw new ProviderRefusal(403, 'foreign-address');
    const now = this.now().getTime();
    const kept = this.certificates.get(url.href);
    if (kept && now - kept.at < cachedForMs) return kept.pem;
    const pem = await this.get(url);
    if (!isCertificate(pem, this.now())) throw new ProviderRefusal(403, 'bad-certificate');
    if (this.certificates.size >= certificatesKept) this.certificates.clear();
    this.certificates.set(url.href, { pem, at: now });
    return pem;
  }

  private async get(url: URL): Promise<string> {
    try {
      const response = await this.fetch(url.href, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
      if (response.ok) return (await response.text()).slice(0, 64 * 1024);
    } catch {
      // Said below.
    }
    throw new ProviderRefusal(503, 'sns-not-reached');
  }
}

/** An https URL on SNS's own hosts, without port, user or query; null for any other. */
function snsUrl(address: string): URL | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const plain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
  return plain && snsHost.test(url.hostname) ? url : null;
}

function isCertificate(pem: string, now: Date): boolean {
  try {
    const certificate = new X509Certificate(pem);
    return new Date(certificate.validFrom) <= now && now <= new Date(certificate.validTo);
  } catch {
    return false;
  }
}

function isSigned(algorithm: string, text: string, certificate: string, signature: string): boolean {
  try {
    return createVerify(algorithm)
      .update(text, 'utf8')
      .verify(new X509Certificate(certificate).publicKey, signature, 'base64');
  } catch {
    return false;
  }
}

/**
 * The signed string: the type's fields by name, each name and value on a line of its own; Subject only where there is
 * one.
 */
function canonical(raw: Record<string, unknown>, type: SnsMessage['type']): string {
  const names =
    type === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  return names
    .flatMap((name) => {
      const value = textIn(raw, name);
      return value === undefined ? [] : [`${name}\n${value}\n`];
    })
    .join('');
}
