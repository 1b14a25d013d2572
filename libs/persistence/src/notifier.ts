// When NOTIFY is sent: after the commit it tells of, and for all commits of a moment once. Within a transaction it
// would hold a lock of the
// whole database until the commit is on disk, and commits would go one by one.
// Made by database.ts; what is lost with the process between commit and NOTIFY is found by the listeners' polls.
import { randomUUID } from 'node:crypto';

/** Commits this close to each other are told together. */
const momentMs = 20;

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
    }, momentMs);
  }

  isOwn(payload: string | undefined): boolean {
    return payload === this.from;
  }

  /** Resolves when everything was told, as far as the database let it. */
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
