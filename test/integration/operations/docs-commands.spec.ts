// Every `sh` block of README.md and docs/: run, page by page in one shell as a reader would, against a real instance;
// or marked with the reason why not.
// Links between pages and the tables that repeat the code are held against it as well.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { queueNames, events } from '#contracts';
import { mailIn } from '../../../apps/scheduling-api/src/docs/operations-mail-in';
import { brokerUrl, dropPrefix, freshPrefix } from '../../support/broker';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { SmtpSink } from '../../support/smtp-sink';
import { freePort } from '../../support/free-port';
import { type Standalone, startStandalone } from '../../support/standalone';

const root = join(__dirname, '..', '..', '..');
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const read = (page: string): string => readFileSync(join(root, page), 'utf8');

interface Block {
  page: string;
  code: string;
  /** Why it is not run, as the page says. */
  notRun: string | undefined;
}

/** Fenced `sh` blocks, with the mark before them if there is one. */
function blocksOf(page: string, text = read(page)): Block[] {
  return [
    ...text.matchAll(/(?:<!-- not run here: ([^>]*) -->\n+)?^```(?:sh|bash|shell|console)\b[^\n]*\n(.*?)^```/gms),
  ].map(([, notRun, code = '']) => ({ page, code, notRun }));
}

/** Blocks that start something and stay: run on their own below. */
const staying = /npm run start:/;

const secrets = {
  API_KEYS: 'docs:key-of-the-docs-of-thirty-two-characters',
  OPERATOR_KEYS: 'ops:operator-of-the-docs-of-thirty-two-characters',
  INBOUND_TOKEN: 'inbound-of-the-docs-of-thirty-two-characters',
  TOKEN_SECRET: 'secret-of-the-docs-of-thirty-two-characters',
};

jest.setTimeout(180_000);
let database: FreshDatabase;
let app: Standalone;
const folder = mkdtempSync(join(tmpdir(), 'docs-'));
beforeAll(async () => {
  database = await freshDatabase();
  app = await startStandalone({
    PORT: String(await freePort()),
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: database.url,
    ...secrets,
  });
});
afterAll(async () => {
  app.process.kill('SIGTERM');
  await app.ended;
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const environment = (): Record<string, string> => ({
  PATH: `${join(root, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`,
  HOME: process.env['HOME'] ?? '/',
  TMPDIR: folder,
  ...secrets,
  API_KEY: secrets.API_KEYS.slice('docs:'.length),
  OPERATOR_KEY: secrets.OPERATOR_KEYS.slice('ops:'.length),
  URL: app.url,
  DATA_DIR: join(folder, 'data'),
  DATABASE_URL: database.url,
  RABBITMQ_URL: brokerUrl(),
});

function shell(
  script: string,
  env: Record<string, string>,
): { child: ChildProcess; output: () => string; ended: Promise<number | null> } {
  const child = spawn('bash', ['--norc', '-euo', 'pipefail', '-c', script], { cwd: root, env, detached: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output, ended: new Promise((resolve) => child.on('close', (code) => resolve(code))) };
}

const runnable = pages
  .map(
    (page) => [page, blocksOf(page).filter((each) => each.notRun === undefined && !staying.test(each.code))] as const,
  )
  .filter(([, blocks]) => blocks.length > 0);

it.each(runnable)('the commands of %s run', async (page, blocks) => {
  const { output, ended } = shell(
    blocks.map((each) => each.code.replaceAll('http://localhost:3000', app.url)).join('\n'),
    environment(),
  );
  const code = await ended;
  if (code !== 0) throw new Error(`the commands of ${page} ended with ${code}:\n${output().slice(-2_000)}`);
});

it('the three apps start as the page says, are ready and stop', async () => {
  const [block, ...more] = pages.flatMap((page) => blocksOf(page)).filter((each) => staying.test(each.code));
  expect(more).toEqual([]);
  const fresh = await freshDatabase();
  const prefix = freshPrefix();
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  const script = ports.reduce(
    (code, port, at) => code.replaceAll(`PORT=${3001 + at}`, `PORT=${port}`),
    block?.code ?? '',
  );
  const relay = new SmtpSink();
  const apps = shell(`${script}\nwait`, {
    ...environment(),
    DATABASE_URL: fresh.url,
    BROKER_PREFIX: prefix,
    SMTP_URL: await relay.start(),
    PUBLIC_URL: 'http://localhost:3001',
    ORGANIZER_EMAIL: 'scheduling@organizer.test',
  });
  for (const [at, port] of ports.entries())
    await eventually(
      `app ${at} is ready\n${apps.output().slice(-500)}`,
      async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).status === 200,
      { timeoutMs: 90_000 },
    );
  process.kill(-(apps.child.pid ?? 0), 'SIGTERM');
  await apps.ended;
  for (const port of ports) await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
  await relay.close();
  await dropPrefix(prefix);
  await fresh.drop();
});

it('the examples of mail in are answered as /docs says', async () => {
  for (const { method, path, mail, example, response, opens, id } of mailIn) {
    const sent = {
      'content-type': mail === undefined ? 'application/json' : 'message/rfc822',
      ...(opens === 'inbound' ? { authorization: `Bearer ${secrets.INBOUND_TOKEN}` } : {}),
    };
    const answered = await fetch(app.url + path.replace('{provider}', 'mailgun').replace('{id}', randomUUID()), {
      method: method.toUpperCase(),
      headers: sent,
      ...(method === 'get' ? {} : { body: mail ?? JSON.stringify(example ?? {}) }),
    });
    // No provider's secret is set here, and no mail is in quarantine: both are not found.
    const found = opens === 'inbound' && !path.includes('{id}');
    expect([id, answered.status]).toEqual([id, found ? response.status : 404]);
    if (found) expect([id, response.schema?.safeParse(await answered.json())?.success]).toEqual([id, true]);
  }
});

it('a block without a mark is found, and so is one with', () => {
  const text = 'a\n<!-- not run here: needs Docker -->\n```sh\ndocker ps\n```\nb\n```sh\necho\n```\n```js\nx\n```\n';
  expect(blocksOf('x', text).map(({ code, notRun }) => [code, notRun])).toEqual([
    ['docker ps\n', 'needs Docker'],
    ['echo\n', undefined],
  ]);
});

it('every npm script that a block names is there', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const { page, code } of pages.flatMap((each) => blocksOf(each))) {
    for (const [, name = ''] of code.matchAll(/npm run (?:--silent )?([\w:-]+)/g))
      expect([page, name, Object.hasOwn(scripts, name)]).toEqual([page, name, true]);
  }
});

