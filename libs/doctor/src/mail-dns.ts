// Checks the DNS records of a mail domain: SPF, DKIM, DMARC, MX, and what is missing for letters to arrive and answers
// to come back.
// Called by `npm run doctor` with --dns, and without it for DKIM alone; asks through the resolver it is given and nothing else.
import { createPublicKey } from 'node:crypto';
import { Resolver } from 'node:dns/promises';

/** node:dns/promises' Resolver, or a test's. */
export interface MailResolver {
  resolveTxt(name: string): Promise<string[][]>;
  resolveMx(name: string): Promise<{ exchange: string; priority: number }[]>;
}

/** The name servers of this machine; one that does not answer costs 6 s. */
export const systemResolver = (): MailResolver => new Resolver({ timeout: 3_000, tries: 2 });

/** `weak` works but helps less than it could; `unknown` could not be found out. `advice`: what to publish or change. */
export interface RecordFinding {
  record: 'SPF' | 'DKIM' | 'DMARC' | 'MX';
  state: 'ok' | 'weak' | 'missing' | 'broken' | 'unknown';
  says: string;
  advice: string | null;
}

export interface Signer {
  /** The `s=` of signatures; without it DKIM cannot be looked up. */
  selector: string | undefined;
  /** PEM of the key in use: whether it belongs to the published one. */
  privateKey?: string | undefined;
}

type Answer = Omit<RecordFinding, 'record'>;
const ok = (says: string): Answer => ({ state: 'ok', says, advice: null });
const finding = (state: RecordFinding['state'], says: string, advice: string | null): Answer => ({
  state,
  says,
  advice,
});

/**
 * One finding a record, in the order in which to fix them. Rejects never: a name server that fails is `unknown`.
 */
export async function checkMailDns(domain: string, signer: Signer, resolver: MailResolver): Promise<RecordFinding[]> {
  return Promise.all([
    findingOf('SPF', spf(domain, resolver)),
    dkimRecord(domain, signer, resolver),
    findingOf('DMARC', dmarc(domain, resolver)),
    findingOf('MX', mx(domain, resolver)),
  ]);
}

/** The finding about the key that signatures are checked with. Rejects never. */
export const dkimRecord = (domain: string, signer: Signer, resolver: MailResolver): Promise<RecordFinding> =>
  findingOf('DKIM', dkim(domain, signer, resolver));

const findingOf = async (record: RecordFinding['record'], answer: Promise<Answer>): Promise<RecordFinding> => ({
  record,
  ...(await answer.catch((error: unknown) =>
    finding('unknown', `could not be looked up (${codeOf(error)})`, 'Try again, or ask another name server.'),
  )),
});

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? 'fault');

/** A name without such a record is an answer; a server that fails is not. */
async function orNone<T>(asked: Promise<T[]>): Promise<T[]> {
  try {
    return await asked;
  } catch (error) {
    if (['ENOTFOUND', 'ENODATA'].includes(codeOf(error))) return [];
    throw error;
  }
}

const texts = async (resolver: MailResolver, name: string, begins: RegExp): Promise<string[]> =>
  (await orNone(resolver.resolveTxt(name))).map((parts) => parts.join('')).filter((text) => begins.test(text));

const spfRecord = /^v=spf1(?: |$)/i;
/** RFC 7208 4.6.4: a record that needs more look-ups is an error for every receiver. */
const mostLookups = 10;

async function spf(domain: string, resolver: MailResolver): Promise<Answer> {
  const records = await texts(resolver, domain, spfRecord);
  const [record] = records;
  const publish = `TXT ${domain}: "v=spf1 include:<your relay's SPF name> -all"`;
  if (record === undefined) return finding('missing', 'no TXT record begins with v=spf1', `Publish ${publish}`);
  // RFC 7208 4.5: permerror.
  if (records.length > 1)
    return finding('broken', `${records.length} records, receivers take none of them`, 'Merge them into one.');
  const lookups = await spfLookups(record, resolver, mostLookups + 1);
  if (lookups > mostLookups)
    return finding(
      'broken',
      `more than ${mostLookups} look-ups: ${record}`,
      'Take out includes that are no longer used.',
    );
  const last = /(?:^|\s)([-~?+]?)all(?:\s|$)/i.exec(record)?.[1];
  if (last === undefined && !/\sredirect=/i.test(record))
    return finding('weak', `no "all" at the end: ${record}`, 'End it with -all or ~all.');
  if (last === '+' || last === '' || last === '?')
    return finding('weak', `lets everybody send: ${record}`, 'End it with -all or ~all.');
  return ok(record);
}

/** Look-ups that a record costs, those of what it includes among them; counts no further than `limit`. */
async function spfLookups(record: string, resolver: MailResolver, limit: number): Promise<number> {
  let count = 0;
  for (const term of record.split(/\s+/).slice(1)) {
    const [, kind, name] =
      /^[-~?+]?(include:|redirect=|exists:|a|mx|ptr)(?:(?<=[:=])([^\s/]+)|[:/].*)?$/i.exec(term) ?? [];
    if (kind === undefined) continue;
    count += 1;
    if (count >= limit) return count;
    if (!/^(?:include:|redirect=)$/i.test(kind) || name === undefined) continue;
    const [inner] = await texts(resolver, name, spfRecord);
    if (inner !== undefined) count += await spfLookups(inner, resolver, limit - count);
    if (count >= limit) return count;
  }
  return count;
}

