// One use of a magic link: check of the link, the work, and the line of the audit, in one transaction (PRD 10).
// Called by proposal.service.ts and answer.service.ts; every rule is in decide.
import type { LinkPurpose } from '#contracts';
import type { Queryable, Transaction } from '#persistence';
import { currentCorrelation } from '#service';
import { once, type PlatformRequest } from '../http/idempotency';
import type { ApiResponse } from '../http/responses';
import type { Command } from '../rooms/decide';
import { type Proposal, proposalOf, type Room, type RoomEvent } from '../rooms/room';
import { Refusal } from '../rooms/refusal';
import { countEvents, countTokenUse } from '../rooms/rooms.metrics';
import { lockRooms, type RoomsStore } from '../rooms/rooms.store';
import type { ForgedLink, LinksService, OpenLink, PageTokens, TokenVerdict } from './links.service';
import type { FieldFaultOnForm } from './propose-request';

/**
 * What the holder of a good link sees: the room as it is now, and the proposal that the link, or this request, is
 * about.
 */
export interface LinkView {
  link: OpenLink;
  room: Room;
  proposal: Proposal | null;
  /** Of the same party's other links, for the buttons of a page. */
  tokens: PageTokens;
  now: Date;
}

export interface LinkOutcome {
  /** null: the link is not one of ours. */
  seen: LinkView | null;
  refusal: Refusal | null;
  faults: FieldFaultOnForm[];
  events: RoomEvent[];
  /** The first answer to the same Idempotency-Key. */
  storedResponse: ApiResponse | null;
}

/** A JSON request as Idempotency-Key needs it; a page's form has no key. */
export type KeyedRequest = Omit<PlatformRequest, 'owner'>;

export interface UseContext {
  tx: Transaction;
  link: OpenLink;
  room: Room;
  source: 'link' | 'page';
  correlationId: string;
}
export type UseResult = Partial<Pick<LinkOutcome, 'refusal' | 'faults' | 'events'>> & {
  room?: Room;
  proposal?: Proposal | null;
};

export interface UseOptions {
  purposes: readonly LinkPurpose[];
  /** `link`: opened; `page`: posted from its page, or as JSON. */
  source: 'link' | 'page';
  /** Whether a person uses the link. A machine that only loads the page is not written to the audit. */
  person: boolean;
  lock?: boolean;
  keyed?: KeyedRequest | undefined;
}

const nothing: LinkOutcome = { seen: null, refusal: null, faults: [], events: [], storedResponse: null };

export class LinkUse {
  private readonly rooms: RoomsStore;

  /** `json`: what a JSON request is answered with; it is stored under its Idempotency-Key. */
  constructor(
    private readonly links: LinksService,
    private readonly json: (outcome: LinkOutcome) => ApiResponse,
  ) {
    this.rooms = links.rooms;
  }

  async use(
    token: string | undefined,
    use: UseOptions,
    work: (work: UseContext) => Promise<UseResult>,
  ): Promise<LinkOutcome> {
    const purpose = use.purposes[0] ?? 'propose';
    const { source } = use;
    const correlationId = currentCorrelation();
    const { outcome, verdict } = await this.rooms.transaction(
      async (tx): Promise<{ outcome: LinkOutcome; verdict: TokenVerdict | null }> => {
        const link = await this.open(tx, token, use);
        if ('forged' in link) {
          const verdict = link.former ? 'expired' : 'forged';
          if (use.person)
            this.links.record(tx, { roomId: link.roomId, role: null, purpose, verdict, source, correlationId });
          const refusal = new Refusal(link.former ? 'link-expired' : 'link-unknown');
          return { outcome: { ...nothing, refusal }, verdict };
        }
        const done = await this.once(tx, link, use.keyed, () =>
          this.outcome({ tx, link, source, correlationId }, work),
        );
        if (done.storedResponse !== null || !use.person) return { outcome: done, verdict: null };
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

  /**
   * The room is locked before a link that is used up is read, as a move of the meeting locks it before the links that
   * it keeps alive: else the two could wait for each other.
   */
  private async open(
    tx: Transaction,
    token: string | undefined,
    { purposes, lock = false }: UseOptions,
  ): Promise<OpenLink | ForgedLink> {
    const link = await this.links.open(tx, token, purposes);
    if (!lock || 'forged' in link) return link;
    const [, locked] = await Promise.all([tx.query(lockRooms, [[link.roomId]]), this.links.open(tx, token, purposes)]);
    return locked;
  }

  /** Runs the work once per Idempotency-Key of the link's holder; without a key always. */
  private async once(
    tx: Transaction,
    link: OpenLink,
    keyed: KeyedRequest | undefined,
    run: () => Promise<LinkOutcome>,
  ): Promise<LinkOutcome> {
    if (keyed?.key === undefined) return run();
    let fresh: LinkOutcome | undefined;
    const storedResponse = await once(tx, { ...keyed, owner: `link:${link.linkId}` }, async () =>
      this.json((fresh = await run())),
    );
    return fresh ?? { ...nothing, storedResponse };
  }

  private async outcome(
    given: Omit<UseContext, 'room'>,
    work: (work: UseContext) => Promise<UseResult>,
  ): Promise<LinkOutcome> {
    const { tx, link } = given;
    const before = await this.roomOf(tx, link);
    const done = await work({ ...given, room: before });
    const room = done.room ?? before;
    const proposal = done.proposal ?? (link.proposalId === null ? null : (proposalOf(room, link.proposalId) ?? null));
    const seen = { link, room, proposal, tokens: await this.links.pageTokens(tx, link), now: await this.now(tx) };
    return { ...nothing, seen, refusal: done.refusal ?? null, faults: done.faults ?? [], events: done.events ?? [] };
  }

  /**
   * Runs commands under the room's lock, one after the other; stops at the first Refusal. Returns the room as it is then.
   */
  async run(
    { tx, link, source, correlationId }: UseContext,
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

  async now(tx: Queryable): Promise<Date> {
    const [clock] = await tx.query<{ now: Date }>('select clock_timestamp() as now');
    return clock?.now ?? new Date();
  }

  private async roomOf(tx: Queryable, link: OpenLink): Promise<Room> {
    const [stored] = await this.rooms.read([link.roomId], tx);
    if (!stored) throw new Error('the room of this link is missing');
    return stored.room;
  }
}

/** The verdict for the audit: whether and why the link was closed before this request. */
function verdictOf({ seen, refusal, events }: LinkOutcome): TokenVerdict {
  switch (refusal?.code) {
    case 'link-used':
    case 'already-decided':
      return 'used';
    case 'link-expired':
    case 'proposal-expired':
    case 'older-sequence':
    case 'answer-outdated':
    case 'answer-too-late':
    case 'room-cancelled':
    case 'room-started':
      return 'expired';
    default: {
      const decided = seen?.proposal?.status === 'approved' || seen?.proposal?.status === 'declined';
      return decided && events.length === 0 && seen.link.purpose !== 'propose' ? 'used' : 'ok';
    }
  }
}
