// `npm start` while nothing happens: what it asks the database. A machine that does nothing must not be kept busy.
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../support/eventually';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { freePort } from '../../support/free-port';
import { type Standalone, startStandalone } from '../../support/standalone';

/** On the way to Postgres: when each statement passed. */
interface StatementCounter {
  url: string;
  at: number[];
  close(): Promise<void>;
}

const [query, execute] = ['Q', 'E'].map((letter) => letter.charCodeAt(0));

/** Counts the statements in what a client sends (PostgreSQL documentation, 55.7): Query, and Execute. */
function statementsIn(): (data: Buffer) => number {
  let rest = Buffer.alloc(0);
  // The first message of a connection has a length and no type.
  let typeBytes = 0;
  return (data) => {
    rest = Buffer.concat([rest, data]);
    let found = 0;
    while (rest.length >= typeBytes + 4) {
      const length = typeBytes + rest.readUInt32BE(typeBytes);
      if (rest.length < length) break;
      if (typeBytes === 1 && (rest[0] === query || rest[0] === execute)) found += 1;
      rest = rest.subarray(length);
      typeBytes = 1;
    }
    return found;
  };
}

async function countStatements(to: string): Promise<StatementCounter> {
  const { hostname, port } = new URL(to);
  const at: number[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connect(Number(port || 5432), hostname);
    const count = statementsIn();
    near.on('data', (data) => {
      for (let n = count(data); n > 0; n -= 1) at.push(performance.now());
    });
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => (near.destroy(), far.destroy()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(to);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    at,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

let fresh: FreshDatabase;
let counter: StatementCounter;
let app: Standalone;
const folder = mkdtempSync(join(tmpdir(), 'idle-'));

beforeAll(async () => {
  fresh = await freshDatabase();
  counter = await countStatements(fresh.url);
  app = await startStandalone({
    PORT: String(await freePort()),
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: counter.url,
  });
}, 90_000);
afterAll(async () => {
  app.process.kill('SIGTERM');
  await app.ended;
  await counter.close();
  await fresh.drop();
  rmSync(folder, { recursive: true, force: true });
});

it('asks the database fewer than three times a second', async () => {
  const windowMs = 10_000;
  const since = performance.now();
  const inWindow = (): number => {
    const now = performance.now();
    return counter.at.filter((at) => at > now - windowMs).length;
  };
  expect(app.output()).toContain('Ctrl-C stops everything');
  const count = await eventually(
    'ten seconds with few statements',
    () => {
      const n = inWindow();
      if (n >= 30) throw new Error(`${n} statements in ten seconds`);
      return performance.now() > since + windowMs && n;
    },
    { timeoutMs: 40_000, everyMs: 100 },
  );
  // It still looks for work that nobody announced.
  expect(count).toBeGreaterThan(5);
}, 60_000);
