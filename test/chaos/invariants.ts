// What must be true after everything was broken: judged from the outside (mails, HTTP) and in the database, each
// violation as one line.
// Called by chaos.ts once all is quiet.
import { doctorAgrees, endsInPeace, erasedAreGone, nothingLeft, roomsAgree } from './aftermath';
import type { Driver, Person, Story } from './driver';
import type { Faults } from './faults';
import type { ReceivedMail } from './inbox';
import { judgeRepeats } from './repeats';
import type { Stage } from './stage';

export interface Verdict {
  violations: string[];
  counts: Record<string, number>;
}

interface LedgerRow {
  id: string;
  room_id: string;
  attendee_email: string;
  role: string;
  method: string;
  sequence: number;
  occasion: string;
  room_sequence: number;
  state: string;
  attempts: number;
  message_id: string;
  content_sha256: string | null;
  position: string;
}

export async function judge(stage: Stage, driver: Driver, faults: Faults): Promise<Verdict> {
  const ledger = asItWas(
    await stage.db.query<LedgerRow>(
      `select *, (content ->> 'roomSequence')::int as room_sequence from letters order by position`,
    ),
    driver,
  );
  const repeats = judgeRepeats(stage.inbox.all, stage.lives);
  const mails = new Set((await stage.db.query<{ id: string }>('select id from imip_messages')).map(({ id }) => id));
  const violations = [
    ...stage.fallen,
    ...faults.slowStops,
    ...driver.platform.calls.strange.map((what) => `strange answer: ${what}`),
    ...driver.stories
      .filter((story) => story.stuck !== null)
      .map((story) => `${story.kind} room ${story.roomId}: ${story.stuck}`),
    ...repeats.violations,
    ...twice(stage.inbox.all, ledger, mails),
    ...driver.stories.flatMap((story) => personally(stage, story, ledger)),
    ...driver.stories.flatMap((story) => formerly(stage, story)),
    ...ledgerAgrees(ledger, stage.inbox.all),
    ...(await roomsAgree(driver, stage)),
    ...(await doctorAgrees(stage, faults)),
    ...(await endsInPeace(stage)),
    ...(await nothingLeft(stage, faults)),
    ...(await erasedAreGone(driver, stage)),
  ];
  return {
    violations,
    counts: {
      rooms: driver.stories.length,
      lettersTaken: stage.inbox.all.length,
      letters: ledger.filter((row) => row.state === 'sent').length,
      superseded: ledger.filter((row) => row.state === 'superseded').length,
      ...repeats.counts,
    },
  };
}

/** The ledger with the addresses of those who were erased, who must have got all that they were owed before. */
function asItWas(ledger: LedgerRow[], { stories }: Driver): LedgerRow[] {
  const erased = new Map(
    stories.flatMap(({ kind, roomId, guest }) => (kind === 'erased' ? [[roomId, guest.email]] : [])),
  );
  return ledger.map((row) => ({
    ...row,
    attendee_email: (row.role === 'guest' ? erased.get(row.room_id) : undefined) ?? row.attendee_email,
  }));
}

/**
 * One letter under two Message-IDs. An outdated answer is answered with the current REQUEST once more: that one has
 * the answer's id for its occasion.
 */
function twice(all: ReceivedMail[], ledger: LedgerRow[], mails: Set<string>): string[] {
  const answers = new Set(
    ledger.filter((row) => row.method === 'REQUEST' && mails.has(row.occasion)).map((row) => row.message_id),
  );
  const letters = Map.groupBy(
    all.filter((mail) => mail.method !== '' && !answers.has(mail.messageId)),
    (mail) => `${mail.method} ${mail.sequence} of ${mail.uid} to ${mail.to}`,
  );
  return [...letters].flatMap(([letter, copies]) => {
    const ids = new Set(copies.map((mail) => mail.messageId));
    return ids.size > 1 ? [`${letter} came under ${ids.size} Message-IDs`] : [];
  });
}

/** Order, end and privacy of what each of the two got. */
function personally(stage: Stage, story: Story, ledger: LedgerRow[]): string[] {
  const { host, guest } = story;
  return [[host, guest] as const, [guest, host] as const].flatMap(([person, other]) => {
    const mails = stage.inbox.to(person.email);
    const rows = ledger.filter((row) => row.attendee_email === person.email);
    return [
      ...overtaken(person, mails),
      ...outOfOrder(story, person, mails, rows),
      ...ending(story, person, mails, rows),
      ...leaks(person, other, mails),
    ].map((what) => `${story.kind} room ${story.roomId}: ${what}`);
  });
}

