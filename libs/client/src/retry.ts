// Tries a request again where the service asks for it (429, 503) or was not reached. Every POST has its
// Idempotency-Key, so nothing happens twice.
// Used by client.ts as the fetch of all calls.
import { setTimeout as wait } from 'node:timers/promises';

export interface Retries {
  /** How often a call is tried, the first time included; default 5. 1: no retry. */
  attempts?: number;
  /** The first wait in milliseconds where the service names none; it doubles each time. Default 500. */
  firstWaitMs?: number;
  /** Used instead of the global fetch. */
  fetch?: (input: Request) => Promise<Response>;
}

const longestWaitMs = 60_000;

/** Retry-After in seconds or as a date (RFC 9110 10.2.3), in milliseconds; null where there is none. */
function retryAfterMs(response: Response): number | null {
  const given = response.headers.get('retry-after');
  if (given === null) return null;
  const ms = /^\d+$/.test(given) ? Number(given) * 1_000 : Date.parse(given) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/**
 * A fetch that tries again after 429, 503 and a connection that failed; resolves with the last response, rejects with the
 * last error. A wait ends with the request's signal.
 */
export function retryingFetch({ attempts = 5, firstWaitMs = 500, fetch: send = fetch }: Retries) {
  return async (request: Request): Promise<Response> => {
    for (let attempt = 1; ; attempt += 1) {
      // A body can be read once: each try gets a copy, made before the first reads it.
      const copy = request.clone();
      let response: Response | undefined;
      let fault: unknown;
      try {
        response = await send(copy);
      } catch (error) {
        fault = error;
      }
      if (response && response.status !== 429 && response.status !== 503) return response;
      if (attempt >= attempts || request.signal.aborted) {
        if (response) return response;
        throw fault;
      }
      const doubled = firstWaitMs * 2 ** (attempt - 1) * (0.5 + Math.random());
      await response?.body?.cancel();
      await wait(Math.min(longestWaitMs, (response && retryAfterMs(response)) ?? doubled), undefined, {
        signal: request.signal,
      });
    }
  };
}
