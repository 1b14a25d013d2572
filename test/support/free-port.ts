// A port for a process that a test starts.
// Used by test support and by specs; test/run/machine.mjs has its own, since it runs before anything is compiled.
import { type AddressInfo, createServer } from 'node:net';

/** Free on every interface a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(0, '0.0.0.0', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
