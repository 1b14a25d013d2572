// What holders of links do: look, propose, decide, undo, ask for a fresh link (PRD 6.1: ProposalService; contract,
// section 4).
// Called by links.controller.ts; every use is one transaction with its audit line, every rule stands in decide.
import { randomUUID } from 'node:crypto';
import type { LinkPurpose } from '#contracts';
import { appendAudit, type Queryable, type Transaction } from '#persistence';
import { currentCorrelation } from '#service';
import { type Answer, once } from '../http/idempotency';
import { refusalAnswer } from '../http/refusal-answer';
import type { Command } from '../rooms/decide';
import type { Decision, Proposal, Room, RoomEvent } from '../rooms/room';
import { isBooked, proposalOf } from '../rooms/room';
import { Refusal } from '../rooms/refusal';
import { countEvents, countTokenUse } from '../rooms/rooms.metrics';
import { app, type RoomsStore } from '../rooms/rooms.store';
import type { LinksService, OpenLink, TokenVerdict } from './links.service';
import type { FieldFaultOnForm, WantedTime } from './propose-request';

/**
 * What the holder of a good link sees: the room as it is now, and the proposal that the link, or this request, is
 * about.
 */
export interface Seen {
  link: OpenLink;
  room: Room;
  proposal: Proposal | null;
  /** For a page with both buttons. */
  tokens: Partial<Record<Decision, string>>;
  now: Date;
}

export interface LinkOutcome {
  /** null: the link is not one of ours. */
  seen: Seen | null;
  refusal: Refusal | null;
  faults: FieldFaultOnForm[];
  events: RoomEvent[];
  /** The first answer to the same Idempotency-Key. */
  kept: Answer | null;
}

/** A JSON request as Idempotency-Key needs it; a page's form has no key. */
export interface Keyed {
  key: string | undefined;
  target: string;
  body: unknown;
}

interface Work {
  tx: Transaction;
  link: OpenLink;
  room: Room;
  source: 'link' | 'page';
  correlationId: string;
}
type Done = Partial<Pick<LinkOutcome, 'refusal' | 'faults' | 'events'>> & { room?: Room; proposal?: Proposal | null };

interface Use {
  purposes: readonly LinkPurpose[];
  /** `link`: opened; `page`: posted from its page, or as JSON. */
  source: 'link' | 'page';
  /** Whether somebody uses the link, or a machine only looks at its page: looks leave no trace in the audit. */
  person: boolean;
  lock?: boolean;
  keyed?: Keyed | undefined;
}

/** A fresh link this often for one invitation; counted in the audit, which all replicas share. */
const freshPerFiveMinutes = 1;
const freshPerDay = 5;

export class ProposalService {
  private readonly rooms: RoomsStore;

  constructor(private readonly links: LinksService) {
    this.rooms = links.rooms;
  }

  /** GET /reschedule: whether the form may be used, and on what. */
  lookAtForm(token: string | undefined, person: boolean): Promise<LinkOutcome> {
    return this.use(token, { purposes: ['propose'], source: 'link', person }, async ({ tx, link, room }) => ({
      refusal: formRefusal(room, link, await this.now(tx)),
    }));
  }

  /** Proposes what `read` makes of the request, and uses the link up in the same transaction. */
  propose(
    token: string | undefined,
    keyed: Keyed | undefined,
    read: (room: Room, link: OpenLink) => WantedTime | FieldFaultOnForm[],
  ): Promise<LinkOutcome> {
    return this.use(token, { purposes: ['propose'], source: 'page', person: true, lock: true, keyed }, async (work) => {
      const { tx, link, room } = work;
      const closed = formRefusal(room, link, await this.now(tx));
      if (closed !== null) return { refusal: closed };
      const wanted = read(room, link);
      if (Array.isArray(wanted)) return { faults: wanted };
      const done = await this.run(work, [{ type: 'Propose', role: link.role, counterSequence: null, ...wanted }]);
      const proposed = done.events.find((each) => each.type === 'Proposed');
      if (!proposed) {
        if (done.refusal?.status === 429) this.noteLimit(work, done.refusal);
        return done;
      }
      await this.links.use(tx, link);
      return { ...done, proposal: proposed.proposal };
    });
  }

  /** GET /approve and /decline: a person's page load records or contests, anything else looks. */
  openDecision(token: string | undefined, decision: Decision, person: boolean): Promise<LinkOutcome> {
    return this.use(token, { purposes: [decision], source: 'link', person }, async (work) => {
      const { proposalId } = work.link;
      if (!person || proposalId === null || isOwn(work)) return {};
      const done = await this.run(work, [
        { type: 'SettleDue', proposalId },
        { type: 'OpenDecisionLink', proposalId, decision },
      ]);
      if (done.events.some((each) => each.type === 'DecisionHeld')) await this.links.use(work.tx, work.link);
      return done;
    });
  }

