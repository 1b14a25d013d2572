// Decides whether the password in a URL of a setting may travel without TLS (contract, section 7.1), and reads lists
// of URLs (7.8).
// Called by the settings of SMTP, IMAP, AMQP and Postgres, and where those connections are made.
import { z } from 'zod';

/** Several URLs with commas between them: a comma belongs to a URL unless another one begins behind it. */
export const urlsIn = (text: string): string[] => itemsOf(text).filter((each) => each !== '');

/** What stands in docker/k8s/secrets.yaml for each secret. */
const placeholder = 'change-me';

const itemsOf = (text: string): string[] => text.split(/,\s*(?=[a-z][a-z0-9+.-]*:\/\/)/i).map((each) => each.trim());

/**
 * A setting that is one URL, or several with commas. Its fault names the rule, and of several the number of the item;
 * never a value. `guard` is one more rule for each URL, which also gets its place from 0.
 */
export function urlList(
  schemes: readonly string[],
  guard: (url: string, place: number) => string | undefined = () => undefined,
): z.ZodType<string, string> {
  const faultOf = (text: string): string | undefined => {
    const items = itemsOf(text);
    const faults = items.map((item, place) => urlFault(item, schemes) ?? guard(item, place));
    const at = faults.findIndex((fault) => fault !== undefined);
    return items.length > 1 && at >= 0 ? `item ${at + 1} ${faults[at]}` : faults[at];
  };
  return z
    .string()
    .refine((text) => faultOf(text) === undefined, { error: ({ input }) => faultOf(input as string) ?? '' });
}

function urlFault(item: string, schemes: readonly string[]): string | undefined {
  if (item.endsWith(',')) return 'ends with a comma and no URL behind it';
  const [, authority = ''] = /^[^/]*\/\/([^/?#]*)/.exec(item) ?? [];
  if (authority.slice(authority.lastIndexOf('@') + 1).includes(','))
    return 'names several hosts: write a whole URL for each, with commas between them';
  const url = URL.parse(item);
  if (url === null || !schemes.includes(url.protocol.slice(0, -1))) return `must be a URL with ${schemes.join(' or ')}`;
  return url.password === placeholder ? `has the password ${placeholder}: put in the real one` : undefined;
}

/**
 * Whether a host is this machine: `localhost` and names under it (RFC 6761, 6.3), 127.0.0.0/8, ::1; with or without
 * brackets.
 */
export function isLoopbackHost(host: string): boolean {
  const plain = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  return (
    plain === 'localhost' || plain.endsWith('.localhost') || plain === '::1' || /^127(?:\.\d{1,3}){3}$/.test(plain)
  );
}

/**
 * Whether this URL carries a password to another machine, and does not say `insecure=1`: then it must not travel in
 * the clear.
 */
export function needsTls(address: string): boolean {
  const url = new URL(address);
  return url.password !== '' && !isLoopbackHost(url.hostname) && url.searchParams.get('insecure') !== '1';
}

const isTlsScheme = (url: URL): boolean => /^(?:smtps|imaps|amqps):$/.test(url.protocol);
/** Query options of nodemailer that would send the password in the clear. */
const lifted = (url: URL): boolean =>
  url.searchParams.get('ignoreTLS') === 'true' ||
  url.searchParams.get('secure') === 'false' ||
  url.searchParams.get('requireTLS') === 'false';

/**
 * Whether a mail server's URL (smtp, smtps, imap, imaps) is fit to carry its password: by TLS from the start, or by
 * STARTTLS that is demanded where the connection is made, and which the URL's own options do not lift.
 */
export const guardsMailPassword = (address: string): boolean => !needsTls(address) || !lifted(new URL(address));

/** The same for a broker's URL: AMQP has no STARTTLS. */
export const guardsBrokerPassword = (address: string): boolean => !needsTls(address) || isTlsScheme(new URL(address));

/** For the message of a fault at start. */
export const tlsFault = (scheme: 'smtps' | 'imaps' | 'amqps'): string =>
  `holds a password that would travel in the clear: use ${scheme}, or say insecure=1 in the URL where the network is trusted`;
