// One chaos run: the stage is set, people use the product while it is broken on purpose, then quiet is measured and
// everything judged.
// Called by `npm run chaos` (main.ts) and by chaos.spec.ts.
import { setTimeout as wait } from 'node:timers/promises';
import { queueNames } from '#contracts';
import { namesOf } from '#messaging';
import { retryFailedLetters } from '../../apps/notification-sender/src/ledger/failed-letters';
import { Driver } from './driver';
import { type FaultName, Faults } from './faults';
import { judgeHooks } from './hook-invariants';
import { startHooks } from './hooks';
import { judge } from './invariants';
import { Patience, type Waiting } from './patience';
import { randomOf } from './random';
import { connectBroker, queuesOn } from './services';
import { actors, type ClusterWishes, openStage, type Stage } from './stage';

export interface ChaosOptions {
  seed: number;
  /** Rooms that go through book → counter → approve → decline; others go beside them. */
  rooms: number;
  atATime: number;
  pauseMs: number;
  long: boolean;
  /** After so long no further room begins and the faults end, however slow the machine is. */
  atMostSeconds?: number;
  /** After so long what is not at its end is given up, and is a violation. */
  patienceSeconds: number;
  /**
   * How long the product may take to be quiet again after the last fault: 30 s, and more where the machine may be
   * slow.
   */
  quietWithinSeconds: number;
  /** After so long webhooks that were not delivered are given up. A sender that died keeps its leases for 40 s. */
  hooksWithinSeconds?: number;
  /** After so long without any movement a call or a letter is given up. */
  stuckAfterSeconds?: number;
  /** On three nodes of RabbitMQ, and three Postgres under Patroni. */
  cluster?: ClusterWishes | undefined;
  /** Only these kinds of fault. */
  only?: readonly FaultName[];
  /** Keeps the apps' logs also where nothing is wrong. */
  keepLogs?: boolean;
  /** Gets the stage once it stands, to close it where the run is ended from outside. */
  onStage?: (stage: Stage) => void;
  /** Hears how far the run is, once a second. */
  onProgress?: (line: string) => void;
}

/** What `npm test` runs: over in about a minute. */
export const shortRun = {
  rooms: 50,
  atATime: 20,
  pauseMs: 500,
  long: false,
  atMostSeconds: 30,
  patienceSeconds: 150,
  quietWithinSeconds: 60,
};
/** What `npm run chaos` runs. */
export const longRun = {
  rooms: 1_000,
  atATime: 60,
  pauseMs: 3_000,
  long: true,
  patienceSeconds: 3_600,
  quietWithinSeconds: 30,
};

/**
 * A planted fault must be found, not survived: what it has broken for good is not waited for. So a run ends in ten
 * minutes also where an app has lost its only host of Postgres for good (`one-url`).
 */
export const plantedRun = {
  patienceSeconds: 360,
  quietWithinSeconds: 30,
  hooksWithinSeconds: 20,
  stuckAfterSeconds: 60,
};

export interface Report {
  seed: number;
  violations: string[];
  /** Seconds from the end of the last fault to the last effect. */
  quietAfterSeconds: number;
  /** What was waited for last. */
  waitedFor: Waiting;
  counts: Record<string, number>;
  faults: Record<string, number>;
  /** How soon publishers were back after a fault of a node, by kind of fault; empty where the broker is one. */
  publishers: string[];
  /** What passed where one waited for over 5 s. */
  slowPublishers: string[];
  seconds: number;
}

const lookEveryMs = 5_000;
const usualHooksWithinSeconds = 90;

/**
 * The Message-IDs that somebody got, and that `letter.sent` must tell. A letter whose answer was lost, or whose sender
 * died after the answer, is not known to be sent; where a newer one replaces it then, nothing is told of it.
 */
