// What the holder of a confirm link does: read an answer that was not believed, confirm it, or drop it.
// Called by confirm.controller.ts; a confirmed answer is a Reply or a Counter like one that came by mail, decided by the
// same rules.
import { Injectable } from '@nestjs/common';
import { Claim } from '#contracts';
import type { Transaction } from '#persistence';
import { currentCorrelation } from '#service';
import { LinksService, type OpenLink, type PageTokens, type TokenVerdict } from '../links/links.service';
import { isStale } from '../rooms/decide-answers';
import { confirmedCommand } from '../rooms/mail-commands';
import { Refusal } from '../rooms/refusal';
import type { Room, RoomEvent } from '../rooms/room';
import { countMailOutcome, countTokenUse } from '../rooms/rooms.metrics';
import { RoomsStore } from '../rooms/rooms.store';

export type ConfirmOutcome =
  /** Not one of ours. */
  | { kind: 'unknown' }
  | { kind: 'closed'; room: Room; link: OpenLink; claim: Claim; refusal: Refusal }
  | { kind: 'asks' | 'dropped' | 'overtaken'; room: Room; link: OpenLink; claim: Claim }
  /** `tokens`: of the same party's other links, for the calendar file after an accept or a maybe; else empty. */
  | { kind: 'done'; room: Room; link: OpenLink; claim: Claim; events: RoomEvent[]; tokens: PageTokens };

type Choice = 'look' | 'confirm' | 'drop';

@Injectable()
export class ConfirmService {
  constructor(
    private readonly links: LinksService,
    private readonly rooms: RoomsStore,
  ) {}

  /** GET; changes nothing. `person`: a page load of a person, which is counted and written to the audit. */
  look(token: string | undefined, person: boolean): Promise<ConfirmOutcome> {
    return this.use(token, 'look', person);
  }

  confirm(token: string | undefined): Promise<ConfirmOutcome> {
    return this.use(token, 'confirm', true);
  }

  /** "This was not me": the link is used up and nothing else happens. */
  drop(token: string | undefined): Promise<ConfirmOutcome> {
    return this.use(token, 'drop', true);
  }

  private async use(token: string | undefined, choice: Choice, person: boolean): Promise<ConfirmOutcome> {
    const correlationId = currentCorrelation();
    const outcome = await this.rooms.transaction(async (tx): Promise<ConfirmOutcome> => {
      const link = await this.links.open(tx, token, ['confirm'], choice !== 'look');
      if ('forged' in link) {
        if (person)
          this.links.record(tx, {
            roomId: link.roomId,
            role: null,
            purpose: 'confirm',
            verdict: 'forged',
            source: choice === 'look' ? 'link' : 'page',
            correlationId,
          });
        return { kind: 'unknown' };
      }
      const seen = await this.run(tx, link, choice, correlationId);
      if (person)
        this.links.record(tx, {
          roomId: link.roomId,
          role: link.role,
          purpose: 'confirm',
          verdict: verdictOf(seen),
          source: choice === 'look' ? 'link' : 'page',
          correlationId,
        });
      return seen;
    });
    if (person) countTokenUse('confirm', verdictOf(outcome));
    return outcome;
  }

  private async run(tx: Transaction, link: OpenLink, choice: Choice, correlationId: string): Promise<ConfirmOutcome> {
    const { room, claim, now } = await this.seen(tx, link);
    const refusal = refusalOf(room, link, claim);
    if (refusal !== null) return { kind: 'closed', room, link, claim, refusal };
    if (choice === 'look') return { kind: 'asks', room, link, claim };
    if (choice === 'drop') {
      await this.links.use(tx, link);
      return { kind: 'dropped', room, link, claim };
    }
    const command = confirmedCommand(link, claim, now);
    const changed = await this.rooms.change(tx, link.roomId, command, {
      actor: link.role,
      source: 'page',
      correlationId,
    });
    if (changed instanceof Refusal) return { kind: 'closed', room, link, claim, refusal: changed };
    // Above a limit nothing was asked of anybody, so the link serves again.
    const limit = changed.events.find((each) => each.type === 'AnswerIgnored')?.limit;
    if (limit !== undefined) return { kind: 'closed', room, link, claim, refusal: limit };
    await this.links.use(tx, link);
    countMailOutcome(command, changed);
    const without = changed.events.every(
      (each) => each.type === 'AnswerIgnored' || each.type === 'CounterRefused' || each.type === 'Resent',
    );
    if (without) return { kind: 'overtaken', room: changed.room, link, claim };
    const agreed = claim.partstat === 'accepted' || claim.partstat === 'tentative';
    const tokens = agreed ? await this.links.pageTokens(tx, link) : {};
    return { kind: 'done', room: changed.room, link, claim, events: changed.events, tokens };
  }

  private async seen(tx: Transaction, link: OpenLink): Promise<{ room: Room; claim: Claim; now: Date }> {
    const [row] = await tx.query<{ claim: unknown; now: Date }>(
      'select claim, clock_timestamp() as now from magic_links where id = $1',
      [link.linkId],
    );
    const [stored] = await this.rooms.read([link.roomId], tx);
    if (!row || !stored) throw new Error('the room of this confirm link is missing');
    return { room: stored.room, claim: Claim.parse(row.claim), now: row.now };
  }
}

/** A cancelled meeting is reported before an expired link. */
function refusalOf(room: Room, link: OpenLink, claim: Claim): Refusal | null {
  // The page that confirmed a decline under `strict` comes here again: then the answer is what matters.
  if (link.used) return new Refusal('link-used');
  if (room.status === 'cancelled') return new Refusal('room-cancelled');
  if (link.expired) return new Refusal('link-expired');
  return isStale(claim.sequence ?? 0, room) ? new Refusal('older-sequence') : null;
}

function verdictOf(outcome: ConfirmOutcome): TokenVerdict {
  if (outcome.kind === 'unknown') return 'forged';
  if (outcome.kind !== 'closed') return 'ok';
  return outcome.refusal.code === 'link-used' ? 'used' : 'expired';
}
