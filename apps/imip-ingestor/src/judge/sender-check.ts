// Our own SPF, DKIM and DMARC check, for an SMTP relay in front that checks nothing but reports who connected.
// Called by the reader before its transaction; the result has the form of an Authentication-Results field, so that
// judge reads it like any other.
import { resolve } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AuthenticateResult, DNSResolver } from 'mailauth';
import { wayInAuthservId } from './replying-party';
import type { EnvelopeSender } from '../interpret/mail';

export interface Connection {
  /** IP address of the client. */
  address: string;
  /** The name in its HELO; null where unknown. */
  helo: string | null;
  envelopeFrom: EnvelopeSender;
}

/** DNS records that do not arrive in time count as missing: the result then is neither for nor against the sender. */
const timeoutMs = 5_000;

export class SenderCheck {
  constructor(private readonly resolver: DNSResolver = async (name, type) => (await resolve(name, type)) as string[]) {}

  /** null where the check has no result, for whatever reason: a check that fails must not delay a mail. */
  async of(raw: Buffer, { address, helo, envelopeFrom }: Connection): Promise<string | null> {
    if (isIP(address) === 0) return null;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<null>((done) => (timer = setTimeout(() => done(null), timeoutMs)));
    try {
      // Loaded with the first mail that needs it.
      const { authenticate } = await import('mailauth');
      const options = {
        ip: address,
        helo: helo ?? address,
        mta: wayInAuthservId,
        disableArc: true,
        disableBimi: true,
        resolver: this.resolver,
      };
      const work = authenticate(raw, { ...options, ...(envelopeFrom ? { sender: envelopeFrom } : {}) });
      // A rejection after the timeout is ignored.
      work.catch(() => undefined);
      const result = await Promise.race([work, tooLate]);
      return result === null ? null : fieldOf(result);
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Only what passed or failed for good; a changed body gives DKIM's `neutral`, which is neither. */
function fieldOf({ dkim, spf, dmarc }: AuthenticateResult): string | null {
  const from = dmarc === false ? undefined : dmarc?.status.header?.from;
  const dmarcResult = dmarc === false || dmarc === undefined ? 'none' : dmarc.status.result;
  const results = [
    ...(final(dmarcResult) && isDomain(from) ? [`dmarc=${dmarcResult} header.from=${from}`] : []),
    ...(dkim?.results ?? []).flatMap(({ status, signingDomain }) =>
      final(status.result) && isDomain(signingDomain) ? [`dkim=${status.result} header.d=${signingDomain}`] : [],
    ),
    ...(spf && spf.status.result === 'pass' && isDomain(spf.domain) ? [`spf=pass smtp.mailfrom=${spf.domain}`] : []),
  ];
  return results.length === 0 ? null : [wayInAuthservId, ...results].join('; ');
}

const final = (result: string): boolean => result === 'pass' || result === 'fail';
const isDomain = (text: string | undefined): text is string => text !== undefined && /^[\w.-]{1,255}$/.test(text);
