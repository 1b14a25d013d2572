// Decides what kind of request this is: a person's page load, a machine's look, a form of ours or another site's
// (contract, section 4).
// Called by links.controller.ts once a request.
import type { FastifyRequest } from 'fastify';
import { languagesIn, prefersPage } from '#service';
import { isWritten } from '#words';

export interface PageVisit {
  /** A GET that a person's browser makes to show a page. HEAD, prefetch and every other client only look. */
  pageLoad: boolean;
  /** Answer with the friendly page, else with JSON or problem+json. */
  wantsPage: boolean;
  /** A POST that another site's page made the browser send. */
  crossSite: boolean;
  /** BCP 47, for a reader of whom nothing else is known. */
  language: string;
}

export function visitOf({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>): PageVisit {
  const header = (name: string): string | undefined => headers[name]?.toString().toLowerCase();
  const accept = header('accept') ?? '';
  const json = header('content-type')?.startsWith('application/json') ?? false;
  return {
    pageLoad:
      method === 'GET' &&
      !prefetchNames.some((name) => headers[name] !== undefined) &&
      isDocument(header('sec-fetch-dest'), accept),
    wantsPage: prefersPage(accept) ?? !json,
    crossSite: header('sec-fetch-site') === 'cross-site',
    language: browserLanguage(header('accept-language')),
  };
}

/**
 * A browser that loads a page in advance sends one of these headers; none is sent with a page that a person sees now.
 */
const prefetchNames = ['purpose', 'sec-purpose', 'x-purpose', 'x-moz'];

const isDocument = (destination: string | undefined, accept: string): boolean =>
  destination === undefined ? accept.includes('text/html') : destination === 'document';

/** Of the languages that we write, the one that a browser wants most (BCP 47); English where it wants none of them. */
export const browserLanguage = (acceptLanguage = ''): string => languagesIn(acceptLanguage).find(isWritten) ?? 'en';
