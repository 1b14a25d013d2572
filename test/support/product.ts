// The whole product as processes, as an operator runs it: three apps on RabbitMQ, or the standalone app without a
// broker.
// Used by the end-to-end tests; mail goes to a real SMTP sink and comes in over real HTTP.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Action, type Client, replyAs, type SendingFacts } from '../../apps/standalone/src/simulator/reply-as';
import { brokerUrl, dropPrefix, freshPrefix } from './broker';
import { type FreshDatabase, freshDatabase } from './database';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { projectRoot } from './project-root';
import type { ApiBody } from './scheduling-api';
import { SmtpSink, type SunkMail } from './smtp-sink';

const apiKey = 'e2e-key-of-at-least-thirty-two-characters';
const inboundToken = 'e2e-inbound-token-of-thirty-two-characters';
export const organizer = 'scheduling@organizer.test';

export type Setup = 'three apps on RabbitMQ' | 'standalone without a broker';
export type App = 'scheduling-api' | 'notification-sender' | 'imip-ingestor' | 'standalone';
/** An app's first process, or a further one: `notification-sender 2`. */
export type Instance = App | `${App} ${number}`;

export interface ProductOptions {
  /** Done to the migrated database before any app starts. */
  prepare?: (database: FreshDatabase) => Promise<void>;
  /** For the processes of one app, over what all get; sees the test's database. */
  envOf?: (app: App, database: FreshDatabase) => Record<string, string>;
  /** Processes of an app; one unless told otherwise. */
  replicas?: Partial<Record<App, number>>;
}

