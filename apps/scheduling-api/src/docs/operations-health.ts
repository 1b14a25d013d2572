// What every app serves on its own PORT for probes and Prometheus.
// Read by operations.ts.
import { z } from 'zod';
import type { Operation } from './operation';

const part = z.looseObject({ status: z.enum(['ok', 'degraded', 'down']) });
const ReadyResponse = z.strictObject({
  status: z.enum(['ok', 'degraded', 'down']),
  details: z.record(z.string(), part),
});

export const health: Operation[] = [
  {
    method: 'get',
    path: '/health/live',
    id: 'live',
    tag: 'Health',
    opens: 'nothing',
    summary: 'Whether the process answers',
    response: { status: 200, what: 'It does.', schema: z.strictObject({ status: z.literal('ok') }) },
    problems: [],
  },
  {
    method: 'get',
    path: '/health/ready',
    id: 'ready',
    tag: 'Health',
    opens: 'nothing',
    summary: 'Whether the app can do its own work',
    description:
      'The same body with 503 when it cannot. A lost broker or an old outbox is `degraded` and still 200 where the ' +
      'app goes on without. notification-sender cannot before an SMTP relay has greeted it.',
    response: { status: 200, what: 'It can; `details` has the state of each part.', schema: ReadyResponse },
    problems: [],
  },
  {
    method: 'get',
    path: '/metrics',
    id: 'metrics',
    tag: 'Health',
    opens: 'nothing',
    summary: 'Counters for Prometheus',
    response: {
      status: 200,
      what: 'In Prometheus’ text format.',
      schema: z.string().meta({ contentMediaType: 'text/plain' }),
    },
    problems: [],
  },
];
