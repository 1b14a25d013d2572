// The people and the platform of a chaos run: rooms are booked, answered, moved, declined and deleted, many at a
// time, by seeded choice.
// Started by chaos.ts; what each room must have come to is left behind for the invariants.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Client, replyAs, type Action } from '../../apps/standalone/src/simulator/reply-as';
import { hasLink, type ReceivedMail, tokenIn } from './inbox';
import type { Patience } from './patience';
import { type Platform, platformOf } from './platform';
import { type Random, randomOf } from './random';
import type { Stage } from './stage';

export interface Person {
  role: 'host' | 'guest';
  email: string;
  name: string;
}

/** What a room went through, and what it must have come to. */
export interface Story {
  kind: 'whole' | 'link' | 'changed' | 'hasty' | 'refused' | 'quiet' | 'erased';
  roomId: string;
  uid: string;
  host: Person;
  guest: Person;
  /** Whose place the guest took. */
  former: Person | null;
  sequence: number;
  status: 'scheduled' | 'cancelled';
  answers: Record<Person['role'], 'needs-action' | 'accepted' | 'declined'>;
  /** The statuses of its proposals. */
  proposals: ('approved' | 'declined')[];
  /** A wait that nothing ended, or null. */
  stuck: string | null;
}

/** A story at its beginning: nothing has happened to its room yet. */
export const newStory = (kind: Story['kind'], host: Person, guest: Person): Story => ({
  kind,
  roomId: '',
  uid: '',
  host,
  guest,
  former: null,
  sequence: 0,
  status: 'scheduled',
  answers: { host: 'needs-action', guest: 'needs-action' },
  proposals: [],
  stuck: null,
});

/** Addresses of these people are refused permanently until the faults end. */
export const refused = (email: string): boolean => email.startsWith('refused-');
/** The first letter to these people hangs at the relay for a moment. */
export const slow = (email: string): boolean => email.startsWith('slow-');
const prefixes: Partial<Record<Story['kind'], string>> = { refused: 'refused-', hasty: 'slow-' };

export interface DriverOptions {
  seed: number;
  /** Rooms that go through book → counter → approve → decline; others go beside them. */
  rooms: number;
  atATime: number;
}

export class Driver {
  readonly stories: Story[] = [];
  readonly platform: Platform;
  readonly counts = { mailsIn: 0, begun: 0, done: 0 };
  private readonly plan: Story['kind'][];
  private readonly random: Random;

  constructor(
    private readonly stage: Stage,
    private readonly options: DriverOptions,
    private readonly patience: Patience,
  ) {
    this.random = randomOf(options.seed, 'driver');
    this.platform = platformOf(stage, patience);
    const others = Math.ceil(options.rooms / 20);
    const kinds: [Story['kind'], number][] = [
      ['whole', options.rooms],
      ['link', others],
      ['changed', others],
      ['hasty', others * 3],
      ['refused', Math.min(others, 10)],
      ['quiet', others],
      ['erased', others],
    ];
    this.plan = kinds.flatMap(([kind, count]) => Array.from({ length: count }, () => kind));
    this.shuffle();
  }

  get total(): number {
    return this.plan.length;
  }

  /** No further room begins. */
  get allBegun(): boolean {
    return this.counts.begun >= this.total;
  }

  beginNoMore(): true {
    this.plan.length = Math.min(this.plan.length, this.counts.begun);
    return true;
  }

  /** Resolves when every story has ended. */
  async run(): Promise<void> {
    const worker = async (): Promise<void> => {
      for (let kind = this.plan[this.counts.begun++]; kind; kind = this.plan[this.counts.begun++]) {
        await this.tell(kind);
        this.counts.done += 1;
      }
    };
    await Promise.all(Array.from({ length: this.options.atATime }, worker));
  }

  private shuffle(): void {
    for (let at = this.plan.length - 1; at > 0; at -= 1) {
      const other = this.random.whole(0, at);
      [this.plan[at], this.plan[other]] = [this.plan[other] ?? 'whole', this.plan[at] ?? 'whole'];
    }
  }

