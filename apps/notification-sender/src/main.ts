// The notification sender as a process of its own: `npm run start:notification-sender`.
// It is not ready without a broker, because it gets no events then; nor before an SMTP relay has greeted it.
import { runAppProcess } from '#service/process';
import { NotificationSenderModule } from './app.module';
import { healthChecks } from './health';
import { Mailer } from './sending/mailer';
import { notificationSenderSecrets, notificationSenderSettings, signingOf } from './settings';

void runAppProcess({
  name: 'notification-sender',
  shape: notificationSenderSettings,
  secrets: notificationSenderSecrets,
  consumes: true,
  needsBroker: true,
  module: (parts) => {
    const mailer = new Mailer({
      url: parts.settings.SMTP_URL,
      connections: parts.settings.SMTP_POOL_SIZE,
      signing: signingOf(parts.settings),
      logger: parts.logger,
    });
    return {
      module: NotificationSenderModule.with({ ...parts, mailer }),
      checks: healthChecks({ db: parts.database, mailer }),
    };
  },
});