export interface Product {
  sink: SmtpSink;
  database: FreshDatabase;
  /** BROKER_PREFIX of its names on the broker. */
  prefix: string;
  api(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: ApiBody }>;
  /** Submits a raw mail to the ingestor; resolves with the id of the stored mail, rejects where it was not stored. */
  deliver(raw: Buffer, envelopeFrom: string): Promise<string>;
  /** Books a room for two new people and waits for both invitations. */
  book(
    over?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<{ room: ApiBody; host: Party; guest: Party }>;
  room(roomId: string): Promise<ApiBody>;
  mailsTo(email: string): SunkMail[];
  /** Somebody by address. */
  party(email: string): Party;
  /** Where a process listens. */
  url(instance: Instance): string;
  start(instance: Instance, env?: Record<string, string>): Promise<void>;
  /** SIGTERM unless told otherwise; resolves with the exit code. */
  stop(instance: Instance, signal?: NodeJS.Signals): Promise<number | null>;
  end(): Promise<void>;
  /** Everything the apps wrote to their logs. */
  logs(): string;
}

export interface Party {
  email: string;
  /** Waits for the n-th mail (from 0) to this person. */
  mail(n: number): Promise<Buffer>;
  /** Answers the n-th mail as a client would, through the ingestor. */
  reply(client: Client, action: Action, options?: Partial<SendingFacts> & { to?: number }): Promise<string>;
}

export async function startProduct(
  setup: Setup,
  forAll: Record<string, string> = {},
  options: ProductOptions = {},
): Promise<Product> {
  const sink = new SmtpSink();
  const [database, smtpUrl, prefix] = [
    await freshDatabase({ organizerDomain: 'organizer.test' }),
    await sink.start(),
    freshPrefix(),
  ];
  const folder = mkdtempSync(join(tmpdir(), 'product-'));
  const apps: App[] =
    setup === 'standalone without a broker'
      ? ['standalone']
      : ['scheduling-api', 'notification-sender', 'imip-ingestor'];
  const instances = apps.flatMap((app) =>
    Array.from({ length: options.replicas?.[app] ?? 1 }, (_, n): Instance => (n === 0 ? app : `${app} ${n + 1}`)),
  );
  const ports = new Map<Instance, number>();
  for (const instance of instances) ports.set(instance, await freePort());
  const urlOf = (instance: Instance): string =>
    `http://127.0.0.1:${ports.get(instance) ?? ports.get('standalone') ?? 0}`;
  const running = new Map<Instance, ChildProcess>();
  let log = '';
  const common = {
    ...process.env,
    DATABASE_URL: database.url,
    ...(setup === 'standalone without a broker' ? { RABBITMQ_URL: '' } : { RABBITMQ_URL: brokerUrl() }),
    BROKER_PREFIX: prefix,
    SMTP_URL: smtpUrl,
    SMTP_RETRY_BASE_MS: '100',
    API_KEYS: `e2e:${apiKey}`,
    INBOUND_TOKEN: inboundToken,
    TOKEN_SECRET: 'e2e-secret-of-at-least-thirty-two-characters',
    ORGANIZER_EMAIL: organizer,
    PUBLIC_URL: urlOf('scheduling-api'),
    DATA_DIR: folder,
    ...forAll,
  };
  const start: Product['start'] = async (instance, over = {}) => {
    const app = appOf(instance);
    const env = { ...common, ...options.envOf?.(app, database), ...over, PORT: String(ports.get(instance)) };
    const child = spawn(process.execPath, [join(projectRoot, 'dist', 'apps', app, 'src', 'main.js')], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    running.set(instance, child);
    await eventually(
      `${instance} is ready, or has ended`,
      async () => hasEnded(child) || (await fetch(`${urlOf(instance)}/health/ready`)).status === 200,
      { timeoutMs: 90_000 },
    );
    if (hasEnded(child))
      throw new Error(`${instance} ended with ${child.exitCode ?? child.signalCode}\n${log.slice(-2_000)}`);
  };
  const stop = async (instance: Instance, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    const child = running.get(instance);
    if (!child || hasEnded(child)) return child?.exitCode ?? null;
    const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill(signal);
    return exited;
  };
  /** Stopped at the end; one that does not stop is named, with the last that was logged, and killed. */
  const ended = async (instance: Instance): Promise<void> => {
    let isOverdue = false;
    const deadline = setTimeout(() => {
      isOverdue = true;
      process.stderr.write(`${instance} does not stop:\n${log.slice(-4_000)}\n`);
      running.get(instance)?.kill('SIGKILL');
    }, 20_000);
    await stop(instance);
    clearTimeout(deadline);
    if (isOverdue) throw new Error(`${instance} did not stop`);
  };
  const api: Product['api'] = async (method, path, body, more = {}) => {
    const headers = {
      ...more,
      authorization: `Bearer ${apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const response = await fetch(`${urlOf('scheduling-api')}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as ApiBody };
  };
  const deliver: Product['deliver'] = async (raw, envelopeFrom) => {
    const headers = {
      authorization: `Bearer ${inboundToken}`,
      'content-type': 'message/rfc822',
      'x-envelope-from': envelopeFrom,
      'x-envelope-to': organizer,
    };
    const response = await fetch(`${urlOf('imip-ingestor')}/api/imip/inbound`, {
      method: 'POST',
      headers,
      body: new Uint8Array(raw),
    });
    const body = await response.text();
    if (response.status !== 202)
      throw new Error(`the mail was answered ${response.status} ${body}\n${log.slice(-4_000)}`);
    return (JSON.parse(body) as { id: string }).id;
  };
  const mailsTo = (email: string): SunkMail[] => sink.mails.filter((mail) => mail.to.includes(email));
  const party = (email: string): Party => {
    const mail = async (n: number): Promise<Buffer> =>
      (await eventually(`mail ${n} to ${email}`, () => mailsTo(email)[n])).raw;
    return {
      email,
      mail,
      reply: async (client, action, { to = 0, ...sending } = {}) => {
        const sent = replyAs(client, await mail(to), action, { now: new Date(), id: randomUUID(), ...sending });
        return deliver(sent.raw, sent.envelopeFrom);
      },
    };
  };
  const book: Product['book'] = async (over = {}, headers = {}) => {
    const who = randomUUID().slice(0, 8);
    const [host, guest] = [party(`host-${who}@hosts.test`), party(`guest-${who}@guests.test`)];
    const times = { startUtc: '2031-05-05T10:00:00Z', endUtc: '2031-05-05T11:00:00Z' };
    const people = {
      host: { email: host.email, name: `Hana ${who}`, timeZone: 'Europe/Berlin' },
      guest: { email: guest.email, name: `Gil ${who}`, timeZone: 'America/New_York' },
    };
    const created = await api('POST', '/api/practice-room/create', { ...times, ...people, ...over }, headers);
    if (created.status !== 201) throw new Error(`create answered ${created.status} ${JSON.stringify(created.body)}`);
    await Promise.all([host.mail(0), guest.mail(0)]);
    return { room: created.body, host, guest };
  };
  const end: Product['end'] = async () => {
    await Promise.all(instances.map(ended));
    await sink.close();
    await database.drop();
    if (setup !== 'standalone without a broker') await dropPrefix(prefix);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await options.prepare?.(database);
    for (const instance of instances) await start(instance);
  } catch (error) {
    await end().catch(() => undefined);
    throw error;
  }
  return {
    sink,
    database,
    prefix,
    api,
    deliver,
    book,
    room: async (roomId) => (await api('GET', `/api/practice-room/${roomId}`)).body,
    mailsTo,
    party,
    url: urlOf,
    start,
    stop,
    logs: () => log,
    end,
  };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

const appOf = (instance: Instance): App => instance.split(' ', 1)[0] as App;
