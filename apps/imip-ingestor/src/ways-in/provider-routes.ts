// The routes of the mail providers: `POST /api/imip/inbound/:provider` and `POST /api/hooks/email-status/:provider`.
// They have their own Fastify scope, where every body is raw bytes, because a signature covers the bytes as sent.
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { markAuthenticated, Problem, problemOf, sendJson } from '#service';
import { HooksStore } from '../hooks/hooks.store';
import { Ingest } from '../inbox/ingest';
import { maxMailBytes } from '../interpret/mail';
import { inboundIgnored } from '../metrics';
import { type Provider, providerNames, type ProviderName, type ProviderRequest, ProviderRefusal } from './provider';

export const PROVIDERS = Symbol('mail providers');
export const PROVIDERS_LOGGER = Symbol('logger of the provider routes');
export type Providers = ReadonlyMap<ProviderName, Provider>;

/** A body is larger than its mail: Base64 in JSON, and other fields. */
const bodyLimitBytes = Math.ceil(maxMailBytes * 1.5);

type ProviderCall = (
  provider: Provider,
  request: ProviderRequest,
) => Promise<{ status: number; body: Record<string, unknown> }>;

@Injectable()
export class ProviderRoutes implements OnModuleInit {
  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(PROVIDERS) private readonly providers: Providers,
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(HooksStore) private readonly hooks: HooksStore,
    @Inject(PROVIDERS_LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    void fastify.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: bodyLimitBytes }, (_request, body, parsed) =>
        parsed(null, body),
      );
      scope.addHook('onRequest', async (request) => this.checkHeaders(request));
      scope.setErrorHandler((error, request, reply) => this.fault(error, request, reply));
      scope.post('/api/imip/inbound/:provider', { bodyLimit: bodyLimitBytes }, this.route(this.takeMail));
      // Mailgun posts the raw mail only to an address that ends in `mime`.
      scope.post('/api/imip/inbound/:provider/mime', { bodyLimit: bodyLimitBytes }, this.route(this.takeMail));
      scope.post('/api/hooks/email-status/:provider', { bodyLimit: bodyLimitBytes }, this.route(this.takeEvents));
      done();
    });
  }

  private route(work: ProviderCall) {
    return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const provider = this.checkHeaders(request);
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const { status, body: answer } = await work(provider, { headers: request.headers, body });
      await reply.status(status).header('cache-control', 'no-store').send(answer);
    };
  }

  /**
   * The provider of the route, before its body is read. An unknown provider and one without its secret both get 404.
   */
  private checkHeaders(request: FastifyRequest): Provider {
    const provider = this.providerOf(request);
    if (!provider) throw new Problem(404, 'not-found', 'There is nothing at this address.');
    provider.wantHeaders?.(request.headers);
    if (provider.headersProve) markAuthenticated(request);
    return provider;
  }

  private providerOf(request: FastifyRequest): Provider | undefined {
    const { provider } = request.params as { provider?: string };
    const name = providerNames.find((each) => each === provider);
    return name && this.providers.get(name);
  }

  private readonly takeMail: ProviderCall = async (provider, request) => {
    const inbound = await provider.inbound(request);
    if (inbound.kind === 'done') return { status: 200, body: {} };
    const raw = inbound.kind === 'mail' ? inbound.mail.raw : request.body;
    // A repeat would be as large.
    if (raw.length > maxMailBytes) throw new ProviderRefusal(provider.stopStatus, 'too-large');
    if (inbound.kind === 'unusable') {
      const { onceKeys, why } = inbound;
      this.logger.error(
        { provider: provider.name, why },
        'a provider sent a request without a mail; check its settings',
      );
      inboundIgnored.inc({ reason: 'quarantined' });
      return {
        status: 200,
        body: {
          id: await this.ingest.store(raw, {
            wayIn: provider.name,
            envelopeFrom: null,
            envelopeTo: null,
            onceKeys,
            quarantineWhy: why,
          }),
        },
      };
    }
    const { envelopeFrom, envelopeTo, authentication, onceKeys } = inbound.mail;
    return {
      status: 200,
      body: {
        id: await this.ingest.store(raw, { wayIn: provider.name, envelopeFrom, envelopeTo, authentication, onceKeys }),
      },
    };
  };

  private readonly takeEvents: ProviderCall = async (provider, request) => {
    await this.hooks.take(provider.name, await provider.events(request));
    return { status: 200, body: {} };
  };

  private fault(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const provider = this.providerOf(request);
    const problem =
      error instanceof ProviderRefusal
        ? new Problem(error.status, error.code, 'The request was refused.')
        : this.unexpected(error, provider);
    if (problem.status < 500)
      this.logger.warn({ provider: provider?.name, code: problem.code }, 'a provider’s request was refused');
    const { status, headers } = problem;
    void sendJson(reply, { status, headers, body: problem.body() });
  }

  private unexpected(error: unknown, provider: Provider | undefined): Problem {
    const problem = problemOf(error);
    if (problem.status === 413) return new Problem(provider?.stopStatus ?? 413, 'too-large', problem.detail);
    if (problem.status < 500) return problem;
    this.logger.error({ err: error, provider: provider?.name }, 'a provider’s request could not be stored');
    return new Problem(503, 'not-stored', 'It could not be stored. Try again.', { headers: { 'retry-after': '5' } });
  }
}
