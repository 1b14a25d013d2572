// Checks the TLS certificates of PUBLIC_URL, of the broker and of the IMAP server, and when they end.
// Called by setup-checks.ts; relay.ts checks the SMTP relay's certificate, also behind STARTTLS.
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { urlsIn } from '#contracts';
import { plural } from '#service';
import type { Environment, Finding } from './finding';

const connectWithinMs = 5_000;
const dayMs = 86_400_000;
/**
 * Certificates that are valid for months are renewed a month before their end; short-lived ones after two thirds of
 * their time.
 */
const shortestLeftMs = 14 * dayMs;

export interface SeenCertificate {
  validFrom: Date;
  validTo: Date;
}

/** Of node:tls' PeerCertificate, whose dates are text. */
export const seenCertificate = (peer: { valid_from: string; valid_to: string }): SeenCertificate => ({
  validFrom: new Date(peer.valid_from),
  validTo: new Date(peer.valid_to),
});

const settings: [name: string, scheme: string, port: number][] = [
  ['PUBLIC_URL', 'https:', 443],
  ['RABBITMQ_URL', 'amqps:', 5671],
  ['IMAP_URL', 'imaps:', 993],
];

/** One finding a host whose certificate is about to end, is not trusted or could not be seen. */
export async function certificateFindings(setup: Environment, now: Date): Promise<Finding[]> {
  const asked = settings.flatMap(([name, scheme, port]) =>
    urlsIn(setup[name] ?? '')
      .flatMap((text) => URL.parse(text) ?? [])
      .filter(({ protocol }) => protocol === scheme)
      .map((url) => findingsAt(name, url.hostname, Number(url.port) || port, now)),
  );
  return (await Promise.all(asked)).flat();
}

async function findingsAt(name: string, hostname: string, port: number, now: Date): Promise<Finding[]> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const subject = `${name} ${host}:${port}`;
  try {
    const { certificate, distrust } = await certificateAt(host, port);
    // An expired certificate is not trusted for that reason alone: one finding is enough.
    const ending = endingFindings(subject, certificate, now);
    return distrust === null || ending.length > 0 ? ending : [distrusted(subject, distrust)];
  } catch (error) {
    const code = String((error as { code?: unknown }).code ?? 'no response');
    return [
      {
        level: 'notice',
        kind: 'certificate-unknown',
        subject,
        text: `its certificate could not be seen from here (${code})`,
      },
    ];
  }
}

const distrusted = (subject: string, why: string): Finding => ({
  kind: 'certificate-not-trusted',
  subject,
  text: `its certificate is not trusted here (${why})`,
  advice: 'renew it for this host name, or name its authority in NODE_EXTRA_CA_CERTS',
});

/** Empty where the certificate lasts long enough. */
export function endingFindings(subject: string, { validFrom, validTo }: SeenCertificate, now: Date): Finding[] {
  const left = validTo.getTime() - now.getTime();
  if (left > Math.min(shortestLeftMs, (validTo.getTime() - validFrom.getTime()) / 3)) return [];
  const days = Math.floor(Math.abs(left) / dayMs);
  const when = plural(days, 'day');
  return [
    {
      kind: left < 0 ? 'certificate-ended' : 'certificate-ends',
      subject,
      text: `its certificate ${left < 0 ? `ended ${when} ago` : `ends in ${when}`}, at ${validTo.toISOString()}`,
      advice: 'renew it, and see why that did not happen by itself',
    },
  ];
}

/** Connects by TLS, whatever the certificate is; rejects where there is none to be seen within 5 s. */
function certificateAt(host: string, port: number): Promise<{ certificate: SeenCertificate; distrust: string | null }> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, rejectUnauthorized: false, ...(isIP(host) ? {} : { servername: host }) });
    socket.setTimeout(connectWithinMs, () => socket.destroy(Object.assign(new Error('slow'), { code: 'ETIMEDOUT' })));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed')));
    socket.once('secureConnect', () => {
      // Node sets a code here, where its types say Error.
      const distrust = socket.authorized ? null : String(socket.authorizationError);
      resolve({ certificate: seenCertificate(socket.getPeerCertificate()), distrust });
      socket.destroy();
    });
  });
}
