// The CalendarService contract: mail with an iCalendar part keeps it, a calendar API can keep it, and implementations
// that break it fail the tests.
import { pino } from 'pino';
import { type CalendarMessage, readCalendar } from '#ics';
import { readMail } from '../../../apps/imip-ingestor/src/interpret/mail';
import type { CalendarService } from '../../../apps/notification-sender/src/render/calendar.service';
import { IcsService } from '../../../apps/notification-sender/src/render/ics.service';
import { Letter } from '../../../apps/notification-sender/src/letters/letter';
import { Mailer } from '../../../apps/notification-sender/src/sending/mailer';
import { NotificationService } from '../../../apps/notification-sender/src/sending/notification.service';
import { retryPolicy } from '../../../apps/notification-sender/src/sending/retry-policy';
import { calendarContract, type CalendarUnderTest, type Entry } from '../../support/calendar-contract';
import { senderSettings } from '../../support/sender-events';
import { SmtpSink } from '../../support/smtp-sink';

/** By mail: a calendar program that takes what it is sent, as RFC 5546 2.1.5 orders it. */
async function byMail(): Promise<CalendarUnderTest> {
  const sink = new SmtpSink();
  const mailer = new Mailer({ url: await sink.start(), connections: 2 });
  const parts = {
    mailer,
    settings: senderSettings,
    policy: retryPolicy(senderSettings.SMTP_RETRY_BASE_MS),
    logger: pino({ level: 'silent' }),
  };
  const how = { 'for-now': 451, 'for-good': 550 } as const;
  return {
    service: new NotificationService({ ics: new IcsService(senderSettings), ...parts }),
    entries: (email) => Promise.resolve(calendarOf(sink.to(email).map((mail) => mail.raw))),
    refuse: (kind) =>
      sink.always((to) =>
        kind === null ? undefined : { kind: 'refuse', at: 'RCPT', code: how[kind], text: `no room for ${to}` },
      ),
    end: async () => {
      mailer.close();
      await sink.close();
    },
  };
}

/** SEQUENCE, then DTSTAMP. */
type Revision = readonly [sequence: number, dtstamp: number];
const isOlder = (one: Revision, other: Revision): boolean =>
  one[0] < other[0] || (one[0] === other[0] && one[1] < other[1]);

function calendarOf(mails: Buffer[]): Entry[] {
  const events = new Map<string, { revision: Revision; entry: Entry | null }>();
  for (const raw of mails) {
    const parts = readMail(raw).parts;
    const text = parts.find((part) => part.type === 'text/calendar')?.body.toString() ?? '';
    const reading = readCalendar(Buffer.from(text));
    if (!reading.ok) continue;
    const { uid, method, sequence, dtstamp } = reading.message;
    const revision = [sequence ?? 0, dtstamp?.getTime() ?? 0] as const;
    if (isOlder(revision, events.get(uid)?.revision ?? [-1, 0])) continue;
    const words = [raw.toString(), ...parts.map((part) => part.body.toString())].join('\n');
    events.set(uid, { revision, entry: method === 'CANCEL' ? null : entryOf(reading.message, text, words) });
  }
  return [...events.values()].flatMap(({ entry }) => entry ?? []);
}

function entryOf({ uid, start, end, summary, attendees }: CalendarMessage, text: string, words: string): Entry {
  const instant = (time: typeof start): string =>
    time && 'instant' in time ? time.instant.toISOString() : 'no instant';
  const location = /^LOCATION:(.*)$/m.exec(text.replaceAll('\r\n ', ''))?.[1]?.trim() ?? null;
  return {
    uid,
    title: summary ?? '',
    startUtc: instant(start),
    endUtc: instant(end),
    location,
    people: attendees.map((each) => each.email ?? 'nobody'),
    words,
  };
}

