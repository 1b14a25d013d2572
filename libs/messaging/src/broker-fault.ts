// What is wrong with RABBITMQ_URL, where a broker or the name service says so, and what to do; never a value of it.
// Used by the connection for its log and health, and at start, where such a fault ends the process.
import { connect } from 'amqplib';
import { urlsIn } from '#contracts';
import { reasonOf } from './faults';
import { pause, within } from './waiting';

const connectWithinMs = 5_000;
/** A virtual host that is being started refuses like one that is not there, but not for so long. */
const vhostRetry = { tries: 4, everyMs: 1_000 };

const words = {
  login: 'RABBITMQ_URL: the broker refused the user or password: correct them',
  host: 'RABBITMQ_URL: its host name cannot be resolved: correct it, or fix the name service of this machine',
  vhost: 'RABBITMQ_URL: the virtual host does not exist, or its user may not use it: create it, or grant access to it',
};

/** A sentence for an operator, or undefined where no change of RABBITMQ_URL is known to help. */
export function brokerFault(error: unknown): string | undefined {
  const reason = reasonOf(error);
  const { code = '' } = (error ?? {}) as { code?: string };
  if (/ACCESS.REFUSED.*login/i.test(reason)) return words.login;
  // RabbitMQ closes the connection in place of opening the virtual host; amqplib says only that it did.
  if (/Expected ConnectionOpenOk/.test(reason)) return words.vhost;
  return ['ENOTFOUND', 'EAI_AGAIN'].includes(code) ? words.host : undefined;
}

/**
 * Connects once to every node of RABBITMQ_URL. Resolves with the fault of the first where every node has one that
 * waiting does not fix, else with undefined: an unavailable broker may come back. Never rejects; takes about 5 s at most.
 */
export async function brokerStartFault(url: string): Promise<string | undefined> {
  const faults = await Promise.all(urlsIn(url).map(nodeFault));
  return faults.includes(undefined) ? undefined : faults[0];
}

async function nodeFault(url: string): Promise<string | undefined> {
  for (let tried = 1; ; tried += 1) {
    const fault = await attempt(url);
    if (fault !== words.vhost || tried === vhostRetry.tries) return fault;
    await pause(vhostRetry.everyMs);
  }
}

async function attempt(url: string): Promise<string | undefined> {
  const socket = new AbortController();
  let fault: string | undefined;
  // amqplib passes `signal` to Node's socket, though its types do not name it.
  const options = { timeout: connectWithinMs, signal: socket.signal };
  const connected = connect(url, options).then(
    async (model) => {
      model.on('error', () => undefined);
      await within(1_000, model.close());
    },
    (error: unknown) => {
      fault = brokerFault(error);
    },
  );
  await within(connectWithinMs, connected);
  socket.abort();
  return fault;
}
