// Checks INBOUND_TOKEN before a body is read, so that no body without the token is kept in memory: for the raw webhook
// and the hook for delivery events.
// Registered with the app; the controllers do not check again.
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { bearerName, Problem, markAuthenticated } from '#service';

export const INBOUND_TOKEN = Symbol('inbound token');

const routes = ['/api/imip/inbound', '/api/hooks/email-status'];

@Injectable()
export class InboundTokenCheck implements OnModuleInit {
  private readonly keys: ReadonlyMap<string, string>;

  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(INBOUND_TOKEN) token: string,
  ) {
    this.keys = new Map([['inbound', token]]);
  }

  onModuleInit(): void {
    this.host.httpAdapter.getInstance<FastifyInstance>().addHook('onRequest', (request, _reply, done) => {
      if (!routes.includes(request.routeOptions.url ?? '')) return done();
      if (bearerName(request.headers.authorization, this.keys) === null)
        return done(
          new Problem(401, 'unauthorized', 'Send the inbound token in the header "Authorization: Bearer <token>".', {
            headers: { 'www-authenticate': 'Bearer' },
          }),
        );
      markAuthenticated(request);
      done();
    });
  }
}
