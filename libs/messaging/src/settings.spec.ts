// Which values the broker's two variables may have.
import { z } from 'zod';
import { messagingSettings } from './settings';

const shape = z.object(messagingSettings);

test('both may be absent', () => {
  expect(shape.parse({})).toEqual({ BROKER_PREFIX: '' });
});

test.each(['amqp://guest:guest@localhost:5672', 'amqps://u:p@broker.example/%2Fhost?heartbeat=30'])(
  '%s is a broker',
  (url) => {
    expect(shape.parse({ RABBITMQ_URL: url }).RABBITMQ_URL).toBe(url);
  },
);

test.each(['http://localhost', 'localhost:5672', 'amqp'])('%s is no broker', (url) => {
  expect(shape.safeParse({ RABBITMQ_URL: url }).success).toBe(false);
});

test.each(['', 'staging.', 'a-b_c.1'])('"%s" is a prefix', (prefix) => {
  expect(shape.parse({ BROKER_PREFIX: prefix }).BROKER_PREFIX).toBe(prefix);
});

test.each(['amq.', 'a b', 'a/b', 'a*', 'a#', 'x'.repeat(61)])('"%s" is no prefix', (prefix) => {
  expect(shape.safeParse({ BROKER_PREFIX: prefix }).success).toBe(false);
});
