// The AsyncAPI 3 document of the events, made from the contracts' own tables: names, keys, payload schemas, and which
// queue gets which event.
// Called once by docs.controller.ts and by the tests.
import { z } from 'zod';
import { Envelope, type EventName, events, exchange, queueNames, queues } from '#contracts';
import { describeFields } from './describe-fields';
import { apiFields, eventFields } from './descriptions';
import { eventSummaries, exampleOf } from './event-examples';
import { sample } from './operation';

type Json = { [name: string]: unknown };

const table = { ...apiFields, ...eventFields };

const schemaOf = (schema: z.ZodType, place: string): Json => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' });
  return describeFields(json, place, table);
};

const names = Object.keys(events) as EventName[];

export function asyncApi(): Json {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Hybrid Scheduling: events',
      version: '1.0.0',
      description:
        `Published to the durable topic exchange \`${exchange}\` after the change they tell of is committed, at ` +
        `least once; a consumer remembers the id. Payloads are versioned by name and routing key and never edited.`,
    },
    defaultContentType: 'application/json',
    channels: {
      ...Object.fromEntries(names.map((name) => [name, eventChannel(name)])),
      ...Object.fromEntries(queueNames.map((queue) => [queue, queueChannel(queue)])),
    },
    operations: {
      ...Object.fromEntries(
        names.map((name) => [
          `publish${name}`,
          { action: 'send', channel: ref('channels', name), messages: [ref(`channels/${name}/messages`, name)] },
        ]),
      ),
      ...Object.fromEntries(
        queueNames.map((queue) => [
          `consume ${queue}`,
          {
            action: 'receive',
            channel: ref('channels', queue),
            messages: queues[queue].map((name) => ref(`channels/${queue}/messages`, name)),
          },
        ]),
      ),
    },
    components: {
      messages: Object.fromEntries(names.map((name) => [name, message(name)])),
      schemas: { Envelope: schemaOf(Envelope, 'Envelope') },
    },
  };
}

const ref = (path: string, name: string): Json => ({ $ref: `#/${path}/${name}` });

const eventChannel = (name: EventName): Json => ({
  address: events[name].key,
  messages: { [name]: ref('components/messages', name) },
  bindings: {
    amqp: { is: 'routingKey', exchange: { name: exchange, type: 'topic', durable: true, autoDelete: false } },
  },
});

const queueChannel = (queue: (typeof queueNames)[number]): Json => ({
  address: queue,
  description:
    'A quorum queue with a delayed retry and a dead-letter queue. A platform service binds a queue of its own in the same way.',
  messages: Object.fromEntries(queues[queue].map((name) => [name, ref('components/messages', name)])),
  bindings: { amqp: { is: 'queue', queue: { name: queue, durable: true, exclusive: false, autoDelete: false } } },
});

const message = (name: EventName): Json => {
  const { version, schema } = events[name];
  const data = schemaOf(schema, name);
  return {
    name,
    title: name,
    summary: eventSummaries[name],
    contentType: 'application/json',
    payload: {
      allOf: [
        ref('components/schemas', 'Envelope'),
        {
          type: 'object',
          properties: {
            name: { const: name, description: table['Envelope.name'] },
            version: { const: version, description: table['version'] },
            data: { ...data, description: table['Envelope.data'] },
          },
        },
      ],
    },
    examples: [{ payload: { ...envelopeExample, name, version, data: exampleOf(data) } }],
  };
};

const envelopeExample = {
  id: sample.id,
  occurredAt: '2031-05-01T09:00:00.000Z',
  correlationId: '0199f6c2-7c00-7a3e-9b1d-4e5f60718293',
  causationId: null,
};
