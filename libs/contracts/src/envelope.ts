// The envelope of every event, and the error for an incoming message that is none of ours.
// Built by the stores that append to the outbox; opened by the transports and their consumers.
import { z } from 'zod';
import { type EventName, type EventPayload, events, isEventName } from './events';

export const Envelope = z.object({
  id: z.uuid(),
  name: z.string(),
  version: z.number().int().positive(),
  occurredAt: z.string(),
  correlationId: z.string(),
  causationId: z.string().nullable(),
  data: z.unknown(),
});

/** One event: `occurredAt` is an RFC 3339 instant; `causationId` is the id of the event or mail that caused it. */
export type Envelope<N extends EventName = EventName> = Omit<z.infer<typeof Envelope>, 'name' | 'data'> & {
  name: N;
  data: EventPayload<N>;
};

/** A message that no version of this code can read: dead-lettered at once, never retried. */
export class UnreadableEvent extends Error {
  override name = 'UnreadableEvent';
}

/** Builds an envelope and checks its payload, so that nothing malformed is ever stored. Throws UnreadableEvent. */
export function envelop<N extends EventName>(
  name: N,
  data: EventPayload<N>,
  meta: { id: string; occurredAt: Date; correlationId: string; causationId?: string | null },
): Envelope<N> {
  const envelope = {
    id: meta.id,
    name,
    version: events[name].version,
    occurredAt: meta.occurredAt.toISOString(),
    correlationId: meta.correlationId,
    causationId: meta.causationId ?? null,
    data,
  };
  openEnvelope(envelope);
  return envelope;
}

/**
 * Reads an envelope from outside (already parsed JSON). Throws UnreadableEvent that names the field, never its value.
 */
export function openEnvelope(raw: unknown): Envelope {
  const outer = Envelope.safeParse(raw);
  if (!outer.success) throw new UnreadableEvent(`envelope: ${paths(outer.error)}`);
  const { name, version } = outer.data;
  if (!isEventName(name)) throw new UnreadableEvent(`unknown event ${name.slice(0, 60)}`);
  if (version !== events[name].version)
    throw new UnreadableEvent(`${name}: version ${version} is not ${events[name].version}`);
  const data = events[name].schema.safeParse(outer.data.data);
  if (!data.success) throw new UnreadableEvent(`${name}: ${paths(data.error)}`);
  return { ...outer.data, name, data: data.data };
}

const paths = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join('.') || '(root)'} ${issue.code}`).join(', ');
