// docker-compose.yml and docker/Dockerfile without Docker: the file against its schema, what it promises, and every
// command of it run as the image runs it: production packages only, exactly its environment, a user with no rights.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setupSettings } from '#doctor';
import { messagingSettings } from '#messaging';
import { databaseSettings } from '#persistence';
import { serviceSettings } from '#service';
import { tracingSettings } from '#tracing';
import { imipIngestorSettings } from '../../../apps/imip-ingestor/src/settings';
import { notificationSenderSettings } from '../../../apps/notification-sender/src/settings';
import { schedulingApiSettings } from '../../../apps/scheduling-api/src/settings';
import { brokerUrl, dropPrefix, freshPrefix } from '../../support/broker';
import { composeText, dockerfile, environmentOf, healthCheck, servicesOf } from '../../support/compose';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { type Image, layOutImage, type ImageCommand } from '../../support/image';
import { SmtpSink } from '../../support/smtp-sink';
import { freePort } from '../../support/free-port';

const root = join(__dirname, '..', '..', '..');
const apps = ['scheduling-api', 'notification-sender', 'imip-ingestor'];

/** The part of dclint that is used here; its own types do not resolve. */
interface Linter {
  lintFiles(paths: string[], recursive: boolean): { messages: { rule: string; message: string }[] }[];
}

const services = servicesOf(composeText);

/** Where nobody has set anything: names of secrets that have a value then, and URLs that contain a password. */
const knownSecrets = (compose: string): string[] =>
  Object.entries(servicesOf(compose)).flatMap(([name, service]) =>
    Object.entries(environmentOf(service, {}))
      .filter(([key, value]) =>
        /PASS|SECRET|TOKEN|_KEYS?$|_AUTH$/.test(key) && !key.endsWith('_FILE')
          ? value !== ''
          : /:\/\/[^/\s]*:[^/\s]*@|password=/.test(value),
      )
      .map(([key]) => `${name} ${key}`),
  );

/** Runs docker/secrets.mjs over a folder. */
const makeSecrets = (folder: string, env: Record<string, string> = {}): void =>
  void execFileSync(process.execPath, [join(root, 'docker', 'secrets.mjs'), folder], { env });
