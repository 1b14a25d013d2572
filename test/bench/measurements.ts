// Everything `npm run bench` measures, each against its bare counterpart in the same run, in the order in which it is
// reported.
// Called by main.ts one after the other; each says how far it is.
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { BareAnswer, Order } from './bare';
import { readMail, textOf } from '../../apps/imip-ingestor/src/interpret/mail';
import { type Cpu, cpuEach, meanCpu } from './cpu';
import { type Latency, type Spread, latencyOf, spreadOf } from './figures';
import { bookingToMail, mailToDecision } from './latency';
import { clock, mixture } from './people';
import { type Booking, approvals, inbound, outbound, proposals, quiet } from './pipelines';
import { seed } from './seed';
import { type App, type Stage, apps } from './stage';
import type { IdleFigures } from './idle';
import type { SideBySide } from './against';
import type { WebhookFigures } from './webhooks';

export interface Sizes {
  rounds: number;
  /** Rooms a round. */
  rooms: number;
  latencySeconds: number;
  /** Rooms in the database. */
  growth: number[];
  /** Letters and mails sent for the memory figures. */
  messages: number;
}

export interface Against {
  ours: Spread;
  bare: Spread;
  /** Of each round's pair. */
  ratio: Spread;
}

export interface StepTimes {
  commitMs: number;
  confirmMs: number;
  smtpMs: number;
}

/** CPU in milliseconds by part, the mean of the rounds: a letter of either booking, a mail. */
export interface CpuFigures {
  letter: Cpu;
  booked: Cpu;
  mail: Cpu;
  /** Of the bare loops alone, without the relay. */
  bare: { letter: number; mail: number };
}

export interface Results {
  /** `create` with its guest. */
  outbound: Against;
  /** `book` on rooms that exist. */
  booking: Against;
  inbound: Against;
  cpu: CpuFigures;
  /** With fsync=off, which the product never runs with: what waiting for the disk costs. */
  unsynced: Pick<Results, 'outbound' | 'booking' | 'inbound'>;
  /** The first 200 letters and the first 200 mails after a start of the apps. */
  cold: { letters: Spread; mails: Spread };
  idle: IdleFigures;
  sideBySide: SideBySide;
  approvals: { perSecond: Spread; latency: Latency };
  steps: { paced: StepTimes; backToBack: StepTimes };
  latency: { load: number; bookingToMail: Latency; mailToDecision: Latency };
  curve: { load: number; latency: Latency }[];
  growth: { rooms: number; outbound: Against; booking: Against; inbound: Against }[];
  memory: Record<App, { idle: number; loaded: number; samples: number[] }>;
  startMs: Record<App, Spread>;
  senders: { senders: number; perSecond: number }[];
  webhooks: WebhookFigures;
}

export type Say = (line: string) => void;

/** The words of our own invitations, so that both loops carry the same weight. */
function wordsLike(stage: Stage): { plain: string; html: string; description: string } {
  const { parts } = readMail(stage.relay.sample ?? Buffer.from(''));
  const part = (type: string): string => {
    const found = parts.find((each) => each.type === type);
    return found ? textOf(found) : '';
  };
  return {
    plain: part('text/plain'),
    html: part('text/html'),
    description: 'How to answer, how to ask for another time — and the link. '.repeat(8),
  };
}

async function loop(stage: Stage, order: Order): Promise<{ perSecond: number; cpuMs: number }> {
  const answer: BareAnswer = await stage.bare.carryOut(order);
  if (!('perSecond' in answer)) throw new Error('not a rate');
  return answer;
}

export const bareLetters = (stage: Stage, count: number): Promise<{ perSecond: number; cpuMs: number }> =>
  loop(stage, { do: 'outbound', count, smtpUrl: stage.relay.url, ...wordsLike(stage) });

const against = (pairs: readonly { ours: number; bare: number }[]): Against => ({
  ours: spreadOf(pairs.map(({ ours }) => ours)),
  bare: spreadOf(pairs.map(({ bare }) => bare)),
  ratio: spreadOf(pairs.map(({ ours, bare }) => ours / bare)),
});

/** Rates of one round, and the CPU of what was done. */
export interface Round {
  create: { perSecond: number; cpu: Cpu };
  book: { perSecond: number; cpu: Cpu };
  mail: { perSecond: number; cpu: Cpu; mails: string[] };
}

/** Letters by both ways of booking, and the mails that come back to them; a round begins when nothing waits. */
export async function productRound(stage: Stage, rooms: number): Promise<Round> {
  const letters = async (booking: Booking) => {
    await quiet(stage);
    const before = stage.look();
    const { perSecond, booked } = await outbound(stage, rooms, booking);
    return { perSecond, booked, cpu: cpuEach(before, stage.look(), rooms * 2) };
  };
  const create = await letters('create');
  const book = await letters('book');
  await quiet(stage);
  const mails = await mixture(stage, create.booked);
  const before = stage.look();
  const read = await inbound(stage, mails);
  return { create, book, mail: { ...read, cpu: cpuEach(before, stage.look(), mails.length) } };
}

