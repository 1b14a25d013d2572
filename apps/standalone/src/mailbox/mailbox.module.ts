// The mailbox's pages as a Nest module. The standalone app imports it only where it catches the mails itself:
// never with NODE_ENV=production and never when SMTP_URL is set.
import { type DynamicModule, Module } from '@nestjs/common';
import { MailStore } from './mail-store';
import { MailboxController } from './mailbox.controller';
import { PUBLIC_URL } from '../own-host';

@Module({})
export class MailboxModule {
  static with(parts: { store: MailStore; publicUrl: string }): DynamicModule {
    return {
      module: MailboxModule,
      controllers: [MailboxController],
      providers: [
        { provide: MailStore, useValue: parts.store },
        { provide: PUBLIC_URL, useValue: parts.publicUrl },
      ],
    };
  }
}
