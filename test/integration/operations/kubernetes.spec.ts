// docker/k8s without a cluster: every manifest against Kubernetes' (and KEDA's) own schema, no field that the schema
// does not know, and what the manifests promise one another and the apps.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { queueNames } from '#contracts';
import { brokerUrls } from '#messaging';
import { databaseUrls } from '#persistence';
import { readSettings } from '#service';
import { imipIngestorSecrets, imipIngestorSettings } from '../../../apps/imip-ingestor/src/settings';
import {
  notificationSenderSecrets,
  notificationSenderSettings,
  smtpUrls,
} from '../../../apps/notification-sender/src/settings';
import { operations } from '../../../apps/scheduling-api/src/docs/operations';
import { schedulingApiSecrets, schedulingApiSettings } from '../../../apps/scheduling-api/src/settings';

const folder = join(__dirname, '..', '..', '..', 'docker', 'k8s');
const apps = ['scheduling-api', 'notification-sender', 'imip-ingestor'] as const;

interface Container {
  name: string;
  image: string;
  command: string[];
  envFrom: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  securityContext?: Record<string, unknown>;
  resources?: { requests?: unknown; limits?: unknown };
  ports?: { name: string; containerPort: number }[];
}
interface PodSpec {
  securityContext: Record<string, unknown>;
  automountServiceAccountToken: boolean;
  terminationGracePeriodSeconds?: number;
  containers: Container[];
  initContainers?: Container[];
}
interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; annotations?: Record<string, string>; labels?: Record<string, string> };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  spec?: {
    template?: { metadata: { labels: Record<string, string> }; spec: PodSpec };
    selector?: { matchLabels?: Record<string, string> } & Record<string, unknown>;
    scaleTargetRef?: { name: string };
    triggers?: { type: string; metadata: Record<string, string> }[];
    podSelector?: { matchLabels?: Record<string, string> };
    ports?: { port: number; targetPort: string }[];
    egress?: { ports: { port: number }[] }[];
    rules?: { http: { paths: { path: string; pathType: string; backend: { service: { name: string } } }[] } }[];
  };
}

const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const read = (name: string): Manifest[] =>
  parseAllDocuments(readFileSync(join(folder, name), 'utf8')).map((document) => {
    const [fault] = document.errors;
    if (fault) throw fault;
    return document.toJS() as Manifest;
  });
const manifests = files.filter((name) => name !== 'kustomization.yaml').flatMap(read);
const all = (kind: string): Manifest[] => manifests.filter((each) => each.kind === kind);
const one = (kind: string, name: string): Manifest => {
  const found = manifests.find((each) => each.kind === kind && each.metadata.name === name);
  if (!found) throw new Error(`no ${kind} ${name}`);
  return found;
};

type Validate = ((data: unknown) => boolean) & {
  errors?: { instancePath: string; keyword: string; params: unknown }[] | null;
};

/** The compiled schema of a manifest's kind. */
async function schemaOf({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): Promise<Validate> {
  const groups: Record<string, string> = {
    v1: 'CoreV1',
    'apps/v1': 'AppsV1',
    'batch/v1': 'BatchV1',
    'policy/v1': 'PolicyV1',
    'autoscaling/v2': 'AutoscalingV2',
    'networking.k8s.io/v1': 'NetworkingV1',
  };
  // KEDA's package does not export its schemas by name.
  const keda = join(
    __dirname,
    '..',
    '..',
    '..',
    'node_modules',
    '@kubernetes-models',
    'keda',
    '_schemas',
    `ComGithubKedacoreKedaV2ApisKedaV1alpha1${kind}.js`,
  );
  const path =
    apiVersion === 'keda.sh/v1alpha1' ? keda : `kubernetes-models/_schemas/IoK8sApi${groups[apiVersion]}${kind}`;
  return ((await import(path)) as { validate: Validate }).validate;
}

/**
 * What is wrong with a manifest: the schema's complaints, and every field that the schema never looks at, which a
 * cluster would drop or refuse.
 */
async function faults(manifest: Manifest): Promise<string[]> {
  const validate = await schemaOf(manifest);
  const unread = new Set<string>();
  const valid = validate(watched(manifest, '', unread));
  const complaints = valid
    ? []
    : (validate.errors ?? []).map((each) => `${each.instancePath} ${each.keyword} ${JSON.stringify(each.params)}`);
  return [...complaints, ...[...unread].map((path) => `${path} is no field`)];
}

/** A copy whose fields leave `unread` once somebody asks for them. */
function watched(value: unknown, path: string, unread: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each, index) => watched(each, `${path}/${index}`, unread));
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, watched(each, `${path}/${key}`, unread)]),
  );
  for (const key of Object.keys(copy)) unread.add(`${path}/${key}`);
  return new Proxy(copy, {
    get: (target, key) => {
      unread.delete(`${path}/${String(key)}`);
      return target[String(key)];
    },
  });
}

