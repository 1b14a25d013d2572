// Decides the bytes of a webhook and the headers that sign them (Standard Webhooks). Pure but for the package that
// signs.
// Called by webhook-dispatcher.ts for each try: the body is the same each time, the timestamp is the try's.
import type { Webhook } from 'standardwebhooks';

export interface WebhookContent {
  type: string;
  occurredAt: Date;
  data: unknown;
}

/** The fields that name a person, left out unless the endpoint asked for them. */
const personal = new Set(['email', 'name']);

function withoutPeople(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPeople);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !personal.has(key))
      .map(([key, each]) => [key, withoutPeople(each)]),
  );
}

export function webhookBody({ type, occurredAt, data }: WebhookContent, includeAddresses: boolean): string {
  return JSON.stringify({
    type,
    timestamp: occurredAt.toISOString(),
    data: includeAddresses ? data : withoutPeople(data),
  });
}

/**
 * Every secret signs (each of `signers` has one): a receiver that has only the old or only the new one finds its own
 * among them.
 */
export function signedHeaders(id: string, at: Date, body: string, signers: readonly Webhook[]): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'hybrid-scheduling-webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': signers.map((signer) => signer.sign(id, at, body)).join(' '),
  };
}