/** What a provider's API would do: events by owner and UID that are put and taken away. `flaw` plants one fault. */
type Flaw =
  | 'names both'
  | 'adds instead of moving'
  | 'forgets order'
  | 'never cancels'
  | 'throws'
  | 'gives up'
  | 'tries for ever'
  | 'proposes into the calendar';
function byApi(flaw?: Flaw): Promise<CalendarUnderTest> {
  const calendars = new Map<string, Map<string, Entry & { sequence: number }>>();
  let refusing: 'for-now' | 'for-good' | null = null;
  const write = (letter: Letter): void => {
    const own = calendars.get(letter.to.email) ?? new Map<string, Entry & { sequence: number }>();
    calendars.set(letter.to.email, own);
    const { uid, title, startUtc, endUtc, location } = letter.room;
    const key = flaw === 'adds instead of moving' ? `${uid} ${letter.sequence}` : uid;
    if (flaw !== 'forgets order' && (own.get(key)?.sequence ?? -1) > letter.sequence) return;
    const people = flaw === 'names both' ? [letter.to.email, letter.otherEmail ?? ''] : [letter.to.email];
    if (letter.method === 'CANCEL' && flaw !== 'never cancels') own.delete(key);
    if (letter.method === 'REQUEST')
      own.set(key, { uid, title, startUtc, endUtc, location, people, words: '', sequence: letter.sequence });
    if (flaw === 'proposes into the calendar' && letter.matter.kind === 'proposal')
      own.set(`${uid} proposed`, { uid, title, ...letter.matter.proposed, location, people, words: '', sequence: 0 });
  };
  const service: CalendarService = {
    send: (claimed) => {
      const reported = { code: '200', detail: null, sha256: null };
      const read = Letter.safeParse(claimed.content);
      if (!read.success)
        return flaw === 'throws'
          ? Promise.reject(read.error)
          : Promise.resolve({ result: 'failed', reason: 'render-failed', ...reported });
      if (refusing === 'for-now')
        return Promise.resolve(
          flaw === 'gives up'
            ? { result: 'failed', reason: 'refused', ...reported }
            : { result: 'deferred', reason: 'not-now', waitMs: 1_000, ...reported },
        );
      if (refusing === 'for-good')
        return Promise.resolve(
          flaw === 'tries for ever'
            ? { result: 'deferred', reason: 'not-now', waitMs: 1_000, ...reported }
            : { result: 'failed', reason: 'refused', ...reported },
        );
      write(read.data);
      return Promise.resolve({ result: 'sent', ...reported });
    },
  };
  return Promise.resolve({
    service,
    entries: (email) => Promise.resolve([...(calendars.get(email)?.values() ?? [])]),
    refuse: (how) => (refusing = how),
    end: () => Promise.resolve(),
  });
}

describe.each([
  ['mail', byMail],
  ['a calendar API', byApi],
] as const)('%s', (_name, make) => {
  let calendar: CalendarUnderTest;
  beforeAll(async () => void (calendar = await make()));
  afterAll(() => calendar.end());

  it.each(Object.entries(calendarContract))('%s', async (_check, check) => {
    await expect(check(calendar)).resolves.toBeUndefined();
  });
});

// A suite that was never seen failing proves nothing.
it.each<[Flaw, string]>([
  ['names both', 'nobody sees anything of the other party'],
  ['adds instead of moving', 'a new time moves the entry and makes no second one'],
  ['forgets order', 'a letter that comes late does not undo a newer one'],
  ['never cancels', 'a cancel takes the entry away, from that calendar alone'],
  ['throws', 'content that nobody can read is failed, never thrown'],
  ['gives up', 'a fault that passes is deferred with a wait, and the letter gets through afterwards'],
  ['tries for ever', 'a refusal for good is failed, and says nothing of anybody'],
  ['proposes into the calendar', 'a proposal changes no calendar'],
])('an implementation that %s fails: %s', async (flaw, name) => {
  await expect(calendarContract[name]?.(await byApi(flaw))).rejects.toThrow();
});
