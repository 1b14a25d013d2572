// The pages of the mailbox and of the gallery of letters as a Nest module.
// The standalone app imports it only where it catches the mails itself: never with NODE_ENV=production and never when SMTP_URL is set.
import { type DynamicModule, Module } from '@nestjs/common';
import type { RenderSettings } from '../../../notification-sender/src/render/render';
import { GALLERY_SETTINGS, GalleryController } from '../gallery/gallery.controller';
import { MailStore } from './mail-store';
import { MailboxController } from './mailbox.controller';
import { PUBLIC_URL } from '../own-host';

@Module({})
export class MailboxModule {
  static with(parts: { store: MailStore; settings: RenderSettings }): DynamicModule {
    return {
      module: MailboxModule,
      controllers: [MailboxController, GalleryController],
      providers: [
        { provide: MailStore, useValue: parts.store },
        { provide: PUBLIC_URL, useValue: parts.settings.PUBLIC_URL },
        { provide: GALLERY_SETTINGS, useValue: parts.settings },
      ],
    };
  }
}
