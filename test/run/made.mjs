// A record of everything a run made outside its own process, so that exactly that is undone: at its end, by `services
// -- down`,
// or by the next run when this one was killed. Each thing is a plain object with a `kind`; the files that make a kind
// register its undoing, and are loaded for it where another run made the thing.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from '../../apps/standalone/bin/install.mjs';

const folder = join(root, '.data', 'made');
const undoings = { answer: () => undefined };
const makers = {
  database: './postgres.mjs',
  'embedded-postgres': './postgres.mjs',
  patroni: './patroni.mjs',
  vhost: './rabbitmq.mjs',
  'rabbitmq-server': './rabbitmq-server.mjs',
  container: './rabbitmq-server.mjs',
  firewall: './partition.mjs',
  process: './processes.mjs',
};

/** `undo(thing)` must not mind a thing that is gone already. */
export const undoingOf = (kind, undo) => void (undoings[kind] = undo);

export class Made {
  /** `name` tells the records of one folder apart; things recorded under it before are still known. */
  constructor(name) {
    this.file = join(folder, `${name}.json`);
    this.things = read(this.file);
  }

  /** Call before the thing is made: what exists only half must go too. */
  add(thing) {
    this.things.push(thing);
    this.save();
  }

  /** The last made goes first. What cannot be undone is said and stays on record. */
  async undo() {
    for (const thing of [...this.things].reverse()) {
      await this.drop(thing).catch((error) => say(`${thing.kind} could not be removed: ${error.message}`));
    }
  }

  async drop(thing) {
    if (!undoings[thing.kind]) await import(makers[thing.kind]);
    await undoings[thing.kind](thing);
    this.forget(thing);
  }

  /** It is gone already. */
  forget(thing) {
    this.things = this.things.filter((each) => each !== thing);
    this.save();
  }

  save() {
    if (this.things.length === 0) return rmSync(this.file, { force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(this.file, JSON.stringify(this.things, null, 2), { mode: 0o600 });
  }
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}

/** Undoes what test and chaos runs that were killed have left; their records are named by process id. */
export async function undoLeftovers() {
  for (const [, name, pid] of list()
    .flatMap((file) => [/^(test-(\d+)(?:-\d+)?)\.json$/.exec(file)])
    .filter(Boolean)) {
    if (!isAlive(Number(pid))) await new Made(name).undo();
  }
}

function list() {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
