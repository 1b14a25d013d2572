// What a program meets: the product as an operator runs it (three apps, a broker and a Postgres of their own), with a
// real SMTP server that takes its letters, and a root of the program's own.
// Made by run.ts; used by clients/ and servers/.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Product, startProduct } from '../support/product';
import type { Root } from './machine';
import type { Check } from './check';

export type Times = 'utc' | 'zone';

export interface Lab {
  root: Root;
  /** Files of this program's run: mails that came and went, logs. */
  folder: string;
  /** The product with `ICS_TIMES` as named; started at the first call, shared by all programs. */
  product(times: Times): Promise<Product>;
  /** What was seen so far. */
  checks: Check[];
  /** A line of progress. */
  say(line: string): void;
}

/** The products that were started: three apps with UTC times, and `npm start`’s one process with local times. */
export class Products {
  private readonly started = new Map<Times, Promise<Product>>();

  get(times: Times): Promise<Product> {
    const setup = times === 'utc' ? 'three apps on RabbitMQ' : 'standalone without a broker';
    const known = this.started.get(times) ?? startProduct(setup, settings(times));
    this.started.set(times, known);
    return known;
  }

  async end(): Promise<void> {
    const all = [...this.started.values()];
    this.started.clear();
    await Promise.all(all.map((each) => each.then((product) => product.end()).catch(() => undefined)));
  }
}

const settings = (times: Times): Record<string, string> => ({
  ICS_TIMES: times,
  LOG_LEVEL: 'warn',
  RATE_LIMIT: 'off',
  DECISION_HOLD_SECONDS: '0',
});

/** A folder of its own below the run's. */
export function folderOf(parent: string, name: string): string {
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