async function dkim(domain: string, { selector, privateKey }: Signer, resolver: MailResolver): Promise<Answer> {
  if (selector === undefined)
    return finding(
      'unknown',
      'no selector is known',
      "Set DKIM_SELECTOR or say --selector NAME: the s= of your relay's or our signatures.",
    );
  const name = `${selector}._domainkey.${domain}`;
  const [record] = await texts(resolver, name, /(?:^|;)\s*p=/i);
  if (record === undefined)
    return finding(
      'missing',
      `no key at ${name}`,
      `Publish TXT ${name}: "v=DKIM1; k=rsa; p=${ownKey(privateKey) ?? '<public key, base64>'}"`,
    );
  const tags = tagsOf(record);
  const published = (tags.get('p') ?? '').replaceAll(/\s/g, '');
  if (published === '')
    return finding(
      'broken',
      `the key at ${name} is revoked (empty p=)`,
      'Sign with another selector, or publish the key again.',
    );
  const bits = bitsOf(published, tags.get('k') ?? 'rsa');
  if (bits === null)
    return finding(
      'broken',
      `the key at ${name} cannot be read`,
      'Publish p= as the base64 of the public key, nothing else.',
    );
  const own = ownKey(privateKey);
  if (own !== null && own !== published)
    return finding('broken', `the key at ${name} is not that of DKIM_PRIVATE_KEY`, `Publish p=${own}`);
  // RFC 8301 3.2: at least 1024 bits, 2048 for preference.
  if (bits < 1024)
    return finding('broken', `the key at ${name} has ${bits} bits, receivers refuse it`, 'Make one of 2048 bits.');
  if (bits < 2048) return finding('weak', `the key at ${name} has ${bits} bits`, 'Make one of 2048 bits.');
  if (tags.get('t')?.split(':').includes('y'))
    return finding('weak', `the key at ${name} says it is being tested (t=y)`, 'Take t=y out.');
  return ok(`${bits} bits at ${name}`);
}

const tagsOf = (record: string): Map<string, string> =>
  new Map(
    record.split(';').flatMap((tag) => {
      const at = tag.indexOf('=');
      return at < 0 ? [] : [[tag.slice(0, at).trim().toLowerCase(), tag.slice(at + 1).trim()]];
    }),
  );

/**
 * Bits of a published key; an Ed25519 key (RFC 8463: the bare 32 bytes) counts as strong as RSA with 3072. null:
 * unreadable.
 */
function bitsOf(base64: string, kind: string): number | null {
  const bytes = Buffer.from(base64, 'base64');
  if (kind.toLowerCase() === 'ed25519') return bytes.length === 32 ? 3072 : null;
  try {
    return createPublicKey({ key: bytes, format: 'der', type: 'spki' }).asymmetricKeyDetails?.modulusLength ?? null;
  } catch {
    return null;
  }
}

function ownKey(pem: string | undefined): string | null {
  return pem === undefined
    ? null
    : createPublicKey(pem.replaceAll('\\n', '\n')).export({ type: 'spki', format: 'der' }).toString('base64');
}

async function dmarc(domain: string, resolver: MailResolver): Promise<Answer> {
  const labels = domain.split('.');
  // The domain itself, then its parents, but never a top-level domain: RFC 7489 6.6.3, and the tree walk that
  // succeeds it.
  for (let from = 0; from < Math.max(1, labels.length - 1); from += 1) {
    const at = labels.slice(from).join('.');
    const records = await texts(resolver, `_dmarc.${at}`, /^v=DMARC1\b/i);
    if (records.length > 0) return dmarcOf(records, at, from > 0);
  }
  const report = `TXT _dmarc.${domain}: "v=DMARC1; p=none; rua=mailto:<where reports go>"`;
  return finding(
    'missing',
    `no record at _dmarc.${domain}`,
    `Publish ${report}, and p=quarantine once the reports are clean.`,
  );
}

function dmarcOf(records: string[], at: string, inherited: boolean): Answer {
  const [record = ''] = records;
  if (records.length > 1)
    return finding('broken', `${records.length} records at _dmarc.${at}, receivers take none of them`, 'Keep one.');
  const tags = tagsOf(record);
  const policy = ((inherited ? tags.get('sp') : undefined) ?? tags.get('p'))?.toLowerCase();
  if (policy === undefined || !['none', 'quarantine', 'reject'].includes(policy))
    return finding('broken', `no policy: ${record}`, 'Set p=none, p=quarantine or p=reject.');
  const where = inherited ? ` (from ${at})` : '';
  if (policy === 'none')
    return finding(
      'weak',
      `p=none${where}: forged mail is delivered`,
      'Set p=quarantine or p=reject once the reports are clean.',
    );
  return ok(`p=${policy}${where}`);
}

async function mx(domain: string, resolver: MailResolver): Promise<Answer> {
  const servers = await orNone(resolver.resolveMx(domain));
  if (servers.length === 0)
    return finding(
      'missing',
      'no MX: replies of calendar apps cannot be received',
      `Publish an MX that leads to the ingestor (docs/mail.md).`,
    );
  // RFC 7505.
  if (servers.every(({ exchange }) => exchange === '' || exchange === '.'))
    return finding('broken', 'a null MX: the domain takes no mail', 'Name a mail server that leads to the ingestor.');
  return ok(
    [...servers]
      .sort((a, b) => a.priority - b.priority)
      .map(({ exchange }) => exchange)
      .join(', '),
  );
}
