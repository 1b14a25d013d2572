// `npm run image`: builds the container image without Docker, starts the three apps in it as the user without rights,
// and lets them book a room against a Postgres, a RabbitMQ and a relay of their own. Prints each step that held.
// Loaded by apps/standalone/bin/image.mjs; exit code 0: all held; 1: one did not; 2: no image can be built here.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replyAs } from '../../apps/standalone/src/simulator/reply-as';
import { type Breakable, startBreakable, steadyPort } from '../chaos/services';
import { composeText, environmentOf, healthCheck, servicesOf } from '../support/compose';
import { eventually } from '../support/eventually';
import { projectRoot } from '../support/project-root';
import { SmtpSink } from '../support/smtp-sink';
import { Buildah, type ImageCommand, whyNoImage } from './buildah';

const apps = ['scheduling-api', 'notification-sender', 'imip-ingestor'] as const;
type App = (typeof apps)[number];

const begun = performance.now();
const say = (line: string): void =>
  void process.stdout.write(`${((performance.now() - begun) / 1_000).toFixed(0)} s: ${line}\n`);
const services = servicesOf(composeText);
const buildah = new Buildah();
const relay = new SmtpSink();
const secrets = mkdtempSync(join(tmpdir(), 'hybrid-secrets-'));
const ports = new Map<App, number>();
const running = new Map<App, ImageCommand>();
let given: Breakable | undefined;

function holds(what: string, is: boolean, seen: () => string): void {
  if (!is) throw new Error(`not so: ${what}\n${seen()}`);
  say(what);
}

/** Runs to its end; its command ends with 0. */
async function done(what: string, started: ImageCommand): Promise<void> {
  holds(what, (await started.ended) === 0, () => started.output());
}

/** A service of docker-compose.yml with the addresses of this run; `instead` runs in place of its last word. */
function start(name: App | 'migrate', smtpUrl: string, port: number, instead: string[] = []): ImageCommand {
  const { databaseUrl: DATABASE_URL = '', rabbitUrl: RABBITMQ_URL = '' } = given ?? {};
  const settings = environmentOf(services[name], { DATABASE_URL, RABBITMQ_URL, SMTP_URL: smtpUrl });
  const folder = join(secrets, name === 'migrate' ? 'owner' : name);
  const env = { ...settings, HOST: '127.0.0.1', PORT: String(port) };
  const command = services[name]?.command ?? [];
  const whole = instead.length > 0 ? [...command.slice(0, -1), ...instead] : command;
  return buildah.run(whole, env, ['--volume', `${folder}:/secrets:ro`]);
}

/** A value of what docker/secrets.mjs made. */
const made = (app: App, name: string): string =>
  new RegExp(`^${name}=(?:\\w+:)?(.*)$`, 'm').exec(readFileSync(join(secrets, app, 'app.env'), 'utf8'))?.[1] ?? '';
const at = (app: App): string => `http://127.0.0.1:${ports.get(app)}`;

async function startApps(smtpUrl: string): Promise<void> {
  const script = join(projectRoot, 'docker', 'secrets.mjs');
  const asRoot = ['--user', 'root', '--volume', `${script}:/secrets.mjs:ro`, '--volume', `${secrets}:/secrets`];
  await done('docker/secrets.mjs made passwords and keys', buildah.run(['node', '/secrets.mjs'], {}, asRoot));
  await done('the schema is migrated', start('migrate', smtpUrl, 3000));
  const retention = ['dist/apps/standalone/src/command.js', 'retention', '--dry-run'];
  await done('an operator asks what is old', start('notification-sender', smtpUrl, 3000, retention));
  for (const app of apps) {
    ports.set(app, await steadyPort());
    running.set(app, start(app, smtpUrl, ports.get(app) ?? 0));
  }
  for (const app of apps) {
    const started = running.get(app);
    let over = false;
    void started?.ended.then(() => (over = true));
    const ready = async (): Promise<boolean> => over || (await fetch(`${at(app)}/health/ready`)).status === 200;
    await eventually(`${app} is ready`, ready, { timeoutMs: 60_000 });
    holds(`${app} is ready`, !over, () => started?.output() ?? '');
    await done(
      `${app} passes the health check of the image`,
      buildah.run(healthCheck, { PORT: String(ports.get(app)) }),
    );
  }
}

async function book(): Promise<void> {
  const headers = { Authorization: `Bearer ${made('scheduling-api', 'API_KEYS')}`, 'Content-Type': 'application/json' };
  const [host, guest] = ['hana@example.org', 'gil@example.net'];
  const [startUtc, endUtc] = [48, 49].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString());
  const body = JSON.stringify({ startUtc, endUtc, host: { email: host }, guest: { email: guest } });
  const booked = await fetch(`${at('scheduling-api')}/api/practice-room/create`, { method: 'POST', headers, body });
  const { roomId } = (await booked.json()) as { roomId: string };
  holds('a room is booked', booked.status === 201, () => String(booked.status));
  const letterTo = (person: string) => (): Buffer | undefined =>
    relay.mails.find(({ accepted, to }) => accepted && to.includes(person))?.raw;
  await eventually('the letter to the host', letterTo(host));
  const invitation = await eventually('the letter to the guest', letterTo(guest));
  say('both letters came to the relay');
  const reply = replyAs('google', invitation, { kind: 'accept' }, { now: new Date(), id: 'image' });
  const posted = await fetch(`${at('imip-ingestor')}/api/imip/inbound`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${made('imip-ingestor', 'INBOUND_TOKEN')}`, 'Content-Type': 'message/rfc822' },
    body: new Uint8Array(reply.raw),
  });
  holds('the mail of an answer is stored', posted.status === 202, () => String(posted.status));
  await eventually('the guest has accepted', async () => {
    const room = await (await fetch(`${at('scheduling-api')}/api/practice-room/${roomId}`, { headers })).json();
    const { invitations } = room as { invitations: { role: string; partstat: string }[] };
    return invitations.some(({ role, partstat }) => role === 'guest' && partstat === 'accepted');
  });
  say('the answer counts');
}

async function main(): Promise<void> {
  buildah.makeBase();
  say('the base image is made');
  buildah.build();
  say('the image is built from docker/Dockerfile');
  const user = buildah.run(['sh', '-c', 'id -un; touch dist/x /etc/x 2>/dev/null || echo writes nothing'], {});
  await user.ended;
  holds('its user is node and may write to no file of it', user.output() === 'node\nwrites nothing\n', user.output);
  given = await startBreakable();
  await startApps(await relay.start());
  await book();
  for (const app of apps) {
    running.get(app)?.stop();
    holds(
      `${app} ends with 0 on SIGTERM`,
      (await running.get(app)?.ended) === 0,
      () => running.get(app)?.output() ?? '',
    );
  }
}

async function remove(): Promise<void> {
  await buildah.remove();
  await relay.close();
  await given?.remove();
  rmSync(secrets, { recursive: true, force: true });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void remove().finally(() => process.exit(130)));

whyNoImage()
  .then(async (refusal) => {
    if (refusal) process.stderr.write(`No image can be built here: ${refusal}\n`);
    else await main();
    process.exitCode = refusal ? 2 : 0;
  })
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => remove().finally(() => process.exit()));