it.each(pages)('the links of %s lead somewhere', (page) => {
  for (const [, target = ''] of read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)) {
    expect([target, existsSync(join(root, dirname(page), target))]).toEqual([target, true]);
  }
});

it('every test that a page names is there', () => {
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/`([\w./-]+\.spec\.ts)`/g)].map(([, spec = '']) => spec),
  );
  expect(named.length).toBeGreaterThan(20);
  const specs = new Set(
    ['apps', 'libs', 'test'].flatMap((top) =>
      readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.spec.ts'))
        .map((name) => `${top}/${name}`),
    ),
  );
  // A page may leave the folder out: `rooms-api.spec.ts`.
  for (const spec of named)
    expect([spec, [...specs].some((file) => file === spec || file.endsWith(`/${spec}`))]).toEqual([spec, true]);
});

it('the table of errors has every code of the API', () => {
  const codes = (text: string): string[] =>
    [...text.matchAll(/(?:new Problem\(\d+, |^  )'([a-z-]+)'(?:,|: \[\d)/gm)].map(([, code = '']) => code);
  const files = ['apps/scheduling-api/src', 'libs/service/src'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .map((name) => join(top, name)),
  );
  const known = new Set(files.flatMap((file) => codes(read(file))));
  expect(known.size).toBeGreaterThan(20);
  const errors = /## Errors.*?(?=\n## )/s.exec(read('docs/platform.md'))?.[0] ?? '';
  for (const code of known) expect([code, errors.includes(`\`${code}\``)]).toEqual([code, true]);
});

it('the pages name every event, every alert, and no queue that is not there', () => {
  for (const name of Object.keys(events))
    expect([name, read('docs/platform.md').includes(`\`${name}\``)]).toEqual([name, true]);
  const alerts = [...read('docker/prometheus/scheduling.rules.yml').matchAll(/- alert: (\w+)/g)].map(
    ([, name]) => name,
  );
  const sections = [...read('docs/runbook.md').matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
  expect(sections.sort()).toEqual(alerts.sort());
  for (const [, queue = ''] of pages
    .map(read)
    .join('\n')
    .matchAll(/`((?:scheduling-api|notification-sender|imip-ingestor)\.[a-z]+)`/g))
    expect(queueNames).toContain(queue);
});

it('the table of settings has every variable that the code reads, and no other', () => {
  const files = ['apps', 'libs'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\/src\/.*\.ts$/.test(name) && !name.endsWith('.spec.ts'))
      .map((name) => join(top, name)),
  );
  const known = new Set(
    files.flatMap((file) => [...read(file).matchAll(/^ {2}([A-Z][A-Z\d_]{3,}):/gm)].map(([, name = '']) => name)),
  );
  // What else is written in capitals before a colon: names of HTTP methods in tables of the code.
  for (const other of ['NODE_ENV', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'])
    known.delete(other);
  const [, section = ''] = /^## Settings$(.*?)^## /ms.exec(read('docs/settings.md')) ?? [];
  const rows = [...section.matchAll(/^\| (`[A-Z][^|]*) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([A-Z\d_]+)`/g)].map(([, name = '']) => name),
  );
  expect(rows.sort()).toEqual([...known].sort());
});
