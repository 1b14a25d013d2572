// What `npm run doctor` says, for the console: looked at in the background, one look at a time, and kept for a while.
// Called by health.controller.ts and overview.controller.ts. Some checks read whole tables: not each visit looks anew.
import type { Logger } from 'pino';
import { clusterNotes, examine, type Finding, systemResolver, weakSetup } from '#doctor';
import type { QueuesOnBroker } from '#messaging';
import type { Database } from '#persistence';
import { startFault } from '#service';

/** `isWhole`: the settings of all three apps; else those that are set for this one. */
export interface KnownSetup {
  isWhole: boolean;
  settings: Readonly<Record<string, unknown>>;
}

export interface HealthState {
  /** When the last look ended; null while the first one runs. */
  lookedAt: Date | null;
  isLooking: boolean;
  findings: Finding[];
  warnings: string[];
  /** Why the last look could not be ended. */
  fault: string | null;
}

const keptForMs = 300_000;
const graceSeconds = 60;

export class HealthReport {
  private state: HealthState = { lookedAt: null, isLooking: false, findings: [], warnings: [], fault: null };
  private running: Promise<void> | undefined;

  constructor(
    private readonly db: Database,
    private readonly queues: QueuesOnBroker | undefined,
    private readonly known: KnownSetup,
    private readonly logger: Logger,
  ) {}

  /** What was seen last; looks again where that is five minutes old, and waits for that up to `waitMs`. */
  async current(waitMs = 0): Promise<HealthState> {
    const { lookedAt } = this.state;
    if (lookedAt === null || Date.now() - lookedAt.getTime() > keptForMs) this.lookAgain();
    if (waitMs > 0 && this.running) await Promise.race([this.running, pause(waitMs)]);
    return { ...this.state, isLooking: this.running !== undefined };
  }

  /** Begins a look unless one runs. */
  lookAgain(): void {
    this.running ??= this.look().finally(() => (this.running = undefined));
  }

  /** Whether the relay can be greeted from here. */
  get knowsRelay(): boolean {
    return (this.known.settings['SMTP_URL'] ?? '') !== '';
  }

  /** A look ends before the database is closed. */
  async onModuleDestroy(): Promise<void> {
    await this.running;
  }

  private async look(): Promise<void> {
    const db = this.db.forWholeTables();
    const setup = textsOf(this.known.settings);
    try {
      const broker = this.queues ?? null;
      const context = { db, broker, rooms: null, graceSeconds, setup, resolver: systemResolver() };
      const findings = await examine(context);
      const warnings = [...weakSetup(setup, this.known.isWhole), ...clusterNotes(setup)];
      this.state = { lookedAt: new Date(), isLooking: false, findings, warnings, fault: null };
    } catch (error) {
      this.logger.warn({ err: error }, 'the checks of the health page could not be ended');
      this.state = { ...this.state, lookedAt: new Date(), fault: startFault(error) };
    } finally {
      await db.close();
    }
  }
}

const textsOf = (settings: KnownSetup['settings']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
