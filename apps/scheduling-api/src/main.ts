// The scheduling API as a process of its own: `npm run start:scheduling-api`.
// A lost broker leaves it ready: bookings wait in the outbox.
import { setupSettings } from '#doctor';
import { letterBytes, renderingSettings } from '#rendering';
import { runAppProcess } from '#service/process';
import { SchedulingApiModule } from './app.module';
import { unknownPage } from './links/notice.page';
import { schedulingApiSecrets, schedulingApiSettings } from './settings';

void runAppProcess({
  name: 'scheduling-api',
  shape: { ...setupSettings, ...schedulingApiSettings, ...renderingSettings },
  secrets: schedulingApiSecrets,
  consumes: true,
  // Two answers to one room are no batch: with few at a time, batches of answers (mail.consumer.ts) stay small.
  prefetch: 64,
  needsBroker: false,
  module: (parts) => ({
    module: SchedulingApiModule.with({
      ...parts,
      setup: { isWhole: false, settings: parts.settings },
      letterBytes: (letter) => letterBytes(parts.settings, letter),
    }),
    checks: [],
    unknownPage,
  }),
});