/** Both pipelines, bare and ours in turn, `rounds` times. */
export async function pipelines(
  stage: Stage,
  { rounds, rooms }: Pick<Sizes, 'rounds' | 'rooms'>,
  say: Say,
): Promise<Pick<Results, 'outbound' | 'booking' | 'inbound' | 'cpu'>> {
  const done: { ours: Round; out: { perSecond: number; cpuMs: number }; into: { perSecond: number; cpuMs: number } }[] =
    [];
  for (let round = 1; round <= rounds; round += 1) {
    const out = await bareLetters(stage, rooms * 2);
    const ours = await productRound(stage, rooms);
    const into = await loop(stage, { do: 'inbound', mails: ours.mail.mails });
    done.push({ ours, out, into });
    say(
      `round ${round} of ${rounds}: out ${ours.create.perSecond.toFixed(0)} (create) and ` +
        `${ours.book.perSecond.toFixed(0)} (book) of bare ${out.perSecond.toFixed(0)} letters/s, ` +
        `in ${ours.mail.perSecond.toFixed(0)} of bare ${into.perSecond.toFixed(0)} mails/s`,
    );
  }
  return {
    outbound: against(done.map(({ ours, out }) => ({ ours: ours.create.perSecond, bare: out.perSecond }))),
    booking: against(done.map(({ ours, out }) => ({ ours: ours.book.perSecond, bare: out.perSecond }))),
    inbound: against(done.map(({ ours, into }) => ({ ours: ours.mail.perSecond, bare: into.perSecond }))),
    cpu: {
      letter: meanCpu(done.map(({ ours }) => ours.create.cpu)),
      booked: meanCpu(done.map(({ ours }) => ours.book.cpu)),
      mail: meanCpu(done.map(({ ours }) => ours.mail.cpu)),
      bare: {
        letter: spreadOf(done.map(({ out }) => out.cpuMs)).median,
        mail: spreadOf(done.map(({ into }) => into.cpuMs)).median,
      },
    },
  };
}

/** The same where Postgres answers before its log is on disk: for comparison only. */
export async function withoutSync(stage: Stage, sizes: Sizes, say: Say): Promise<Results['unsynced']> {
  const set = async (how: string): Promise<void> => {
    await stage.db.query(`alter system ${how}`);
    await stage.db.query('select pg_reload_conf()');
  };
  await set('set fsync = off');
  try {
    const { cpu: _cpu, ...rates } = await pipelines(stage, { ...sizes, rounds: Math.min(2, sizes.rounds) }, (line) =>
      say(`fsync=off, ${line}`),
    );
    return rates;
  } finally {
    await set('reset fsync');
  }
}

/** Apps that have just started: their first 200 letters and their first 200 mails, three times. */
export async function coldBursts(stage: Stage, say: Say): Promise<Results['cold']> {
  const [letters, mails]: number[][] = [[], []];
  for (let time = 1; time <= 3; time += 1) {
    for (const app of apps) await stage.stopAll(app);
    for (const app of apps) await stage.start(app);
    const out = await outbound(stage, 100);
    const into = await inbound(stage, await mixture(stage, out.booked));
    letters?.push(out.perSecond);
    mails?.push(into.perSecond);
    say(
      `after start ${time}: the first 200 at ${out.perSecond.toFixed(0)} letters/s, ${into.perSecond.toFixed(0)} mails/s`,
    );
  }
  return { letters: spreadOf(letters ?? []), mails: spreadOf(mails ?? []) };
}

export async function measureApprovals(
  stage: Stage,
  { rounds, rooms }: Sizes,
  say: Say,
): Promise<Results['approvals']> {
  const rates: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    rates.push(await approvals(stage, await proposals(stage, Math.ceil(rooms / 4))));
    say(`round ${round} of ${rounds}: ${rates.at(-1)?.toFixed(0)} approvals/s`);
  }
  const times: number[] = [];
  for (const token of await proposals(stage, 60)) {
    stage.relay.forget();
    const begun = clock();
    await approvals(stage, [token]);
    times.push(clock() - begun);
  }
  return { perSecond: spreadOf(rates), latency: latencyOf(times) };
}

