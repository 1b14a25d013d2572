// Puts the sender of webhooks together. Called by app.module.ts.
import type { Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Database } from '#persistence';
import { targetRulesOf } from '#webhooks';
import { secretsOf } from '#tokens';
import { Dispatcher } from '../sending/dispatcher';
import type { NotificationSenderSettings } from '../settings';
import { WebhookDispatcher } from './webhook-dispatcher';
import { WebhookHttp } from './webhook-http';

export const webhookDispatcher = (parts: {
  db: Database;
  settings: NotificationSenderSettings;
  logger: Logger;
}): Provider => ({
  provide: WebhookDispatcher,
  useFactory: (letters: Dispatcher) =>
    new WebhookDispatcher({
      db: parts.db,
      http: new WebhookHttp(targetRulesOf(parts.settings)),
      secrets: secretsOf(parts.settings),
      logger: parts.logger,
      lettersAreBusy: () => letters.isBusy(),
    }),
  inject: [Dispatcher],
});
