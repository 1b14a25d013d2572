// What the doctor says of nodes that are missing and of queues that have too few members, from answers as RabbitMQ 3.10
// gives them over HTTP.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { queueMembers } from './queue-members';

const nodes = ['rabbit@a', 'rabbit@b', 'rabbit@c'].map((name) => ({ name, running: true }));
const queue = (name: string, ...members: string[]) => ({ name: `p.${name}`, members });
let server: Server;
let url: string;
let answers: Record<string, unknown>;
const asked: string[] = [];

beforeEach(async () => {
  answers = { nodes };
  server = createServer(({ url: path = '', headers }, response) => {
    asked.push(`${path} ${headers.authorization}`);
    const [, what = ''] = /^\/at\/api\/([a-z]+)/.exec(path) ?? [];
    response.writeHead(what in answers ? 200 : 401).end(JSON.stringify(answers[what] ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://watch:h%40sh@127.0.0.1:${(server.address() as AddressInfo).port}/at/`;
});
afterEach(() => server.close());

const found = (more: object = {}) =>
  queueMembers({
    RABBITMQ_MANAGEMENT_URL: url,
    RABBITMQ_URL: 'amqp://h/v%2F1,amqp://i/v',
    BROKER_PREFIX: 'p.',
    ...more,
  });

it('names the queues that were not grown, and how that is done', async () => {
  answers['queues'] = [
    queue('notification-sender.rooms', 'rabbit@a'),
    queue('notification-sender.rooms.dead', 'rabbit@a'),
    queue('scheduling-api.mail', 'rabbit@c', 'rabbit@a', 'rabbit@b'),
    queue('of-another', 'rabbit@a'),
    { name: 'p.scheduling-api.mail.dead' },
  ];
  expect(await found()).toEqual([
    {
      kind: 'queue-members',
      subject: '2 queues, the first p.notification-sender.rooms',
      text: 'kept only on rabbit@a, of 3 nodes: they are away with it',
      advice: 'rabbitmq-queues grow rabbit@b all, then rabbitmq-queues grow rabbit@c all',
    },
  ]);
  const login = `Basic ${Buffer.from('watch:h@sh').toString('base64')}`;
  expect(asked).toEqual([
    `/at/api/nodes?columns=name,running ${login}`,
    `/at/api/queues/v%2F1?columns=name,members ${login}`,
  ]);
});

it('finds nothing on one node, where all have grown, and where it is not told whom to ask', async () => {
  answers['queues'] = [queue('scheduling-api.mail', 'rabbit@c', 'rabbit@a', 'rabbit@b')];
  expect(await found()).toEqual([]);
  answers = { nodes: nodes.slice(0, 1), queues: [queue('scheduling-api.mail', 'rabbit@a')] };
  expect(await found({ RABBITMQ_URL: 'amqp://h/v%2F1' })).toEqual([]);
  expect(await found({ RABBITMQ_MANAGEMENT_URL: '' })).toEqual([]);
});

it('names a broker that knows fewer nodes than RABBITMQ_URL, and a node that the others do not see', async () => {
  answers = { nodes: nodes.slice(0, 1), queues: [] };
  const three = { RABBITMQ_URL: 'amqp://u:hush@h,amqp://u:hush@i,amqp://u:hush@j:5673' };
  const [alone, ...more] = await found(three);
  expect(alone).toMatchObject({ kind: 'broker-nodes', subject: 'RABBITMQ_URL' });
  expect(alone?.text).toContain('it names 3 nodes, the broker of RABBITMQ_MANAGEMENT_URL knows 1 of them: rabbit@a;');
  expect([more, JSON.stringify(alone).includes('hush')]).toEqual([[], false]);
  // The emptied node began anew: the others still have it on their list.
  answers = { nodes: nodes.map((each, at) => ({ ...each, running: at > 0 })), queues: [] };
  expect(await found(three)).toMatchObject([{ kind: 'broker-nodes', subject: 'rabbit@a' }]);
  answers = { nodes, queues: [] };
  expect(await found(three)).toEqual([]);
  // One address twice is one node.
  answers = { nodes: nodes.slice(0, 1), queues: [] };
  expect(await found({ RABBITMQ_URL: 'amqp://h,amqp://h' })).toEqual([]);
});

it.each([
  ['ftp://u:hush@h', /must be a URL with http or https/],
  ['http://u:hush@broker.example:15672', /travel in the clear/],
  ['http://u:hush@127.0.0.1:1', /does not respond/],
  [undefined, /responded with 401 to \/api\/queues.*tag monitoring/],
])('notices that %s cannot be looked at', async (address, why) => {
  const findings = await found(address === undefined ? {} : { RABBITMQ_MANAGEMENT_URL: address });
  expect(findings).toMatchObject([{ level: 'notice', kind: 'queue-members-unseen', text: expect.stringMatching(why) }]);
  expect(JSON.stringify(findings)).not.toMatch(/hush|h@sh/);
});
