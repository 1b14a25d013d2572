// The raw webhook: `POST /api/imip/inbound` accepts a mail from a caller with INBOUND_TOKEN and responds once it is
// stored.
// Called by mail servers and SMTP relays; the content is not judged here, so an unreadable mail never makes a sender
// retry.
import { Controller, Headers, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Problem } from '#service';
import { clientOf, envelopeRecipient, envelopeSender, Ingest } from '../inbox/ingest';

export const LOGGER = Symbol('logger');

@Controller('api/imip')
export class InboundController {
  constructor(
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The token was checked by inbound-token.ts. */
  @Post('inbound')
  @HttpCode(202)
  async inbound(
    @Req() request: FastifyRequest,
    @Headers('x-envelope-from') from?: string,
    @Headers('x-envelope-to') to?: string,
    @Headers('x-client-address') client?: string,
    @Headers('x-client-helo') helo?: string,
  ): Promise<{ id: string }> {
    const raw = request.body;
    if (!Buffer.isBuffer(raw)) throw new Problem(400, 'unreadable-body', 'Send the raw mail as message/rfc822.');
    try {
      return {
        id: await this.ingest.store(raw, {
          wayIn: 'webhook',
          envelopeFrom: envelopeSender(from),
          envelopeTo: envelopeRecipient(to),
          client: clientOf(client, helo),
        }),
      };
    } catch (error) {
      this.logger.error({ err: error }, 'an inbound mail could not be stored');
      throw new Problem(503, 'not-stored', 'The mail could not be stored. Try again.', {
        headers: { 'retry-after': '5' },
      });
    }
  }
}
