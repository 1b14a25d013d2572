// Where `npm start` listens (contract, section 7.9), and a guard: the demo and the mailbox answer only where they were
// asked for by a name of this machine or of PUBLIC_URL.
// They need no key, so a web page whose own name leads here (DNS rebinding) must not read the mails or act for the
// parties.
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '#service';

export const PUBLIC_URL = Symbol('what the links in mails begin with');

/** Stands on every controller that needs no key; runs after routing, so that no spelling of a path passes it by. */
@Injectable()
export class OwnHostGuard implements CanActivate {
  constructor(@Inject(PUBLIC_URL) private readonly publicUrl: string) {}

  canActivate(context: ExecutionContext): true {
    // Not fastify's `host`: a proxy that is trusted may set that one from X-Forwarded-Host.
    const { host } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    if (isOwnHost(host, this.publicUrl)) return true;
    throw new Problem(
      403,
      'foreign-host',
      'The demo and the mailbox answer only as localhost, 127.0.0.1, [::1] or by the host name of PUBLIC_URL.',
    );
  }
}

/** `host`: the Host header, a name or address with or without a port (RFC 9110, 7.2); undefined where there is none. */
export function isOwnHost(host: string | undefined, publicUrl: string): boolean {
  const name = /^(\[[\da-f:.]+\]|[^\s:/@[\]]+)(?::\d{1,5})?$/i.exec(host ?? '')?.[1]?.toLowerCase();
  return (
    name !== undefined && ['localhost', '127.0.0.1', '[::1]', new URL(publicUrl).hostname.toLowerCase()].includes(name)
  );
}

/** `HOST`, or loopback: the demo and the mailbox need no key, and a laptop is in foreign networks. */
export const listeningHost = (given: string | undefined): string => given ?? '127.0.0.1';

/** The address by which this machine reaches what listens on `host`; one that stands for all is reached by loopback. */
export function reachedAt(host: string, port: number): string {
  const everywhere = ['0.0.0.0', '::', '127.0.0.1', '::1', 'localhost'].includes(host);
  return `http://${everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
}
