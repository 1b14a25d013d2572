// A port for a process that a test starts.
// Used by test support and by specs; test/run/machine.mjs has its own, since it runs before anything is compiled.
import { createServer } from 'node:net';

/**
 * Ports below those that the system gives to connections and to servers without a port of their own, a part of them for
 * each jest worker: until the process that a port is for listens, no other test can be given it. Part 0 is for what runs
 * outside jest, such as `npm run interop`.
 */
const [lowest, ofAWorker, workers] = [10_000, 1_000, 10];
const worker = Number(process.env['JEST_WORKER_ID'] ?? 0);
const first = lowest + ofAWorker * (worker === 0 ? 0 : 1 + ((worker - 1) % workers));
let next = Math.floor(Math.random() * ofAWorker);

/** Free on every interface a moment ago. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < ofAWorker; tries += 1) {
    const port = first + (next++ % ofAWorker);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port from ${first} to ${first + ofAWorker - 1} is free`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listens = await new Promise<boolean>((resolve) =>
    server.on('error', () => resolve(false)).listen(port, '0.0.0.0', () => resolve(true)),
  );
  if (listens) await new Promise((resolve) => server.close(resolve));
  return listens;
}
