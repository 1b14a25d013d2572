// The health checks every app has: its database, its outbox, its broker.
// Used by app-process.ts and by the standalone process.
import type { OutboxPort } from '#contracts';
import type { Database } from '#persistence';
import type { HealthCheck } from './health';

/** Without its database an app can do nothing at all. */
export const databaseCheck = (database: Database): HealthCheck => ({
  name: 'database',
  check: async () => {
    await database.query('select 1');
    return { status: 'ok' };
  },
});

/** An outbox this old means that nothing leaves: said, but the app goes on taking work. */
const oldOutboxSeconds = 60;

export const outboxCheck = (outbox: Pick<OutboxPort, 'backlog'>): HealthCheck => ({
  name: 'outbox',
  check: async () => {
    const backlog = await outbox.backlog();
    return { status: backlog.ageSeconds > oldOutboxSeconds ? 'degraded' : 'ok', detail: { ...backlog } };
  },
});

interface BrokerSide {
  state: { connected: boolean; blocked?: boolean; consumers?: { queue: string; alive: boolean; inHand: number }[] };
}

/** `vital`: whether the app can do its own work without the broker; the sender cannot (contract, section 2). */
export const brokerCheck = (publisher: BrokerSide, transport: BrokerSide | null, vital: boolean): HealthCheck => ({
  name: 'broker',
  check: () => {
    const consumers = transport?.state.consumers ?? [];
    const connected = publisher.state.connected && !publisher.state.blocked && (transport === null || transport.state.connected);
    const well = connected && consumers.every((each) => each.alive);
    return Promise.resolve({ status: well ? 'ok' : vital ? 'down' : 'degraded', detail: { connected, consumers } });
  },
});
