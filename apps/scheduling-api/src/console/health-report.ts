// Runs the checks of `npm run doctor` for the console, in the background and one run at a time.
// Called by health.controller.ts and overview.controller.ts. Some checks read whole tables, so a result is kept for
// five minutes.
import type { Logger } from 'pino';
import { clusterNotes, examine, type Finding, systemResolver, weakSetup } from '#doctor';
import type { QueuesOnBroker } from '#messaging';
import type { Database } from '#persistence';
import { startFault } from '#service';

/** `isWhole`: the settings of all three apps; else those that are set for this one. */
export interface SetupSettings {
  isWhole: boolean;
  settings: Readonly<Record<string, unknown>>;
}

export interface HealthState {
  /** When the last run ended; null while the first one runs. */
  checkedAt: Date | null;
  isChecking: boolean;
  findings: Finding[];
  warnings: string[];
  /** Why the last run failed. */
  fault: string | null;
}

const keptForMs = 300_000;
const graceSeconds = 60;

export class HealthReport {
  private state: HealthState = { checkedAt: null, isChecking: false, findings: [], warnings: [], fault: null };
  private running: Promise<void> | undefined;

  constructor(
    private readonly db: Database,
    private readonly queues: QueuesOnBroker | undefined,
    private readonly known: SetupSettings,
    private readonly logger: Logger,
  ) {}

  /** The last result. Starts a new run where it is older than five minutes, and waits up to `waitMs` for it. */
  async current(waitMs = 0): Promise<HealthState> {
    const { checkedAt } = this.state;
    if (checkedAt === null || Date.now() - checkedAt.getTime() > keptForMs) this.checkAgain();
    if (waitMs > 0 && this.running) await Promise.race([this.running, pause(waitMs)]);
    return { ...this.state, isChecking: this.running !== undefined };
  }

  /** Starts a run unless one is in progress. */
  checkAgain(): void {
    this.running ??= this.runChecks().finally(() => (this.running = undefined));
  }

  /** Whether SMTP_URL is known here, so that the SMTP relay can be checked. */
  get knowsRelay(): boolean {
    return (this.known.settings['SMTP_URL'] ?? '') !== '';
  }

  /** Waits for the run in progress before the database is closed. */
  async onModuleDestroy(): Promise<void> {
    await this.running;
  }

  private async runChecks(): Promise<void> {
    const db = this.db.forWholeTables();
    const setup = textsOf(this.known.settings);
    try {
      const broker = this.queues ?? null;
      const context = { db, broker, rooms: null, graceSeconds, setup, resolver: systemResolver() };
      const findings = await examine(context);
      const warnings = [...weakSetup(setup, this.known.isWhole), ...clusterNotes(setup)];
      this.state = { checkedAt: new Date(), isChecking: false, findings, warnings, fault: null };
    } catch (error) {
      this.logger.warn({ err: error }, 'the checks of the health page failed');
      this.state = { ...this.state, checkedAt: new Date(), fault: startFault(error) };
    } finally {
      await db.close();
    }
  }
}

const textsOf = (settings: SetupSettings['settings']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
