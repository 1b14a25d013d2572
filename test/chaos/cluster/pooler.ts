// `npm run chaos -- --pooler`: the recipe of docs/scale.md for PgBouncer, word for word, under the whole product; and
// the poolers that must be refused at start.
// Called by main.ts, which has set DATABASE_URL and RABBITMQ_URL to services of the run's own.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '#persistence/migrate';
import { startFault } from '#service';
import { type FreshDatabase, freshDatabase, onServer } from '../../support/database';
import { eventually } from '../../support/eventually';
import { type Product, startProduct } from '../../support/product';
import { root } from '../services';
import { type UnpackedProgram, unpackProgram } from './debian';
import { binary, type Bouncer, recipeOf, startBouncer, unpackBouncer } from './pgbouncer';

const role = 'scheduling';
const password = 'password-of-the-role';
const rooms = 20;

const as = (url: string): string => {
  const own = new URL(url);
  Object.assign(own, { username: role, password });
  return own.href;
};

/** The role may do what an app does, and has nothing set. */
async function makeRole(): Promise<void> {
  await onServer(`create role ${role} login password '${password}'`);
}

async function lendTo(database: FreshDatabase): Promise<void> {
  const name = new URL(database.url).pathname.slice(1);
  await onServer(`grant all on database ${name} to ${role}`);
  for (const kind of ['tables', 'sequences', 'functions'])
    await database.db.query(`grant all on all ${kind} in schema public to ${role}`);
  await database.db.query(`grant all on schema public to ${role}`);
}

interface Run {
  folder: string;
  postgres: string;
  recipe: { ini: string; sql: string };
  say(line: string): void;
  faults: string[];
}

/** Books, answers and moves rooms by way of the pooler; also while it is killed. */
async function runProduct(run: Run, program: UnpackedProgram, listens: boolean): Promise<void> {
  const { folder, postgres, recipe } = run;
  const pooler = await startBouncer(program, { folder, postgres, users: { [role]: password } }, recipe.ini);
  let product: Product | undefined;
  try {
    product = await startProduct(
      'three apps on RabbitMQ',
      { LOG_LEVEL: 'warn' },
      {
        prepare: lendTo,
        envOf: (_app, { url }) => ({
          DATABASE_URL: pooler.through(as(url)),
          ...(listens ? { DATABASE_LISTEN_URL: as(url) } : {}),
        }),
      },
    );
    await use(run, product, pooler, listens);
  } finally {
    await product?.end();
    await pooler.stop();
  }
}

async function use(run: Run, product: Product, pooler: Bouncer, listens: boolean): Promise<void> {
  const begun = performance.now();
  const booked = await Promise.all(Array.from({ length: rooms }, () => product.book()));
  const bookedMs = performance.now() - begun;
  await Promise.all(booked.map(({ guest }) => guest.reply('outlook', { kind: 'accept' })));
  for (const { room } of booked)
    await eventually('the answer stands', async () =>
      (await product.room(room.roomId)).invitations.some(({ partstat }) => partstat === 'accepted'),
    );
  await pooler.bounce();
  const [one] = booked;
  const later = { roomId: one?.room.roomId, startUtc: '2031-06-01T10:00:00Z', endUtc: '2031-06-01T11:00:00Z' };
  await eventually(
    'a room is moved',
    async () => (await product.api('POST', '/api/practice-room/reschedule', later)).status === 200,
    { timeoutMs: 30_000 },
  );
  await Promise.all([one?.host.mail(1), one?.guest.mail(1)]);
  const letters = booked.map(({ host, guest }) => [host, guest].map(({ email }) => product.mailsTo(email).length));
  if (letters.flat().some((count, at) => count !== (at < 2 ? 2 : 1))) run.faults.push(`letters: ${String(letters)}`);
  run.say(
    `${rooms} rooms through PgBouncer ${listens ? 'with DATABASE_LISTEN_URL' : 'by polling'}: all letters ` +
      `${(bookedMs / 1_000).toFixed(1)} s after the first booking, all answers, and a move after a kill -9 of the pooler`,
  );
}

