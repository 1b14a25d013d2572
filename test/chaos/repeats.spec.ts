// The judge of letters that come twice goes by who handed them in, not by the time between.
import type { ReceivedMail } from './inbox';
import { judgeRepeats } from './repeats';

const raw = Buffer.from('the bytes');
const copy = (by: string, at: number, more: Partial<ReceivedMail> = {}): ReceivedMail => ({
  ...{ by, at, raw, to: 'guest@guests.test', messageId: '<a@organizer.test>', method: 'REQUEST', uid: 'u' },
  ...{ sequence: 0, answerLost: false, texts: [] },
  ...more,
});
const lives = [
  { name: 'dead', endedAt: 1_000 },
  { name: 'alive', endedAt: undefined },
  { name: 'alive too', endedAt: undefined },
];

it.each<[string, [ReceivedMail, ReceivedMail], object]>([
  ['whose answer was lost', [copy('alive', 0, { answerLost: true }), copy('alive', 9)], { repeatsAfterLostAnswer: 1 }],
  ['whose sender was ended', [copy('dead', 999), copy('alive', 1_001)], { repeatsAfterCrash: 1 }],
  [
    'read long after the end of its sender',
    [copy('dead', 3_000), copy('alive', 12_000)],
    { repeatsAfterCrash: 1, readLaterMs: 2_000 },
  ],
])('allows a letter %s', (_, copies, counts) => {
  const none = { repeatsAfterLostAnswer: 0, repeatsAfterCrash: 0, readLaterMs: 0 };
  expect(judgeRepeats(copies, lives)).toEqual({ violations: [], counts: { ...none, ...counts } });
});

it.each<[string, [ReceivedMail, ReceivedMail], RegExp]>([
  // Another sender's end, just before: a window of time would have allowed it.
  ['of a sender that lives', [copy('alive', 1_001), copy('alive too', 1_500)], /while alive, .* lived/],
  ['again from the same sender', [copy('alive', 0), copy('alive', 2_000)], /from alive, while alive/],
  ['again before its sender was ended', [copy('dead', 100), copy('alive', 900)], /while dead, .* lived/],
  ['of nobody known', [copy('', 100), copy('alive', 2_000)], /is unknown/],
  ['with other bytes', [copy('dead', 0), copy('alive', 2_000, { raw: Buffer.from('more') })], /other bytes/],
])('finds a letter %s', (_, copies, found) => {
  expect(judgeRepeats(copies, lives).violations).toEqual([expect.stringMatching(found)]);
});

it('finds more repeats than a sender that crashed can have been sending', () => {
  const all = Array.from({ length: 13 }, (__, n) => `<${n}@organizer.test>`).flatMap((messageId) => [
    copy('dead', 500, { messageId }),
    copy('alive', 1_500, { messageId }),
  ]);
  expect(judgeRepeats(all, lives).violations).toEqual([expect.stringMatching(/^13 repeats after 1 crashes/)]);
});
