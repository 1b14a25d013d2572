// Hears that an erasure was asked for and has its own share done; the row of progress is what drives it on.
import { Controller } from '@nestjs/common';
import type { Envelope } from '#contracts';
import { Consumes } from '#messaging';
import { ErasureWorker } from '#service';

@Controller()
export class PeopleConsumer {
  constructor(private readonly worker: ErasureWorker) {}

  @Consumes('imip-ingestor.people', 'PersonErasureRequested')
  async onRequested(_event: Envelope<'PersonErasureRequested'>): Promise<void> {
    this.worker.wake();
  }
}