describe('the schema', () => {
  it.each(manifests.map((each) => [`${each.kind} ${each.metadata.name}`, each] as const))(
    '%s keeps it',
    async (_name, manifest) => {
      expect(await faults(manifest)).toEqual([]);
    },
  );

  it('a wrong type, a missing field and a misspelt field are found', async () => {
    const good = one('Deployment', 'scheduling-api');
    const planted = (change: (text: string) => string): Manifest =>
      JSON.parse(change(JSON.stringify(good))) as Manifest;
    expect(
      await faults(planted((text) => text.replace('"revisionHistoryLimit":5', '"revisionHistoryLimit":"five"'))),
    ).toEqual([expect.stringContaining('/spec/revisionHistoryLimit type')]);
    expect(await faults(planted((text) => text.replace(/"selector":\{.*?\}\},/, '')))).toEqual([
      expect.stringContaining('selector'),
    ]);
    expect(await faults(planted((text) => text.replace('readOnlyRootFilesystem', 'readonlyRootFilesystem')))).toEqual([
      expect.stringContaining('readonlyRootFilesystem is no field'),
    ]);
  });
});

it('kustomize takes every file, and no other', () => {
  const { resources } = parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')) as { resources: string[] };
  expect([...resources].sort()).toEqual(files.filter((name) => name !== 'kustomization.yaml').sort());
});

const pods = [...all('Deployment'), ...all('Job')].map(
  (each) => [each.metadata.name, each.spec?.template?.spec as PodSpec] as const,
);

it.each(pods)('%s runs without rights and writes nowhere', (_name, pod) => {
  expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  expect(pod.automountServiceAccountToken).toBe(false);
  for (const container of [...pod.containers, ...(pod.initContainers ?? [])]) {
    expect(container.securityContext).toEqual({
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
    expect(container.resources).toMatchObject({
      requests: { cpu: expect.any(String), memory: expect.any(String) },
      limits: { memory: expect.any(String) },
    });
  }
});

it.each(apps)('%s has a budget, an autoscaler and a network policy that mean its pods, and time to end', (app) => {
  const { template, selector } = one('Deployment', app).spec ?? {};
  const labels = { 'app.kubernetes.io/name': app };
  expect([template?.metadata.labels, selector?.matchLabels]).toEqual([labels, labels]);
  expect(one('PodDisruptionBudget', app).spec?.selector?.matchLabels).toEqual(labels);
  expect(one('NetworkPolicy', app).spec?.podSelector?.matchLabels).toEqual(labels);
  const scalers = [...all('HorizontalPodAutoscaler'), ...all('ScaledObject')].filter(
    (each) => each.spec?.scaleTargetRef?.name === app,
  );
  expect(scalers.length).toBe(1);
  // 10 s to end, and the 5 s of the preStop hook.
  expect(template?.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(15);
});

type Env = Record<string, string>;
it.each([
  ['scheduling-api', (env: Env) => readSettings(env, schedulingApiSettings, schedulingApiSecrets)],
  ['notification-sender', (env: Env) => readSettings(env, notificationSenderSettings, notificationSenderSecrets)],
  ['imip-ingestor', (env: Env) => readSettings(env, imipIngestorSettings, imipIngestorSecrets)],
] as const)('%s is given the settings that it needs in production, and refuses the placeholders', (app, readEnv) => {
  const container = one('Deployment', app).spec?.template?.spec.containers[0];
  const given = Object.assign({}, ...(container?.envFrom ?? []).map((each) => envOf(each))) as Env;
  const real = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, value.replace('change-me', 'x'.repeat(32))]),
  );
  expect(() => readEnv(real)).not.toThrow();
  expect(() => readEnv(given)).toThrow(/at least 32 characters/);
  for (const name of ['DATABASE_URL', 'RABBITMQ_URL']) expect(Object.keys(given)).toContain(name);
});

