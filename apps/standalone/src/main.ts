// `npm start`: the whole product in one process tree.
// Loaded by bin/start.mjs once packages and build are there; the only file of this app that looks at the environment.
import type { Logger } from 'pino';
import { createLogger, endOnFault, startFault } from '#service';
import { startTracing } from '#tracing';
import { ProcessLifecycle } from './process-lifecycle';
import { readPlace } from './settings';
import { startStandalone } from './standalone';

let logger: Logger | undefined;
const life = new ProcessLifecycle(() => logger);
endOnFault(() => logger);

void life.run(
  async () => {
    const place = readPlace(process.env);
    life.onStop(await startTracing(place.OTEL_EXPORTER_OTLP_ENDPOINT, 'standalone'), { untilDone: true });
    logger = createLogger({ app: 'standalone', level: place.LOG_LEVEL });
    await startStandalone({
      env: process.env,
      place,
      logger,
      life,
      say: (text) => void process.stdout.write(`${text}\n`),
    });
  },
  (error) => `cannot start: ${startFault(error)}`,
);