  private async tell(kind: Story['kind']): Promise<void> {
    const story = this.newStory(kind);
    this.stories.push(story);
    try {
      await this.begin(story);
      await this.acts[kind](story);
    } catch (error) {
      story.stuck = error instanceof Error ? error.message : String(error);
    }
  }

  private newStory(kind: Story['kind']): Story {
    const word = (): string => randomUUID().slice(0, 13);
    const person = (role: Person['role'], prefix = ''): Person => ({
      role,
      email: `${prefix}${role}-${word()}@${role}s.test`,
      name: `N${word()}`,
    });
    const [host, guest] = [person('host'), person('guest', prefixes[kind])];
    return newStory(kind, host, guest);
  }

  private async begin(story: Story): Promise<void> {
    const { host, guest } = story;
    const dressed = ({ email, name, role }: Person) => ({
      email,
      name,
      timeZone: role === 'host' ? 'Europe/Berlin' : 'America/New_York',
    });
    const times = { startUtc: '2031-05-05T10:00:00Z', endUtc: '2031-05-05T11:00:00Z' };
    const together = this.random.chance(0.6);
    const room = await this.platform.post('/api/practice-room/create', {
      ...times,
      host: dressed(host),
      ...(together ? { guest: dressed(guest) } : {}),
    });
    [story.roomId, story.uid] = [room.roomId, room.uid];
    if (!together) await this.platform.post('/api/practice-room/book', { roomId: story.roomId, guest: dressed(guest) });
  }

  private readonly acts: Record<Story['kind'], (story: Story) => Promise<void>> = {
    whole: async (story) => {
      await this.calendars(story, 'REQUEST', 0);
      if (this.random.chance(0.5)) await this.answer(story.host, 'REQUEST', 0, { kind: 'accept' });
      const [asks, decides] = this.inEitherOrder(story);
      const startUtc = new Date('2031-05-06T12:00:00Z');
      await this.answer(asks, 'REQUEST', 0, { kind: 'counter', startUtc, endUtc: new Date('2031-05-06T13:00:00Z') }, [
        'google',
        'outlook',
        'apple',
      ]);
      await this.decide(decides, 'approve');
      [story.sequence, story.proposals] = [1, ['approved']];
      await this.calendars(story, 'REQUEST', 1);
      const [declines] = this.inEitherOrder(story);
      await this.answer(declines, 'REQUEST', 1, { kind: 'decline' });
      [story.sequence, story.status, story.answers[declines.role]] = [2, 'cancelled', 'declined'];
      await this.calendars(story, 'CANCEL', 2);
    },
    link: async (story) => {
      await this.calendars(story, 'REQUEST', 0);
      const [asks, decides] = this.inEitherOrder(story);
      const token = tokenIn(await this.calendar(asks, 'REQUEST', 0), 'reschedule');
      await this.platform.post('/api/reschedule/propose', {
        token,
        proposedStartUtc: '2031-05-07T12:00:00Z',
        proposedEndUtc: '2031-05-07T13:00:00Z',
        note: `write to ${asks.email}`,
      });
      await this.decide(decides, 'decline');
      const declined = async (): Promise<boolean> =>
        (await this.platform.get(`/api/practice-room/${story.roomId}`)).proposals[0]?.status === 'declined';
      await this.until('the proposal is declined', declined, 250);
      story.proposals = ['declined'];
      await this.platform.post('/api/practice-room/delete', { roomId: story.roomId });
      [story.sequence, story.status] = [1, 'cancelled'];
      await this.calendars(story, 'CANCEL', 1);
    },
    /** The platform moves the room, gives it another title, and corrects the guest's address. */
    changed: async (story) => {
      const { roomId, guest } = story;
      const times = { startUtc: '2031-05-08T10:00:00Z', endUtc: '2031-05-08T11:00:00Z' };
      await this.platform.post('/api/practice-room/reschedule', { roomId, ...times, reason: 'the hall is taken' });
      await this.platform.post('/api/practice-room/update', { roomId, title: 'Dress Rehearsal' });
      story.sequence = 2;
      await this.calendars(story, 'REQUEST', 2);
      [story.former, story.guest] = [guest, { ...guest, email: `new-${guest.email}` }];
      await this.platform.post('/api/practice-room/attendee', { roomId, role: 'guest', email: story.guest.email });
      await this.calendar(story.guest, 'REQUEST', 2);
      await this.calendar(guest, 'CANCEL', 3);
    },
    /** The CANCEL finds the REQUEST anywhere on its way. */
    hasty: async (story) => {
      if (this.random.chance(0.3)) await wait(this.random.whole(0, 800));
      else
        await this.until('the REQUEST is at the relay', () => this.stage.sink.attempts.includes(story.guest.email), 50);
      await this.platform.post('/api/practice-room/delete', { roomId: story.roomId });
      [story.sequence, story.status] = [1, 'cancelled'];
    },
    /** An operator erases the guest, whose REQUEST is anywhere on its way, or who has answered it just now. */
    erased: async (story) => {
      const { roomId, guest } = story;
      if (this.random.chance(0.5)) await this.answer(guest, 'REQUEST', 0, { kind: 'accept' });
      else await this.until('the REQUEST is at the relay', () => this.stage.sink.attempts.includes(guest.email), 50);
      await this.platform.erase(guest.email);
      [story.sequence, story.status] = [1, 'cancelled'];
      const isErased = async (): Promise<boolean> =>
        (await this.platform.get(`/api/practice-room/${roomId}`)).invitations.some(({ email }) =>
          email.endsWith('@erased.invalid'),
        );
      await this.until('the address is replaced', isErased, 500);
    },
    refused: async (story) => void (await this.calendar(story.host, 'REQUEST', 0)),
    quiet: async (story) => {
      await this.calendars(story, 'REQUEST', 0);
      for (const person of [story.host, story.guest]) {
        await this.answer(person, 'REQUEST', 0, { kind: 'accept' });
        story.answers[person.role] = 'accepted';
      }
    },
  };

