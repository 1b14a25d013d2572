// The demo as a Nest module. The standalone app imports it beside the mailbox, only where it catches the mails itself:
// never with NODE_ENV=production and never when SMTP_URL is set.
import { type DynamicModule, Module } from '@nestjs/common';
import { PUBLIC_URL } from '../own-host';
import type { MailStore } from '../mailbox/mail-store';
import { DemoController } from './demo.controller';
import { DemoRooms } from './demo-rooms';
import { type ProductKeys, ProductClient } from './product-client';
import { WebhookInbox } from './webhook-inbox';

export interface DemoParts extends ProductKeys {
  mails: MailStore;
  /** What the links in mails begin with. */
  publicUrl: string;
}

@Module({})
export class DemoModule {
  static with({ mails, publicUrl, ...keys }: DemoParts): DynamicModule {
    const product = new ProductClient(keys);
    const rooms = new DemoRooms(product, mails, publicUrl, new WebhookInbox(product));
    return {
      module: DemoModule,
      controllers: [DemoController],
      providers: [
        { provide: DemoRooms, useValue: rooms },
        { provide: PUBLIC_URL, useValue: publicUrl },
      ],
    };
  }
}