const madeFor = (folder: string, app: string): string => readFileSync(join(folder, app, 'app.env'), 'utf8');

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
    writeFileSync(join(folder, 'docker-compose.yml'), composeText.replace('restart: unless', 'restarts: unless'));
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
    ).toEqual(['gateway', 'mail', 'grafana']);
    // The mailbox contains every link: only this machine may look.
    for (const name of ['mail', 'grafana'])
      for (const port of services[name]?.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('has no password and no key that everybody knows', () => {
    expect(knownSecrets(composeText)).toEqual([]);
    const bad = `services:
  api:
    environment:
      OPERATOR_KEYS: \${OPERATOR_KEYS:-operator:try-out}
      DATABASE_URL: \${DATABASE_URL:-postgres://scheduling:scheduling@postgres:5432/scheduling}
      API_KEYS:
      POSTGRES_PASSWORD_FILE: /secrets/password
`;
    expect(knownSecrets(bad)).toEqual(['api OPERATOR_KEYS', 'api DATABASE_URL']);
    // Grafana's own default is admin, admin.
    expect(services['grafana']?.environment).toMatchObject({ GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: 'true' });
  });

  it('gives each app every setting that it reads, and no other', () => {
    const shapes = [schedulingApiSettings, notificationSenderSettings, imipIngestorSettings];
    for (const [at, app] of apps.entries()) {
      const ofProcess = { ...serviceSettings, ...messagingSettings, ...tracingSettings, ...databaseSettings };
      const ofHealth = app === 'scheduling-api' ? setupSettings : {};
      const ofApp = { ...ofProcess, ...ofHealth, ...shapes[at] };
      const read = new Set([...Object.keys(ofApp), 'DATABASE_POOL_SIZE', 'PUBLIC_URL']);
      // The image's own, because its health check asks there.
      for (const name of ['PORT', 'HOST']) read.delete(name);
      expect([app, Object.keys(services[app]?.environment ?? {}).sort()]).toEqual([app, [...read].sort()]);
    }
    expect(environmentOf(services['scheduling-api'], { GATEWAY_PORT: '9000', RATE_LIMIT: 'off' })).toMatchObject({
      PUBLIC_URL: 'http://localhost:9000',
      RATE_LIMIT: 'off',
    });
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
    expect(gateway).not.toMatch(/mail:|grafana/);
    const page = readFileSync(join(root, 'docker', 'gateway.html'), 'utf8');
    for (const [, port = '', name = ''] of page.matchAll(/localhost:(\d+)<[^]*?<code>(\w+_PORT)</g))
      expect(composeText).toContain(`127.0.0.1:\${${name}:-${port}}:`);
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

describe('docker/secrets.mjs', () => {
  const folders = [0, 1, 2].map(() => mkdtempSync(join(tmpdir(), 'secrets-')));
  const [one = '', other = '', given = ''] = folders;
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));
  const all = (folder: string): string[] => apps.map((app) => madeFor(folder, app));

  it('makes them once, at random, and gives each app its own', () => {
    makeSecrets(one);
    makeSecrets(other);
    const before = all(one);
    makeSecrets(one);
    expect(all(one)).toEqual(before);
    const values = (folder: string): string[] => all(folder).flatMap((made) => made.match(/[\w-]{43}/g) ?? []);
    expect(values(one)).toHaveLength(14);
    expect(values(other).filter((value) => values(one).includes(value))).toEqual([]);
    expect(madeFor(one, 'notification-sender')).not.toMatch(/_KEYS|INBOUND/);
  });

  it('takes POSTGRES_PASSWORD alone, whatever it holds', () => {
    const password = `it's/a@b:c?#$x %`;
    makeSecrets(given, { POSTGRES_PASSWORD: password, RABBITMQ_PASSWORD: '' });
    expect(readFileSync(join(given, 'owner', 'password'), 'utf8')).toBe(password);
    // As `roles` reads it, by the shell of its container.
    const command = (services['roles']?.command ?? []).map((part) =>
      part
        .replaceAll('$$', '$')
        .replaceAll('/secrets', join(given, 'owner'))
        .replace(/exec psql.* -f \S+/, 'env; echo'),
    );
    expect(command[2]).toContain('env; echo');
    const output = execFileSync(command[0] ?? '', command.slice(1), { env: { PATH: process.env['PATH'] } }).toString();
    const url = new URL(/^postgres:.*$/m.exec(output)?.[0] ?? '');
    expect([url.username, decodeURIComponent(url.password)]).toEqual(['scheduling', password]);
    for (const app of apps) {
      const role = app.replace('-', '_');
      const ofRole = new RegExp(`^PGOPTIONS=.*scheduling\\.${role}_password=(\\S+)`, 'm').exec(output)?.[1];
      expect(madeFor(given, app)).toContain(`postgres://${role}:${ofRole}@postgres:5432/scheduling\n`);
    }
  });

  it('a DATABASE_URL of several hosts does not reach psql, which would show its password to the server', () => {
    makeSecrets(given, {});
    const command = (services['roles']?.command ?? []).map((part) =>
      part
        .replaceAll('$$', '$')
        .replaceAll('/secrets', join(given, 'owner'))
        .replace(/exec psql.* -f \S+/, 'echo'),
    );
    const roles = (env: Record<string, string>) =>
      spawnSync(command[0] ?? '', command.slice(1), {
        env: { PATH: process.env['PATH'], DATABASE_URL: 'postgres://o:hush@one/s,postgres://o:hush@two/s', ...env },
        encoding: 'utf8',
      });
    const { status, stdout, stderr } = roles({});
    expect([status, stdout, stderr]).toEqual([1, '', expect.stringContaining('set DATABASE_ADMIN_URL')]);
    expect(stderr).not.toContain('hush');
    expect(roles({ DATABASE_ADMIN_URL: 'postgres://o:hush@two/s' }).stdout).toBe('postgres://o:hush@two/s\n');
  });

  it('is mounted so that each service reads its own secrets only', () => {
    const writes = new Map((services['secrets']?.volumes ?? []).map((volume) => volume.split(':') as [string, string]));
    for (const [name, folder] of Object.entries({
      ...Object.fromEntries(apps.map((app) => [app, app])),
      migrate: 'owner',
      roles: 'owner',
      postgres: 'owner',
      rabbitmq: 'broker',
    })) {
      const mounted = (services[name]?.volumes ?? []).filter((volume) => volume.includes(':/secrets'));
      expect([name, mounted.map((volume) => writes.get(volume.split(':')[0] ?? ''))]).toEqual([
        name,
        [`/secrets/${folder}`],
      ]);
      for (const volume of mounted) expect(volume).toMatch(/:ro$/);
      const files = [...JSON.stringify(services[name]).matchAll(/\/secrets\/([\w.]+)/g)].map(([, file = '']) => file);
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) expect([name, file, existsSync(join(given, folder, file))]).toEqual([name, file, true]);
    }
  });
});

