// A backend that Postgres ends at any moment, also while its connection changes hands, fails what runs on it and
// never the process.
import { type AddressInfo, connect, createServer } from 'node:net';
import { Database } from '#persistence';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

const readyForQuery = Buffer.from('Z\0\0\0\u0005I', 'latin1');
/** ErrorResponse as an administrator's pg_terminate_backend causes it (PostgreSQL protocol 3.0, 55.7). */
const terminated = ((): Buffer => {
  const fields = Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0', 'latin1');
  const head = Buffer.from([0x45, 0, 0, 0, fields.length + 4]);
  return Buffer.concat([head, fields]);
})();

/** A proxy to Postgres that puts the end of the session into the packet with which Postgres says that it is ready. */
async function endingProxy(): Promise<{ url: string; deadly(on: boolean): void; close(): Promise<void> }> {
  const target = new URL(fresh.url);
  let deadly = true;
  const server = createServer((near) => {
    const far = connect(Number(target.port || 5432), target.hostname);
    const end = (): void => [near, far].forEach((socket) => socket.destroy());
    near
      .on('data', (chunk) => far.write(chunk))
      .on('error', end)
      .on('close', end);
    far
      .on('error', end)
      .on('close', end)
      .on('data', (chunk) => {
        if (deadly && chunk.includes(readyForQuery)) near.end(Buffer.concat([chunk, terminated]));
        else near.write(chunk);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target.href);
  [url.hostname, url.port] = ['127.0.0.1', String((server.address() as AddressInfo).port)];
  return {
    url: url.href,
    deadly: (on) => (deadly = on),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

it('fails the transaction and the statement, and the next ones work', async () => {
  const uncaught: unknown[] = [];
  const onUncaught = (error: unknown): void => void uncaught.push(error);
  process.on('uncaughtException', onUncaught);
  const proxy = await endingProxy();
  const db = new Database({ url: proxy.url, applicationName: 'ended', poolSize: 2 });
  for (let round = 0; round < 5; round += 1) {
    await expect(db.transaction((tx) => tx.query('select 1'))).rejects.toThrow();
    await expect(db.query('select 1')).rejects.toThrow();
  }
  proxy.deadly(false);
  await eventually('it works again', () => db.transaction((tx) => tx.query('select 1')));
  process.off('uncaughtException', onUncaught);
  await db.close();
  await proxy.close();
  expect(uncaught).toEqual([]);
});
