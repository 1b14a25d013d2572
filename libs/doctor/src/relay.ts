// Connects to each SMTP relay as the sender does: connection, TLS, login; and checks its certificate.
// Called by setup-checks.ts; no letter is sent.
import { checkServerIdentity } from 'node:tls';
import { needsTls, urlsIn } from '#contracts';
import { censor } from '#service';
import { endingFindings, type SeenCertificate, seenCertificate } from './certificates';
import type { Environment, Finding } from './finding';

const answerWithinMs = 10_000;

export async function relayFindings({ SMTP_URL }: Environment, now: Date): Promise<Finding[]> {
  const relays = urlsIn(SMTP_URL ?? '').filter((url) => URL.canParse(url));
  return (await Promise.all(relays.map((url) => findingsOf(url, now)))).flat();
}

async function findingsOf(url: string, now: Date): Promise<Finding[]> {
  const subject = `SMTP_URL ${new URL(url).host}`;
  let certificate: SeenCertificate | undefined;
  // Each app has the doctor, and only the sender needs nodemailer from its start on.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url,
    ...(needsTls(url) ? { requireTLS: true } : {}),
    connectionTimeout: answerWithinMs,
    greetingTimeout: answerWithinMs,
    socketTimeout: answerWithinMs,
    tls: {
      // Called with the certificate of a relay that is trusted; of any other the connection fails, which is reported
      // below.
      checkServerIdentity: (host, peer) => {
        certificate = seenCertificate(peer);
        return checkServerIdentity(host, peer);
      },
    },
  });
  try {
    await transport.verify();
    return certificate ? endingFindings(subject, certificate, now) : [];
  } catch (error) {
    return [unreachable(subject, error)];
  } finally {
    transport.close();
  }
}

function unreachable(subject: string, error: unknown): Finding {
  const { code, responseCode, message } = error as { code?: string; responseCode?: number; message?: string };
  const words = censor(message ?? '').split('\n')[0] ?? '';
  return {
    kind: 'relay-unreachable',
    subject,
    text: `${relayTroubleIn(String(responseCode ?? code ?? 'no code'))}: ${words}; no letter can be sent through it`,
    advice: 'repair the relay, or correct SMTP_URL; letters are kept and tried for two days',
  };
}

/** The meaning of the codes of an unusable relay. */
const troubles = new Map([
  ['ECONNECTION', 'the relay cannot be reached'],
  ['ECONNREFUSED', 'nothing responds at the address of the relay'],
  ['ESOCKET', 'the connection to the relay fails'],
  ['ETIMEDOUT', 'the relay does not respond in time'],
  ['EDNS', 'the host name of the relay cannot be resolved'],
  ['EPROTOCOL', 'the service at the address of the SMTP relay is no SMTP server'],
  ['ETLS', 'the connection to the relay cannot be encrypted'],
  ['EREQUIRETLS', 'the relay does not offer the encryption that a letter requires'],
  ['EAUTH', 'the relay refuses the user or password'],
]);

/** A clause about the relay, for a code of the ledger: `the relay refuses the user or password (535)`. */
export const relayTroubleIn = (code: string): string =>
  `${troubles.get(/^53\d$/.test(code) ? 'EAUTH' : code) ?? 'the relay cannot be used'} (${code})`;
