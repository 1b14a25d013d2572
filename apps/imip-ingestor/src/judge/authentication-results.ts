// Decides what the trusted mail server's results say about the sender of a mail (RFC 8601), not what follows from them.
// Called by replying-party.ts; only fields of the configured AUTHSERV_ID are read, every other may be the sender's own
// invention.
import { isSameOrganization, speaksFor } from './domains';
import { domainOfValue, type MethodResult, readResultField } from './result-fields';

/**
 * `pass`: an aligned pass for the From domain. `fail`: a failure and no aligned pass. `doubt`: the results are about
 * another From, or cannot be parsed to the end.
 */
export type Authenticity = 'pass' | 'fail' | 'doubt' | 'none';

/**
 * What the Authentication-Results fields of `authservId` say about a From of `fromDomain` (a comparable domain). For
 * each method the topmost field with it counts: the server adds its own above those of the sender (RFC 8601 5).
 */
export function authenticityOf(fields: readonly string[], authservId: string, fromDomain: string): Authenticity {
  const { of, isClosed } = resultsOf(fields, authservId);
  const dmarc = of('dmarc').map((each) => ({ ...each, from: domainOfValue(each.properties.get('header.from')) }));
  // RFC 7489 11.1: DMARC is about one From; where the server read another one, one of the two may be forged.
  const isAboutAnother = dmarc.some(({ properties, from }) => properties.has('header.from') && from !== fromDomain);
  if (isAboutAnother || !isClosed) return 'doubt';
  if (dmarc.some(({ result }) => result === 'fail')) return 'fail';
  if (dmarc.some(({ result, from, isSound }) => result === 'pass' && isSound && from === fromDomain)) return 'pass';
  const checks = [...of('dkim'), ...of('spf')];
  const isAligned = (each: MethodResult): boolean => {
    const speakingDomain = domainOfResult(each);
    return speakingDomain !== null && speaksFor(speakingDomain, fromDomain);
  };
  if (checks.some((each) => each.result === 'pass' && each.isSound && isAligned(each))) return 'pass';
  return checks.some(({ result }) => result === 'fail') ? 'fail' : 'none';
}

/**
 * Whether the fields say that a mail does not come from the organization of `domain`, whatever its From: one of its
 * DKIM or SPF results failed (a soft failure counts) and none passed.
 */
export function deniesOrganization(fields: readonly string[], authservId: string, domain: string): boolean {
  const { of, isClosed } = resultsOf(fields, authservId);
  const own = [...of('dkim'), ...of('spf')].filter((each) => {
    const speakingDomain = domainOfResult(each);
    return speakingDomain !== null && isSameOrganization(speakingDomain, domain);
  });
  const hasPassed = own.some(({ result, isSound }) => result === 'pass' && isSound);
  return !isClosed || (!hasPassed && own.some(({ result }) => result === 'fail' || result === 'softfail'));
}

/** The domain that a result is about. */
function domainOfResult({ method, properties }: MethodResult): string | null {
  if (method === 'spf') return domainOfValue(properties.get('smtp.mailfrom'));
  return domainOfValue(properties.get('header.d') ?? properties.get('header.i'));
}

function resultsOf(
  fields: readonly string[],
  authservId: string,
): { of: (method: string) => MethodResult[]; isClosed: boolean } {
  const own = fields.map(readResultField).filter((each) => each.authservId === authservId.toLowerCase());
  const byMethod = new Map<string, MethodResult[]>();
  for (const { results } of own) {
    for (const [method, those] of Map.groupBy(results, (each) => each.method))
      if (!byMethod.has(method)) byMethod.set(method, those);
  }
  return { of: (method) => byMethod.get(method) ?? [], isClosed: own.every((each) => each.isClosed) };
}
