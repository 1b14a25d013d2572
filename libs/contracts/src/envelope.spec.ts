// What an event must look like on the way out and on the way in.
import { envelop, openEnvelope, UnreadableEvent } from './envelope';
import { events, isEventName } from './events';
import { appOf, queueNames, queues, queuesFor } from './queues';

const meta = {
  id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  occurredAt: new Date('2026-12-01T09:00:00Z'),
  correlationId: 'c',
};
const refresh = { roomId: meta.id, invitationId: meta.id, role: 'guest' as const, mailId: meta.id };

it('an envelope reads back as it was written', () => {
  const envelope = envelop('RefreshReceived', refresh, meta);
  expect(openEnvelope(JSON.parse(JSON.stringify(envelope)))).toEqual(envelope);
});

it('what does not fit its schema is never written', () => {
  expect(() => envelop('RefreshReceived', { ...refresh, role: 'owner' as 'guest' }, meta)).toThrow(UnreadableEvent);
});

it.each<[string, unknown]>([
  ['no object', 'x'],
  ['an unknown name', { ...envelop('RefreshReceived', refresh, meta), name: 'constructor' }],
  ['another version', { ...envelop('RefreshReceived', refresh, meta), version: 2 }],
  ['a wrong payload', { ...envelop('RefreshReceived', refresh, meta), data: { role: 'secret@value.test' } }],
])('%s is unreadable, and the reason tells no value', (_what, raw) => {
  expect(() => openEnvelope(raw)).toThrow(UnreadableEvent);
  expect(() => openEnvelope(raw)).not.toThrow(/secret@value/);
});

it('every event has a routing key of its own that ends in its version', () => {
  const keys = Object.values(events).map((each) => each.key);
  expect(new Set(keys).size).toBe(keys.length);
  for (const each of Object.values(events))
    expect(each.key).toMatch(new RegExp(`^[a-z-]+\\.[a-z-]+\\.v${each.version}$`));
});

it('every queue belongs to an app and every bound event exists', () => {
  for (const queue of queueNames) {
    expect(appOf(queue)).toMatch(/^(scheduling-api|notification-sender|imip-ingestor)$/);
    for (const name of queues[queue]) expect(isEventName(name) && queuesFor(name).includes(queue)).toBe(true);
  }
});

it('events about one party name no address', () => {
  for (const [name, { schema }] of Object.entries(events)) {
    if (!('room' in schema.shape))
      expect([name, Object.keys(schema.shape).filter((key) => /email|name/i.test(key))]).toEqual([name, []]);
  }
});