/** Who was replaced ends with a CANCEL one above the room's sequence, and is told nothing after it. */
function formerly(stage: Stage, { former, host, roomId, sequence, stuck }: Story): string[] {
  if (!former || stuck !== null) return [];
  const mails = stage.inbox.to(former.email);
  const last = mails.at(-1);
  const ended = last?.method === 'CANCEL' && last.sequence === sequence + 1;
  return [
    ...(ended ? [] : [`the former guest of ${roomId} ends with ${last?.method} ${last?.sequence}`]),
    ...leaks(former, host, mails),
  ];
}

function overtaken({ role }: Person, mails: ReceivedMail[]): string[] {
  const calendars = mails.filter((mail) => mail.method === 'REQUEST' || mail.method === 'CANCEL');
  return calendars.flatMap((mail, at) => {
    const newer = calendars
      .slice(0, at)
      .find((before) => before.sequence > mail.sequence || (before.method === 'CANCEL' && mail.method === 'REQUEST'));
    return newer ? [`the ${role} got ${mail.method} ${mail.sequence} after ${newer.method} ${newer.sequence}`] : [];
  });
}

/**
 * No mail passes an older one to the same person, whatever it is about; one that failed and was driven again has let
 * others pass.
 */
function outOfOrder({ kind }: Story, { role }: Person, mails: ReceivedMail[], rows: LedgerRow[]): string[] {
  const positions = new Map(rows.map((row) => [row.message_id, Number(row.position)]));
  const places = mails.map((mail) => positions.get(mail.messageId) ?? 0);
  return kind === 'refused'
    ? []
    : mails.flatMap((mail, at) =>
        (places[at] ?? 0) < (places[at - 1] ?? 0)
          ? [`${mail.messageId} to the ${role} was passed by a later letter`]
          : [],
      );
}

function ending({ status, sequence }: Story, { role }: Person, mails: ReceivedMail[], rows: LedgerRow[]): string[] {
  const last = mails.filter((mail) => mail.method === 'REQUEST' || mail.method === 'CANCEL').at(-1);
  const owed = status === 'cancelled' ? 'CANCEL' : 'REQUEST';
  const invited = rows.some((row) => row.method === 'REQUEST' && row.attempts > 0);
  if (owed === 'CANCEL' && !invited)
    return last ? [`the ${role} got ${last.method} though nobody tried to invite them`] : [];
  if (!last) return [`the ${role} got nothing, ${owed} ${sequence} is owed`];
  return last.method === owed && last.sequence === sequence
    ? []
    : [`the ${role}'s last is ${last.method} ${last.sequence}, ${owed} ${sequence} is owed`];
}

function leaks({ role }: Person, other: Person, mails: ReceivedMail[]): string[] {
  const identifying = [other.email.split('@', 1)[0] ?? other.email, other.name];
  return mails
    .filter((mail) => mail.texts.some((text) => identifying.some((word) => text.includes(word))))
    .map((mail) => `${mail.messageId} tells the ${role} about the other`);
}

function ledgerAgrees(ledger: LedgerRow[], all: ReceivedMail[]): string[] {
  const taken = new Set(all.map((mail) => mail.messageId));
  const known = new Map(ledger.map((row) => [row.message_id, row]));
  const outside = [...taken].filter((id) => !known.has(id)).map((id) => `${id} was mailed and is in no ledger`);
  return [
    ...outside,
    ...ledger.flatMap((row) => {
      const name = `letter ${row.method} ${row.sequence} to the ${row.role} of ${row.room_id}`;
      if (row.state === 'sent')
        return taken.has(row.message_id) ? [] : [`${name} is sent by the ledger and nobody got it`];
      if (row.state !== 'superseded') return [`${name} is left ${row.state}`];
      return overtakenBy(row, ledger) ? [] : [`${name} is superseded by nothing`];
    }),
  ];
}

/** A newer letter to the same person, or a CANCEL that nobody needed. */
const overtakenBy = (row: LedgerRow, ledger: LedgerRow[]): boolean =>
  ledger.some(
    (other) =>
      other.attendee_email === row.attendee_email &&
      (other.method === 'REQUEST' || other.method === 'CANCEL') &&
      other.sequence > row.room_sequence,
  ) ||
  (row.method === 'CANCEL' &&
    !ledger.some(
      (other) => other.attendee_email === row.attendee_email && other.method === 'REQUEST' && other.attempts > 0,
    ));
