// Decides whether a platform request carries a live API key; the key's name is who acted (audit, idempotency).
// Guards /api/practice-room/* and /api/ics/*.
import { type CanActivate, createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { bearerName, Problem } from '#service';
import type { SchedulingApiSettings } from '../settings';

export const SETTINGS = Symbol('scheduling-api settings');

type Authorized = FastifyRequest & { apiKeyName?: string };

@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(@Inject(SETTINGS) private readonly settings: SchedulingApiSettings) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Authorized>();
    const name = bearerName(request.headers.authorization, this.settings.API_KEYS);
    if (name === null) throw new Problem(401, 'unauthorized', 'An API key is needed: Authorization: Bearer <key>.', { headers: { 'www-authenticate': 'Bearer' } });
    request.apiKeyName = name;
    return true;
  }
}

/** The name of the API key that opened this request. */
export const ApiKeyName = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  return context.switchToHttp().getRequest<Authorized>().apiKeyName ?? 'unknown';
});
