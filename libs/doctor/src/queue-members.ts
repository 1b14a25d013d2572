// Whether the broker's cluster has every node that RABBITMQ_URL names, and every queue of ours as many members as the
// cluster allows: a queue made on one node has one member until it is grown.
// A check of setup-checks.ts. AMQP does not show the members of a queue: RABBITMQ_MANAGEMENT_URL is the HTTP API of one node.
import { isLoopbackHost, queueNames, urlsIn } from '#contracts';
import { namesOf } from '#messaging';
import { plural } from '#service';
import type { Environment, Finding } from './finding';

/**
 * As a quorum queue gets where it is declared on a cluster (RabbitMQ, quorum queues, "Default Initial Replication").
 */
const wanted = 3;
const answerWithinMs = 10_000;

interface BrokerNode {
  name: string;
  running?: boolean;
}

interface BrokerQueue {
  name: string;
  members?: string[];
}

/** Nothing where the setting is not given. */
export async function queueMembers(setup: Environment): Promise<Finding[]> {
  const { RABBITMQ_MANAGEMENT_URL: address, BROKER_PREFIX: prefix = '' } = setup;
  if (!address) return [];
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return [unseen('it must be a URL with http or https')];
  const isOpen = url.protocol === 'http:' && url.password !== '' && !isLoopbackHost(url.hostname);
  if (isOpen && url.searchParams.get('insecure') !== '1')
    return [unseen('it holds a password that would travel in the clear: use https')];
  try {
    const nodes = await ask<BrokerNode[]>(url, 'nodes?columns=name,running');
    const ours = new Set(
      queueNames.map((queue) => namesOf(prefix, queue)).flatMap((names) => [names.main, names.dead, ...names.retry]),
    );
    const queues = await ask<BrokerQueue[]>(url, `queues/${vhostOf(setup)}?columns=name,members`);
    const few = missing(
      queues.filter(({ name }) => ours.has(name)),
      nodes.map(({ name }) => name),
    );
    return [...lostNodes(setup, nodes), ...few];
  } catch (error) {
    return [unseen(error instanceof Error ? error.message : String(error))];
  }
}

/**
 * A node that is not in the cluster may be a second broker, whose messages nobody in the cluster sees. The cluster
 * still knows a node that began anew alone, as one that does not run.
 */
function lostNodes({ RABBITMQ_URL = '' }: Environment, nodes: BrokerNode[]): Finding[] {
  const named = new Set(urlsIn(RABBITMQ_URL).map((each) => URL.parse(each)?.host)).size;
  const advice = 'docs/scale.md, "A node that lost its disk"';
  const away: Finding[] = nodes
    .filter(({ running }) => running === false)
    .map(({ name }) => ({
      kind: 'broker-nodes',
      subject: name,
      text: 'the other nodes see that it does not run: it is away, or a broker of its own',
      advice,
    }));
  if (nodes.length >= named) return away;
  const known = `the broker of RABBITMQ_MANAGEMENT_URL knows ${nodes.length} of them: ${nodes.map(({ name }) => name).join(', ')}`;
  const text = `it names ${named} nodes, ${known}; another may be a broker of its own, whose messages are not seen here`;
  return [{ kind: 'broker-nodes', subject: 'RABBITMQ_URL', text, advice }, ...away];
}

/** One finding for all queues that lack the same nodes. */
function missing(queues: BrokerQueue[], nodes: string[]): Finding[] {
  const few = queues.filter(
    ({ members = [] }) => members.length > 0 && members.length < Math.min(wanted, nodes.length),
  );
  const sets = Map.groupBy(few, ({ members = [] }) => [...members].sort().join(', '));
  return [...sets].map(([members, lacking]) => ({
    kind: 'queue-members',
    subject: `${plural(lacking.length, 'queue')}, the first ${lacking[0]?.name}`,
    text: `kept only on ${members}, of ${nodes.length} nodes: they are away with it`,
    advice: nodes
      .filter((node) => !members.split(', ').includes(node))
      .map((node) => `rabbitmq-queues grow ${node} all`)
      .join(', then '),
  }));
}

const unseen = (why: string): Finding => ({
  level: 'notice',
  kind: 'queue-members-unseen',
  subject: 'RABBITMQ_MANAGEMENT_URL',
  text: why,
});

/** `/` where the path of RABBITMQ_URL is empty (AMQP URI specification, vhost). */
function vhostOf({ RABBITMQ_URL = '' }: Environment): string {
  const path = URL.parse(urlsIn(RABBITMQ_URL)[0] ?? '')?.pathname.slice(1) ?? '';
  return encodeURIComponent(path === '' ? '/' : decodeURIComponent(path));
}

/** Throws one sentence without the password. */
async function ask<T>(url: URL, what: string): Promise<T> {
  const address = new URL(`${url.pathname.replace(/\/$/, '')}/api/${what}`, url.origin);
  const login = Buffer.from(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`).toString(
    'base64',
  );
  const headers = { authorization: `Basic ${login}` };
  const response = await fetch(address, { headers, signal: AbortSignal.timeout(answerWithinMs) }).catch(
    (error: unknown) => {
      throw new Error(
        `it does not respond: ${String((error as { cause?: { code?: string } }).cause?.code ?? 'no response in time')}`,
      );
    },
  );
  if (!response.ok)
    throw new Error(
      `it responded with ${response.status} to /api/${what.split('?')[0]}: the user needs the tag monitoring`,
    );
  return (await response.json()) as T;
}
