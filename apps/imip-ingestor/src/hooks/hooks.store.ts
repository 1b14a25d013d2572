// Writes delivery events of SMTP relays and providers as BounceReceived for the sender, each event once, in one transaction. An event
// about no letter of ours is dropped.
// Called by hooks.controller.ts and by the provider routes.
import { createHash, randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { envelop } from '#contracts';
import { appendEvents, Database, type Queryable, type Transaction } from '#persistence';
import type { MatchedLetter } from '../judge/judgement';
import { letterOfIds, newestLetterTo } from '../judge/matching';
import { bounces } from '../metrics';
import { app } from '../inbox/outcome';
import type { DeliveryReport } from './delivery-report';

@Injectable()
export class HooksStore {
  constructor(private readonly database: Database) {}

  /**
   * Resolves once everything is committed; throws where it could not be. `source` separates the event ids of different
   * providers.
   */
  async take(source: string, reports: DeliveryReport[]): Promise<void> {
    if (reports.length === 0) return;
    const counted = await this.database.transaction(async (tx) => {
      const kinds: string[] = [];
      for (const report of reports) if (await takeOne(tx, source, report)) kinds.push(report.kind);
      return kinds;
    });
    for (const kind of counted) bounces.inc({ kind });
  }
}

async function takeOne(tx: Transaction, source: string, report: DeliveryReport): Promise<boolean> {
  const id = randomUUIDv7();
  if (report.eventId !== null) {
    const key = `hook:${createHash('sha256')
      .update(JSON.stringify([source, report.eventId]))
      .digest('hex')}`;
    const inserted = await tx.query(
      'insert into imip_seen (key, mail_id) values ($1, $2) on conflict do nothing returning key',
      [key, id],
    );
    if (inserted.length === 0) return false;
  }
  const letter = await letterOf(tx, report);
  if (!letter) return false;
  const { roomId, invitationId, role, messageId } = letter;
  const data = { roomId, invitationId, role, mailId: null, messageId, kind: report.kind, status: report.status };
  appendEvents(tx, app, [
    envelop('BounceReceived', data, { id: randomUUIDv7(), occurredAt: new Date(), correlationId: id }),
  ]);
  return true;
}

/** The letter with the reported Message-ID. The recipient alone decides only where no reported id is ours. */
async function letterOf(tx: Queryable, { messageIds, recipient }: DeliveryReport): Promise<MatchedLetter | null> {
  const letter = await letterOfIds(tx, messageIds);
  if (letter) return letter;
  return recipient === null ? null : newestLetterTo(tx, [recipient]);
}
