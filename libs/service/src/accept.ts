// Reads what a client prefers, from Accept or Accept-Language (RFC 9110 12.4.2 and 12.5).
// Called where a response can be a page or JSON, and where a page can be in several languages.

/** `value`: a media type or a language range, as the client wrote it. */
export interface Preference {
  value: string;
  /** 1 where the client gives none; 0 says "not this one". */
  weight: number;
}

/** The entries of the header in its own order; parameters other than the weight are dropped. */
export const preferencesIn = (header: string): Preference[] =>
  header.split(',').map((entry) => ({
    value: entry.split(';')[0]?.trim() ?? '',
    weight: Number(/;\s*q=([\d.]+)/i.exec(entry)?.[1] ?? 1),
  }));

/** The language ranges of Accept-Language (RFC 9110 12.5.4), the most wanted first; equal ones in the header's order. */
export const languagesIn = (header: string): string[] =>
  preferencesIn(header)
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ value }) => value);

/**
 * Whether Accept prefers a page to JSON (RFC 9110 12.5.1); null where it prefers neither: then the kind of request
 * decides. Types are compared without regard to case.
 */
export function prefersPage(accept: string | undefined): boolean | null {
  const preferences = preferencesIn(accept?.toLowerCase() ?? '');
  const weightOf = (type: RegExp): number =>
    Math.max(0, ...preferences.filter(({ value }) => type.test(value)).map(({ weight }) => weight));
  const page = weightOf(/^(?:text\/html|application\/xhtml\+xml)\b/);
  const json = weightOf(/^application\/(?:[a-z.-]+\+)?json\b/);
  return page === json ? null : page > json;
}
