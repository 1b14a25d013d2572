// What the holder of an answer link does: look, accept, decline or say maybe, and take the meeting as a calendar file.
// Called by answer.controller.ts. An answer counts like one by mail, by the rules of decide (contract, section 7.4).
import { Inject, Injectable } from '@nestjs/common';
import type { Queryable } from '#persistence';
import { type ApiResponse, refusalResponse } from '../http/responses';
import { type AnswerCommand, answerClosedWhy } from '../rooms/decide-answer-link';
import { invitationOf } from '../rooms/room';
import { type SchedulingApiSettings, SETTINGS } from '../settings';
import { calendarFile } from './calendar-file';
import { type KeyedRequest, LinkUse, type LinkOutcome, type LinkView, type UseContext } from './link-use';
import { LinksService } from './links.service';

export type AnswerInput = Pick<AnswerCommand, 'partstat' | 'note'>;

@Injectable()
export class AnswerService {
  private readonly uses: LinkUse;

  constructor(
    private readonly links: LinksService,
    @Inject(SETTINGS) private readonly settings: SchedulingApiSettings,
  ) {
    this.uses = new LinkUse(links, answerResponse);
  }

  /** GET /answer: never changes anything. */
  look(token: string | undefined, person: boolean): Promise<LinkOutcome> {
    return this.uses.use(token, { purposes: ['answer'], source: 'link', person }, (work) => this.closed(work));
  }

  /** POST /answer. `read` returns the answer of the form or body; null where it is not valid. */
  answer(
    token: string | undefined,
    keyed: KeyedRequest | undefined,
    read: () => AnswerInput | null,
  ): Promise<LinkOutcome> {
    return this.uses.use(token, { purposes: ['answer'], source: 'page', person: true, keyed }, async (work) => {
      const closed = await this.closed(work);
      if (closed.refusal !== null) return closed;
      const wanted = read();
      if (wanted === null) return {};
      const { role, roomSequence } = work.link;
      return this.uses.run(work, [{ type: 'AnswerByLink', role, linkSequence: roomSequence ?? 0, ...wanted }]);
    });
  }

  /** GET /calendar: the current REQUEST of this attendee; null where the link opens nothing. */
  async calendar(token: string | undefined, person: boolean): Promise<{ outcome: LinkOutcome; file: string | null }> {
    let file: string | null = null;
    const use = { purposes: ['answer'], source: 'link', person } as const;
    const outcome = await this.uses.use(token, use, async (work) => {
      const closed = await this.closed(work);
      if (closed.refusal === null) file = await this.fileFor(work);
      return closed;
    });
    return { outcome, file };
  }

  private async closed({ tx, link, room }: UseContext): Promise<Pick<LinkOutcome, 'refusal'>> {
    return { refusal: answerClosedWhy(room, link.roomSequence ?? 0, await this.uses.now(tx)) };
  }

  private async fileFor({ tx, link, room }: UseContext): Promise<string | null> {
    const invited = invitationOf(room, link.role);
    if (!invited) return null;
    const { propose } = await this.links.pageTokens(tx, link);
    const { tagKey, dtstamp } = await this.sent(tx, invited.invitationId);
    return calendarFile(
      { room, invited, tagKey, dtstamp: dtstamp ?? (await this.uses.now(tx)), proposeToken: propose ?? null },
      this.settings,
    );
  }

  /**
   * Which secret makes the tag of this attendee's ORGANIZER, and the DTSTAMP of their newest REQUEST: the file is the
   * same event as that letter, so that a program which copies its DTSTAMP into a reply is recognized by it.
   */
  private async sent(db: Queryable, invitationId: string): Promise<{ tagKey: string | null; dtstamp: Date | null }> {
    const [row] = await db.query<{ tag_key: string | null; dtstamp: Date | null }>(
      `select i.reply_tag_key as tag_key, (select max(l.dtstamp) from letters l
          where l.invitation_id = i.id and l.method = 'REQUEST') as dtstamp
         from invitations i where i.id = $1`,
      [invitationId],
    );
    return { tagKey: row?.tag_key ?? null, dtstamp: row?.dtstamp ?? null };
  }
}

/** `status` is the room's: a decline under `strict` cancels it. */
export function answerResponse({ seen, refusal }: LinkOutcome): ApiResponse {
  if (refusal !== null) return refusalResponse(refusal);
  return { status: 200, body: seen === null ? {} : { partstat: partstatOf(seen), status: seen.room.status } };
}

export const partstatOf = ({ room, link }: LinkView) => invitationOf(room, link.role)?.partstat ?? 'needs-action';
