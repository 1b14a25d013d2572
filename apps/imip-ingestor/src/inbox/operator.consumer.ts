// Handles an operator's request at the console about mails: those that had no effect are read again.
// Called by the transport for every event of the queue `imip-ingestor.operator`; safe to repeat.
import { Controller } from '@nestjs/common';
import type { Envelope } from '#contracts';
import { Consumes } from '#messaging';
import { Database } from '#persistence';
import { readAgain } from './quarantined-mails';

@Controller()
export class OperatorConsumer {
  constructor(private readonly db: Database) {}

  @Consumes('imip-ingestor.operator', 'MailsReplayRequested')
  async onReplay({ data, correlationId }: Envelope<'MailsReplayRequested'>): Promise<void> {
    const mails = { withoutEffect: data.mailIds };
    await readAgain(this.db, mails, { actor: data.by, source: 'console', correlationId });
  }
}
