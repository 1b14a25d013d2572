// How long Postgres takes, and how many of the pool's connections are in use.
// Observed by database.ts; scraped at /metrics.
import type { Pool } from 'pg';
import { Gauge, Histogram, register } from 'prom-client';

const secondsName = 'database_operation_duration_seconds';
const poolName = 'database_pool_connections';
const known = register.getSingleMetric(secondsName);

/**
 * `kind`: a single statement, or a transaction from the wait for its connection to the end of its COMMIT or ROLLBACK.
 */
export const databaseSeconds: Histogram<'kind'> =
  known instanceof Histogram
    ? known
    : new Histogram({
        name: secondsName,
        help: 'Statements and transactions as this app waits for them',
        labelNames: ['kind'],
        buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      });
for (const kind of ['statement', 'transaction']) databaseSeconds.zero({ kind });

const pools = new Set<Pool>();

/** Reports the pool's connections from now on; call the returned function when the pool is closed. */
export function watchPool(pool: Pool): () => void {
  pools.add(pool);
  return () => void pools.delete(pool);
}

if (!register.getSingleMetric(poolName)) {
  new Gauge({
    name: poolName,
    help: 'Connections of this app to Postgres: in use, idle, and requests that wait for one',
    labelNames: ['state'],
    collect() {
      const sum = (count: (pool: Pool) => number): number => [...pools].reduce((total, pool) => total + count(pool), 0);
      this.set(
        { state: 'used' },
        sum((pool) => pool.totalCount - pool.idleCount),
      );
      this.set(
        { state: 'idle' },
        sum((pool) => pool.idleCount),
      );
      this.set(
        { state: 'waiting' },
        sum((pool) => pool.waitingCount),
      );
    },
  });
}