  /** POST /approve and /decline: a button acts at once. */
  decide(token: string | undefined, decision: Decision, keyed: Keyed | undefined): Promise<LinkOutcome> {
    return this.use(token, { purposes: [decision], source: 'page', person: true, keyed }, async (work) => {
      const { tx, link } = work;
      const { proposalId } = link;
      if (proposalId === null) return { refusal: new Refusal('link-unknown') };
      const done = await this.run(work, [
        { type: 'SettleDue', proposalId },
        { type: 'Decide', proposalId, decision, by: link.role },
      ]);
      if (done.refusal === null) await this.links.use(tx, link);
      return done;
    });
  }

  /** POST /undo, with either link of the proposal. */
  undo(token: string | undefined, keyed: Keyed | undefined): Promise<LinkOutcome> {
    return this.use(token, { purposes: ['approve', 'decline'], source: 'page', person: true, keyed }, async (work) => {
      const { proposalId, role } = work.link;
      if (proposalId === null) return { refusal: new Refusal('link-unknown') };
      return this.run(work, [
        { type: 'SettleDue', proposalId },
        { type: 'Undo', proposalId, by: role },
      ]);
    });
  }

  /**
   * Mails a fresh reschedule link to the address that this one is bound to; says the same whether or not the limit
   * let it.
   */
  freshLink(token: string | undefined): Promise<LinkOutcome> {
    return this.use(
      token,
      { purposes: ['propose', 'approve', 'decline', 'confirm'], source: 'page', person: true },
      async (work) => {
        const { tx, link, room } = work;
        if (room.status === 'scheduled' && (await this.askedOften(tx, link))) return {};
        return this.run(work, [{ type: 'MakeFreshLink', role: link.role, occasion: randomUUID() }]);
      },
    );
  }

  private async use(token: string | undefined, use: Use, work: (work: Work) => Promise<Done>): Promise<LinkOutcome> {
    const purpose = use.purposes[0] ?? 'propose';
    const { source } = use;
    const correlationId = currentCorrelation();
    const { outcome, verdict } = await this.rooms.transaction(
      async (tx): Promise<{ outcome: LinkOutcome; verdict: TokenVerdict | null }> => {
        const link = await this.links.open(tx, token, use.purposes, use.lock);
        if ('forged' in link) {
          const verdict = link.former ? 'expired' : 'forged';
          if (use.person)
            this.links.record(tx, { roomId: link.roomId, role: null, purpose, verdict, source, correlationId });
          const refusal = new Refusal(link.former ? 'link-expired' : 'link-unknown');
          return { outcome: { ...nothing, refusal }, verdict };
        }
        let fresh: LinkOutcome | undefined;
        const run = async (): Promise<LinkOutcome> =>
          (fresh = await this.outcome({ tx, link, source, correlationId }, work));
        if (use.keyed?.key === undefined) await run();
        else {
          const { key, target, body } = use.keyed;
          const kept = await once(tx, { key, owner: `link:${link.linkId}`, target, body }, async () =>
            jsonAnswer(await run()),
          );
          if (fresh === undefined) return { outcome: { ...nothing, kept }, verdict: null };
        }
        const done = fresh ?? nothing;
        if (!use.person) return { outcome: done, verdict: null };
        const verdict = verdictOf(done);
        const { roomId, role, purpose: used } = link;
        this.links.record(tx, { roomId, role, purpose: used, verdict, source, correlationId });
        return { outcome: done, verdict };
      },
    );
    countEvents(outcome.events);
    if (verdict !== null) countTokenUse(outcome.seen?.link.purpose ?? purpose, verdict);
    return outcome;
  }

  private async outcome(given: Omit<Work, 'room'>, work: (work: Work) => Promise<Done>): Promise<LinkOutcome> {
    const { tx, link } = given;
    const before = await this.roomOf(tx, link);
    const done = await work({ ...given, room: before });
    const room = done.room ?? before;
    const proposal = done.proposal ?? (link.proposalId === null ? null : (proposalOf(room, link.proposalId) ?? null));
    const seen = { link, room, proposal, tokens: await this.links.decisionTokens(tx, link), now: await this.now(tx) };
    return { ...nothing, seen, refusal: done.refusal ?? null, faults: done.faults ?? [], events: done.events ?? [] };
  }

