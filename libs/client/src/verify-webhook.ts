// Verifies that a webhook comes from the service (Standard Webhooks): call it with the raw body, before anything is
// parsed.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Of a platform's HTTP library: fetch's Headers, or Node's plain object. */
export type WebhookHeaders = Headers | Record<string, string | string[] | undefined>;

export class WebhookRefused extends Error {
  override name = 'WebhookRefused';
}

/** A message older or newer than this is refused, so that a recorded one cannot be sent again. */
const toleranceSeconds = 300;

function headerOf(headers: WebhookHeaders, name: string): string {
  const found =
    headers instanceof Headers
      ? headers.get(name)
      : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  const value = Array.isArray(found) ? found[0] : found;
  if (!value) throw new WebhookRefused(`the header ${name} is missing`);
  return value;
}

const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

/**
 * Checks time and signature and returns the parsed body. `secrets`: the endpoint's, or several while one is rotated.
 * Throws WebhookRefused; then the body must not be used.
 */
export function verifySignature(
  headers: WebhookHeaders,
  body: string | Uint8Array,
  secrets: string | readonly string[],
): unknown {
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const age = Math.abs(Date.now() / 1_000 - Number(timestamp));
  if (!/^\d{1,12}$/.test(timestamp) || age > toleranceSeconds)
    throw new WebhookRefused('the timestamp is too old or too new');
  const given = headerOf(headers, 'webhook-signature')
    .split(' ')
    .filter((each) => each.startsWith('v1,'))
    .map((each) => Buffer.from(each.slice(3), 'base64'));
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  const signed = [secrets].flat().some((secret) => {
    const mac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(bytes).digest();
    return given.some((each) => each.length === mac.length && timingSafeEqual(each, mac));
  });
  if (!signed) throw new WebhookRefused('no signature is made with this secret');
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown;
}
