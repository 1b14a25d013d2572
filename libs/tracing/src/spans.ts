// Spans of our own (contract, section 7.7): automatic ones write URLs, which contain tokens.
// Opened by the HTTP server, the outbox publisher, consumers, the reader, the mailer and the webhook sender. Off unless
// start-tracing.ts was asked to start: then every function here does nothing.
import { createHash } from 'node:crypto';

/** W3C Trace Context 3.2: what a message header carries from one span to the next. */
export type Traceparent = string;

/** Codes, counts, ids, names of routes and events; never a text of a person's, an address, a token or a URL. */
export type Attributes = Record<string, string | number | boolean>;

export interface SpanRequest {
  name: string;
  kind: 'server' | 'client' | 'producer' | 'consumer' | 'internal';
  traceId: string;
  /** Null: the first span of its trace, under the id `spanId`. */
  parentId: string | null;
  spanId?: string;
  startedAt: Date;
  attributes: Attributes;
}

export interface OpenSpan {
  /** For the messages that this span causes; undefined while tracing is off. */
  readonly traceparent: Traceparent | undefined;
  /** `fault` is a stable code. */
  end(attributes?: Attributes, fault?: string): void;
}

export interface Engine {
  begin(request: SpanRequest): OpenSpan;
}

const off: OpenSpan = { traceparent: undefined, end: () => undefined };
let engine: Engine | undefined;

/** Called once by start-tracing.ts. */
export const useEngine = (started: Engine): void => void (engine = started);

/** The properties of a span that its opener gives. */
export interface SpanStart {
  name: string;
  kind: SpanRequest['kind'];
  /** The trace: everything that one request or one mail causes has the same, in every app, table and event. */
  correlationId: string;
  /** The span that caused this one, where a message names it; else the root span of the trace. */
  parent?: Traceparent | undefined;
  startedAt?: Date;
  attributes?: Attributes;
}

/** A span of the trace of a correlation id. */
export function openSpan({ correlationId, parent, startedAt, attributes = {}, ...rest }: SpanStart): OpenSpan {
  if (!engine) return off;
  const { traceId, rootId } = idsOf(correlationId);
  const parentId = parentOf(parent, traceId);
  return engine.begin({
    ...rest,
    traceId,
    parentId: parentId ?? rootId,
    startedAt: startedAt ?? new Date(),
    attributes,
  });
}

/** The first span of the trace of a correlation id. */
export function openRootSpan({
  correlationId,
  startedAt,
  attributes = {},
  ...rest
}: Omit<SpanStart, 'parent'>): OpenSpan {
  if (!engine) return off;
  const { traceId, rootId } = idsOf(correlationId);
  return engine.begin({
    ...rest,
    traceId,
    parentId: null,
    spanId: rootId,
    startedAt: startedAt ?? new Date(),
    attributes,
  });
}

/** Runs `work` in a span; a rejection is the span's fault, by the name of its class. */
export async function inSpan<T>(start: SpanStart, work: () => Promise<T>): Promise<T> {
  const span = openSpan(start);
  try {
    const result = await work();
    span.end();
    return result;
  } catch (error) {
    span.end({}, error instanceof Error ? error.name : 'Error');
    throw error;
  }
}

/**
 * The ids follow from the correlation id, which every event, letter and webhook carries already: a trace goes on after
 * a crash, and in rows that were written before tracing was on.
 */
export function idsOf(correlationId: string): { traceId: string; rootId: string } {
  const digest = createHash('sha256').update(correlationId).digest('hex');
  return { traceId: digest.slice(0, 32), rootId: digest.slice(32, 48) };
}

/** Of a header from a queue: another trace's parent counts for nothing. */
function parentOf(traceparent: Traceparent | undefined, traceId: string): string | null {
  const [, trace, span] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-0[01]$/.exec(traceparent ?? '') ?? [];
  return trace === traceId && span !== undefined ? span : null;
}
