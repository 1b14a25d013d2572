// Everything `npm run bench` measures, each against its bare counterpart in the same run, in the order in which it is
// reported.
// Called by main.ts one after the other; each says how far it is.
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type BareAnswer, type Order, bare } from './bare';
import { type Cpu, cpuEach, cpuNow, parentOf } from './cpu';
import { type Latency, type Spread, latencyOf, spreadOf } from './figures';
import { bookingToMail, mailToDecision } from './latency';
import { clock } from './people';
import { approvals, inbound, outbound, proposals } from './pipelines';
import { seed } from './seed';
import { type App, type Stage, apps } from './stage';
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

export interface Results {
  outbound: Against;
  inbound: Against;
  /** CPU in milliseconds by part, of the last round: a letter, a mail. */
  cpu: { letter: Cpu; mail: Cpu };
  approvals: { perSecond: Spread; latency: Latency };
  steps: { paced: StepTimes; backToBack: StepTimes };
  latency: { load: number; bookingToMail: Latency; mailToDecision: Latency };
  curve: { load: number; latency: Latency }[];
  growth: { rooms: number; outbound: Against; inbound: Against }[];
  memory: Record<App, { idle: number; loaded: number; samples: number[] }>;
  startMs: Record<App, Spread>;
  senders: { senders: number; perSecond: number }[];
  webhooks: WebhookFigures;
}

export type Say = (line: string) => void;

/** As long as those of our own invitations, so that both loops carry the same weight. */
function wordsLike(stage: Stage): { plain: string; html: string; description: string } {
  const raw = stage.relay.sample?.toString('latin1') ?? '';
  const part = (type: string): string =>
    raw.split(`Content-Type: ${type}`)[1]?.split('\r\n\r\n').slice(1).join('\n\n').split('\r\n--')[0] ?? '';
  return {
    plain: part('text/plain'),
    html: part('text/html'),
    description: 'How to answer, how to ask for another time, and the link. '.repeat(8),
  };
}

async function rate(order: Order): Promise<number> {
  const answer: BareAnswer = await bare(order);
  if (!('perSecond' in answer)) throw new Error('not a rate');
  return answer.perSecond;
}

const against = (pairs: [ours: number, bare: number][]): Against => ({
  ours: spreadOf(pairs.map(([ours]) => ours)),
  bare: spreadOf(pairs.map(([, bareRate]) => bareRate)),
  ratio: spreadOf(pairs.map(([ours, bareRate]) => ours / bareRate)),
});

/** Both pipelines, bare and ours in turn, `rounds` times. */
export async function pipelines(
  stage: Stage,
  { rounds, rooms }: Pick<Sizes, 'rounds' | 'rooms'>,
  say: Say,
): Promise<Pick<Results, 'outbound' | 'inbound' | 'cpu'>> {
  const [out, into]: [number, number][][] = [[], []];
  const [backend] = await stage.db.query<{ pid: number }>('select pg_backend_pid() as pid');
  // Now: an idle backend ends, its postmaster does not.
  const postmaster = parentOf(backend?.pid ?? process.pid);
  const look = (): Cpu => cpuNow([postmaster]);
  let cpu: Results['cpu'] = { letter: {}, mail: {} };
  for (let round = 1; round <= rounds; round += 1) {
    const bareOut = await rate({ do: 'outbound', count: rooms * 2, smtpUrl: stage.relay.url, ...wordsLike(stage) });
    const looks = [look()];
    const ourOut = await outbound(stage, rooms);
    looks.push(look());
    const ourIn = await inbound(stage, ourOut.booked);
    looks.push(look());
    const [before = {}, between = {}, after = {}] = looks;
    cpu = { letter: cpuEach(before, between, rooms * 2), mail: cpuEach(between, after, rooms * 2) };
    const bareIn = await rate({ do: 'inbound', mails: ourIn.mails });
    out?.push([ourOut.perSecond, bareOut]);
    into?.push([ourIn.perSecond, bareIn]);
    say(
      `round ${round} of ${rounds}: out ${ourOut.perSecond.toFixed(0)} of bare ${bareOut.toFixed(0)} ` +
        `letters/s, in ${ourIn.perSecond.toFixed(0)} of bare ${bareIn.toFixed(0)} mails/s`,
    );
  }
  return { outbound: against(out ?? []), inbound: against(into ?? []), cpu };
}

export async function approving(stage: Stage, { rounds, rooms }: Sizes, say: Say): Promise<Results['approvals']> {
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
    const steps = await bare({
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

export async function growing(stage: Stage, sizes: Sizes, say: Say): Promise<Results['growth']> {
  const grown: Results['growth'] = [];
  let seeded = 0;
  for (const rooms of sizes.growth) {
    await seed(stage, seeded, rooms, say);
    seeded = rooms;
    // The seed's own writes are not to be measured.
    await stage.db.query('checkpoint');
    grown.push({
      rooms,
      ...(await pipelines(stage, sizes, (line) => say(`${rooms.toLocaleString('en')} rooms, ${line}`))),
    });
  }
  return grown;
}

/** Half letters, half mails; a sample of each process' resident memory after every tenth. */
export async function remembering(
  stage: Stage,
  sizes: Sizes,
  idle: Record<App, number>,
  say: Say,
): Promise<Results['memory']> {
  const samples: Record<App, number[]> = { 'scheduling-api': [], 'imip-ingestor': [], 'notification-sender': [] };
  for (let tenth = 1; tenth <= 10; tenth += 1) {
    const { booked } = await outbound(stage, Math.ceil(sizes.messages / 40));
    await inbound(stage, booked);
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
export async function sharing(stage: Stage, sizes: Sizes, say: Say): Promise<Results['senders']> {
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

export const growthRatio = (growth: Results['growth'], which: 'outbound' | 'inbound'): number =>
  (growth.at(-1)?.[which].ratio.median ?? Number.NaN) / (growth[0]?.[which].ratio.median ?? Number.NaN);