describe('the image', () => {
  const secrets = mkdtempSync(join(tmpdir(), 'secrets-'));
  const relay = new SmtpSink();
  let smtpUrl: string;
  let image: Image;
  let database: FreshDatabase;
  const prefix = freshPrefix();
  const running: ImageCommand[] = [];

  beforeAll(async () => {
    image = layOutImage();
    makeSecrets(secrets);
    chmodSync(secrets, 0o755);
    smtpUrl = await relay.start();
    database = await freshDatabase();
    await database.db.query('drop schema public cascade; create schema public');
  }, 60_000);
  afterAll(async () => {
    for (const each of running) each.process.kill('SIGKILL');
    await Promise.all(running.map((each) => each.ended));
    await dropPrefix(prefix);
    await database.drop();
    await relay.close();
    rmSync(secrets, { recursive: true });
    image.remove();
  });

  /** The service's environment over the Dockerfile's, with the addresses of this test; nothing of this process'. */
  const environment = (name: string, port: string): Record<string, string> => {
    const given = { DATABASE_URL: database.url, RABBITMQ_URL: brokerUrl(), SMTP_URL: smtpUrl, BROKER_PREFIX: prefix };
    return { NODE_ENV: 'production', ...environmentOf(services[name], given), PORT: port };
  };
  const run = (name: string, env: Record<string, string>): ImageCommand => {
    const folder = join(secrets, name === 'migrate' ? 'owner' : name);
    const started = image.run(
      (services[name]?.command ?? []).map((part) => part.replace('/secrets', folder)),
      env,
    );
    running.push(started);
    return started;
  };

  it('runs as a user with no rights and has a command of its own', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]')).toEqual(
      services['scheduling-api']?.command?.filter((part) => !part.startsWith('--env-file')),
    );
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
      const port = String(await freePort());
      const started = run(app, environment(app, port));
      let over = false;
      void started.ended.then(() => (over = true));
      await eventually(
        `${app} is ready`,
        async () => over || (await fetch(`http://127.0.0.1:${port}/health/ready`)).status === 200,
        { timeoutMs: 30_000 },
      );
      expect([app, over ? started.output() : 'running']).toEqual([app, 'running']);
      expect(await image.run(healthCheck, { PORT: port }).ended).toBe(0);
      expect(await image.run(healthCheck, { PORT: '1' }).ended).toBe(1);
      const since = Date.now();
      started.process.kill('SIGTERM');
      expect(await started.ended).toBe(0);
      expect(Date.now() - since).toBeLessThan(10_000);
    },
    60_000,
  );

  it.each([
    ['retention --dry-run', 0, 'rooms: 0 older than 400 days'],
    ['tidy', 2, 'there is no command tidy: doctor, replay, retention'],
  ])('has the commands of an operator: %s', async (command, status, says) => {
    const env = environment('notification-sender', '3000');
    const started = image.run(['node', 'dist/apps/standalone/src/command.js', ...command.split(' ')], env);
    const code = await started.ended;
    expect([code, started.output()]).toEqual([status, expect.stringContaining(says)]);
  });

  it('refuses short keys, and takes what is set before what was made', async () => {
    const short = { ...environment('scheduling-api', '3000'), OPERATOR_KEYS: 'operator:short' };
    const refused = run('scheduling-api', short);
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toContain('OPERATOR_KEYS: must hold at least 32 characters in production');
    expect(refused.output()).not.toMatch(/API_KEYS|short/);
  });
});
