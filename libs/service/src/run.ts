// Starts an app process, stops it on a signal within ten seconds, and prints one line when a start fails.
// Called by each app's main.
import type { Logger } from 'pino';
import { endOnFault } from './logger';
import { startFault } from './start-fault';

/** Contract, section 1: exit 0 within 10 s; what is not done by then is free again when its lease expires. */
const stopWithinMs = 9_000;

/** How long a process that has stopped everything may take to end by itself. */
const endWithinMs = 1_000;

/**
 * Ends a process that has stopped everything: with `code`, when nothing is left to wait for. `process.exit` would wait
 * for V8's threads while the heap still stands; one that compiles and needs a collection then waits for ever (seen with
 * Node 24.21, once in some hundred stops).
 */
export function endByItself(code: number): void {
  process.exitCode = code;
  setTimeout(() => process.exit(code), endWithinMs).unref();
}

/**
 * Starts an app and keeps it until SIGTERM or SIGINT, then calls the stop function that `start` returned.
 * Ends the process: 0 after a stop, 1 when the start failed (with one line that names the setting, port or part at
 * fault).
 */
export async function runApp(
  name: string,
  start: () => Promise<{ stop: () => Promise<void>; logger: Logger }>,
): Promise<void> {
  let running: { stop: () => Promise<void>; logger: Logger } | undefined;
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), stopWithinMs).unref();
    const begun = running;
    if (!begun) process.exit(0);
    begun.logger.info({ signal }, 'stopping');
    begun.stop().then(
      () => endByItself(0),
      (error: unknown) => {
        begun.logger.error({ err: error }, 'stop failed');
        process.exit(0);
      },
    );
  };
  endOnFault(() => running?.logger);
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  try {
    running = await start();
  } catch (error) {
    process.stderr.write(`${name}: cannot start: ${startFault(error)}\n`);
    process.exit(1);
  }
}
