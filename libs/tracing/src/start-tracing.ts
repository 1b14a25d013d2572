// Loads OpenTelemetry and sends spans to a collector over OTLP/HTTP, where OTEL_EXPORTER_OTLP_ENDPOINT is set; where it
// is not, nothing of it is loaded.
// Called by the processes at start, before anything is served.
import type { Context, Span } from '@opentelemetry/api' with { 'resolution-mode': 'import' };
import { z } from 'zod';
import { type Engine, type OpenSpan, type SpanRequest, useEngine } from './spans';

export const tracingSettings = {
  /** The collector's base address; `/v1/traces` is put behind it. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol), {
      error: 'must be a URL with http or https',
    })
    .optional(),
};

/** Resolves with how it is stopped: what is not sent yet is sent, within two seconds. */
export async function startTracing(endpoint: string | undefined, app: string): Promise<() => Promise<void>> {
  if (endpoint === undefined) return () => Promise.resolve();
  const [api, sdk, otlp, resources] = await Promise.all([
    loadApi(),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const ids = new GivenIds(new sdk.RandomIdGenerator());
  const provider = new sdk.TracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': app }),
    idGenerator: ids,
    spanProcessors: [
      new sdk.BatchSpanProcessor({
        exporter: new otlp.OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` }),
        scheduledDelayMillis: 1_000,
      }),
    ],
  });
  const tracer = provider.getTracer('hybrid-scheduling');
  const begin: Engine['begin'] = (request) => {
    const { name, kind, startedAt: startTime, attributes } = request;
    const options = { kind: api.SpanKind[kinds[kind]], startTime, attributes };
    return opened(
      ids.within(request, () => tracer.startSpan(name, options, parentContext(api, request))),
      api,
    );
  };
  useEngine({ begin });
  const timeUp = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2_000).unref());
  return () => Promise.race([provider.shutdown().catch(() => undefined), timeUp()]);
}

const kinds = {
  server: 'SERVER',
  client: 'CLIENT',
  producer: 'PRODUCER',
  consumer: 'CONSUMER',
  internal: 'INTERNAL',
} as const;

const loadApi = () => import('@opentelemetry/api');
type Api = Awaited<ReturnType<typeof loadApi>>;

const parentContext = (api: Api, { traceId, parentId }: SpanRequest): Context =>
  parentId === null
    ? api.ROOT_CONTEXT
    : api.trace.setSpanContext(api.ROOT_CONTEXT, {
        traceId,
        spanId: parentId,
        traceFlags: api.TraceFlags.SAMPLED,
        isRemote: true,
      });

function opened(span: Span, api: Api): OpenSpan {
  const { traceId, spanId } = span.spanContext();
  return {
    traceparent: `00-${traceId}-${spanId}-01`,
    end: (attributes = {}, fault) => {
      span.setAttributes(attributes);
      if (fault !== undefined) {
        span.setAttribute('error.type', fault);
        span.setStatus({ code: api.SpanStatusCode.ERROR });
      }
      span.end();
    },
  };
}

/** The SDK asks for ids while a span is made: the first span of a trace gets those that follow from its correlation id. */
class GivenIds {
  private given: SpanRequest | undefined;

  constructor(private readonly random: { generateTraceId(): string; generateSpanId(): string }) {}

  within<T>(request: SpanRequest, make: () => T): T {
    this.given = request;
    try {
      return make();
    } finally {
      this.given = undefined;
    }
  }

  generateTraceId(): string {
    return this.given?.traceId ?? this.random.generateTraceId();
  }

  generateSpanId(): string {
    return this.given?.spanId ?? this.random.generateSpanId();
  }
}
