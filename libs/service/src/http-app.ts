// Makes the HTTP side of an app process: fastify with our body limits, problem responses, health and metrics.
// Called by each app's main and by the standalone process.
import 'reflect-metadata';
import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { collectDefaultMetrics, register } from 'prom-client';
import type { Database } from '#persistence';
import { guardBodies, nestsDeeperThan } from './body-gate';
import { givenCorrelation, withCorrelation } from './correlation';
import { HEALTH_CHECKS, type HealthCheck, HealthController } from './health';
import { timeRequests } from './http-metrics';
import { nestLogger } from './logger';
import { nothingHere, Problem, ProblemFilter, sendProblem, plainUnknownPage, type UnknownPage } from './problem';

/** Contract, section 2: JSON 64 KiB, mail 10 MiB. */
export const jsonLimitBytes = 64 * 1024;
export const mailLimitBytes = 10 * 1024 * 1024;
/** No body of ours nests deeper than a few levels. */
const deepestJson = 32;
/** Fastify's own default lets a client send its body for ever, a byte at a time. */
const requestWithinMs = 60_000;

/**
 * The event loop's delay is measured by a timer of this interval, which the reported delays include. prom-client's 10 ms
 * wake an idle process a hundred times a second, which costs more than all else that it does.
 */
const lagEveryMs = 100;
const BEFORE_DATABASE_CLOSES = Symbol('closed before the database');

@Module({})
class RootModule {}

interface HttpAppOptions {
  /** The app modules to serve. */
  imports: (DynamicModule | Type)[];
  checks: HealthCheck[];
  logger: Logger;
  /** Comma-separated addresses or networks whose X-Forwarded-For counts. */
  trustedProxies?: string | undefined;
  unknownPage?: UnknownPage | undefined;
  database?: Database | undefined;
  /** Runs when requests and consumers have ended and the database is still open. */
  beforeDatabaseCloses?: (() => Promise<void>) | undefined;
}

/** Builds the Nest application of one process; the caller connects its transports and calls `listen`. */
export async function createHttpApp(options: HttpAppOptions): Promise<NestFastifyApplication> {
  const unknownPage = options.unknownPage ?? plainUnknownPage;
  const adapter = new FastifyAdapter({
    bodyLimit: jsonLimitBytes,
    requestTimeout: requestWithinMs,
    genReqId: ({ headers }: IncomingMessage) => givenCorrelation(headers['x-correlation-id']) ?? randomUUID(),
    // Node's own limit for headers is 16 KiB; a path longer than any link of ours is not worth routing.
    // Mail programs put a slash before the question mark of a link.
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    trustProxy: options.trustedProxies ? options.trustedProxies.split(',').map((each) => each.trim()) : false,
    forceCloseConnections: 'idle',
    // A path that cannot be decoded, or with too long an id, never reaches Nest's filters; the response is 404.
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(request, reply, nothingHere(), unknownPage),
  });
  const root: DynamicModule = {
    module: RootModule,
    imports: [...options.imports, ...(options.database ? [typeOrmOf(options.database)] : [])],
    controllers: [HealthController],
    providers: [
      { provide: HEALTH_CHECKS, useValue: options.checks },
      // Nest calls the root module's hooks first, TypeOrmModule's last.
      { provide: BEFORE_DATABASE_CLOSES, useValue: { onApplicationShutdown: () => options.beforeDatabaseCloses?.() } },
    ],
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    bodyParser: false,
    logger: nestLogger(options.logger),
    // A fault at start is thrown to the caller, who names the setting or port.
    abortOnError: false,
  });
  readBodies(app);
  const server = app.getHttpAdapter().getInstance();
  beginRequests(server);
  guardBodies(server);
  timeRequests(server, options.logger);
  app.useGlobalFilters(new ProblemFilter(options.logger, unknownPage));
  if (!register.getSingleMetric('process_cpu_user_seconds_total'))
    collectDefaultMetrics({ eventLoopMonitoringPrecision: lagEveryMs });
  return app;
}

/**
 * Every request gets a correlation id, and no response may be cached unless the handler allows it: rooms contain
 * addresses.
 */
function beginRequests(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers({
      'x-correlation-id': request.id,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // RFC 6797, 7.2: over TLS only, which a trusted proxy may have ended.
      ...(request.protocol === 'https' ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    });
    withCorrelation(request.id, done);
  });
  // Reading a body goes on from the socket's events, which know nothing of the request.
  server.addHook('preValidation', (request, _reply, done) => withCorrelation(request.id, done));
}

/** Three content types are read at all; body-gate.ts decides which of them on which route. */
function readBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  const strict = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: jsonLimitBytes },
    (request, body, done) => {
      // A client that names the type of every POST sends it also with no body at all.
      if (body.length === 0) return done(null, undefined);
      // RFC 8259 8.1: JSON is UTF-8; what is not would be stored as other characters than were sent.
      if (!isUtf8(Buffer.from(body))) return done(new Problem(400, 'unreadable-body', 'The body is not UTF-8.'));
      if (nestsDeeperThan(Buffer.from(body), deepestJson))
        return done(new Problem(400, 'unreadable-body', 'The body is nested too deeply.'));
      void strict(request, String(body), (error, value) => {
        if (error) done(new Problem(400, 'unreadable-body', 'The body is not JSON.'));
        else done(null, value);
      });
    },
  );
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: jsonLimitBytes },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    },
  );
  fastify.addContentTypeParser(
    'message/rfc822',
    { parseAs: 'buffer', bodyLimit: mailLimitBytes },
    (_request, body, done) => done(null, body),
  );
}

/**
 * The data source of the process, for reads by entities: lists, timelines, exports, the console.
 * Nothing is connected here: an app starts while its database is away, and reports that it is not ready.
 * The module destroys the data source when the application has shut down.
 */
const typeOrmOf = (database: Database): DynamicModule =>
  TypeOrmModule.forRootAsync({
    useFactory: () => ({ ...database.dataSource.options, manualInitialization: true }),
    dataSourceFactory: () => Promise.resolve(database.dataSource),
  });
