// What the product says of itself and what is left in it once all is quiet: rooms over HTTP, the doctor, a peaceful
// end, queues and dead letters.
// Called by invariants.ts, in this order; each violation is one line.
import { queueNames } from '#contracts';
import { namesOf } from '#messaging';
import { consistency } from '../../apps/standalone/src/doctor/consistency';
import type { ApiBody } from '../support/scheduling-api';
import { whereIn } from '../support/whole-database';
import type { Driver, Story } from './driver';
import type { Faults } from './faults';
import { connectBroker } from './services';
import { actors, type Stage, tokenSecret } from './stage';

/** What HTTP tells of each room is what its story came to, and no room is there that nobody asked for. */
export async function roomsAgree({ stories, platform }: Driver, stage: Stage): Promise<string[]> {
  const violations: string[] = [];
  for (const story of stories.filter(({ roomId }) => roomId !== '')) {
    const room = await platform.get(`/api/practice-room/${story.roomId}`).catch((error: Error) => error.message);
    // An API that is gone answers for no other room either.
    if (typeof room === 'string') return [...violations, room];
    if (room.roomId !== story.roomId) {
      violations.push(`${story.kind} room ${story.roomId} was answered for and is not there`);
      continue;
    }
    violations.push(
      ...[...roomAgrees(story, room), ...invitationsAgree(story, room, stage)].map(
        (what) => `${story.kind} room ${story.roomId}: ${what}`,
      ),
    );
  }
  const [{ count } = { count: '0' }] = await stage.db.query<{ count: string }>('select count(*) from practice_rooms');
  if (Number(count) !== stories.length) violations.push(`${count} rooms are stored, ${stories.length} were asked for`);
  return violations;
}

function roomAgrees(story: Story, room: ApiBody): string[] {
  const summary = (status: unknown, sequence: number, proposals: string[]): string =>
    `${String(status)} ${sequence} with proposals ${proposals.join() || 'none'}`;
  const [is, wanted] = [
    summary(
      room.status,
      room.sequence,
      room.proposals.map(({ status }) => status),
    ),
    summary(story.status, story.sequence, story.proposals),
  ];
  return is === wanted ? [] : [`it is ${is}, not ${wanted}`];
}

function invitationsAgree(story: Story, room: ApiBody, stage: Stage): string[] {
  return room.invitations.flatMap(({ role, email, lastMethodSent, delivery, partstat }) => {
    // Who was erased has an address no more, and what they said last may have come too late.
    const isErased = story.kind === 'erased' && role === 'guest';
    const last =
      stage.inbox
        .to(isErased ? story.guest.email : email)
        .filter((mail) => mail.method === 'REQUEST' || mail.method === 'CANCEL')
        .at(-1)
        ?.method.toLowerCase() ?? null;
    return [
      ...(isErased || partstat === story.answers[role]
        ? []
        : [`the ${role} is ${partstat}, not ${story.answers[role]}`]),
      ...(lastMethodSent === last
        ? []
        : [`lastMethodSent of the ${role} is ${lastMethodSent}, the last mail is ${last}`]),
      ...(last === null || delivery.state === 'sent' ? [] : [`delivery to the ${role} is ${delivery.state}`]),
    ];
  });
}

/** `npm run doctor` finds that every part agrees, but for the poison, which is looked at message by message. */
export async function doctorAgrees(stage: Stage, { poison }: Faults): Promise<string[]> {
  const diagnosis = await consistency(['--grace', '0'], {
    DATABASE_URL: stage.broken.databaseUrl,
    RABBITMQ_URL: stage.broken.rabbitUrl,
    BROKER_PREFIX: stage.prefix,
    TOKEN_SECRET: tokenSecret,
  });
  if (!diagnosis || diagnosis.code === 2) return [`the doctor could not look: ${diagnosis?.text}`];
  const lines = diagnosis.code === 0 ? [] : diagnosis.text.split('\n').slice(0, -1);
  return lines
    .filter((line) => poison.length === 0 || !line.startsWith('dead-letters'))
    .map((line) => `the doctor: ${line}`);
}

/**
 * Every app ends by SIGTERM as it must; what a consumer had not acknowledged is then back in its queue, for
 * `nothingLeft` to see.
 */
export async function endsInPeace(stage: Stage): Promise<string[]> {
  const ends = await Promise.all(actors.map(async (actor) => ({ actor, ...(await stage.end(actor, 'SIGTERM')) })));
  return ends
    .filter(({ code, ms }) => code !== 0 || ms > 10_000)
    .map(({ actor, code, ms }) => `${actor} ended in the end with ${code} after ${Math.round(ms)} ms`);
}

/**
 * Of a person who was erased nothing is left: in no table, in no sealed mail, in no log. The queues are empty by then
 * (`nothingLeft`).
 */
export async function erasedAreGone(
  { stories }: Pick<Driver, 'stories'>,
  { db, logs }: Pick<Stage, 'db' | 'logs'>,
): Promise<string[]> {
  const words = stories
    .filter(({ kind, status, stuck }) => kind === 'erased' && status === 'cancelled' && stuck === null)
    .flatMap(({ guest }) => [guest.email.split('@', 1)[0] ?? guest.email, guest.name]);
  if (words.length === 0) return [];
  const logText = logs().toLowerCase();
  return [
    ...(await whereIn(db, tokenSecret, words)).map((where) => `a person who was erased stands in ${where}`),
    ...words.filter((word) => logText.includes(word.toLowerCase())).map((word) => `${word} was erased and is in a log`),
  ];
}

/** The queues, seen when nobody consumes them any more. */
export async function nothingLeft(stage: Stage, { poison }: Faults): Promise<string[]> {
  const violations: string[] = [];
  const dead = await stage.db.query<{ reason: string }>('select reason from dead_letters');
  violations.push(...dead.map(({ reason }) => `a dead letter in the database: ${reason}`));
  const model = await connectBroker(stage.broken.rabbitUrl);
  const channel = await model.createChannel();
  const found: string[] = [];
  for (const queue of queueNames) {
    const names = namesOf(stage.prefix, queue);
    for (const name of [names.main, ...names.retry]) {
      const { messageCount } = await channel.checkQueue(name);
      if (messageCount > 0) violations.push(`${messageCount} messages are left in ${name}`);
    }
    for (let message = await channel.get(names.dead); message; message = await channel.get(names.dead)) {
      const id = String(message.properties.messageId);
      found.push(id);
      if (!poison.includes(id))
        violations.push(
          `${id} is dead in ${queue} and was no poison: ${String(message.properties.headers?.['x-dead-reason'])}`,
        );
    }
  }
  await model.close();
  violations.push(...poison.filter((id) => !found.includes(id)).map((id) => `poison ${id} is not in the dead letters`));
  return violations;
}
