// The relay of a measurement: an SMTP server in a process of its own, which takes everything and tells its parent
// what came when.
// Forked by stage.ts; the bare loop and the product send to the same one.
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/**
 * What the parent hears: `at` is in milliseconds since 1970 with fractions, comparable across the processes of one
 * machine.
 */
export interface ReceivedLetter {
  to: string;
  at: number;
  /** Tokens of the links to our pages, by page; empty unless asked for. */
  links: Record<string, string>;
}
/** `sample`: the first mail, as it came. */
export type FromSink = { ready: string } | { sunk: ReceivedLetter[] } | { sample: string };
export type ToSink = { links?: boolean; delayMs?: number };

let wanted: Required<ToSink> = { links: false, delayMs: 0 };
const sunk: ReceivedLetter[] = [];
let sampled = false;
const tell = (message: FromSink): void => void process.send?.(message);
const now = (): number => performance.timeOrigin + performance.now();

const linksIn = (raw: string): ReceivedLetter['links'] =>
  Object.fromEntries(
    [...raw.matchAll(/^https?:\/\/\S+\/(reschedule|approve|decline)\?\w=(\S+)\r?$/gm)].map(
      ([, page = '', token = '']) => [page, token],
    ),
  );

const server = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  onData: (stream, session, done) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const take = (): void => {
        const raw = wanted.links || !sampled ? Buffer.concat(chunks).toString('latin1') : '';
        if (!sampled) tell({ sample: raw });
        sampled = true;
        sunk.push({
          to: session.envelope.rcptTo[0]?.address ?? '',
          at: now(),
          links: wanted.links ? linksIn(raw) : {},
        });
        done(null, '2.0.0 taken');
      };
      if (wanted.delayMs > 0) setTimeout(take, wanted.delayMs);
      else take();
    });
  },
});
server.on('error', () => undefined);

process.on('message', (message: ToSink) => (wanted = { ...wanted, ...message }));
process.on('disconnect', () => process.exit());
setInterval(() => {
  if (sunk.length > 0) tell({ sunk: sunk.splice(0) });
}, 5);
server.listen(0, '127.0.0.1', () =>
  tell({ ready: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` }),
);
