// How long each publisher of a cluster run goes without a confirm after a node of the broker fell silent, was cut off or
// ended; and whether it moved to another node, as it must.
// Called by the proxies to the broker (stage.ts) with what passes, and by faults.ts when a node is broken; judged in chaos.ts.
import type { Passing } from '../../support/broker';

/**
 * From a publish without confirm to the next confirmed one; or, where nothing was unconfirmed, from the loss of the
 * connection until the next one may publish.
 */
interface Gap {
  actor: string;
  at: number;
  /** Place of the node that it published to. */
  from: number;
  /** Whether it published to another node in between. */
  moved: boolean;
  ms: number;
  /** Whether its process tried another node, which may have refused, while this publisher had no connection. */
  tried: boolean;
  /** Its longest stay at one node, or without a connection between two. */
  longestStay: Stay;
  /** What passed meanwhile, with its node: `3.0 s lost 1`; the like of what passed just before is left out. */
  passed: string[];
  /** Not closed: its process was ended meanwhile, and might have waited longer. */
  cutShort?: true;
}

interface Stay {
  /** Place of the node; undefined between two nodes. */
  node: number | undefined;
  ms: number;
}

interface Publisher {
  node: number | undefined;
  open: (Omit<Gap, 'ms'> & { unconfirmed: boolean; stay: Omit<Stay, 'ms'> & { at: number } }) | undefined;
}

/** The broker of a cluster run was broken by this fault, from `at` to `until`. */
export interface NodeFault {
  what: string;
  at: number;
  until: number;
  /** Place of the broken node, where it is one and known. */
  node?: number | undefined;
}

/** A publisher gives a node 3 s; with 2 s to connect to the next. */
const backWithinMs = 5_000;
/**
 * At a node that is not broken it waits four times, and between these asks the other nodes three times, 2 s each, where
 * most nodes do not reach the queue's leader: a new node would not confirm sooner. A second for a busy machine.
 */
const leaderWithinMs = 4 * 3_000 + 3 * 2_000 + 1_000;
/**
 * A publisher that moves may find the next node broken too, so no time is held against the whole of its wait; but it
 * leaves each node, and finds the next one, within this time.
 */
const stayWithinMs = leaderWithinMs + backWithinMs;

export class Publishers {
  private readonly publishers = new Map<string, Publisher>();
  private readonly gaps: Gap[] = [];

  /** `now`: milliseconds on this process's clock. */
  record(actor: string, what: Passing, node: number, now = performance.now()): void {
    const publisher = this.publishers.get(actor) ?? { node: undefined, open: undefined };
    this.publishers.set(actor, publisher);
    if (what === 'confirmed') publisher.node = node;
    if (what === 'lost' || what === 'published') publisher.open ??= newGap(actor, what, node, now);
    if (publisher.open) notePassed(publisher.open, what, node, now);
    if (isOver(publisher, what)) this.close(publisher, now);
  }

  private close(publisher: Publisher, now: number, more: Pick<Gap, 'cutShort'> = {}): void {
    if (publisher.open) {
      endStay(publisher.open, now);
      this.gaps.push({ ...publisher.open, ...more, ms: now - publisher.open.at });
    }
    publisher.open = undefined;
  }

  /** Its process was ended: what it does not receive from now on says nothing of the broker. */
  ended(actor: string, now = performance.now()): void {
    const publisher = this.publishers.get(actor);
    if (publisher) this.close(publisher, now, { cutShort: true });
    this.publishers.delete(actor);
  }

  /** Place of the node that most of them publish to. */
  get busiest(): number {
    const nodes = [...this.publishers.values()].flatMap(({ node }) => (node === undefined ? [] : [node]));
    const [most] = [...Map.groupBy(nodes, (node) => node)].sort(([, a], [, b]) => b.length - a.length);
    return most?.[0] ?? 0;
  }

