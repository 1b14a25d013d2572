// docker-compose.yml and docker/Dockerfile without Docker: the file against its schema, what it promises, and every
// command of it
// run as the image runs it: production packages only, exactly its environment, a user with no rights.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { brokerUrl, dropPrefix, freshPrefix } from '../../support/broker';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { type Image, layOutImage, type Running } from '../../support/image';
import { freePort } from '../../support/standalone';

const root = join(__dirname, '..', '..', '..');
const apps = ['scheduling-api', 'notification-sender', 'imip-ingestor'];

interface Service {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  container_name?: string;
  read_only?: boolean;
  depends_on?: Record<string, { condition: string }> | string[];
}

/** The part of dclint that is used here; its own types do not resolve. */
interface Linter {
  lintFiles(paths: string[], recursive: boolean): { messages: { rule: string; message: string }[] }[];
}

const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };
const dockerfile = readFileSync(join(root, 'docker', 'Dockerfile'), 'utf8');

/** `${NAME:-default}` as Compose fills it in. */
const filledIn = (value: string, env: Record<string, string>): string =>
  value.replaceAll(/\$\{(\w+):-([^}]*)\}/g, (_, name: string, fallback: string) => env[name] ?? fallback);

describe('docker-compose.yml', () => {
  it('is a Compose file by its schema', async () => {
    const { DCLinter } = await import('dclint');
    const linter: Linter = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] });
    const faults = (file: string): string[] =>
      linter
        .lintFiles([file], false)
        .flatMap(({ messages }) => messages.filter(({ rule }) => rule.startsWith('invalid-')).map(({ rule }) => rule));
    expect(faults(join(root, 'docker-compose.yml'))).toEqual([]);
    const folder = mkdtempSync(join(tmpdir(), 'compose-'));
    writeFileSync(join(folder, 'docker-compose.yml'), text.replace('restart: unless', 'restarts: unless'));
    expect(faults(join(folder, 'docker-compose.yml'))).toContain('invalid-schema');
    rmSync(folder, { recursive: true });
  });

  it('lets every app be scaled: no port and no name of its own', () => {
    for (const app of apps)
      expect([services[app]?.ports, services[app]?.container_name]).toEqual([undefined, undefined]);
    expect(
      Object.entries(services)
        .filter(([, service]) => service.ports)
        .map(([name]) => name),
    ).toEqual(['gateway']);
  });

  it('starts no app before the schema is there, and lets none write', () => {
    for (const app of apps) {
      expect(services[app]?.depends_on).toMatchObject({ migrate: { condition: 'service_completed_successfully' } });
      expect(services[app]?.read_only).toBe(true);
    }
  });

  it('mounts only what exists', () => {
    const mounted = Object.values(services)
      .flatMap((service) => service.volumes ?? [])
      .filter((volume) => volume.startsWith('./'));
    expect(mounted.length).toBeGreaterThan(0);
    for (const volume of mounted) expect(existsSync(join(root, volume.split(':')[0] ?? ''))).toBe(true);
  });

  it('sends each path to the app that serves it', () => {
    const gateway = readFileSync(join(root, 'docker', 'gateway.conf'), 'utf8');
    const [, pattern = '', toIngestor] = /"~(\^[^"]+)"\s+([\w-]+);/.exec(gateway) ?? [];
    const routed = (path: string): string =>
      new RegExp(pattern).test(path) ? String(toIngestor) : String(/default\s+([\w-]+);/.exec(gateway)?.[1]);
    expect(
      [
        '/api/imip/inbound',
        '/api/hooks/email-status',
        '/api/practice-room/create',
        '/reschedule?r=x',
        '/approve?t=x',
      ].map(routed),
    ).toEqual(['imip-ingestor', 'imip-ingestor', 'scheduling-api', 'scheduling-api', 'scheduling-api']);
    expect(gateway).toContain('location = /metrics { return 404; }');
    // Neither of its logs quotes a query.
    expect([...gateway.matchAll(/^\s*(?:access|error)_log (?!off)(.*);$/gm)].map(([, to]) => to).sort()).toEqual([
      '/dev/stderr emerg',
      '/dev/stdout without_query',
    ]);
    expect(/log_format without_query '([^']*)'/.exec(gateway)?.[1]).not.toMatch(
      /\$(?:request|request_uri|args|query_string|http_referer)\b/,
    );
  });
});

describe('the image', () => {
  let image: Image;
  let database: FreshDatabase;
  const prefix = freshPrefix();
  const running: Running[] = [];

  beforeAll(async () => {
    image = layOutImage();
    database = await freshDatabase();
    await database.db.query('drop schema public cascade; create schema public');
  }, 60_000);
  afterAll(async () => {
    for (const each of running) each.process.kill('SIGKILL');
    await Promise.all(running.map((each) => each.ended));
    await dropPrefix(prefix);
    await database.drop();
    image.remove();
  });

  /** The service's environment over the Dockerfile's, with the addresses of this test; nothing of this process'. */
  const environment = (name: string, port: string): Record<string, string> => {
    const given = { DATABASE_URL: database.url, RABBITMQ_URL: brokerUrl(), SMTP_URL: 'smtp://127.0.0.1:1' };
    const ofCompose = Object.entries(services[name]?.environment ?? {}).map(
      ([key, value]) => [key, filledIn(String(value), given)] as const,
    );
    return { NODE_ENV: 'production', ...Object.fromEntries(ofCompose), PORT: port, BROKER_PREFIX: prefix };
  };
  const run = (name: string, env: Record<string, string>): Running => {
    const started = image.run(services[name]?.command ?? [], env);
    running.push(started);
    return started;
  };

  it('runs as a user with no rights and has a command of its own', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]')).toEqual(services['scheduling-api']?.command);
    expect(dockerfile).toContain('ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000');
  });

  it('migrates, and again without harm', async () => {
    const [first, second] = [
      run('migrate', environment('migrate', '3000')),
      run('migrate', environment('migrate', '3000')),
    ];
    expect([await first.ended, await second.ended]).toEqual([0, 0]);
    expect(await run('migrate', environment('migrate', '3000')).ended).toBe(0);
  }, 60_000);

  it.each(apps)(
    'starts %s, answers its health check and ends with 0 on SIGTERM',
    async (app) => {
      const port = await freePort();
      const started = run(app, environment(app, port));
      let over = false;
      void started.ended.then(() => (over = true));
      await eventually(
        `${app} is ready`,
        async () => over || (await fetch(`http://127.0.0.1:${port}/health/ready`)).status === 200,
        { timeoutMs: 30_000 },
      );
      expect([app, over ? started.output() : 'running']).toEqual([app, 'running']);
      const check = JSON.parse(/HEALTHCHECK [^[]*(\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]') as string[];
      expect(await image.run(check, { PORT: port }).ended).toBe(0);
      expect(await image.run(check, { PORT: '1' }).ended).toBe(1);
      const since = Date.now();
      started.process.kill('SIGTERM');
      expect(await started.ended).toBe(0);
      expect(Date.now() - since).toBeLessThan(10_000);
    },
    60_000,
  );

  it('refuses the secrets for trying out in production', async () => {
    const refused = run('scheduling-api', { ...environment('scheduling-api', '3000'), NODE_ENV: 'production' });
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toContain('API_KEYS: must hold at least 32 characters in production');
    expect(refused.output()).not.toContain('try-out-key');
  });
});
