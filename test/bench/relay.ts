// The parent's side of the sink: starts it and keeps what it took, for measurements to wait on and to look up.
// Made by stage.ts.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { FromSink, ReceivedLetter, ToSink } from './sink';

/** The bare loop writes to this domain: what it sends is not counted. */
export const bareDomain = 'bare.test';

export class Relay {
  /** Mails taken since the last `forget`. */
  count = 0;
  /** The first mail it took, as it came. */
  sample: Buffer | undefined;
  private readonly mails = new Map<string, ReceivedLetter[]>();
  private waiting: { count: number; resolve: () => void } | undefined;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    child.on('message', (message: FromSink) => {
      if ('sunk' in message) this.took(message.sunk);
      if ('sample' in message) this.sample ??= Buffer.from(message.sample, 'latin1');
    });
  }

  static async start(): Promise<Relay> {
    const child = fork(join(__dirname, 'sink.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const url = await new Promise<string>((resolve, reject) => {
      child.once('message', (message: FromSink) => resolve('ready' in message ? message.ready : ''));
      child.once('exit', () => reject(new Error('the SMTP sink ended')));
    });
    return new Relay(child, url);
  }

  set(options: ToSink): void {
    this.child.send(options);
  }

  /** Mails to this address since the last `forget`, oldest first. */
  to(email: string): ReceivedLetter[] {
    return this.mails.get(email) ?? [];
  }

  forget(): void {
    this.count = 0;
    this.mails.clear();
  }

  /** Resolves when so many mails have come since the last `forget`. */
  async until(count: number, withinMs = 600_000): Promise<void> {
    if (this.count >= count) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`only ${this.count} of ${count} mails came within ${withinMs} ms`)),
        withinMs,
      );
      this.waiting = { count, resolve: () => (clearTimeout(timer), resolve()) };
    });
  }

  stop(): void {
    this.child.kill();
  }

  private took(all: ReceivedLetter[]): void {
    const sunk = all.filter(({ to }) => !to.endsWith(bareDomain));
    this.count += sunk.length;
    for (const each of sunk) {
      const known = this.mails.get(each.to);
      if (known) known.push(each);
      else this.mails.set(each.to, [each]);
    }
    if (this.waiting && this.count >= this.waiting.count) {
      this.waiting.resolve();
      this.waiting = undefined;
    }
  }
}