  /** By kind of fault: how often a publisher waited because of it, how long at least and at most. */
  report(faults: readonly NodeFault[]): string[] {
    const whole = this.longest(faults).filter(({ gap }) => !gap.cutShort);
    return [...Map.groupBy(whole, ({ what }) => what)].map(([what, gaps]) => {
      const seconds = gaps.map(({ gap }) => gap.ms / 1_000).sort((a, b) => a - b);
      const middle = seconds[Math.floor(seconds.length / 2)] ?? 0;
      return (
        `${what}: ${gaps.length} times back after ${seconds[0]?.toFixed(1)} to ${seconds.at(-1)?.toFixed(1)} s ` +
        `(median ${middle.toFixed(1)} s), ${gaps.filter(({ gap }) => gap.moved).length} of them at another node`
      );
    });
  }

  /** What passed in each wait of over 5 s, so that its cause can be found. */
  slow(faults: readonly NodeFault[]): string[] {
    return this.longest(faults)
      .filter(({ gap }) => gap.ms > backWithinMs)
      .map(({ what, at, until, node, gap }) => {
        const place = node === undefined ? '' : ` of node ${node}`;
        const fault = `${what}${place} from ${seconds(at - gap.at)} to ${seconds(until - gap.at)}`;
        return `${gap.actor} was back after ${seconds(gap.ms)} beside ${fault}: ${gap.passed.join(', ')}`;
      });
  }

  /** A publisher that stayed too long with its node, or where it moved to. */
  violations(faults: readonly NodeFault[]): string[] {
    return this.longest(faults).flatMap(({ what, node, gap }) => {
      const isAtBroken = node === undefined || node === gap.from;
      // Others that refuse it, as a minority that has paused itself does, leave it its own node.
      const waitedMs = gap.tried ? gap.longestStay.ms : gap.ms;
      if (!gap.moved)
        return waitedMs > (isAtBroken ? backWithinMs : leaderWithinMs)
          ? [`${gap.actor} waited ${seconds(waitedMs)} for its node after ${what} and moved to no other`]
          : [];
      const { ms, node: place } = gap.longestStay;
      const where = place === undefined ? 'without a connection' : `at node ${place}`;
      return ms > stayWithinMs ? [`${gap.actor} moved after ${what} and was ${seconds(ms)} ${where}`] : [];
    });
  }

  /** Of each publisher its longest gap that began in a fault. */
  private longest(faults: readonly NodeFault[]): (NodeFault & { gap: Gap })[] {
    return faults.flatMap((fault) => {
      const { at, until } = fault;
      const within = this.gaps.filter((gap) => gap.at >= at && gap.at <= until);
      return [...Map.groupBy(within, ({ actor }) => actor)].map(([, gaps]) => ({
        ...fault,
        gap: gaps.reduce((a, b) => (b.ms > a.ms ? b : a)),
      }));
    });
  }
}

const isOver = ({ open }: Publisher, what: Passing): boolean =>
  what === 'confirmed' || (what === 'ready' && open?.unconfirmed === false);

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

function newGap(actor: string, what: 'lost' | 'published', node: number, now: number): NonNullable<Publisher['open']> {
  return {
    actor,
    at: now,
    from: node,
    moved: false,
    tried: false,
    unconfirmed: what === 'published',
    stay: { node, at: now },
    longestStay: { node, ms: 0 },
    passed: [],
  };
}

function notePassed(open: NonNullable<Publisher['open']>, what: Passing, node: number, now: number): void {
  if (what === 'tried') {
    open.tried ||= open.stay.node === undefined && node !== open.from;
    return;
  }
  if (what !== 'lost') open.moved ||= node !== open.from;
  const place = what === 'lost' ? undefined : node;
  if (place !== open.stay.node) endStay(open, now, place);
  const event = `${what} ${node}`;
  if (!open.passed.at(-1)?.endsWith(event)) open.passed.push(`${seconds(now - open.at)} ${event}`);
}

function endStay(open: NonNullable<Publisher['open']>, now: number, next?: number): void {
  const { node, at } = open.stay;
  if (now - at > open.longestStay.ms) open.longestStay = { node, ms: now - at };
  open.stay = { node: next, at: now };
}
