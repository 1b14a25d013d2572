// Streams a state as server-sent events: the whole state at once, and again whenever it is different. Used by the demo
// and by the console. It polls, so that a change by any process is seen.
import type { FastifyReply } from 'fastify';

/** A comment now and then keeps proxies from closing a quiet stream. */
const quietMs = 15_000;

/** The open streams of one kind of page. */
export class Live {
  private readonly streams = new Set<() => void>();

  /** `everyMs`: between two polls. */
  constructor(private readonly everyMs = 500) {}

  /** How many streams are open. */
  get open(): number {
    return this.streams.size;
  }

  /** Responds with the stream; it ends with the reader, with `close`, or when `read` resolves with null. */
  start(reply: FastifyReply, read: () => Promise<unknown>): void {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    let shown = '';
    let shownAt = Date.now();
    let timer: NodeJS.Timeout | undefined;
    const end = (): void => {
      this.streams.delete(end);
      clearTimeout(timer);
      raw.end();
    };
    const write = (text: string): void => {
      shownAt = Date.now();
      raw.write(text);
    };
    const poll = async (): Promise<void> => {
      // After a poll that fails, while the database restarts for instance, the next one follows.
      const seen = await read().then(
        (state) => JSON.stringify(state),
        () => shown,
      );
      if (!this.streams.has(end)) return;
      if (seen === 'null') return end();
      if (seen !== shown) write(`data: ${seen}\n\n`);
      else if (Date.now() - shownAt > quietMs) write(': still here\n\n');
      shown = seen;
      timer = setTimeout(() => void poll(), this.everyMs);
    };
    this.streams.add(end);
    raw.once('close', end);
    void poll();
  }

  /** Ends every stream: a server waits for open responses before it stops. */
  close(): void {
    for (const end of [...this.streams]) end();
  }
}
