// The iMIP ingestor as a process of its own: `npm run start:imip-ingestor`.
// It stays ready without a broker, because its events wait in the outbox.
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
