// One JSON line a log entry, and Nest's own messages through the same writer.
// Entries contain ids, never addresses or tokens; the censor below is a second protection.
import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import { correlationFields } from './correlation';

// Also as a URL, quoted-printable or HTML writes the `@`, and with a quoted local part. The lookbehind lets a long
// word be tried once, not at each letter.
const addressLike =
  /(?:"[^"\n]{1,64}"|(?<![^\s@<>"(),:;/?&])[^\s@<>"(),:;/?&]+)(?:@|%40|=40|&#0*64;|&#x0*40;|&commat;)[^\s@<>"(),:;/?&]+/gi;
const tokenLike = /[A-Za-z0-9_-]{22}(?:\.|%2E)[A-Za-z0-9_-]{43}/gi;

/** Removes mail addresses and magic-link tokens from a text that is logged or stored as a reason. */
export const censor = (text: string): string => text.replace(tokenLike, '[token]').replace(addressLike, '[address]');

/** A pino logger whose error texts are censored. `destination` defaults to standard output. */
export function createLogger(options: { app: string; level: string }, destination?: DestinationStream): Logger {
  const settings = {
    level: options.level,
    base: null,
    mixin: correlationFields,
    serializers: {
      err: (error: unknown) =>
        error instanceof Error
          ? {
              type: error.name,
              message: censor(error.message),
              code: (error as { code?: unknown }).code,
              stack: censor(error.stack ?? ''),
            }
          : { message: censor(String(error)) },
    },
  };
  const to = destination ?? (process.stdout.isTTY ? forPeople() : undefined);
  return named(to ? pino(settings, to) : pino(settings), options.app);
}

/** At a terminal a person reads. */
const forPeople = (): DestinationStream => pretty({ translateTime: 'SYS:HH:MM:ss.l', sync: true });

/** What a logger is made of, without the name of its app: pino writes a key twice that is bound twice. */
const roots = new WeakMap<Logger, Logger>();

function named(root: Logger, app: string): Logger {
  const logger = root.child({ app });
  roots.set(logger, root);
  return logger;
}

/** The logger of one app of several in a process: the same writer and level, under the app's own name. */
export const loggerOf = (logger: Logger, app: string): Logger => named(roots.get(logger) ?? logger, app);

/**
 * Node prints an uncaught error with all its fields, e.g. the row that broke a constraint. This handler logs it
 * censored and ends the process as Node would.
 */
export function endOnFault(logger: () => Logger | undefined): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      const entry = { err: error, event };
      (logger() ?? createLogger({ app: 'process', level: 'fatal' })).fatal(entry, 'uncaught error');
      process.exit(1);
    });
  }
}

/** Nest's messages as pino entries; those of a start are logged only where something is wrong. */
export const nestLogger = (logger: Logger): LoggerService => {
  const writerOf =
    (level: 'debug' | 'warn' | 'error' | 'fatal') =>
    (message: unknown, ...rest: unknown[]) =>
      logger[level](
        { context: rest.at(-1) },
        censor(message instanceof Error ? (message.stack ?? message.message) : String(message)),
      );
  return {
    log: writerOf('debug'),
    debug: writerOf('debug'),
    verbose: writerOf('debug'),
    warn: writerOf('warn'),
    error: writerOf('error'),
    fatal: writerOf('fatal'),
  };
};
