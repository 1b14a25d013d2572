// Sends NOTIFY after the commit, once for all commits of a short interval. Within the transaction it would hold a lock
// on the whole database until the commit is on disk, and commits would be serialized.
// Made by database.ts; where the process dies between commit and NOTIFY, the listeners' polls find the rows.
import { randomUUID } from 'node:crypto';

/** Commits within this interval share one NOTIFY. */
const intervalMs = 20;

export class Notifier {
  /** Marks our own notifications: the listeners of this process are woken at once, without them. */
  private readonly from = randomUUID();
  private readonly due = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private sending: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly wakeHere: (channel: string) => void,
    private readonly notify: (channel: string, from: string) => Promise<unknown>,
    private readonly onFault: (error: Error) => void,
  ) {}

  /** Call after the commit. */
  wake(channel: string): void {
    this.wakeHere(channel);
    this.due.add(channel);
    if (this.timer) return;
    this.send();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.send();
    }, intervalMs);
  }

  isOwn(payload: string | undefined): boolean {
    return payload === this.from;
  }

  /** Resolves when all notifications were sent, or failed. */
  async close(): Promise<void> {
    clearTimeout(this.timer);
    this.send();
    await this.sending;
  }

  private send(): void {
    const channels = [...this.due];
    this.due.clear();
    for (const channel of channels)
      this.sending = Promise.all([
        this.sending,
        this.notify(channel, this.from).catch((error: unknown) => this.onFault(error as Error)),
      ]);
  }
}
