// Authenticates the callers of the platform routes, and checks their scopes and rate limits. The caller goes into the
// audit and into idempotency.
// Guards /api/practice-room/* and /api/ics/* (contract, section 7.3).
import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  type OnModuleInit,
  SetMetadata,
} from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Caller, Callers, type Scope, markAuthenticated } from '#service';
import type { PlatformRequest } from './idempotency';
import { RateLimits } from './rate-limits';

/** Which scopes a controller's routes need: `read` for GET and HEAD, `write` for all others. */
interface NeededScopes {
  read: Scope;
  write: Scope;
}
const neededScopes = 'needed scopes';

/** Sets the scopes that a controller or one of its handlers needs; without it every request is refused. */
export const NeedsScopes = (read: Scope, write: Scope = read): ClassDecorator & MethodDecorator =>
  SetMetadata<string, NeededScopes>(neededScopes, { read, write });

/** Routes that only callers may use, by their pattern. */
const callersOnly = /^\/api\/(?:practice-room|ics|webhooks|people)(?:\/|$)/;

/** Authenticates before the body is read, so that bodies of unauthenticated requests use no memory. */
@Injectable()
export class CallerGate implements OnModuleInit {
  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    private readonly callers: Callers,
  ) {}

  onModuleInit(): void {
    this.host.httpAdapter.getInstance<FastifyInstance>().addHook('onRequest', async (request: CallerRequest) => {
      if (request.is404 || !callersOnly.test(request.routeOptions.url ?? '')) return;
      request.caller = await this.callers.identify(request.headers.authorization);
      markAuthenticated(request);
    });
  }
}

type CallerRequest = FastifyRequest & { caller?: Caller };

@Injectable()
export class CallerGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(
    private readonly callers: Callers,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed = this.reflector.getAllAndOverride<NeededScopes | undefined>(neededScopes, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (needed === undefined) throw new Error(`${context.getClass().name} does not say which scopes it needs`);
    const request = context.switchToHttp().getRequest<CallerRequest>();
    const caller = request.caller ?? (await this.callers.identify(request.headers.authorization));
    await this.limits.caller(caller.owner);
    this.callers.allow(caller, request.method === 'GET' || request.method === 'HEAD' ? needed.read : needed.write);
    request.caller = caller;
    return true;
  }
}

const ownerOf = (caller: Caller | undefined): string => caller?.owner ?? 'unknown';

/** Whose request this is: see `Caller.owner`. */
export const Owner = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  return ownerOf(context.switchToHttp().getRequest<CallerRequest>().caller);
});

/** A caller's POST as audit and idempotency need it, under the name of its route there. */
export const RequestFor = createParamDecorator((route: string, context: ExecutionContext): PlatformRequest => {
  const { body, caller, headers } = context.switchToHttp().getRequest<CallerRequest>();
  const key = headers['idempotency-key'];
  return { route, owner: ownerOf(caller), key: typeof key === 'string' ? key : undefined, body };
});
