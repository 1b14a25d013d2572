// Handles an operator's request at the console about letters: failed letters become due again.
// Called by the transport for every event of the queue `notification-sender.operator`; safe to repeat.
import { Controller, Inject } from '@nestjs/common';
import type { Envelope } from '#contracts';
import { Consumes } from '#messaging';
import { Database } from '#persistence';
import { retryFailedLetters } from './failed-letters';

@Controller()
export class OperatorConsumer {
  constructor(@Inject(Database) private readonly db: Database) {}

  @Consumes('notification-sender.operator', 'LettersReplayRequested')
  async onReplay({ data, correlationId }: Envelope<'LettersReplayRequested'>): Promise<void> {
    await retryFailedLetters(this.db, { ids: data.letterIds }, { actor: data.by, source: 'console', correlationId });
  }
}
