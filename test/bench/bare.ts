// The bare counterparts, in one process that lives as long as the measurement: what the same libraries do in a loop,
// with nothing durable, ordered or checked around them. Each loop is warmed before its first clock starts.
// Forked by stage.ts; one order at a time.
import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from 'amqplib';
import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { Client } from 'pg';
import { quantile } from './figures';
import { bareDomain } from './relay';

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
/** Items of a loop that run before its clock: what is compiled by then is compiled in the product too. */
const warmUps = { letters: 500, mails: 300 };

/**
 * `perSecond` for the loops, and their own CPU in milliseconds for each item; the medians of one commit, one confirm
 * and one SMTP send, in milliseconds, for the steps.
 */
export type BareAnswer = { perSecond: number; cpuMs: number } | { commitMs: number; confirmMs: number; smtpMs: number };

type OutboundOrder = Extract<Order, { do: 'outbound' }>;

async function outbound({ count, smtpUrl, plain, html, description }: OutboundOrder): Promise<void> {
  const transport = createTransport({ url: smtpUrl, pool: true, maxConnections: 10, maxMessages: Infinity });
  const send = async (n: number): Promise<void> => {
    const to = `guest-${n}@${bareDomain}`;
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
  let next = 0;
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      while (next < count) await send(next++);
    }),
  );
  transport.close();
}

async function inbound(mails: readonly string[]): Promise<void> {
  for (const mail of mails) {
    const { attachments } = await simpleParser(mail);
    const part = attachments.find(
      ({ contentType }) => contentType === 'text/calendar' || contentType === 'application/ics',
    );
    if (part) ICAL.parse(part.content.toString('utf8'));
  }
}

async function timed(count: number, loop: () => Promise<void>): Promise<BareAnswer> {
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  await loop();
  const { user, system } = process.cpuUsage(cpu);
  return {
    perSecond: (count / (performance.now() - begun)) * 1_000,
    cpuMs: (user + system) / 1_000 / count,
  };
}

const warm = { outbound: false, inbound: false };

async function timedOutbound(order: OutboundOrder): Promise<BareAnswer> {
  if (!warm.outbound) await outbound({ ...order, count: warmUps.letters });
  warm.outbound = true;
  return timed(order.count, () => outbound(order));
}

async function timedInbound(mails: string[]): Promise<BareAnswer> {
  for (let read = 0; !warm.inbound && read < warmUps.mails; read += mails.length)
    await inbound(mails.slice(0, warmUps.mails - read));
  warm.inbound = true;
  return timed(mails.length, () => inbound(mails));
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
      return timedOutbound(order);
    case 'inbound':
      return timedInbound(order.mails);
    case 'steps':
      return steps(order);
  }
}

/** The process of the bare loops, as its parent sees it. */
export class Bare {
  private constructor(private readonly child: ChildProcess) {}

  static start(): Bare {
    return new Bare(fork(__filename, ['as-child'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
  }

  /** One at a time. Rejects where the process ends meanwhile. */
  carryOut(order: Order): Promise<BareAnswer> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`the bare loop ended with ${code ?? 'a signal'}`));
      this.child.once('exit', ended);
      this.child.once('message', (answer) => {
        this.child.off('exit', ended);
        resolve(answer as BareAnswer);
      });
      this.child.send(order);
    });
  }

  stop(): void {
    this.child.kill();
  }
}

if (process.argv[2] === 'as-child') {
  process.on('message', (order: Order) => void run(order).then((answer) => process.send?.(answer)));
  process.on('disconnect', () => process.exit());
  process.on('unhandledRejection', (error) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
}
