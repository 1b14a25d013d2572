// The judge of webhooks finds every fault that is planted, and none where there is none.
import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { newWebhookSecret } from '#webhooks';
import { newStory, type Story } from './driver';
import { judgeHooks } from './hook-invariants';
import type { CaughtHook } from './hooks';

const secret = newWebhookSecret();
const host = { role: 'host', email: 'host-1@hosts.test', name: 'Hana' } as const;
const guest = { role: 'guest', email: 'guest-1@guests.test', name: 'Gil' } as const;
const story: Story = { ...newStory('hasty', host, guest), roomId: randomUUID(), status: 'cancelled' };
const hook = (type: string, more: object = {}, at = new Date()): CaughtHook => {
  const id = randomUUID();
  const raw = JSON.stringify({ type, data: { room: { roomId: story.roomId }, ...more } });
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, at, raw),
  };
  return { id, raw, headers, taken: true };
};
const letter = '<a@organizer.test>';
const good = (): [CaughtHook, CaughtHook, CaughtHook] => [
  hook('room.booked', {}, new Date(Date.now() - 3_600_000)),
  hook('room.cancelled'),
  hook('letter.sent', { letter: { messageId: letter } }),
];
const judged = (all: CaughtHook[]): string[] => judgeHooks({ all, secret }, [story], new Set([letter])).violations;

it('finds nothing where all came, once refused and then again', () => {
  const [booked, cancelled, sent] = good();
  const all = [{ ...booked, taken: false }, booked, cancelled, sent];
  expect(judgeHooks({ all, secret }, [story], new Set([letter]))).toEqual({
    violations: [],
    counts: { webhooks: 3, webhookRepeats: 1 },
  });
});

it.each<[string, (hooks: ReturnType<typeof good>) => CaughtHook[], RegExp]>([
  ['a webhook that never came', ([booked, , sent]) => [booked, sent], /room\.cancelled was sent 0 times/],
  ['one that was only ever refused', ([a, b, c]) => [{ ...a, taken: false }, b, c], /room\.booked was sent 0 times/],
  ['a change sent under two ids', (hooks) => [...hooks, hook('room.booked')], /room\.booked was sent 2 times/],
  ['a wrong signature', ([a, b, c]) => [{ ...a, raw: `${a.raw} ` }, b, c], /wrong signature/],
  ['an old wrong one', ([a, b, c]) => [{ ...a, headers: { ...a.headers, 'webhook-id': 'x' } }, b, c], /wrong sig/],
  ['a repeat of other bytes', ([a, b, c]) => [a, b, c, { ...a, raw: a.raw.replace('{', '{ ') }], /other bytes/],
  ['a letter without a webhook', ([a, b]) => [a, b], /no letter\.sent names/],
  ['a name', (hooks) => [...hooks, hook('attendee.replied', { name: 'Gil' })], /names a party/],
])('finds %s', (_, plant, found) => {
  expect(judged(plant(good()))).toContainEqual(expect.stringMatching(found));
});

it('lets a repeat about a room whose guest was erased have other bytes', () => {
  const [booked, ...others] = good();
  const all = [booked, ...others, { ...hook('room.booked', { title: 'Lesson' }), id: booked.id }];
  const of = (kind: Story['kind']): string[] =>
    judgeHooks({ all, secret }, [{ ...story, kind }], new Set([letter])).violations;
  expect(of('hasty')).toContainEqual(expect.stringMatching(/other bytes/));
  expect(of('erased')).not.toContainEqual(expect.stringMatching(/other bytes/));
});
