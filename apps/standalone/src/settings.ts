// What the standalone app reads from the environment: the three apps' settings, with its own parts standing in for what is not set.
// Called by standalone.ts; with NODE_ENV=production nothing that must be given is made up.
import type { z } from 'zod';
import { messagingSettings } from '#messaging';
import { field, readSettings, serviceSettings, SettingsFault, settingsFaults } from '#service';
import { imipIngestorSecrets, imipIngestorSettings } from '../../imip-ingestor/src/settings';
import { notificationSenderSecrets, notificationSenderSettings, signingOf } from '../../notification-sender/src/settings';
import { schedulingApiSecrets, schedulingApiSettings, tagging } from '../../scheduling-api/src/settings';
import { videoProviderOf } from '../../scheduling-api/src/video/video-rooms';
import type { OwnSecrets } from './data-folder';

export type Environment = Record<string, string | undefined>;

const placeSettings = {
  ...serviceSettings,
  ...messagingSettings,
  DATA_DIR: field.text.default('.data'),
  DATABASE_URL: field.url('postgres', 'postgresql').optional(),
  SMTP_URL: field.url('smtp', 'smtps').optional(),
};

/** Where the process stands: its port and folder, and which of the embedded parts are replaced. */
export type PlaceSettings = Readonly<z.infer<z.ZodObject<typeof placeSettings>>>;

/** Throws every fault of the environment at once, those of the apps included, before anything is touched. */
export function readPlace(env: Environment): PlaceSettings {
  const place = (): PlaceSettings => readSettings(env, placeSettings);
  const apps = (): void => mustAgree(readApps(env, anySecrets, {}));
  const faults = [...settingsFaults(place), ...settingsFaults(apps), ...relayFaults(env)];
  if (faults.length > 0) throw new SettingsFault([...new Set(faults)].sort());
  return place();
}

/** The mailbox is not there in production: mails would end in a folder that nobody reads. */
const relayFaults = (env: Environment): string[] => (env['NODE_ENV'] === 'production' && !env['SMTP_URL'] ? ['SMTP_URL: must be set in production'] : []);

/** Stand in for the folder's own while settings are only looked through. */
const anySecrets: OwnSecrets = { API_KEYS: 'any:any', INBOUND_TOKEN: 'any', TOKEN_SECRET: 'any' };

const shape = { ...imipIngestorSettings, ...notificationSenderSettings, ...schedulingApiSettings };
const secrets = [...new Set([...imipIngestorSecrets, ...notificationSenderSecrets, ...schedulingApiSecrets])];

/** The settings of all three apps in one. */
export type AppsSettings = Readonly<z.infer<z.ZodObject<typeof shape>>>;

/** `own` fills in for secrets that are not set, `made` for addresses; in production a missing secret is a fault. */
export const readApps = (env: Environment, own: OwnSecrets, made: { PUBLIC_URL?: string; SMTP_URL?: string }): AppsSettings =>
  readSettings(env['NODE_ENV'] === 'production' ? given(made, env) : given({ ...own, ...made }, env), shape, secrets);

/** What the apps ask of several variables together. */
function mustAgree(settings: AppsSettings): void {
  const faults = [() => signingOf(settings), () => tagging(settings), () => videoProviderOf(settings)].flatMap(settingsFaults);
  if (faults.length > 0) throw new SettingsFault(faults);
}

/** An empty variable counts as not set. */
const given = (fallback: Environment, env: Environment): Environment => ({
  ...fallback,
  ...Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== '')),
});
