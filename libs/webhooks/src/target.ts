// Decides whether a URL may be a webhook's target: https, without credentials, and only at public addresses (contract,
// section 7.3).
// Called by scheduling-api when an endpoint is registered, and by notification-sender before each connection.
import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { z } from 'zod';
import { isPublicAddress } from './public-address';

export interface TargetRules {
  /** WEBHOOK_PRIVATE_TARGETS: addresses of private networks are allowed. */
  privateTargets: boolean;
  production: boolean;
}

/** Why a URL or an address is no target, in words for a person. */
export class TargetRefusal extends Error {
  override name = 'TargetRefusal';
}

/** A host of a URL without the brackets of IPv6. */
export const bareHost = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

const isLoopbackName = (host: string): boolean => /^(?:127\.\d+\.\d+\.\d+|::1|(?:[^.]+\.)*localhost\.?)$/.test(host);

/** Plain http to this machine, for development; a loopback name is not looked up. */
const isLocalTrial = (url: URL, rules: TargetRules): boolean =>
  !rules.production && url.protocol === 'http:' && isLoopbackName(bareHost(url));

const longestUrl = 2_000;

const mustBeHttps = ({ production }: TargetRules): string =>
  production ? 'must be an https URL' : 'must be an https URL; http is taken for this machine only';

/** The URL, checked as far as it can be without asking for addresses. Throws TargetRefusal. */
export function targetUrl(text: string, rules: TargetRules): URL {
  if (text.length > longestUrl) throw new TargetRefusal(`must be at most ${longestUrl} characters`);
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  if (!url) throw new TargetRefusal('must be an https URL');
  if (url.username !== '' || url.password !== '') throw new TargetRefusal('must not contain a user name or password');
  if (url.protocol !== 'https:' && !isLocalTrial(url, rules)) throw new TargetRefusal(mustBeHttps(rules));
  if (isIP(bareHost(url)) !== 0) allowAddresses(url, [bareHost(url)], rules);
  return url;
}

/** Throws TargetRefusal where one of the addresses of a target's host is not public. */
export function allowAddresses(url: URL, addresses: readonly string[], rules: TargetRules): void {
  if (rules.privateTargets || isLocalTrial(url, rules)) return;
  if (!addresses.every(isPublicAddress)) throw new TargetRefusal('must be at a public address');
}

/** All addresses of a host; rejects where it has none. */
export type Resolve = (host: string) => Promise<{ address: string; family: 4 | 6 }[]>;

const dnsTimeouts = { timeout: 3_000, tries: 2 };
/** The system's lookup takes one of Node's four threads, which letters need too. */
const systemLookups = { free: 2, queue: [] as (() => void)[] };

/**
 * Asks the name servers first, because a slow answer blocks no thread; a name they do not know is resolved by the
 * system (hosts file, search domains).
 */
export const resolveHost: Resolve = async (host) => {
  const resolver = new Resolver(dnsTimeouts);
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const found = [
    ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 as const })) : []),
    ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 as const })) : []),
  ];
  if (found.length > 0) return found;
  const codes = [four, six].map((each) => (each.status === 'rejected' ? (each.reason as { code?: string }).code : ''));
  if (codes.some((code) => code === 'ETIMEOUT')) throw new Error('the name servers do not respond');
  return systemLookup(host);
};

async function systemLookup(host: string): ReturnType<Resolve> {
  if (systemLookups.free > 0) systemLookups.free -= 1;
  else await new Promise<void>((resolve) => systemLookups.queue.push(resolve));
  try {
    const found = await lookup(host, { all: true });
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  } finally {
    const next = systemLookups.queue.shift();
    if (next) next();
    else systemLookups.free += 1;
  }
}

/**
 * The addresses of a checked URL's host, every one of them allowed. Throws TargetRefusal, or what kept the name from
 * being resolved.
 */
export async function targetAddresses(url: URL, rules: TargetRules, resolve: Resolve): ReturnType<Resolve> {
  const host = bareHost(url);
  const family = isIP(host);
  const found =
    family === 0 ? await resolve(host) : [{ address: host, family: family === 6 ? (6 as const) : (4 as const) }];
  allowAddresses(
    url,
    found.map(({ address }) => address),
    rules,
  );
  return found;
}

/** The setting of webhook targets (contract, section 7.9), for the app that takes URLs and the one that calls them. */
export const webhookSettings = {
  NODE_ENV: z.string().default('development'),
  WEBHOOK_PRIVATE_TARGETS: z.enum(['on', 'off']).default('off'),
};

/**
 * The rules that the settings give: private targets are allowed only where WEBHOOK_PRIVATE_TARGETS is on, http only
 * outside production.
 */
export const targetRulesOf = (settings: Readonly<z.infer<z.ZodObject<typeof webhookSettings>>>): TargetRules => ({
  privateTargets: settings.WEBHOOK_PRIVATE_TARGETS === 'on',
  production: settings.NODE_ENV === 'production',
});