async function toBeTold(stage: Stage): Promise<Set<string>> {
  const replaced = await stage.db.query<{ message_id: string }>(
    `select message_id from letters where state = 'superseded' and message_id is not null`,
  );
  const never = new Set(replaced.map((row) => row.message_id));
  return new Set(stage.inbox.all.map((mail) => mail.messageId).filter((id) => !never.has(id)));
}

export async function runChaos(options: ChaosOptions): Promise<Report> {
  const { seed } = options;
  const begun = performance.now();
  const stage = await openStage(randomOf(seed, 'clock').pick(actors), options.cluster);
  options.onStage?.(stage);
  const hooks = await startHooks(stage).catch(async (error: unknown) => {
    await stage.close(false);
    throw error;
  });
  const patience = new Patience(performance.now(), options.stuckAfterSeconds);
  const driver = new Driver(stage, { seed, rooms: options.rooms, atATime: options.atATime }, patience);
  const faults = new Faults(stage, { seed, pauseMs: options.pauseMs, long: options.long, only: options.only ?? [] });
  const progress = setInterval(() => options.onProgress?.(lineOf(driver, faults, stage, begun)), 1_000);
  let violations: string[] | undefined;
  const ended = new AbortController();
  const looking = look(stage, driver, patience, ended.signal);
  try {
    const driving = driver.run();
    const until = performance.now() + (options.atMostSeconds ?? Infinity) * 1_000;
    const repaired = await faults.run(() => driver.allBegun || (performance.now() > until && driver.beginNoMore()));
    await Promise.race([
      driving,
      wait(Math.max(1, begun + options.patienceSeconds * 1_000 - performance.now()), undefined, { ref: false }),
    ]);
    driver.beginNoMore();
    const untold = driver.total - driver.counts.done;
    const { seconds: quietAfterSeconds, last } = await quiet(stage, repaired, 2 * options.quietWithinSeconds);
    const late =
      quietAfterSeconds > options.quietWithinSeconds
        ? [`quiet came only ${quietAfterSeconds.toFixed(1)} s after the last fault; waited for: ${countsAsText(last)}`]
        : [];
    // What the relay had refused for good goes out once it takes it, as by `npm run replay -- --failed`.
    faults.moods.repair();
    await retryFailedLetters(stage.db);
    await quiet(stage, performance.now(), options.quietWithinSeconds);
    const undelivered = await hooks.settle((options.hooksWithinSeconds ?? usualHooksWithinSeconds) * 1_000);
    const hooked = judgeHooks(hooks, driver.stories, await toBeTold(stage));
    const judged = await judge(stage, driver, faults);
    const { counts } = judged;
    const members = await membersMissing(stage);
    const { publishers } = stage;
    violations = [
      ...(untold > 0 ? [`${untold} stories were not at their end after ${options.patienceSeconds} s`] : []),
      ...late,
      ...undelivered,
      ...hooked.violations,
      ...judged.violations,
      ...members,
      ...publishers.violations(faults.nodeFaults),
    ];
    return {
      seed,
      violations,
      quietAfterSeconds,
      waitedFor: last,
      counts: {
        ...counts,
        ...hooked.counts,
        erased: driver.stories.filter(({ kind, stuck }) => kind === 'erased' && stuck === null).length,
        mailsIn: driver.counts.mailsIn,
        callsAnswered: driver.platform.calls.answered,
        callsRepeated: driver.platform.calls.repeated,
        backlog: faults.backlog,
        poison: faults.poison.length,
        ...(stage.broken.postgresCluster ? clusterCounts(stage.broken.postgresCluster.failovers(), faults) : {}),
      },
      faults: {
        ...countsOf(faults.blows.map(({ what }) => what)),
        ...Object.fromEntries(Object.entries(faults.moods.counts).map(([what, count]) => [`relay: ${what}`, count])),
      },
      publishers: publishers.report(faults.nodeFaults),
      slowPublishers: publishers.slow(faults.nodeFaults),
      seconds: (performance.now() - begun) / 1_000,
    };
  } finally {
    ended.abort();
    await looking;
    patience.end();
    clearInterval(progress);
    driver.beginNoMore();
    faults.moods.stop();
    await hooks.close();
    const logs = await stage.close(options.keepLogs === true || violations?.length !== 0);
    if (logs !== null) options.onProgress?.(`The apps' logs are in ${logs}`);
  }
}

