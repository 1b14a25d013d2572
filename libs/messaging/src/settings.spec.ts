// Which values the broker's two variables may have.
import { z } from 'zod';
import { messagingSettings } from './settings';

const shape = z.object(messagingSettings);

it('both may be absent', () => {
  expect(shape.parse({})).toEqual({ BROKER_PREFIX: '' });
});

it.each(['amqp://guest:guest@localhost:5672', 'amqps://u:p@broker.example/%2Fhost?heartbeat=30'])(
  '%s is a broker',
  (url) => {
    expect(shape.parse({ RABBITMQ_URL: url }).RABBITMQ_URL).toBe(url);
  },
);

it.each(['http://localhost', 'localhost:5672', 'amqp'])('%s is no broker', (url) => {
  expect(shape.safeParse({ RABBITMQ_URL: url }).success).toBe(false);
});

it.each(['amqp://u:p@rabbitmq:5672', 'amqps://u:p@n1.example,amqp://u:p@n2.example', 'amqp://u:p@10.1.2.3/vhost'])(
  '%s would show its password to the network',
  (url) => {
    const { error } = shape.safeParse({ RABBITMQ_URL: url });
    expect(error?.issues.map(({ message }) => message)).toEqual([expect.stringMatching(/amqps.*insecure=1/)]);
  },
);

it.each(['amqp://u:p@n1?insecure=1,amqps://u:p@n2', 'amqp://n1,amqp://n2', 'amqp://u:p@127.0.0.1:5672'])(
  '%s is taken',
  (url) => expect(shape.parse({ RABBITMQ_URL: url }).RABBITMQ_URL).toBe(url),
);

it.each(['', 'staging.', 'a-b_c.1'])('"%s" is a prefix', (prefix) => {
  expect(shape.parse({ BROKER_PREFIX: prefix }).BROKER_PREFIX).toBe(prefix);
});

it.each(['amq.', 'a b', 'a/b', 'a*', 'a#', 'x'.repeat(61)])('"%s" is no prefix', (prefix) => {
  expect(shape.safeParse({ BROKER_PREFIX: prefix }).success).toBe(false);
});
