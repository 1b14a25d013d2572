// How long requests take, by route and status; the route is the pattern, so that no id and no token gets into a label
// or a log line.
// Registered by http-app.ts; scraped at /metrics.
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Histogram, register } from 'prom-client';
import { openRootSpan } from '#tracing';

const name = 'http_request_duration_seconds';
const known = register.getSingleMetric(name);

const seconds =
  known instanceof Histogram
    ? known
    : new Histogram({
        name,
        help: 'HTTP requests by method, route and status',
        labelNames: ['method', 'route', 'status'],
        buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      });

/**
 * Times every request of the server from now on, also those that match no route. One that may have changed something
 * is logged at `info`.
 */
export function timeRequests(server: FastifyInstance, logger: Logger): void {
  server.addHook('onResponse', (request, reply, done) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode };
    seconds.observe(labels, reply.elapsedTime / 1_000);
    if (!/^\/(?:health|metrics)/.test(labels.route)) traced(request.id, labels, reply.elapsedTime);
    logger[request.method === 'GET' || request.method === 'HEAD' ? 'debug' : 'info'](
      { correlationId: request.id, ...labels, ms: Math.round(reply.elapsedTime) },
      'responded',
    );
    done();
  });
}

/** Written when the request is over: its root span, with the ids that everything it caused has. */
function traced(correlationId: string, labels: { method: string; route: string; status: number }, ms: number): void {
  const { method, route, status } = labels;
  const attributes = { 'http.request.method': method, 'http.route': route, 'http.response.status_code': status };
  const startedAt = new Date(Date.now() - ms);
  openRootSpan({ name: `${method} ${route}`, kind: 'server', correlationId, startedAt, attributes }).end(
    {},
    status >= 500 ? String(status) : undefined,
  );
}
