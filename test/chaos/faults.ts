// What is done to the product while people use it: one fault after another by seeded choice, while the relay's moods
// go on beside them.
// Run by chaos.ts; every fault leaves the world whole again, so that the last one's end is when quiet must begin.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Envelope, envelop, queueNames } from '#contracts';
import { namesOf } from '#messaging';
import { appendEvents } from '#persistence';
import { eventually } from '../support/eventually';
import type { NodeFault } from './cluster/publishers';
import { type Random, randomOf } from './random';
import { moodNames, RelayMoods } from './relay-moods';
import { type BrokerNode, connectBroker } from './services';
import { type Actor, actors, consumers, senders, type Stage } from './stage';

/** The cheap ones come up more often. */
const often = [
  'killed',
  'killed',
  'killedAtWork',
  'killedAtWork',
  'killedInTransaction',
  'killedInTransaction',
  'proxiesCut',
  'proxiesCut',
  'backendsKilled',
  'backendsKilled',
  'frozen',
  'relayAway',
] as const;
const seldom = [
  'stoppedInTheMiddle',
  'proxyShut',
  'proxySwallows',
  'brokerKilled',
  'brokerStopped',
  'postgresRestarted',
  'clockStepped',
  'poisoned',
] as const;
/** Where the broker and Postgres are clusters. */
const onCluster = [
  'nodeFrozen',
  'nodeKilledAtWork',
  'nodePartitioned',
  'memoryAlarm',
  'diskAlarm',
  'rollingRestart',
  'switchedOver',
  'poolerKilled',
] as const;
/** Once each, in a long run. */
const once = ['backlog', 'noRelayForAMinute'] as const;
/** A short run is over before all have come up: it begins with the gravest. */
const gravest = [
  'stoppedInTheMiddle',
  'brokerKilled',
  'postgresRestarted',
  'backendsKilled',
  'proxiesCut',
  'proxySwallows',
  'clockStepped',
  'poisoned',
  'relayAway',
  'frozen',
  'killed',
  'killedAtWork',
  'killedAtWork',
  'killedInTransaction',
  'killedInTransaction',
] as const;
export type FaultName = (typeof often | typeof seldom | typeof onCluster | typeof once)[number];
export const faultNames: readonly FaultName[] = [...new Set([...often, ...seldom, ...onCluster, ...once])];

/** Those that end a node, or cut it off. */
const ofNodes: readonly string[] = [
  'brokerKilled',
  'brokerStopped',
  'nodeFrozen',
  'nodeKilledAtWork',
  'nodePartitioned',
  'rollingRestart',
] satisfies FaultName[];

export interface Blow {
  at: number;
  what: string;
  /** When its world was whole again; undefined until then. */
  until?: number;
  /** Place of the broker's node that it broke, where it is one that was chosen here. */
  node?: number;
}

export interface FaultOptions {
  seed: number;
  /** Longest pause between two faults, in milliseconds. */
  pauseMs: number;
  /** The faults that take their time: a minute without a relay, ten thousand events in the outbox. */
  long: boolean;
  /** Only these kinds; empty: all. */
  only: readonly FaultName[];
}

export class Faults {
  /** Every fault, on this process's clock. */
  readonly blows: Blow[] = [];
  /** Message ids of the poison put into queues. */
  readonly poison: string[] = [];
  readonly slowStops: string[] = [];
  readonly moods: RelayMoods;
  backlog = 0;
  private readonly random: Random;
  private readonly bag: FaultName[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly options: FaultOptions,
  ) {
    this.random = randomOf(options.seed, 'faults');
    this.moods = new RelayMoods(stage, randomOf(options.seed, 'relay'));
  }

  /**
   * Goes on until `enough`, then ends with everything at once; resolves with the time when all faults have ended: every
   * part is started again, ready or not.
   */
  async run(enough: () => boolean): Promise<number> {
    while (!enough()) {
      // When much is under way.
      if (this.options.long && this.blows.length === 20) this.bag.push(...this.wanted(once));
      const kind = this.draw();
      const blow = this.note(kind);
      await this.kinds[kind]();
      blow.until = performance.now();
      this.moods.mood = this.random.pick(moodNames);
      await wait(this.random.whole(0, this.options.pauseMs));
    }
    this.note('everything at once');
    await Promise.all([
      this.kinds.brokerKilled(),
      this.kinds.postgresRestarted(),
      ...actors.map((actor) => this.strike(actor)),
    ]);
    this.moods.mood = 'calm';
    this.stage.setClock(0);
    this.note('all mended');
    return performance.now();
  }

  /** Every kind comes up before one comes again. */
  private draw(): FaultName {
    if (this.bag.length === 0) {
      const kinds = [...this.wanted(this.blows.length === 0 && !this.options.long ? gravest : [...often, ...seldom])];
      if (this.stage.broken.nodes.length > 0) kinds.push(...this.wanted(onCluster));
      this.bag.push(
        ...kinds
          .map((kind) => ({ kind, order: this.random.next() }))
          .sort((a, b) => a.order - b.order)
          .map(({ kind }) => kind),
      );
    }
    return this.bag.pop() ?? this.options.only[0] ?? 'killed';
  }

