// Where `npm start` listens, and by which address this machine reaches it (contract, section 7.9).
// Pure; used by standalone.ts.

/** `HOST`, or loopback: the demo and the mailbox need no key, and a laptop is in foreign networks. */
export const listeningHost = (given: string | undefined): string => given ?? '127.0.0.1';

/** The address by which this machine reaches what listens on `host`; one that stands for all is reached by loopback. */
export function reachedAt(host: string, port: number): string {
  const everywhere = ['0.0.0.0', '::', '127.0.0.1', '::1', 'localhost'].includes(host);
  return `http://${everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
}
