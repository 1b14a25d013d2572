// What ends a start: settings that are missing, and a database or broker that refuses what a URL says. Every fault at
// once, each with its variable and what to do, and never a value.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerUrl, dropPrefix, freshPrefix } from '../../support/broker';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/free-port';

jest.setTimeout(60_000);

const dist = join(__dirname, '..', '..', '..', 'dist', 'apps');
const apps = ['scheduling-api', 'notification-sender', 'imip-ingestor'];
const [user, word, place] = ['nobody-here', 'never-shown', 'nowhere-here'];
const folder = mkdtempSync(join(tmpdir(), 'start-faults-'));
const prefix = freshPrefix();
// What every process of this file gets from this one; the cache saves compiling the same code twenty times.
const inherited = { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] };
const missing = { ...inherited, TOKEN_SECRET: 's', API_KEYS: 'a:k', INBOUND_TOKEN: 'i' };
let fresh: FreshDatabase;
let good: Record<string, string | undefined>;

beforeAll(async () => {
  fresh = await freshDatabase();
  good = {
    ...missing,
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: fresh.url,
    RABBITMQ_URL: brokerUrl(),
    BROKER_PREFIX: prefix,
    PUBLIC_URL: 'http://localhost:3000',
    ORGANIZER_EMAIL: 'scheduling@organizer.test',
    SMTP_URL: 'smtp://127.0.0.1:9',
  };
});
afterAll(async () => {
  await dropPrefix(prefix);
  await fresh.drop();
  rmSync(folder, { recursive: true, force: true });
});

function changed(url: string, change: (url: URL) => void): string {
  const other = new URL(url);
  change(other);
  return other.href;
}
const wrongPassword = (url: URL): void => void Object.assign(url, { username: user, password: word });
const wrongPath = (url: URL): void => void (url.pathname = `/${place}`);
const wrongHost = (url: URL): void => void (url.hostname = `${place}.invalid`);

/** What a process that cannot start writes, until it has ended with 1. */
async function refusal(file: string, env: Record<string, string | undefined>): Promise<string> {
  const child = spawn(process.execPath, [join(dist, file)], { env: { ...env, DATA_DIR: folder } });
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stdout.resume();
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(code).toBe(1);
  for (const value of [user, word, place]) expect(text).not.toContain(value);
  return text;
}

/** What the table of docs/operators.md says that an app must have. */
function demanded(app: string): string[] {
  const rows = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'operators.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const column = rows.find((cells) => cells[1] === 'setting')?.indexOf(app) ?? -1;
  return rows
    .filter((cells) => column > 0 && cells[column] === 'must')
    .flatMap((cells) => [...(cells[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name))
    .sort();
}

it.each(apps)("%s names all missing settings at once: those of the operators' page", async (app) => {
  const text = await refusal(`${app}/src/main.js`, inherited);
  const names = demanded(app);
  expect(names.length).toBeGreaterThan(4);
  expect(text).toBe(`${app}: cannot start: ${names.map((name) => `${name}: must be set`).join('\n  ')}\n`);
});

/** A change of a URL, and what is said then about DATABASE_URL and about RABBITMQ_URL. */
const wrong: Record<string, [(url: URL) => void, string, string]> = {
  login: [wrongPassword, 'refused the user or password', 'refused the user or password'],
  name: [wrongPath, 'no database of that name', 'virtual host does not exist'],
  host: [wrongHost, 'host name cannot be resolved', 'host name cannot be resolved'],
};

it.each([
  ['scheduling-api', 'login'],
  ['scheduling-api', 'name'],
  ['scheduling-api', 'host'],
  ['notification-sender', 'login'],
  ['imip-ingestor', 'login'],
])('%s tells a wrong %s in DATABASE_URL and in RABBITMQ_URL at once', async (app, fault) => {
  const [change, ofDatabase, ofBroker] = wrong[fault] ?? [];
  if (!change) throw new Error(fault);
  const text = await refusal(`${app}/src/main.js`, {
    ...good,
    DATABASE_URL: changed(fresh.url, change),
    // Where the host is another one, the password in the URL needs the mark.
    RABBITMQ_URL: changed(brokerUrl(), (url) => (change(url), url.searchParams.set('insecure', '1'))),
  });
  const [first = '', second = '', ...rest] = text.split('\n');
  expect(first.startsWith(`${app}: cannot start: DATABASE_URL: `) && first).toContain(ofDatabase);
  expect(second.startsWith('  RABBITMQ_URL: ') && second).toContain(ofBroker);
  expect(rest).toEqual(['']);
});

it.each(Object.keys(wrong))('imip-ingestor tells a wrong %s in DATABASE_LISTEN_URL', async (fault) => {
  const [change, words] = wrong[fault] ?? [];
  if (!change) throw new Error(fault);
  const url = changed(fresh.url, change);
  const text = await refusal('imip-ingestor/src/main.js', { ...good, DATABASE_LISTEN_URL: url });
  expect(text).toMatch(/^imip-ingestor: cannot start: DATABASE_LISTEN_URL: [^\n]+\n$/);
  expect(text).toContain(words);
});

it('a DATABASE_LISTEN_URL of another database of the same server is refused', async () => {
  const other = await freshDatabase();
  const text = await refusal('imip-ingestor/src/main.js', { ...good, DATABASE_LISTEN_URL: other.url });
  await other.drop();
  expect(text).toBe(
    'imip-ingestor: cannot start: DATABASE_LISTEN_URL: it leads to another database than DATABASE_URL, where nothing ' +
      'is announced: give the direct URL of the same one, or leave the variable unset\n',
  );
});

it.each(Object.keys(wrong))('npm run migrate tells a wrong %s in DATABASE_URL', async (fault) => {
  const [change, words] = wrong[fault] ?? [];
  if (!change) throw new Error(fault);
  const text = await refusal('standalone/src/migrate.js', { ...good, DATABASE_URL: changed(fresh.url, change) });
  expect(text).toMatch(/^cannot migrate: DATABASE_URL: [^\n]+\n$/);
  expect(text).toContain(words);
});

it.each(['DATABASE_URL', 'RABBITMQ_URL'])('npm start tells a wrong login in %s', async (name) => {
  const url = changed(name === 'DATABASE_URL' ? fresh.url : brokerUrl(), wrongPassword);
  const text = await refusal('standalone/src/main.js', { ...good, [name]: url });
  expect(text.startsWith(`cannot start: ${name}: `) && text).toContain('refused the user or password');
});

it.each(apps)('%s starts while its database and broker are only away, and is not ready', async (app) => {
  const [nobody, port] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [join(dist, app, 'src', 'main.js')], {
    env: {
      ...good,
      PORT: String(port),
      DATABASE_URL: `postgres://u:p@127.0.0.1:${nobody}/x`,
      RABBITMQ_URL: `amqp://u:p@127.0.0.1:${nobody}`,
    },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    const asked = async (): Promise<number> => (await fetch(`http://127.0.0.1:${port}/health/ready`)).status;
    expect(await eventually('an answer', asked, { timeoutMs: 40_000, everyMs: 100 })).toBe(503);
  } finally {
    child.kill('SIGTERM');
  }
  expect(await ended).toBe(0);
});
