// The health routes: live as long as the process responds, ready as long as the app can do its own work.
// Each app passes its checks; served on the app's own PORT together with /metrics.
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { register } from 'prom-client';
import type { Database } from '#persistence';

export interface HealthCheck {
  name: string;
  /**
   * `down` makes the app not ready (503); `degraded` is reported with 200. `detail` contains no address and no secret.
   */
  check(): Promise<{ status: 'ok' | 'degraded' | 'down'; detail?: Record<string, unknown> }>;
}

export const HEALTH_CHECKS = Symbol('health checks');
/** A check without a result in this time counts as failed. */
const timeoutMs = 2_000;

/** GET /health/live, /health/ready and /metrics of every app; no credential is needed. */
@Controller()
export class HealthController {
  constructor(@Inject(HEALTH_CHECKS) private readonly checks: HealthCheck[]) {}

  /** 200 as long as the process responds. */
  @Get('health/live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 where a check is `down`, else 200; `details` has the result of each check. */
  @Get('health/ready')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const results = await Promise.all(
      this.checks.map(async (each) => ({ name: each.name, ...(await withinTimeout(each)) })),
    );
    const status = results.some((each) => each.status === 'down')
      ? 'down'
      : results.some((each) => each.status === 'degraded')
        ? 'degraded'
        : 'ok';
    const details = Object.fromEntries(results.map(({ name, ...rest }) => [name, rest]));
    await reply
      .status(status === 'down' ? 503 : 200)
      .header('cache-control', 'no-store')
      .send({ status, details });
  }

  /** The metrics of prom-client in the format of Prometheus. */
  @Get('metrics')
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    await reply.type(register.contentType).send(await register.metrics());
  }
}

async function withinTimeout(each: HealthCheck): ReturnType<HealthCheck['check']> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<{ status: 'down'; detail: { why: string } }>((resolve) => {
    timer = setTimeout(() => resolve({ status: 'down', detail: { why: 'no response' } }), timeoutMs);
  });
  try {
    return await Promise.race([each.check(), tooLate]);
  } catch {
    return { status: 'down', detail: { why: 'failed' } };
  } finally {
    clearTimeout(timer);
  }
}

/** Without its database an app is not ready, nor on a standby, where it cannot write. */
export const databaseCheck = (database: Database): HealthCheck => ({
  name: 'database',
  check: async () => {
    const [row] = await database.query<{ recovers: boolean }>('select pg_is_in_recovery() as recovers');
    return row?.recovers === false ? { status: 'ok' } : { status: 'down', detail: { why: 'in recovery' } };
  },
});
