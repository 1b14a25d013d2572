// The settings of clusters in docs/scale.md are those that the cluster run starts its own clusters with.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { balancerOf } from '../../chaos/cluster/pgbouncer';

const root = join(__dirname, '..', '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The first block of this kind in a section of the page. */
function blockOf(section: string, kind: string): string {
  const [, text = ''] = new RegExp(`^## ${section}$(.*?)^## `, 'ms').exec(read('docs/scale.md')) ?? [];
  return new RegExp(`^\`\`\`${kind}\\n(.*?)^\`\`\``, 'ms').exec(text)?.[1] ?? '';
}
const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

it('Patroni', () => {
  expect(parse(blockOf('Postgres', 'yaml'))).toEqual(JSON.parse(read('test/run/patroni-settings.json')));
});

it('HAProxy, beside the address and the servers', () => {
  const own = balancerOf('127.0.0.1:1', [{ address: '127.0.0.1:2', rest: 3 }]);
  const rest = (text: string): string[] => lines(text).filter((line) => !/^ {2}(?:bind|server) /.test(line));
  expect(rest(own)).toEqual(rest(blockOf('PgBouncer', 'haproxy')));
  expect(rest(own)).toEqual(expect.arrayContaining(['  timeout client 30m', '  timeout server 30m']));
  expect(lines(own).filter((line) => !rest(own).includes(line))).toEqual([
    '  bind 127.0.0.1:1',
    '  server pg1 127.0.0.1:2 check port 3',
  ]);
});

it('RabbitMQ, beside the names of the nodes', () => {
  const names = /^cluster_formation\.classic_config\.nodes\.(\d) = rabbit@node\1$/;
  const shown = lines(blockOf('RabbitMQ', 'ini'));
  expect(shown.filter((line) => names.test(line))).toHaveLength(3);
  expect(shown.filter((line) => !names.test(line))).toEqual(lines(read('test/run/rabbitmq-cluster.conf')));
});

it('PgBouncer has room for the processes that the page names, the most of docker/k8s and one more of each app', () => {
  const ini = blockOf('PgBouncer', 'ini');
  const numberOf = (name: string): number => Number(new RegExp(`^${name} = (\\d+)$`, 'm').exec(ini)?.[1]);
  const [, most = '', processes = ''] =
    /scheduling-api while the console's Health page is read: (\d+) at most.*?; 500 for (\d+)\./s.exec(
      read('docs/scale.md'),
    ) ?? [];
  expect(Math.floor(numberOf('max_client_conn') / Number(most))).toBe(Number(processes));
  const scaled = ['scheduling-api', 'notification-sender', 'imip-ingestor'].map((app) =>
    Number(/^ {2}max(?:Replicas|ReplicaCount): (\d+)$/m.exec(read(`docker/k8s/${app}.yaml`))?.[1]),
  );
  expect(scaled.reduce((sum, each) => sum + each + 1, 0)).toBe(Number(processes));
  // Three roles, one LISTEN connection a process, and 20 for the rest, within what Patroni's block sets.
  const ofPostgres = 3 * numberOf('default_pool_size') + Number(processes) + 20;
  const [, named = ''] = /superusers: (\d+), so set (?:\d+) or more/.exec(read('docs/scale.md')) ?? [];
  expect(ofPostgres).toBe(Number(named));
  expect(parse(blockOf('Postgres', 'yaml'))).toHaveProperty('postgresql.parameters.max_connections', 200);
});
