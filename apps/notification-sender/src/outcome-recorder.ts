// Decides which outcomes are written down together: letters that left while one batch is being written go into the next, in one transaction.
// Called by the dispatcher for every attempt; anything but a sent letter is written by itself.
import { isOutage } from '#contracts';
import type { Database } from '#persistence';
import type { ClaimedLetter } from './claimed-letters';
import { type Outcome, type SentLetter, recordOutcome, recordSent } from './letter-outcome';

interface Waiting extends SentLetter {
  resolve(): void;
  reject(error: unknown): void;
}

const largestBatch = 50;

export class OutcomeRecorder {
  private readonly waiting: Waiting[] = [];
  private writing = false;

  constructor(
    private readonly db: Database,
    private readonly owner: string,
  ) {}

  /** Resolves once it is committed; rejects where it could not be, and then nothing of this letter is. */
  async record(letter: ClaimedLetter, outcome: Outcome): Promise<void> {
    if (outcome.result !== 'sent') {
      await recordOutcome(this.db, this.owner, letter, outcome);
      return;
    }
    await new Promise<void>((resolve, reject) => {
      this.waiting.push({ letter, outcome, resolve, reject });
      if (!this.writing) void this.write();
    });
  }

  private async write(): Promise<void> {
    this.writing = true;
    for (let batch = this.next(); batch.length > 0; batch = this.next()) await this.writeBatch(batch);
    this.writing = false;
  }

  /** No two letters to one invitation: which of them it shows is decided by what is written already. */
  private next(): Waiting[] {
    const invitations = new Set<string>();
    const batch: Waiting[] = [];
    for (const each of this.waiting) {
      if (batch.length < largestBatch && !invitations.has(each.letter.invitationId)) batch.push(each);
      invitations.add(each.letter.invitationId);
    }
    for (const each of batch) this.waiting.splice(this.waiting.indexOf(each), 1);
    return batch;
  }

  private async writeBatch(batch: Waiting[]): Promise<void> {
    try {
      await recordSent(this.db, batch);
      for (const { resolve } of batch) resolve();
    } catch (error) {
      // What one letter's words did to the statement is not the others' loss.
      if (batch.length > 1 && !isOutage(error)) for (const each of batch) await this.writeBatch([each]);
      else for (const { reject } of batch) reject(error);
    }
  }
}
