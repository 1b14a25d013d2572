// What the standalone app reads from the environment: the three apps' settings, with its own parts standing in for
// what is not set.
// Called by standalone.ts; with NODE_ENV=production nothing that must be given is made up.
import type { z } from 'zod';
import { messagingSettings } from '#messaging';
import { databaseSettings, databaseUrls } from '#persistence';
import { field, readSettings, serviceSettings, SettingsFault, tokenRulesOf } from '#service';
import { tracingSettings } from '#tracing';
import { imipIngestorSecrets, imipIngestorSettings } from '../../imip-ingestor/src/settings';
import {
  notificationSenderSecrets,
  notificationSenderSettings,
  smtpUrls,
} from '../../notification-sender/src/settings';
import { schedulingApiSecrets, schedulingApiSettings } from '../../scheduling-api/src/settings';
import type { OwnSecrets } from './data-folder';

export type Environment = Record<string, string | undefined>;

const placeSettings = {
  ...serviceSettings,
  ...messagingSettings,
  ...tracingSettings,
  DATA_DIR: field.text.default('.data'),
  ...databaseSettings,
  DATABASE_URL: databaseUrls.optional(),
  SMTP_URL: smtpUrls.optional(),
};

/** Where the process stands: its port and folder, and which of the embedded parts are replaced. */
export type PlaceSettings = Readonly<z.infer<z.ZodObject<typeof placeSettings>>>;

/** ORGANIZER_EMAIL where the product runs on its own; a single app demands one. */
export const localOrganizer = 'scheduling@localhost.localdomain';

/** Throws with every fault of the environment at once, the apps' own too, before anything is made or started. */
export function readPlace(env: Environment): PlaceSettings {
  const place = attempt(() => readSettings(env, placeSettings));
  const apps = attempt(() => {
    const settings = readApps(env, placeholders, { PUBLIC_URL: 'http://localhost', SMTP_URL: 'smtp://localhost' });
    tokenRulesOf(settings);
    return settings;
  });
  const faults = [place, apps].flatMap((each) => (each instanceof SettingsFault ? each.faults : []));
  if (place instanceof SettingsFault || faults.length > 0) throw new SettingsFault([...new Set(faults)].sort());
  return place;
}

function attempt<T>(read: () => T): T | SettingsFault {
  try {
    return read();
  } catch (error) {
    if (error instanceof SettingsFault) return error;
    throw error;
  }
}

/** For the check alone: the folder's own secrets are made later. */
const placeholders: OwnSecrets = {
  API_KEYS: 'own:own',
  OPERATOR_KEYS: 'own:own',
  INBOUND_TOKEN: 'own',
  TOKEN_SECRET: 'own',
};

const shape = { ...imipIngestorSettings, ...notificationSenderSettings, ...schedulingApiSettings };
const secrets = [...new Set([...imipIngestorSecrets, ...notificationSenderSecrets, ...schedulingApiSecrets])];

/** The settings of all three apps in one. */
export type AppsSettings = Readonly<z.infer<z.ZodObject<typeof shape>>>;

/** `own` fills in for secrets that are not set, `made` for addresses; in production a missing secret is a fault. */
export const readApps = (
  env: Environment,
  own: OwnSecrets,
  made: { PUBLIC_URL: string; SMTP_URL: string },
): AppsSettings => {
  const fallback = { ORGANIZER_EMAIL: localOrganizer, ...made };
  return readSettings(
    withDefaults(env['NODE_ENV'] === 'production' ? fallback : { ...own, ...fallback }, env),
    shape,
    secrets,
  );
};

/** An empty variable counts as not set. */
const withDefaults = (fallback: Environment, env: Environment): Environment => ({
  ...fallback,
  ...Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== '')),
});
