// The bare counterparts, in a process of their own: what the same libraries do in a loop, with nothing durable,
// ordered or checked around them.
// Forked by main.ts; one order at a time.
import { fork } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from 'amqplib';
import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { Client } from 'pg';
import { quantile } from './figures';

export type Order =
  | { do: 'outbound'; count: number; smtpUrl: string; plain: string; html: string; description: string }
  | { do: 'inbound'; mails: string[] }
  /** `pauseMs` between two of a kind: 0 is back to back, with everything awake. */
  | {
      do: 'steps';
      count: number;
      pauseMs: number;
      smtpUrl: string;
      databaseUrl: string;
      rabbitUrl: string;
      mail: string;
    };
/**
 * `perSecond` for the loops; the medians of one commit, one confirm and one SMTP send, in milliseconds, for the
 * steps.
 */
export type BareAnswer = { perSecond: number } | { commitMs: number; confirmMs: number; smtpMs: number };

async function outbound({
  count,
  smtpUrl,
  plain,
  html,
  description,
}: Extract<Order, { do: 'outbound' }>): Promise<BareAnswer> {
  const transport = createTransport({ url: smtpUrl, pool: true, maxConnections: 10, maxMessages: Infinity });
  const send = async (n: number): Promise<void> => {
    const to = `guest-${n}@guests.test`;
    const calendar = ical({ method: ICalCalendarMethod.REQUEST, prodId: '-//Bare//Loop//EN' });
    calendar.createEvent({
      id: `${n}@organizer.test`,
      sequence: 0,
      start: new Date('2031-05-05T10:00:00Z'),
      end: new Date('2031-05-05T11:00:00Z'),
      summary: 'Practice Session',
      description,
      organizer: { name: 'Scheduling', email: 'scheduling@organizer.test' },
      status: ICalEventStatus.CONFIRMED,
      attendees: [
        {
          email: to,
          name: 'Gil Guest',
          rsvp: true,
          status: ICalAttendeeStatus.NEEDSACTION,
          role: ICalAttendeeRole.REQ,
        },
      ],
    });
    await transport.sendMail({
      from: 'scheduling@organizer.test',
      to,
      subject: 'Practice Session — Invitation',
      text: plain,
      html,
      icalEvent: { method: 'REQUEST', filename: 'invite.ics', content: calendar.toString() },
    });
  };
  const begun = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      while (next < count) await send(next++);
    }),
  );
  const perSecond = (count / (performance.now() - begun)) * 1_000;
  transport.close();
  return { perSecond };
}

async function inbound({ mails }: Extract<Order, { do: 'inbound' }>): Promise<BareAnswer> {
  const begun = performance.now();
  for (const mail of mails) {
    const { attachments } = await simpleParser(mail);
    const part = attachments.find(
      ({ contentType }) => contentType === 'text/calendar' || contentType === 'application/ics',
    );
    ICAL.parse(part?.content.toString('utf8') ?? '');
  }
  return { perSecond: (mails.length / (performance.now() - begun)) * 1_000 };
}

/** One at a time: what no durable hop can do without. */
async function steps({
  count,
  pauseMs,
  smtpUrl,
  databaseUrl,
  rabbitUrl,
  mail,
}: Extract<Order, { do: 'steps' }>): Promise<BareAnswer> {
  const db = new Client({ connectionString: databaseUrl });
  await db.connect();
  await db.query('create table if not exists bench_commits (id int, words text)');
  const commitMs = await median(
    count,
    pauseMs,
    async (n) => void (await db.query('insert into bench_commits values ($1, $2)', [n, 'one row, one commit'])),
  );
  await db.query('drop table bench_commits');
  await db.end();
  const model = await connect(rabbitUrl, { noDelay: true });
  const channel = await model.createConfirmChannel();
  await channel.assertQueue('bench.confirms', { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  const confirmMs = await median(count, pauseMs, async () => {
    channel.sendToQueue('bench.confirms', Buffer.from(mail.slice(0, 1_500)), { persistent: true });
    await channel.waitForConfirms();
  });
  await channel.deleteQueue('bench.confirms');
  await model.close();
  const transport = createTransport({ url: smtpUrl, pool: true, maxConnections: 1, maxMessages: Infinity });
  const smtpMs = await median(
    count,
    pauseMs,
    async () =>
      void (await transport.sendMail({ envelope: { from: 'a@organizer.test', to: 'b@guests.test' }, raw: mail })),
  );
  transport.close();
  return { commitMs, confirmMs, smtpMs };
}

async function median(count: number, pauseMs: number, one: (n: number) => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) {
    if (pauseMs > 0) await wait(pauseMs);
    const begun = performance.now();
    await one(n);
    times.push(performance.now() - begun);
  }
  return quantile(times, 0.5);
}

function run(order: Order): Promise<BareAnswer> {
  switch (order.do) {
    case 'outbound':
      return outbound(order);
    case 'inbound':
      return inbound(order);
    case 'steps':
      return steps(order);
  }
}

/** Has one order carried out by a fresh process. */
export async function bare(order: Order): Promise<BareAnswer> {
  const child = fork(__filename, ['as-child'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.send(order);
  return new Promise((resolve, reject) => {
    child.once('message', (answer) => resolve(answer as BareAnswer));
    child.once('exit', (code) => reject(new Error(`the bare loop ended with ${code ?? 'a signal'}`)));
  });
}

if (process.argv[2] === 'as-child') {
  process.once(
    'message',
    (order: Order) => void run(order).then((answer) => process.send?.(answer, () => process.exit())),
  );
}
