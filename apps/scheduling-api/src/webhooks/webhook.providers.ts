// Puts together what runs beside the routes of webhooks. Called by app.module.ts.
import type { Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Database } from '#persistence';
import type { RoomsStore } from '../rooms/rooms.store';
import type { SchedulingApiSettings } from '../settings';
import { RoomFiller } from './room-filler';
import { SecretsResealer } from './secrets-resealer';

export function webhookProviders(parts: {
  rooms: RoomsStore;
  database: Database;
  settings: SchedulingApiSettings;
  logger: Logger;
}): Provider[] {
  const { rooms, database, settings, logger } = parts;
  const secrets = { current: settings.TOKEN_SECRET, previous: settings.TOKEN_SECRET_PREVIOUS };
  return [
    { provide: RoomFiller, useValue: new RoomFiller(rooms, logger) },
    { provide: SecretsResealer, useValue: new SecretsResealer(database, secrets, logger) },
  ];
}
