// The page for an unknown path or method: a person who followed a broken link gets a page, never JSON.
// Called by problem.ts; scheduling-api brings a page of its own, in the reader's language.

/** Makes the page from the request's Accept-Language. */
export type UnknownPage = (acceptLanguage: string | undefined) => { page: string; headers: Record<string, string> };

/** For apps without pages of their own. No script, nothing loaded. */
export const plainUnknownPage: UnknownPage = () => ({
  page:
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" ` +
    `content="width=device-width, initial-scale=1"><title>Page not found</title></head><body><h1>Page not ` +
    `found</h1><p>There is nothing at this address. Please check that the whole address was opened.</p></body></html>`,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; frame-ancestors 'none'; base-uri 'none'`,
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
  },
});
