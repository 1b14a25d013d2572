// How long each publisher of a cluster run goes without a confirm after a node of the broker fell silent, was cut off or
// ended; and whether it moved to another node, as it must.
// Told by the roads to the broker (stage.ts) what passes, by faults.ts when a node is broken; judged in chaos.ts.
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
  /** What passed meanwhile, with its node: `3.0 s lost 1`; the like of what passed just before is left out. */
  passed: string[];
  /** Not closed: its process was ended meanwhile, and might have waited longer. */
  cutShort?: true;
}

interface Publisher {
  node: number | undefined;
  open: (Omit<Gap, 'ms'> & { unconfirmed: boolean }) | undefined;
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
 * It waits four times at a node that is not broken, where most nodes do not reach the queue's leader: a new node would
 * not confirm sooner.
 */
const leaderWithinMs = 4 * 3_000 + backWithinMs;

export class Publishers {
  private readonly publishers = new Map<string, Publisher>();
  private readonly gaps: Gap[] = [];

  /** `now`: milliseconds on this process's clock. */
  record(actor: string, what: Passing, node: number, now = performance.now()): void {
    const publisher = this.publishers.get(actor) ?? { node: undefined, open: undefined };
    this.publishers.set(actor, publisher);
    if (what === 'confirmed') publisher.node = node;
    if (what === 'lost' || what === 'published')
      publisher.open ??= { actor, at: now, from: node, moved: false, unconfirmed: what === 'published', passed: [] };
    if (publisher.open && what !== 'lost') publisher.open.moved ||= node !== publisher.open.from;
    if (publisher.open) notePassed(publisher.open, `${what} ${node}`, now);
    if (isOver(publisher, what)) this.close(publisher, now);
  }

  private close(publisher: Publisher, now: number, more: Pick<Gap, 'cutShort'> = {}): void {
    if (publisher.open) this.gaps.push({ ...publisher.open, ...more, ms: now - publisher.open.at });
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
  told(faults: readonly NodeFault[]): string[] {
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

  /** A publisher that stayed with its node; no time is held against one that moved, which a busy machine may delay. */
  violations(faults: readonly NodeFault[]): string[] {
    return this.longest(faults)
      .filter(({ node, gap }) => {
        const isAtBroken = node === undefined || node === gap.from;
        return !gap.moved && gap.ms > (isAtBroken ? backWithinMs : leaderWithinMs);
      })
      .map(
        ({ what, gap }) =>
          `${gap.actor} waited ${(gap.ms / 1_000).toFixed(1)} s for its node after ${what} and moved to no other`,
      );
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

function notePassed({ at, passed }: Pick<Gap, 'at' | 'passed'>, event: string, now: number): void {
  if (!passed.at(-1)?.endsWith(event)) passed.push(`${seconds(now - at)} ${event}`);
}