it('a placeholder in a URL is refused by the name of its variable', () => {
  const shape = { DATABASE_URL: databaseUrls, RABBITMQ_URL: brokerUrls, SMTP_URL: smtpUrls.optional() };
  for (const app of [...apps, 'migrate']) {
    const given = one('Secret', app).stringData ?? {};
    const urls = Object.keys(given).filter((name) => (given[name] ?? '').includes('://'));
    const faults = urls.sort().map((name) => `${name}: has the password change-me: put in the real one`);
    const complete = { RABBITMQ_URL: 'amqp://127.0.0.1', ...given };
    expect(() => readSettings(complete, shape)).toThrow(`settings: ${faults.join('; ')}`);
  }
});

const envOf = ({ configMapRef, secretRef }: Container['envFrom'][number]): Record<string, string> =>
  (configMapRef ? one('ConfigMap', configMapRef.name).data : one('Secret', secretRef?.name ?? '').stringData) ?? {};

it('all that the migration needs can go before the apps, and nothing else does', () => {
  const before = manifests
    .filter((each) => each.metadata.labels?.['stage'] === 'before')
    .map((each) => `${each.kind} ${each.metadata.name}`);
  const pod = one('Job', 'migrate').spec?.template?.spec;
  const needed = [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])]
    .flatMap((each) => each.envFrom)
    .map(({ configMapRef, secretRef }) =>
      configMapRef ? `ConfigMap ${configMapRef.name}` : `Secret ${secretRef?.name}`,
    );
  expect(before.sort()).toEqual([...new Set(['Namespace scheduling', 'Job migrate', ...needed])].sort());
});

it('an app is not shown the secrets of another', () => {
  const names = (app: string): string[] => Object.keys(one('Secret', app).stringData ?? {});
  expect(names('notification-sender')).not.toEqual(expect.arrayContaining(['API_KEYS']));
  expect(names('notification-sender')).not.toEqual(expect.arrayContaining(['INBOUND_TOKEN']));
  expect([
    names('imip-ingestor').includes('SMTP_URL'),
    names('scheduling-api').includes('INBOUND_TOKEN'),
    names('migrate'),
  ]).toEqual([false, false, ['DATABASE_URL', 'PGOPTIONS']]);
});

it('the Job makes each app the database role that its URL names, with the password in it', () => {
  const options = one('Secret', 'migrate').stringData?.['PGOPTIONS'] ?? '';
  const given = Object.fromEntries(
    [...options.matchAll(/-c scheduling\.(\w+)_password=(\S+)/g)].map(([, role, password]) => [role, password]),
  );
  const urls = apps.map((app) => new URL(one('Secret', app).stringData?.['DATABASE_URL'] ?? ''));
  expect(Object.fromEntries(urls.map((url) => [url.username, url.password]))).toEqual(given);
  expect(urls.map((url) => url.username)).toEqual(apps.map((app) => app.replaceAll('-', '_')));
});

it('the autoscalers look at queues that are there', () => {
  const queues = all('ScaledObject')
    .flatMap((each) => each.spec?.triggers ?? [])
    .flatMap((trigger) => trigger.metadata['queueName'] ?? []);
  expect(queues.length).toBeGreaterThan(0);
  for (const queue of queues) expect(queueNames).toContain(queue);
});