/** Lets those who wait know whether what they wait for can still come, until the run ends. */
async function look(stage: Stage, driver: Driver, patience: Patience, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const left = await waiting(stage).catch(() => undefined);
    const { counts, platform } = driver;
    patience.look(performance.now(), left, stage.inbox.all.length + counts.mailsIn + platform.calls.answered);
    await wait(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
}

function clusterCounts(failovers: number, { blows }: Faults): Record<string, number> {
  const times = (...names: string[]): number => blows.filter(({ what }) => names.includes(what)).length;
  return {
    failovers,
    leaderKills: times('brokerKilled', 'everything at once'),
    partitions: times('nodePartitioned'),
    alarms: times('memoryAlarm', 'diskAlarm'),
    poolerRestarts: times('poolerKilled'),
  };
}

/** On a cluster every queue has a member on each node. */
async function membersMissing({ broken, prefix }: Stage): Promise<string[]> {
  if (broken.nodes.length === 0) return [];
  const queues = (await queuesOn(broken.nodes)).filter(({ name }) => name.startsWith(prefix));
  return [
    ...(queues.length === 0 ? ['the cluster tells of no queue'] : []),
    ...queues
      .filter(({ members }) => members.length !== broken.nodes.length)
      .map(({ name, members }) => `${name} has ${members.length} members`),
  ];
}

function countsOf(words: string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]));
}

/**
 * Asks until nothing waits anywhere for half a second; seconds since `since` when that was first true, and what was
 * waited for last.
 */
async function quiet(
  stage: Stage,
  since: number,
  patienceSeconds: number,
): Promise<{ seconds: number; last: Waiting }> {
  let last: Waiting = {};
  for (let begun: number | undefined; ;) {
    const left = await waiting(stage);
    const seconds = (performance.now() - since) / 1_000;
    if (Object.keys(left).length > 0) [begun, last] = [undefined, left];
    else begun ??= seconds;
    // What a consumer is working on is in no count of a queue, for as long as it takes.
    if (begun !== undefined && seconds > begun + 0.5) return { seconds: begun, last };
    // Far beyond what is allowed there is no use in waiting on: the invariants will name what is left.
    if (seconds > patienceSeconds) return { seconds, last };
    await wait(250);
  }
}

async function waiting(stage: Stage): Promise<Waiting> {
  const [row] = await stage.db.query<Record<'outbox' | 'letters' | 'mails' | 'erasures', string>>(
    `select (select count(*) from outbox) as outbox, (select count(*) from letters
      where state in ('due', 'sending')) as letters,
            (select count(*) from imip_messages where state = 'stored') as mails,
            (select count(*) from erasures where completed_at is null) as erasures`,
  );
  const counts: [string, number][] = Object.entries(row ?? {}).map(([what, count]) => [what, Number(count)]);
  const model = await connectBroker(stage.broken.rabbitUrl);
  const channel = await model.createChannel();
  for (const queue of queueNames) {
    const { main, retry } = namesOf(stage.prefix, queue);
    for (const name of [main, ...retry]) counts.push([name, (await channel.checkQueue(name)).messageCount]);
  }
  await model.close();
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** Counts in words. */
export const countsAsText = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');

function lineOf(driver: Driver, faults: Faults, stage: Stage, begun: number): string {
  const seconds = Math.round((performance.now() - begun) / 1_000);
  return (
    `${seconds} s: ${driver.counts.done} of ${driver.total} rooms, ${stage.inbox.all.length} mails ` +
    `out, ${driver.counts.mailsIn} in, ${faults.blows.length} faults, last: ${faults.blows.at(-1)?.what ?? 'none'}`
  );
}