/** At a fifth of what the outbound and the inbound pipeline can, and the steps that no durable way can leave out. */
export async function latencies(
  stage: Stage,
  sizes: Sizes,
  top: { out: number; in: number },
  say: Say,
): Promise<Pick<Results, 'steps' | 'latency' | 'curve'>> {
  await wait(2_000);
  const mail = stage.relay.sample?.toString('latin1') ?? '';
  const load = 0.2;
  const stepsAt = async (pauseMs: number): Promise<StepTimes> => {
    const steps = await stage.bare.carryOut({
      do: 'steps',
      count: 300,
      pauseMs,
      smtpUrl: stage.relay.url,
      databaseUrl: stage.databaseUrl,
      rabbitUrl: stage.rabbitUrl,
      mail,
    });
    if ('perSecond' in steps) throw new Error('not the steps');
    return steps;
  };
  // At the pace at which bookings come: a machine that is not at work all the time takes longer to wake, for them as
  // for us.
  const steps = { paced: await stepsAt(2_000 / (top.out * load)), backToBack: await stepsAt(0) };
  const { latency, booked } = await bookingToMail(stage, top.out * load, sizes.latencySeconds);
  const decided = await mailToDecision(stage, booked, top.in * load);
  say(
    `at ${load * 100} % load: booking to mail p50 ${latency.p50.toFixed(1)} ms, mail to decision p50 ${decided.p50.toFixed(1)} ms`,
  );
  const curve: Results['curve'] = [];
  for (const share of [0.1, 0.2, 0.4, 0.6, 0.8, 0.9]) {
    const at = await bookingToMail(stage, top.out * share, sizes.latencySeconds / 2);
    curve.push({ load: share, latency: at.latency });
    say(`at ${share * 100} % load: p50 ${at.latency.p50.toFixed(1)} ms, p99 ${at.latency.p99.toFixed(1)} ms`);
  }
  return { steps, latency: { load, bookingToMail: latency, mailToDecision: decided }, curve };
}

export async function measureGrowth(stage: Stage, sizes: Sizes, say: Say): Promise<Results['growth']> {
  const grown: Results['growth'] = [];
  let seeded = 0;
  for (const rooms of sizes.growth) {
    await seed(stage, seeded, rooms, say);
    seeded = rooms;
    // The seed's own writes are not to be measured.
    await stage.db.query('checkpoint');
    const { cpu: _cpu, ...rates } = await pipelines(stage, sizes, (line) =>
      say(`${rooms.toLocaleString('en')} rooms, ${line}`),
    );
    grown.push({ rooms, ...rates });
  }
  return grown;
}

/** Half letters, half mails; a sample of each process' resident memory after every tenth. */
export async function measureMemory(
  stage: Stage,
  sizes: Sizes,
  idle: Record<App, number>,
  say: Say,
): Promise<Results['memory']> {
  const samples: Record<App, number[]> = { 'scheduling-api': [], 'imip-ingestor': [], 'notification-sender': [] };
  for (let tenth = 1; tenth <= 10; tenth += 1) {
    const { booked } = await outbound(stage, Math.ceil(sizes.messages / 40));
    await inbound(stage, await mixture(stage, booked));
    for (const app of apps) samples[app].push(stage.memory(app));
    say(
      `${((sizes.messages / 10) * tenth).toLocaleString('en')} ` +
        `messages: ${apps.map((app) => `${app} ${samples[app].at(-1)?.toFixed(0)} MiB`).join(', ')}`,
    );
  }
  const of = (app: App) => ({ idle: idle[app], loaded: Math.max(...samples[app]), samples: samples[app] });
  return {
    'scheduling-api': of('scheduling-api'),
    'imip-ingestor': of('imip-ingestor'),
    'notification-sender': of('notification-sender'),
  };
}

/** Several senders share what one relay, which takes its time over each mail, keeps one sender from. */
export async function measureSenders(stage: Stage, sizes: Sizes, say: Say): Promise<Results['senders']> {
  const shared: Results['senders'] = [];
  stage.relay.set({ delayMs: 100 });
  for (const senders of [1, 2, 3]) {
    if (senders > 1) await stage.start('notification-sender');
    const { perSecond } = await outbound(stage, Math.ceil(sizes.rooms / 2));
    shared.push({ senders, perSecond });
    say(`${senders} senders: ${perSecond.toFixed(0)} letters/s to a relay that takes 100 ms over each`);
  }
  stage.relay.set({ delayMs: 0 });
  return shared;
}

/** Processors and memory, as the kernel tells them. */
export function machine(): string {
  const model = /^model name\s*:\s*(.+)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown processor';
  const cores = readFileSync('/proc/cpuinfo', 'utf8').match(/^processor/gm)?.length ?? 0;
  const kib = Number(/MemTotal:\s+(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]);
  return `${cores} cores (${model}), ${(kib / 1_048_576).toFixed(0)} GiB, Node ${process.versions.node}`;
}

export const growthRatio = (growth: Results['growth'], which: 'outbound' | 'booking' | 'inbound'): number =>
  (growth.at(-1)?.[which].ratio.median ?? Number.NaN) / (growth[0]?.[which].ratio.median ?? Number.NaN);