it('the ingress sends each path to the app that serves it, and none to /metrics or /health', () => {
  const paths = one('Ingress', 'scheduling').spec?.rules?.[0]?.http.paths ?? [];
  const routed = (path: string): string | undefined =>
    paths
      .filter((each) =>
        each.pathType === 'Exact' ? path === each.path : path === each.path || path.startsWith(`${each.path}/`),
      )
      .toSorted((a, b) => b.path.length - a.path.length)[0]?.backend.service.name;
  expect(['/api/imip/inbound', '/api/imip/inbound/ses', '/api/hooks/email-status'].map(routed)).toEqual(
    Array(3).fill('imip-ingestor'),
  );
  expect(
    [
      '/api/practice-room/create',
      '/api/ics/send-invite',
      '/api/reschedule/propose',
      '/reschedule',
      '/reschedule/fresh',
      '/approve',
      '/decline',
      '/undo',
      '/console',
      '/console/rooms',
      '/docs',
      '/openapi.json',
    ].map(routed),
  ).toEqual(Array(12).fill('scheduling-api'));
  // Everything the API describes is reached, a link that some mail carries above all; health and metrics are the
  // cluster's own business.
  const described = operations
    .filter(({ tag }) => tag !== 'Health')
    .map(
      ({ path, tag }) =>
        [
          path,
          routed(path.replaceAll(/\{\w+\}/g, 'x')),
          tag === 'Mail in' ? 'imip-ingestor' : 'scheduling-api',
        ] as const,
    );
  expect(described.filter(([, to, wanted]) => to !== wanted)).toEqual([]);
  expect(['/metrics', '/health/ready', '/', '/dev/mails'].map(routed)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(one('Ingress', 'scheduling').metadata.annotations).toMatchObject({
    'nginx.ingress.kubernetes.io/enable-access-log': 'false',
  });
  for (const { backend } of paths)
    expect(one('Service', backend.service.name).spec?.ports).toEqual([{ name: 'http', port: 80, targetPort: 'http' }]);
});

it('the policies let each app out to what its URLs name, to PgBouncer, and the API to what Health checks', () => {
  const portsOf = (...names: string[]): number[] =>
    names
      .flatMap((name) => one('NetworkPolicy', name).spec?.egress ?? [])
      .flatMap(({ ports }) => ports.map((each) => each.port));
  for (const app of apps) {
    const urls = Object.values(one('Secret', app).stringData ?? {}).filter((value) => value.includes('://'));
    expect(urls.length).toBeGreaterThan(1);
    const wanted = [...urls.map((url) => Number(new URL(url).port)), 6432];
    expect(portsOf('every-app', app)).toEqual(expect.arrayContaining(wanted));
  }
  expect(portsOf('scheduling-api')).toEqual(expect.arrayContaining([...portsOf('notification-sender'), 993, 15_671]));
});

it('the Job does not hand psql several hosts, whose password the server would show', () => {
  const [roles] = one('Job', 'migrate').spec?.template?.spec.containers ?? [];
  const [shell = '', ...words] = (roles?.command ?? []).map((part) => part.replace(/exec psql.* -f \S+/, 'echo'));
  const run = (env: Record<string, string>) =>
    spawnSync(shell, words, {
      env: { PATH: process.env['PATH'], DATABASE_URL: 'postgres://o:hush@one/s,postgres://o:hush@two/s', ...env },
      encoding: 'utf8',
    });
  const { status, stdout, stderr } = run({});
  expect([status, stdout, stderr]).toEqual([1, '', expect.stringContaining('set DATABASE_ADMIN_URL')]);
  expect(stderr).not.toContain('hush');
  expect(run({ DATABASE_ADMIN_URL: 'postgres://o:hush@two/s' }).stdout).toBe('postgres://o:hush@two/s\n');
});

it('nothing is let in or out but what a policy names', () => {
  expect(one('NetworkPolicy', 'nothing').spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
});