  /**
   * Commands under the room's lock, one after the other; stops at the first Refusal. The room is as it was left,
   * whoever left it so.
   */
  private async run(
    { tx, link, source, correlationId }: Work,
    commands: Command[],
  ): Promise<{ room: Room; refusal: Refusal | null; events: RoomEvent[] }> {
    const events: RoomEvent[] = [];
    let room: Room | undefined;
    for (const command of commands) {
      const changed = await this.rooms.change(tx, link.roomId, command, { actor: link.role, source, correlationId });
      if (changed instanceof Refusal) return { room: await this.roomOf(tx, link), refusal: changed, events };
      events.push(...changed.events);
      room = changed.room;
    }
    return { room: room ?? (await this.roomOf(tx, link)), refusal: null, events };
  }

  private async roomOf(tx: Queryable, link: OpenLink): Promise<Room> {
    const [stored] = await this.rooms.read([link.roomId], tx);
    if (!stored) throw new Error('a link without its room');
    return stored.room;
  }

  private async now(tx: Queryable): Promise<Date> {
    const [clock] = await tx.query<{ now: Date }>('select clock_timestamp() as now');
    return clock?.now ?? new Date();
  }

  /** A limit of the meeting stands in its history; other refusals of a form are its holder's to mend. */
  private noteLimit({ tx, link, source, correlationId }: Work, { code, detail }: Refusal): void {
    const { roomId, role } = link;
    const line = { roomId, kind: 'proposal' as const, role, verdict: 'ignored', why: `${code}: ${detail}`, source };
    appendAudit(tx, app, [{ ...line, actor: role, correlationId }]);
  }

  private async askedOften(tx: Queryable, link: OpenLink): Promise<boolean> {
    // The room's lock makes two requests at once count each other.
    await tx.query('select 1 from practice_rooms where id = $1 for update', [link.roomId]);
    const [asked] = await tx.query<{ lately: number; today: number }>(
      `select count(*) filter (where at > clock_timestamp() - interval '5 minutes')::int as lately, count(*)::int as today
         from audit where room_id = $1 and role = $2 and verdict = 'fresh-link' and at > clock_timestamp() - interval '1 day'`,
      [link.roomId, link.role],
    );
    return (asked?.lately ?? 0) >= freshPerFiveMinutes || (asked?.today ?? 0) >= freshPerDay;
  }
}

const nothing: LinkOutcome = { seen: null, refusal: null, faults: [], events: [], kept: null };

const isOwn = ({ link, room }: Work): boolean =>
  link.proposalId !== null && proposalOf(room, link.proposalId)?.proposedBy === link.role;

/**
 * Why the form may not be used; the same rules run again under the room's lock. What ends the meeting is said before
 * what ends the link.
 */
function formRefusal(room: Room, link: OpenLink, now: Date): Refusal | null {
  if (room.status === 'cancelled') return new Refusal('room-cancelled');
  if (link.used) return new Refusal('link-used');
  if (link.expired) return new Refusal('link-expired');
  if (!isBooked(room)) return new Refusal('room-not-booked');
  if (room.startUtc <= now) return new Refusal('room-started');
  if (room.policy.proposals !== 'both' && room.policy.proposals !== link.role)
    return new Refusal('proposals-not-allowed');
  return null;
}

/** How a use counts: what ended the link's force before this request, if anything did. */
function verdictOf({ seen, refusal, events }: LinkOutcome): TokenVerdict {
  switch (refusal?.code) {
    case 'link-used':
    case 'already-decided':
      return 'used';
    case 'link-expired':
    case 'proposal-expired':
    case 'older-sequence':
    case 'room-cancelled':
    case 'room-started':
      return 'expired';
    default: {
      const decided = seen?.proposal?.status === 'approved' || seen?.proposal?.status === 'declined';
      return decided && events.length === 0 ? 'used' : 'ok';
    }
  }
}

/** The answer to a JSON request; an open or decided proposal as far as its holder may know it. */
export function jsonAnswer({ seen, refusal, events }: LinkOutcome): Answer {
  if (refusal !== null) return refusalAnswer(refusal);
  const { proposalId, status, held } = seen?.proposal ?? { proposalId: null, status: null, held: null };
  if (events.some((each) => each.type === 'Proposed')) return { status: 201, body: { proposalId, status } };
  return {
    status: 200,
    body: {
      proposalId,
      status,
      held: held && { decision: held.decision, effectiveAt: held.effectiveAt.toISOString() },
    },
  };
}
