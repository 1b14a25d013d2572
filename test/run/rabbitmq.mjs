// A RabbitMQ for tests: the one at RABBITMQ_URL, else one on localhost's standard port that lets us in, else one of our
// own (rabbitmq-server.mjs). On a broker that others use too: a vhost of our own, or names under a prefix where we may
// not make one.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { say } from '../../apps/standalone/bin/install.mjs';
import { findProgram } from './machine.mjs';
import { undoingOf } from './made.mjs';
import { startBroker, startCluster, startOwnBroker } from './rabbitmq-server.mjs';

const load = createRequire(import.meta.url);
const standard = 'amqp://guest:guest@localhost:5672';

/**
 * Returns the variables that name the broker: RABBITMQ_URL and, where names must be told apart, BROKER_PREFIX. Throws
 * one line that says what is missing.
 */
export async function provideRabbit(made, ways) {
  const shared = (await given()) ?? (ways.includes('local') ? await local() : undefined);
  if (!shared) return { RABBITMQ_URL: await startOwnBroker(made, ways, tried) };
  const vhost = await ownVhost(made, shared);
  if (vhost) return { RABBITMQ_URL: vhost };
  const prefix = process.env.BROKER_PREFIX || `test-${randomBytes(4).toString('hex')}.`;
  say(`RabbitMQ: no vhost can be made there; names begin with ${prefix}`);
  return { RABBITMQ_URL: shared, BROKER_PREFIX: prefix };
}

/** A broker that nobody else uses, to be broken: `{ url, bounce(signal, downMs) }`. */
export const privateRabbit = (made, ways) => startBroker(made, ways, tried);

/** Three nodes of a cluster that nobody else uses (rabbitmq-server.mjs). */
export const privateCluster = (made, onFirst) => startCluster(made, tried, onFirst);

async function given() {
  const url = process.env.RABBITMQ_URL;
  if (!url) return undefined;
  const refusal = await tried(url);
  if (refusal) throw new Error(`The RabbitMQ at RABBITMQ_URL cannot be used: ${refusal}`);
  say('RabbitMQ: the one at RABBITMQ_URL');
  return url;
}

async function local() {
  if (await tried(standard)) return undefined;
  say('RabbitMQ: the one on localhost:5672');
  return standard;
}

export const rabbitAnswers = async (url) => (await tried(url)) === undefined;

/** Why a broker is of no use to us, or nothing. */
async function tried(url) {
  try {
    const connection = await load('amqplib').connect(url, { timeout: 3_000 });
    await connection.close();
    return undefined;
  } catch (error) {
    return error.message || error.code || 'it does not answer';
  }
}

async function ownVhost(made, url) {
  const name = `hybrid-test-${randomBytes(4).toString('hex')}`;
  const inside = new URL(url);
  inside.pathname = `/${name}`;
  for (const via of ['management', 'rabbitmqctl']) {
    const thing = { kind: 'vhost', via, url, name };
    made.add(thing);
    // It must be the same broker: another one may own the command line or the standard port.
    if ((await makers[via].make(thing).catch(() => false)) && !(await tried(inside.href))) return inside.href;
    await made.drop(thing);
  }
  return undefined;
}

const makers = {
  management: {
    make: async ({ url, name }) =>
      (await managed(url, 'PUT', `vhosts/${name}`)) &&
      managed(url, 'PUT', `permissions/${name}/${encodeURIComponent(userOf(url))}`, {
        configure: '.*',
        write: '.*',
        read: '.*',
      }),
    remove: ({ url, name }) => managed(url, 'DELETE', `vhosts/${name}`),
  },
  rabbitmqctl: {
    make: async ({ url, name }) =>
      isLocal(url) &&
      control('add_vhost', name) &&
      control('set_permissions', '-p', name, userOf(url), '.*', '.*', '.*'),
    remove: async ({ name }) => control('delete_vhost', name),
  },
};

undoingOf('vhost', async (thing) => void (await makers[thing.via].remove(thing).catch(() => false)));

const userOf = (url) => decodeURIComponent(new URL(url).username || 'guest');
const isLocal = (url) => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

async function managed(url, method, path, body) {
  const { hostname, username, password } = new URL(url);
  const login = Buffer.from(
    `${decodeURIComponent(username || 'guest')}:${decodeURIComponent(password || 'guest')}`,
  ).toString('base64');
  const answer = await fetch(`http://${hostname}:15672/api/${path}`, {
    method,
    headers: { authorization: `Basic ${login}`, 'content-type': 'application/json' },
    signal: AbortSignal.timeout(3_000),
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return answer.ok;
}

function control(...args) {
  const program = findProgram('rabbitmqctl', '/usr/sbin/rabbitmqctl');
  return program !== undefined && spawnSync(program, args, { stdio: 'ignore', timeout: 20_000 }).status === 0;
}
