// What holders of links do: look, propose, decide, undo, ask for a fresh link (PRD 6.1: ProposalService; contract,
// section 4).
// Called by links.controller.ts; every use is one transaction with its audit line; every rule is in decide.
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { appendAudit, type Queryable } from '#persistence';
import { type ApiResponse, refusalResponse } from '../http/responses';
import { type Decision, type Room, proposalOf } from '../rooms/room';
import { whyNotPropose } from '../rooms/decide-propose';
import { Refusal } from '../rooms/refusal';
import { app } from '../rooms/rooms.store';
import { type KeyedRequest, type LinkOutcome, LinkUse, type UseContext } from './link-use';
import { LinksService, type OpenLink } from './links.service';
import type { FieldFaultOnForm, ProposalInput } from './propose-request';

/** A fresh link this often for one invitation; counted in the audit, which all replicas share. */
const freshPerFiveMinutes = 1;
const freshPerDay = 5;

@Injectable()
export class ProposalService {
  private readonly uses: LinkUse;

  constructor(private readonly links: LinksService) {
    this.uses = new LinkUse(links, decisionResponse);
  }

  /** GET /reschedule: whether the form may be used, and on what. */
  lookAtForm(token: string | undefined, person: boolean): Promise<LinkOutcome> {
    return this.uses.use(token, { purposes: ['propose'], source: 'link', person }, async ({ tx, link, room }) => ({
      refusal: formRefusal(room, link, await this.uses.now(tx)),
    }));
  }

  /**
   * Proposes what `read` makes of the request, and uses the link up in the same transaction. Through a link that
   * belongs to the other party's proposal, that one is declined with it; a due decision about it is applied first.
   */
  propose(
    token: string | undefined,
    keyed: KeyedRequest | undefined,
    read: (room: Room, link: OpenLink) => ProposalInput | FieldFaultOnForm[],
  ): Promise<LinkOutcome> {
    return this.uses.use(
      token,
      { purposes: ['propose'], source: 'page', person: true, lock: true, keyed },
      async (work) => {
        const { tx, link, room } = work;
        const closed = formRefusal(room, link, await this.uses.now(tx));
        if (closed !== null) return { refusal: closed };
        const wanted = read(room, link);
        if (Array.isArray(wanted)) return { faults: wanted };
        const { proposalId, role } = link;
        const done = await this.uses.run(work, [
          ...(proposalId === null ? [] : [{ type: 'SettleDue' as const, proposalId }]),
          { type: 'Propose', role, counterSequence: null, insteadOf: proposalId, ...wanted },
        ]);
        const proposed = done.events.find((each) => each.type === 'Proposed');
        if (!proposed) {
          if (done.refusal?.status === 429) this.noteLimit(work, done.refusal);
          return done;
        }
        await this.links.use(tx, link);
        return { ...done, proposal: proposed.proposal };
      },
    );
  }

  /** GET /approve and /decline: the page load of a person records or contests a decision; others change nothing. */
  openDecision(token: string | undefined, decision: Decision, person: boolean): Promise<LinkOutcome> {
    return this.uses.use(token, { purposes: [decision], source: 'link', person }, async (work) => {
      const { proposalId, optionId } = work.link;
      if (!person || proposalId === null || isOwn(work)) return {};
      const done = await this.uses.run(work, [
        { type: 'SettleDue', proposalId },
        { type: 'OpenDecisionLink', proposalId, decision, optionId },
      ]);
      if (done.events.some((each) => each.type === 'DecisionHeld')) await this.links.use(work.tx, work.link);
      return done;
    });
  }

  /** POST /approve and /decline: a button acts at once. */
  decide(token: string | undefined, decision: Decision, keyed: KeyedRequest | undefined): Promise<LinkOutcome> {
    return this.uses.use(token, { purposes: [decision], source: 'page', person: true, keyed }, async (work) => {
      const { tx, link } = work;
      const { proposalId, optionId } = link;
      if (proposalId === null) return { refusal: new Refusal('link-unknown') };
      const done = await this.uses.run(work, [
        { type: 'SettleDue', proposalId },
        { type: 'Decide', proposalId, decision, optionId, by: link.role },
      ]);
      if (done.refusal === null) await this.links.use(tx, link);
      return done;
    });
  }

  /** POST /undo, with either link of the proposal. */
  undo(token: string | undefined, keyed: KeyedRequest | undefined): Promise<LinkOutcome> {
    return this.uses.use(
      token,
      { purposes: ['approve', 'decline'], source: 'page', person: true, keyed },
      async (work) => {
        const { proposalId, role } = work.link;
        if (proposalId === null) return { refusal: new Refusal('link-unknown') };
        return this.uses.run(work, [
          { type: 'SettleDue', proposalId },
          { type: 'Undo', proposalId, by: role },
        ]);
      },
    );
  }

  /**
   * Mails a fresh reschedule link to the address of this one. The response is the same whether or not the limit allowed
   * it.
   */
  freshLink(token: string | undefined): Promise<LinkOutcome> {
    return this.uses.use(
      token,
      { purposes: ['propose', 'approve', 'decline', 'confirm', 'answer'], source: 'page', person: true },
      async (work) => {
        const { tx, link, room } = work;
        if (room.status === 'scheduled' && (await this.askedOften(tx, link))) return {};
        return this.uses.run(work, [{ type: 'MakeFreshLink', role: link.role, occasion: randomUUID() }]);
      },
    );
  }

  /** A refusal by a limit is written to the history of the room; the holder can correct the other refusals. */
  private noteLimit({ tx, link, source, correlationId }: UseContext, { code, detail }: Refusal): void {
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

const isOwn = ({ link, room }: UseContext): boolean =>
  link.proposalId !== null && proposalOf(room, link.proposalId)?.proposedBy === link.role;

/**
 * Why the form may not be used; the same rules run again under the room's lock. A cancelled meeting is reported
 * before a used or expired link.
 */
function formRefusal(room: Room, link: OpenLink, now: Date): Refusal | null {
  if (room.status === 'cancelled') return new Refusal('room-cancelled');
  if (link.used) return new Refusal('link-used');
  if (link.expired) return new Refusal('link-expired');
  return whyNotPropose(room, link.role, now);
}

/** The response to a JSON request: the proposal as its holder may see it. */
export function decisionResponse({ seen, refusal, events }: LinkOutcome): ApiResponse {
  if (refusal !== null) return refusalResponse(refusal);
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