  private wanted(kinds: readonly FaultName[]): readonly FaultName[] {
    return kinds.filter((kind) => this.options.only.length === 0 || this.options.only.includes(kind));
  }

  private note(what: string): Blow {
    const blow: Blow = { at: performance.now(), what };
    this.blows.push(blow);
    return blow;
  }

  /** None where the broker is one: then there is no other node to move to. */
  get nodeFaults(): NodeFault[] {
    if (this.stage.broken.nodes.length === 0) return [];
    return this.blows
      .filter(({ what }) => ofNodes.includes(what))
      .map(({ what, at, until = Infinity, node }) => ({ what, at, until, node }));
  }

  private readonly kinds = {
    killed: () => this.strike(this.random.pick(actors)),
    /**
     * While it stands still its work gathers before it, and the relay answers it; it dies unaware, or when it has
     * begun with all of it.
     */
    killedAtWork: async () => {
      const actor = this.random.pick(actors);
      await this.lettersAtTheRelay();
      this.stage.signal(actor, 'SIGSTOP');
      await wait(this.random.whole(500, 2_000));
      this.stage.sink.release();
      if (this.random.chance(0.5)) {
        this.stage.signal(actor, 'SIGCONT');
        await wait(this.random.whole(0, 200));
      }
      await this.strike(actor);
    },
    /** While it handles events, none of them committed. */
    killedInTransaction: async () => {
      const actor = this.random.pick(consumers);
      await this.stage.db
        .transaction(async (tx) => {
          await tx.query('lock table handled_events in exclusive mode');
          await wait(this.random.whole(500, 1_500));
          await this.kill(actor);
        })
        .catch(() => this.kill(actor));
      await this.comeBack(actor);
    },
    /** SIGTERM while letters are at the relay and the relay says nothing. */
    stoppedInTheMiddle: async () => {
      const actor = this.random.pick(senders);
      await this.stage.whenReady(actor);
      await this.lettersAtTheRelay();
      const { code, ms } = await this.stage.end(actor, 'SIGTERM');
      if (code !== 0 || ms > 10_000) this.slowStops.push(`${actor} ended with ${code} after ${Math.round(ms)} ms`);
      this.stage.start(actor);
    },
    frozen: async () => {
      const actor = this.random.pick(actors);
      this.stage.signal(actor, 'SIGSTOP');
      // With what may go before it, shorter than a lease: longer is the window that nobody can close.
      await wait(this.random.whole(500, 3_000));
      this.stage.signal(actor, 'SIGCONT');
    },
    proxiesCut: async () => {
      for (const actor of actors) if (this.random.chance(0.6)) this.stage.proxy(actor).cut();
    },
    proxyShut: async () => {
      const proxy = this.stage.proxy(this.random.pick(actors));
      proxy.shut(true);
      proxy.cut();
      await wait(this.random.whole(1_000, 4_000));
      proxy.shut(false);
    },
    /** Packets vanish without a word; then the connection turns out to be dead. */
    proxySwallows: async () => {
      const proxies = actors.filter(() => this.random.chance(0.6)).map((actor) => this.stage.proxy(actor));
      for (const proxy of proxies) proxy.swallow(true);
      await wait(this.random.whole(1_000, 3_000));
      for (const proxy of proxies) proxy.cut();
      for (const proxy of proxies) proxy.swallow(false);
    },
    brokerKilled: () => this.stage.broken.bounceBroker('SIGKILL', this.random.whole(0, 1_500)),
    brokerStopped: () => this.stage.broken.bounceBroker('SIGTERM', this.random.whole(0, 1_500)),
    /** Silent for longer than a confirm is waited for: a publisher moves to another node. */
    nodeFrozen: async () => {
      const node = this.broke(this.anyPlace());
      node?.signal('SIGSTOP');
      await wait(this.random.whole(4_000, 8_000));
      node?.signal('SIGCONT');
    },
    /** It stands still before it dies, as machines do: what is published to it meanwhile it never reads. */
    nodeKilledAtWork: async () => {
      const node = this.broke(this.stage.publishers.busiest);
      node?.signal('SIGSTOP');
      await wait(this.random.whole(1_000, 3_000));
      await node?.bounce('SIGKILL', this.random.whole(0, 1_500));
    },
    /**
     * Shorter than the broker takes to notice, or longer: then the node that is alone ends its clients' connections.
     */
    nodePartitioned: async () => {
      const node = this.broke(this.anyPlace());
      await node?.partition(true);
      await wait(this.random.whole(5_000, 15_000) + (this.options.long && this.random.chance(0.3) ? 70_000 : 0));
      await node?.partition(false);
    },
    memoryAlarm: () => this.alarm('memory'),
    diskAlarm: () => this.alarm('disk'),
    poolerKilled: () => this.stage.front?.bounce() ?? Promise.resolve(),
    /** As an upgrade goes: each node in its turn, the next when the one before is back. */
    rollingRestart: async () => {
      for (const node of this.stage.broken.nodes) await node.bounce('SIGTERM', 0);
    },
    switchedOver: async () => {
      const cluster = this.stage.broken.postgresCluster;
      if (!(await cluster?.whole())) return;
      await cluster?.switchOver();
      await wait(1_000);
      await this.postgresAnswers();
    },
    /** The relay's answers come while it is away. */
    postgresRestarted: async () => {
      await this.lettersAtTheRelay();
      await this.stage.broken.restartPostgres();
      this.stage.sink.release();
      await wait(500);
      await this.postgresAnswers();
    },
    backendsKilled: async () => {
      const some = this.random.chance(0.5) ? 'and random() < 0.5' : '';
      await this.stage.db
        .query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
            and application_name <> 'chaos' ${some}`,
        )
        .catch(() => undefined);
    },
    relayAway: async () => {
      await this.stage.refuseMail(true);
      await wait(this.random.whole(1_000, 5_000));
      await this.stage.refuseMail(false);
    },
    noRelayForAMinute: async () => {
      await this.stage.refuseMail(true);
      await wait(60_000);
      await this.stage.refuseMail(false);
    },
    clockStepped: async () => this.stage.setClock(this.random.whole(-7_200, 7_200)),
    poisoned: async () => {
      const id = randomUUID();
      const content = this.random.pick([
        'not JSON',
        JSON.stringify({ id, name: 'RoomBooked', version: 1 }),
        JSON.stringify({
          id,
          name: 'NeverHeardOf',
          version: 1,
          occurredAt: '',
          correlationId: '',
          causationId: null,
          data: {},
        }),
      ]);
      this.poison.push(id);
      await this.putIntoQueue(Buffer.from(content), id);
    },
    backlog: async () => {
      const [room] = await this.stage.db.query<{ room_id: string; id: string }>(
        'select room_id, id from invitations limit 1',
      );
      if (!room) return;
      for (const actor of actors) this.stage.proxy(actor).shut(true);
      for (const actor of actors) this.stage.proxy(actor).cut();
      const events = Array.from({ length: 10_000 }, () => delivered(room));
      await this.stage.db
        .transaction(async (tx) => appendEvents(tx, 'imip-ingestor', events))
        .then(
          () => (this.backlog += events.length),
          () => undefined,
        );
      await wait(2_000);
      for (const actor of actors) this.stage.proxy(actor).shut(false);
    },
  } satisfies Record<FaultName, () => Promise<unknown>>;

  private anyPlace(): number {
    return this.random.whole(0, this.stage.broken.nodes.length - 1);
  }

  /** The node of this place, which the fault under way breaks. */
  private broke(place: number): BrokerNode | undefined {
    const blow = this.blows.at(-1);
    if (blow) blow.node = place;
    return this.stage.broken.nodes[place];
  }

  /** Every publisher of the cluster is blocked while one of its nodes runs short (RabbitMQ, "Cluster-wide Alarms"). */
  private async alarm(kind: 'memory' | 'disk'): Promise<void> {
    const node = this.stage.broken.nodes[this.anyPlace()];
    await node?.alarm(kind, true);
    await wait(this.random.whole(3_000, 8_000));
    for (let tries = 0; node && !(await node.alarm(kind, false)) && tries < 5; tries += 1) await wait(1_000);
  }

  /** A relay that says nothing for a moment, until some letters hang there, if there are any. */
  private async lettersAtTheRelay(): Promise<void> {
    this.moods.mood = 'slow';
    for (let tries = 0; this.stage.sink.waiting === 0 && tries < 20; tries += 1) await wait(100);
  }

  private async postgresAnswers(): Promise<void> {
    await eventually('Postgres answers again', () => this.stage.db.query('select 1'), {
      timeoutMs: 60_000,
      everyMs: 100,
    });
  }

  private async strike(actor: Actor): Promise<void> {
    await this.kill(actor);
    await this.comeBack(actor);
  }

  private async kill(actor: Actor): Promise<void> {
    await this.stage.end(actor, 'SIGKILL');
  }

  private async comeBack(actor: Actor): Promise<void> {
    await wait(this.random.whole(0, 1_500));
    this.stage.start(actor);
  }

  private async putIntoQueue(content: Buffer, messageId: string): Promise<void> {
    const model = await connectBroker(this.stage.broken.rabbitUrl);
    const channel = await model.createConfirmChannel();
    channel.sendToQueue(
      namesOf(this.stage.prefix, this.random.pick(queueNames as [(typeof queueNames)[number], ...typeof queueNames]))
        .main,
      content,
      { persistent: true, messageId },
    );
    await channel.waitForConfirms();
    await model.close();
  }
}

/** News of a letter that nobody sent: handled, recorded, without any effect. */
const delivered = ({ room_id, id }: { room_id: string; id: string }): Envelope =>
  envelop(
    'BounceReceived',
    {
      roomId: room_id,
      invitationId: id,
      role: 'host',
      mailId: null,
      messageId: `<${randomUUID()}@nowhere.test>`,
      kind: 'delivered',
      status: null,
    },
    { id: randomUUID(), occurredAt: new Date(), correlationId: randomUUID() },
  );