/** What an app that must not start says, in one line. */
async function refusedAtStart(
  run: Run,
  what: string,
  program: UnpackedProgram,
  ini: string,
  words: RegExp,
  listensThroughIt = false,
): Promise<void> {
  const { folder, postgres } = run;
  const pooler = await startBouncer(program, { folder, postgres, users: { [role]: password } }, ini);
  const database = await freshDatabase();
  try {
    await lendTo(database);
    const child = spawn(process.execPath, [join(root, 'dist/apps/scheduling-api/src/main.js')], {
      env: {
        ...process.env,
        ...{ DATABASE_URL: pooler.through(as(database.url)), PORT: '0', API_KEYS: 'a:k', TOKEN_SECRET: 's' },
        ...(listensThroughIt ? { DATABASE_LISTEN_URL: pooler.through(as(database.url)) } : {}),
        ...{ ORGANIZER_EMAIL: 'a@organizer.test', PUBLIC_URL: 'http://localhost', LOG_LEVEL: 'silent' },
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let text = '';
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const patience = setTimeout(() => child.kill('SIGKILL'), 30_000);
    const code = await new Promise((resolve) => child.once('close', resolve));
    clearTimeout(patience);
    const isRight = code === 1 && words.test(text);
    if (!isRight) run.faults.push(`${what}: ended with ${String(code)}, ${text}`);
    run.say(`${what}: ${isRight ? 'refused' : 'NOT refused'}: ${text.trim().slice(0, 160)}`);
  } finally {
    await database.drop();
    await pooler.stop();
  }
}

async function migrates(run: Run, program: UnpackedProgram): Promise<void> {
  const { folder, postgres, recipe } = run;
  const users = { [role]: password };
  const pooler = await startBouncer(program, { folder, postgres, users }, recipe.ini);
  const name = `migrated_${process.pid}`;
  await onServer(`create database ${name} owner ${role}`);
  try {
    const url = new URL(as(postgres));
    url.pathname = `/${name}`;
    const ran = await migrate(pooler.through(url.href), 'example.test');
    run.say(`npm run migrate through PgBouncer: ${ran.length} migrations`);
  } catch (error) {
    run.faults.push(`migrate: ${startFault(error)}`);
  } finally {
    await onServer(`drop database ${name} with (force)`);
    await pooler.stop();
  }
}

const bookworm = ['pgbouncer', 'libc-ares2', 'libevent-2.1-7'];

/** Resolves with what was wrong. */
export async function runPooler(say: (line: string) => void): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hybrid-pooler-'));
  chmodSync(folder, 0o755);
  const recipe = recipeOf();
  const run: Run = {
    folder: join(folder, 'run'),
    postgres: process.env['DATABASE_URL'] ?? '',
    recipe,
    say,
    faults: [],
  };
  try {
    const program = unpackBouncer(join(folder, 'new'));
    const old = unpackProgram(join(folder, 'old'), 'bookworm', bookworm, binary);
    say(`${program.version}, and ${old.version}`);
    await makeRole();
    await refusedAtStart(run, 'settings that the role lacks', program, recipe.ini, /alter role … set enable_seqscan/);
    await onServer(recipe.sql);
    const without = (name: string): string => recipe.ini.replace(new RegExp(`^${name}.*$`, 'm'), '');
    await refusedAtStart(run, 'without ignore_startup_parameters', program, without('ignore'), /refuses startup param/);
    const unprepared = `${without('max_prepared')}max_prepared_statements = 0`;
    await refusedAtStart(run, 'without prepared statements', program, unprepared, /cannot carry prepared statements/);
    await refusedAtStart(run, old.version, old, without('max_prepared'), /cannot carry prepared statements/);
    const listening = /DATABASE_LISTEN_URL: a pooler in transaction mode answers there/;
    await refusedAtStart(run, 'DATABASE_LISTEN_URL of the pooler', program, recipe.ini, listening, true);
    await migrates(run, program);
    for (const listens of [true, false]) await runProduct(run, program, listens);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return run.faults;
}
