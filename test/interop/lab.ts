// What a program meets: the product as an operator runs it (three apps, a broker and a Postgres of their own), with a
// real SMTP server that takes its letters, and a root of the program's own.
// Made by run.ts; used by clients/ and servers/.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Product, startProduct } from '../support/product';
import type { Root } from './machine';
import type { Check } from './check';

export type Times = 'utc' | 'zone';
/**
 * How the product is set up: by its times, by the attachment of its letters, or by whom it believes behind a border that
 * checks the sender.
 */
export type Setup = Times | 'attachment none' | 'attachment application/ics' | 'lenient' | 'verified';

/** The name that the border server writes into Authentication-Results. */
export const authservId = 'mx.organizer.test';

export interface Lab {
  root: Root;
  /** Files of this program's run: mails that came and went, logs. */
  folder: string;
  /** The product set up as named; started at the first call, shared by all programs. */
  product(setup: Setup): Promise<Product>;
  /** What was seen so far. */
  checks: Check[];
  /** A line of progress. */
  say(line: string): void;
}

/** The products that were started: three apps with UTC times; `npm start`’s one process for every other setup. */
export class Products {
  private readonly started = new Map<Setup, Promise<Product>>();
  private ending: Promise<void> | undefined;

  /** Whether `end` was called: no program begins any more. */
  get isEnding(): boolean {
    return this.ending !== undefined;
  }

  /** Rejects where the run is ending. */
  get(setup: Setup): Promise<Product> {
    if (this.isEnding) return Promise.reject(new Error('the run is ending'));
    const apps = setup === 'utc' ? 'three apps on RabbitMQ' : 'standalone without a broker';
    const known = this.started.get(setup) ?? startProduct(apps, { ...common, ...settings[setup] });
    this.started.set(setup, known);
    return known;
  }

  /** Resolves once all have ended, however often it is called. */
  end(): Promise<void> {
    this.ending ??= Promise.all(
      [...this.started.values()].map((each) => each.then((product) => product.end()).catch(() => undefined)),
    ).then(() => undefined);
    return this.ending;
  }
}

const common = { LOG_LEVEL: 'warn', RATE_LIMIT: 'off', DECISION_HOLD_SECONDS: '0' };
const settings: Record<Setup, Record<string, string>> = {
  utc: { ICS_TIMES: 'utc' },
  zone: { ICS_TIMES: 'zone' },
  'attachment none': { ICS_ATTACHMENT: 'none' },
  'attachment application/ics': { ICS_ATTACHMENT: 'application/ics' },
  lenient: { INBOUND_TRUST: 'lenient', AUTHSERV_ID: authservId },
  verified: { INBOUND_TRUST: 'verified', AUTHSERV_ID: authservId },
};

/** A folder of its own below the run's, without the mails of the run before. */
export function emptyFolder(parent: string, name: string): string {
  const folder = join(parent, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
