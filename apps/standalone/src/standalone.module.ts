// The three apps, and the mailbox where mails are caught, as the Nest modules of one process.
// Built by standalone.ts, the only place where the apps meet.
import type { DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Database } from '#persistence';
import { ImipIngestorModule } from '../../imip-ingestor/src/app.module';
import { NotificationSenderModule } from '../../notification-sender/src/app.module';
import { SchedulingApiModule } from '../../scheduling-api/src/app.module';
import type { MailStore } from './mailbox/mail-store';
import { MailboxModule } from './mailbox/mailbox.module';
import type { AppsSettings } from './settings';

export function standaloneModules(parts: { settings: AppsSettings; database: Database; logger: Logger; mails: MailStore | undefined }): DynamicModule[] {
  const { settings, database, logger, mails } = parts;
  const of = (app: string): Logger => logger.child({ app });
  return [
    SchedulingApiModule.with({ settings, database, logger: of('scheduling-api') }),
    NotificationSenderModule.with({ settings, database, logger: of('notification-sender') }),
    ImipIngestorModule.with({ settings, database, logger: of('imip-ingestor') }),
    ...(mails ? [MailboxModule.with({ store: mails })] : []),
  ];
}