  private inEitherOrder({ host, guest }: Story): [Person, Person] {
    return this.random.chance(0.7) ? [guest, host] : [host, guest];
  }

  private async calendars({ host, guest }: Story, method: string, sequence: number): Promise<void> {
    await Promise.all([host, guest].map((person) => this.calendar(person, method, sequence)));
  }

  private calendar({ email, role }: Person, method: string, sequence: number): Promise<ReceivedMail> {
    const fits = (mail: ReceivedMail): boolean => mail.method === method && mail.sequence === sequence;
    return this.mail(email, `${method} ${sequence} to the ${role}`, fits);
  }

  private mail(email: string, what: string, fits: (mail: ReceivedMail) => boolean): Promise<ReceivedMail> {
    return this.until(what, () => this.stage.inbox.to(email).find(fits), 50);
  }

  /** Asks until there is something, for as long as it may still come. */
  private async until<T>(
    what: string,
    probe: () => T | Promise<T>,
    everyMs: number,
  ): Promise<NonNullable<Exclude<T, false>>> {
    for (const since = performance.now(); ; await wait(everyMs)) {
      const found = await probe();
      if (found) return found as NonNullable<Exclude<T, false>>;
      const over = this.patience.overForLetter(since);
      if (over !== undefined) throw new Error(`never came: ${what} (${over})`);
    }
  }

  /** By button or by one click, and by the same link twice every now and then. */
  private async decide({ email, role }: Person, decision: 'approve' | 'decline'): Promise<void> {
    const question = await this.mail(email, `a question to the ${role}`, (mail) => hasLink(mail, decision));
    const token = tokenIn(question, decision);
    if (this.random.chance(0.3)) return this.platform.open(decision, token);
    await this.platform.post(`/${decision}`, { token });
    if (this.random.chance(0.2)) await this.platform.post(`/${decision}`, { token });
  }

  private async answer(
    person: Person,
    method: string,
    sequence: number,
    action: Action,
    clients: [Client, ...Client[]] = ['google', 'outlook', 'apple', 'thunderbird'],
  ): Promise<void> {
    const received = await this.calendar(person, method, sequence);
    const sent = replyAs(this.random.pick(clients), received.raw, action, { now: new Date(), id: randomUUID() });
    // Mail servers deliver at least once.
    for (let copies = this.random.chance(0.1) ? 2 : 1; copies > 0; copies -= 1) {
      await this.platform.deliver(sent.raw, sent.envelopeFrom);
      this.counts.mailsIn += 1;
    }
  }
}
