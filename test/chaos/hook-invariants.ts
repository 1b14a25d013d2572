// What must be true of the webhooks of a chaos run, judged by what the receiver got: each one signed, no change missing or
// sent under two ids, every letter reported, and nobody named.
// Pure; called by chaos.ts, and by its own spec with faults that were planted.
import { Webhook } from 'standardwebhooks';
import type { Story } from './driver';
import type { CaughtHook } from './hooks';

interface WebhookBody {
  type: string;
  data: { room?: { roomId: string } | null; letter?: { messageId: string } };
}

/** What each kind of story owes, once each. */
const owed: Record<Story['kind'], string[]> = {
  whole: ['room.booked', 'proposal.created', 'proposal.approved', 'room.rescheduled', 'room.cancelled'],
  link: ['room.booked', 'proposal.created', 'proposal.declined', 'room.cancelled'],
  changed: ['room.booked', 'room.rescheduled', 'room.updated', 'attendee.changed'],
  hasty: ['room.booked', 'room.cancelled'],
  erased: ['room.booked', 'room.cancelled'],
  refused: ['room.booked'],
  quiet: ['room.booked'],
};

export interface HookVerdict {
  violations: string[];
  counts: { webhooks: number; webhookRepeats: number };
}

/** `letters`: the Message-IDs that somebody got. */
export function judgeHooks(
  { all, secret }: { all: readonly CaughtHook[]; secret: string },
  stories: readonly Story[],
  letters: ReadonlySet<string>,
): HookVerdict {
  const taken = new Map(all.filter((hook) => hook.taken).map((hook) => [hook.id, JSON.parse(hook.raw) as WebhookBody]));
  return {
    violations: [
      ...all.filter((hook) => !isSigned(hook, secret)).map(({ id }) => `webhook ${id} has a wrong signature`),
      ...changed(all, stories),
      ...stories.filter(({ stuck }) => stuck === null).flatMap((story) => missingHooks(story, [...taken.values()])),
      ...missingLetterHooks([...taken.values()], letters),
      ...named(all, stories),
    ],
    counts: { webhooks: taken.size, webhookRepeats: all.length - taken.size },
  };
}

function isSigned({ raw, headers }: CaughtHook, secret: string): boolean {
  try {
    new Webhook(secret).verify(raw, headers as Record<string, string>);
    return true;
  } catch (error) {
    // A run takes longer than the five minutes for which a receiver takes a timestamp.
    if (!(error instanceof Error) || !/timestamp/.test(error.message)) return false;
    const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
    const wanted = new Webhook(secret).sign(String(headers['webhook-id']), at, raw);
    return String(headers['webhook-signature']).split(' ').includes(wanted);
  }
}

/**
 * A repeat has the same bytes, but for a room whose guest was erased between two tries: what named them has gone from
 * it (docs/privacy.md). That none names anybody is judged of all.
 */
function changed(all: readonly CaughtHook[], stories: readonly Story[]): string[] {
  const erased = new Set(stories.flatMap(({ kind, roomId }) => (kind === 'erased' ? [roomId] : [])));
  const bodies = new Map<string, string>();
  return all.flatMap(({ id, raw }) => {
    const before = bodies.get(id) ?? raw;
    bodies.set(id, before);
    const isErased = erased.has((JSON.parse(raw) as WebhookBody).data.room?.roomId ?? '');
    return before === raw || isErased ? [] : [`webhook ${id} came again with other bytes`];
  });
}

function missingHooks({ kind, roomId }: Story, hooks: readonly WebhookBody[]): string[] {
  const types = hooks.filter(({ data }) => data.room?.roomId === roomId).map(({ type }) => type);
  return owed[kind].flatMap((type) => {
    const times = types.filter((each) => each === type).length;
    return times === 1 ? [] : [`${kind} room ${roomId}: ${type} was sent ${times} times`];
  });
}

function missingLetterHooks(hooks: readonly WebhookBody[], letters: ReadonlySet<string>): string[] {
  const sent = new Set(hooks.flatMap(({ type, data }) => (type === 'letter.sent' ? [data.letter?.messageId] : [])));
  return [...letters].filter((id) => !sent.has(id)).map((id) => `no letter.sent names ${id}`);
}

function named(all: readonly CaughtHook[], stories: readonly Story[]): string[] {
  const words = new Set(
    stories.flatMap(({ host, guest, former }) =>
      [host, guest, ...(former ? [former] : [])].flatMap(({ email, name }) => [email, name]),
    ),
  );
  return all.flatMap(({ id, raw }) =>
    // Every word of a person stands between quotes: cheaper than to look for each of thousands.
    [...raw.matchAll(/"([^"\\]+)"/g)].some(([, text = '']) => words.has(text)) ? [`webhook ${id} names a party`] : [],
  );
}
