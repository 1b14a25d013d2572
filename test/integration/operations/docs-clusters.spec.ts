// The settings of clusters in docs/scale.md are those that the cluster run starts its own clusters with.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

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

it('RabbitMQ, beside the names of the nodes', () => {
  const names = /^cluster_formation\.classic_config\.nodes\.(\d) = rabbit@node\1$/;
  const shown = lines(blockOf('RabbitMQ', 'ini'));
  expect(shown.filter((line) => names.test(line))).toHaveLength(3);
  expect(shown.filter((line) => !names.test(line))).toEqual(lines(read('test/run/rabbitmq-cluster.conf')));
});

it('PgBouncer has room for the processes that the page names', () => {
  const ini = blockOf('PgBouncer', 'ini');
  const numberOf = (name: string): number => Number(new RegExp(`^${name} = (\\d+)$`, 'm').exec(ini)?.[1]);
  const [, most = '', processes = ''] =
    /scheduling-api while the console's Health page is read: (\d+) at most.*?; 400 for (\d+)\./s.exec(
      read('docs/scale.md'),
    ) ?? [];
  expect(Math.floor(numberOf('max_client_conn') / Number(most))).toBe(Number(processes));
});
