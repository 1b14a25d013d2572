// Decides whether a platform request carries a live API key that does not ask too often; the key's name is who acted (audit, idempotency).
// Guards /api/practice-room/* and /api/ics/*.
import { type CanActivate, createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { bearerName, Problem } from '#service';
import type { SchedulingApiSettings } from '../settings';
import { RateLimits } from './rate-limits';

export const SETTINGS = Symbol('scheduling-api settings');
export const LOGGER = Symbol('scheduling-api logger');

type Authorized = FastifyRequest & { apiKeyName?: string };

@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    @Inject(SETTINGS) private readonly settings: SchedulingApiSettings,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Authorized>();
    const name = bearerName(request.headers.authorization, this.settings.API_KEYS);
    if (name === null)
      throw new Problem(401, 'unauthorized', 'An API key is needed: Authorization: Bearer <key>.', {
        headers: { 'www-authenticate': 'Bearer' },
      });
    await this.limits.apiKey(name);
    request.apiKeyName = name;
    return true;
  }
}

/** The name of the API key that opened this request. */
export const ApiKeyName = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  return context.switchToHttp().getRequest<Authorized>().apiKeyName ?? 'unknown';
});
