// The iMIP ingestor as a process of its own: `npm run start:imip-ingestor`.
// A lost broker leaves it ready: what mails mean waits in the outbox.
import { runAppProcess } from '#service/process';
import { ImipIngestorModule } from './app.module';
import { imipIngestorChecks } from './health';
import { imipIngestorSecrets, imipIngestorSettings } from './settings';

void runAppProcess({
  name: 'imip-ingestor',
  shape: imipIngestorSettings,
  secrets: imipIngestorSecrets,
  consumes: true,
  needsBroker: false,
  module: (parts) => ({ module: ImipIngestorModule.with(parts), checks: imipIngestorChecks(parts.database) }),
});
