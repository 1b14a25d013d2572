// Queues that were made while the broker was one node: the doctor names them, and `rabbitmq-queues grow` fixes it.
// Called by stage.ts at the start of a cluster run, with the queues of the run.
import { consistency } from '../../../apps/standalone/src/doctor/consistency';
import { declareTopology } from '#messaging';
import { eventually } from '../../support/eventually';
import { type Breakable, connectBroker } from '../services';

/** Declares every queue on the only node that there is. */
export async function declareOnOneNode(url: string, prefix: string): Promise<void> {
  const model = await connectBroker(url);
  await declareTopology(model, prefix);
  await model.close();
}

/** Throws where the doctor does not see them, or still does when they have grown. */
export async function growQueues({ nodes, databaseUrl, rabbitUrl }: Breakable, prefix: string): Promise<void> {
  const [first, ...joined] = nodes;
  const lines = async (): Promise<string[]> => {
    const env = { DATABASE_URL: databaseUrl, RABBITMQ_URL: rabbitUrl, BROKER_PREFIX: prefix };
    const diagnosis = await consistency([], { ...env, RABBITMQ_MANAGEMENT_URL: first?.management });
    return [...(diagnosis?.text.split('\n') ?? []), ...(diagnosis?.warnings ?? [])].filter((line) =>
      line.includes('queue-members'),
    );
  };
  const before = await lines();
  const named = joined.every(({ name }) => before.join().includes(`rabbitmq-queues grow ${name} all`));
  if (before.length !== 1 || !named) throw new Error(`the doctor on queues of one node: ${before.join() || 'nothing'}`);
  for (const node of joined) if (!(await node.grow())) throw new Error(`rabbitmq-queues grow ${node.name} all failed`);
  // They are led by the first node, all of them.
  if (!(await first?.rebalance())) throw new Error('rabbitmq-queues rebalance quorum failed');
  // The HTTP API tells what it has counted some seconds ago.
  await eventually('the doctor sees that the queues have grown', async () => (await lines()).length === 0, {
    timeoutMs: 60_000,
    everyMs: 1_000,
  });
}
