// Versions run side by side during a rollout: this code reads every event that an earlier one wrote, and what it
// writes an earlier one can read.
// The examples and schemas under vN are what was deployed: they are never edited, a change of meaning is a new
// version beside them.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { z } from 'zod';
import { type Envelope, envelop, type EventName, events, openEnvelope, queues } from '#contracts';
import { lettersFor, type RoomsEvent } from '../../apps/notification-sender/src/letters/letters';
import { type JsonSchema, valuesOf } from './values-of';

const names = Object.keys(events) as EventName[];
const folder = join(__dirname, 'v1');
const read = <T>(file: string): T => JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
const examples = (name: EventName): Envelope[] => read(`${name}.json`);

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const validators = new Map<EventName, ValidateFunction>(
  names.map((name) => [name, ajv.compile(read<object>(`${name}.schema.json`))]),
);
/** What an earlier reader would object to. */
const faults = (name: EventName, data: unknown): string[] => {
  const validate = validators.get(name);
  return validate?.(data) === true
    ? []
    : (validate?.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
};

it('every event has its examples and its schema, and nothing else is there', () => {
  const wanted = names.flatMap((name) => [`${name}.json`, `${name}.schema.json`]);
  expect(readdirSync(folder).sort()).toEqual([...wanted, 'frozen.json'].sort());
});

it('no example and no schema was edited since it was deployed', () => {
  const frozen = read<Record<string, string>>('frozen.json');
  const now = Object.fromEntries(
    Object.keys(frozen).map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex'),
    ]),
  );
  expect(now).toEqual(frozen);
  expect(Object.keys(frozen)).toHaveLength(names.length * 2);
});

describe.each(names)('%s', (name) => {
  it('of the first version is read, and nothing of it is lost', () => {
    expect(examples(name).length).toBeGreaterThan(0);
    for (const example of examples(name)) {
      const opened = openEnvelope(example);
      expect(opened).toEqual(example);
      expect(faults(name, example.data)).toEqual([]);
    }
  });

  it('as this code writes it fits what the first version reads', () => {
    for (const example of examples(name)) {
      const written = envelop(name, example.data as never, {
        id: example.id,
        occurredAt: new Date(example.occurredAt),
        correlationId: example.correlationId,
        causationId: example.causationId,
      });
      expect(written).toEqual(example);
    }
    const schema = z.toJSONSchema(events[name].schema, { io: 'output' }) as JsonSchema;
    fc.assert(
      fc.property(valuesOf(schema), (data) => expect(faults(name, data)).toEqual([])),
      { numRuns: 60 },
    );
  });
});

it('a field that an earlier version does not know is left out by it, not refused', () => {
  for (const name of names)
    for (const example of examples(name))
      expect(faults(name, { ...(example.data as object), madeUpLater: 1 })).toEqual([]);
});

it.each(queues['notification-sender.rooms'])('%s of the first version still owes its letters', (name) => {
  for (const example of examples(name)) {
    const room = examples('RoomBooked')[0]?.data as { room: never };
    const letters = lettersFor(example as RoomsEvent, { room: room.room });
    expect(letters.length > 0 || name === 'ProposalExpired').toBe(true);
  }
});

describe('a change that an earlier version could not read is caught', () => {
  const { RoomBooked } = events;
  const room = RoomBooked.schema.shape.room;
  it.each<[string, z.ZodType]>([
    ['a field gone', RoomBooked.schema.extend({ room: room.omit({ uid: true }) })],
    [
      'a new word in a list',
      RoomBooked.schema.extend({ room: room.extend({ status: z.enum(['scheduled', 'cancelled', 'paused']) }) }),
    ],
    ['another type', RoomBooked.schema.extend({ room: room.extend({ sequence: z.string() }) })],
    ['null where there was none', RoomBooked.schema.extend({ room: room.extend({ title: z.string().nullable() }) })],
    [
      'a number below its range',
      RoomBooked.schema.extend({ room: room.extend({ sequence: z.number().int().min(-5).max(5) }) }),
    ],
  ])('%s', (_what, changed) => {
    const values = fc.sample(valuesOf(z.toJSONSchema(changed, { io: 'output' }) as JsonSchema), 200);
    expect(values.some((value) => faults('RoomBooked', value).length > 0)).toBe(true);
  });
});
