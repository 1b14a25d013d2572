// The published client: packed, installed into an empty folder without a registry, its documentation's examples
// type-checked and run against the product.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { freePort } from '../support/free-port';
import { type Product, startProduct } from '../support/product';

jest.setTimeout(240_000);

const root = join(__dirname, '..', '..');
const examples = [...readFileSync(join(root, 'docs', 'client.md'), 'utf8').matchAll(/^```ts\n(.*?)^```/gms)]
  .map(([, block = '']) => block)
  .join('\n');
/** Without the product's own programs in front: `node` is then whatever the machine has. */
const plain = {
  ...process.env,
  PATH: (process.env['PATH'] ?? '')
    .split(':')
    .filter((each) => !each.includes('node_modules'))
    .join(':'),
};

let folder: string;
let product: Product;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'client-'));
  const packed = execFileSync(process.execPath, [join(root, 'libs', 'client', 'bin', 'pack.mjs'), folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  mkdirSync(join(folder, 'platform'));
  writeFileSync(join(folder, 'platform', 'package.json'), '{ "private": true, "type": "module" }');
  const install = ['install', '--offline', '--no-audit', '--no-fund', packed.trim()];
  execFileSync('npm', install, { cwd: join(folder, 'platform'), env: plain, stdio: 'ignore' });
  product = await startProduct('standalone without a broker');
});
afterAll(async () => {
  await product.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a module of the platform until it has said `until`, or has ended. */
async function run(node: string, name: string, until: string, env: Record<string, string> = {}): Promise<string> {
  const child = spawn(node, [name], {
    cwd: join(folder, 'platform'),
    env: {
      ...plain,
      URL: product.url('standalone'),
      API_KEY: 'e2e-key-of-at-least-thirty-two-characters',
      HOOK_PORT: String(await freePort()),
      ...env,
    },
  });
  let output = '';
  const read = (chunk: Buffer): void => {
    output += chunk.toString();
    if (output.includes(until)) child.kill();
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const late = setTimeout(() => child.kill(), 60_000);
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(late);
  return output;
}

it('has types that fit the examples, and refuses what the API has not', () => {
  const typed = (name: string, text: string): string => {
    writeFileSync(join(folder, 'platform', name), text);
    const compiler = join(root, 'node_modules', 'typescript', 'lib', 'tsc.js');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
    const roots = ['--typeRoots', join(root, 'node_modules', '@types'), '--skipLibCheck', 'false'];
    try {
      execFileSync(process.execPath, [compiler, ...options, ...roots, name], {
        cwd: join(folder, 'platform'),
        encoding: 'utf8',
      });
      return '';
    } catch (error) {
      return String((error as { stdout?: unknown }).stdout);
    }
  };
  expect(typed('examples.mts', examples)).toBe('');
  const wrong = `import { createClient } from '@hybrid-scheduling/client';
void createClient({ baseUrl: '', token: '' }).POST('/api/practice-room/create', { body: { startUtc: 1 } });`;
  expect(typed('wrong.mts', wrong)).toContain("Type 'number' is not assignable to type 'string'");
});

it.each([
  ['the Node of the product', process.execPath],
  ['the Node of the machine', 'node'],
])('runs its examples on %s', async (_, node) => {
  const key = `order-${node.length}`;
  // Types are all that Node 20 cannot read of the examples.
  const plainJs = examples
    .replace(': string[] =', ' =')
    .replace('} as const;', '};')
    .replace('order-2077', key)
    .replaceAll('ida@example.com', `ida-${node.length}@example.com`);
  writeFileSync(join(folder, 'platform', 'examples.mjs'), plainJs);
  const output = await run(node, 'examples.mjs', 'room.cancelled cancelled');
  expect(output.split('\n').filter(Boolean)).toEqual([
    'scheduled call',
    'true',
    'true',
    '409 already-booked',
    'room.cancelled cancelled',
  ]);
});

it('tries again with one Idempotency-Key where it is asked to wait, or gets no response', async () => {
  const keys: unknown[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers['idempotency-key']);
    if (keys.length === 1) response.destroy();
    else if (keys.length === 2) response.writeHead(503, { 'retry-after': '0' }).end('{}');
    else if (keys.length === 3) response.writeHead(429, { 'retry-after': '0' }).end('{}');
    else response.writeHead(201, { 'content-type': 'application/json' }).end('{"roomId":"made"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  writeFileSync(
    join(folder, 'platform', 'retry.mjs'),
    `import { createClient, take } from '@hybrid-scheduling/client';
const client = createClient({ baseUrl: process.env.URL, token: () => 'fetched', firstWaitMs: 10 });
console.log((await take(client.POST('/api/practice-room/create', { body: { a: 1 } }))).roomId);`,
  );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await run(process.execPath, 'retry.mjs', 'made', { URL: url })).toBe('made\n');
  expect([keys.length, new Set(keys).size]).toEqual([4, 1]);
  await new Promise((resolve) => server.close(resolve));
});

it('believes a webhook by any of its secrets, and nothing else', async () => {
  const [secret, other] = ['whsec_c2VjcmV0IG9uZSBvZiB0aGUgdGVzdHM=', 'whsec_c2VjcmV0IHR3byBvZiB0aGUgdGVzdHM='];
  const body = JSON.stringify({ type: 'room.booked', timestamp: '2031-01-01T00:00:00.000Z', data: { note: 'grüße' } });
  const signed = (at: Date): Record<string, string> => ({
    'webhook-id': 'm1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': `v1,bm9uc2Vuc2U= ${new Webhook(secret).sign('m1', at, body)}`,
  });
  const now = signed(new Date());
  const cases: [boolean, Record<string, string>, string, string[]][] = [
    [true, now, body, [secret]],
    [true, now, body, [other, secret]],
    [false, now, body, [other]],
    [false, now, `${body} `, [secret]],
    [false, { ...now, 'webhook-id': 'm2' }, body, [secret]],
    [false, signed(new Date(Date.now() - 400_000)), body, [secret]],
    [false, signed(new Date(Date.now() + 400_000)), body, [secret]],
    [false, {}, body, [secret]],
  ];
  writeFileSync(
    join(folder, 'platform', 'verify.mjs'),
    `import { verifyWebhook, WebhookRefused } from '@hybrid-scheduling/client';
const cases = ${JSON.stringify(cases)};
for (const [, headers, body, secrets] of cases)
  for (const [given, raw] of [[headers, body], [new Headers(headers), Buffer.from(body)]])
    try { console.log(verifyWebhook(given, raw, secrets).type === 'room.booked'); }
    catch (error) { console.log(error instanceof WebhookRefused ? false : error); }
console.log('done');`,
  );
  const output = await run(process.execPath, 'verify.mjs', 'done');
  expect(output.split('\n').filter(Boolean)).toEqual([
    ...cases.flatMap(([good]) => [String(good), String(good)]),
    'done',
  ]);
});
