// The settings of the scheduling API: which variables, their rules and defaults (contract, section 3).
// Merged with the libs' shapes and parsed once by main.ts, or by the standalone process.
import { z } from 'zod';
import { callerSettings, field, namedKeys, retentionSettings, SettingsFault } from '#service';
import { longestTaggableLocalPart } from '#tokens';
import { webhookSettings } from '#webhooks';
import type { DecisionRules } from './rooms/context';

export const schedulingApiSettings = {
  API_KEYS: namedKeys,
  ...callerSettings,
  ...webhookSettings,
  ...retentionSettings,
  PUBLIC_URL: field.publicUrl,
  TOKEN_SECRET: field.secret,
  TOKEN_SECRET_PREVIOUS: field.secret.optional(),
  ORGANIZER_EMAIL: field.mailbox,
  ORGANIZER_NAME: field.text.optional(),
  ORGANIZER_TAGGING: z.enum(['on', 'off']).default('off'),
  DECLINE_POLICY: z.enum(['strict', 'soft']).default('strict'),
  PROPOSAL_TTL_HOURS: field.decimal(0).default(48),
  RESCHEDULE_LINK_TTL_HOURS: field.decimal(0).optional(),
  RATE_LIMIT: z.enum(['on', 'off']).default('on'),
  VIDEO_PROVIDER: z.enum(['none', 'daily']).default('none'),
  DAILY_API_KEY: field.secret.optional(),
  DAILY_API_URL: field.url('https', 'http').default('https://api.daily.co/v1'),
  ICS_TIMES: z.enum(['utc', 'zone']).default('utc'),
  DECISION_LINKS: z.enum(['one-click', 'confirm']).default('one-click'),
  DECISION_HOLD_SECONDS: field.whole(0, 86_400).default(30),
};

/** The tokens by which Nest injects the settings and the log. */
export const SETTINGS = Symbol('scheduling-api settings');
export const LOGGER = Symbol('scheduling-api logger');

export type SchedulingApiSettings = Readonly<z.infer<z.ZodObject<typeof schedulingApiSettings>>>;

/** Variables that production must set to something long. */
export const schedulingApiSecrets = ['API_KEYS', 'TOKEN_SECRET'] as const;

/**
 * Whether new invitations get a reply tag. Throws SettingsFault where the address with a tag would be longer than
 * SMTP takes.
 */
export function tagging({
  ORGANIZER_TAGGING,
  ORGANIZER_EMAIL,
}: Pick<SchedulingApiSettings, 'ORGANIZER_TAGGING' | 'ORGANIZER_EMAIL'>): boolean {
  if (ORGANIZER_TAGGING !== 'on') return false;
  if (Buffer.byteLength(ORGANIZER_EMAIL.slice(0, ORGANIZER_EMAIL.lastIndexOf('@'))) > longestTaggableLocalPart) {
    throw new SettingsFault([
      `ORGANIZER_EMAIL: its part before the @ must hold at most ${longestTaggableLocalPart} octets where ORGANIZER_TAGGING is on`,
    ]);
  }
  return true;
}

/** What the settings say about rooms, as `decide` takes it. */
export const rulesOf = (
  settings: Pick<
    SchedulingApiSettings,
    'ORGANIZER_EMAIL' | 'RESCHEDULE_LINK_TTL_HOURS' | 'DECISION_LINKS' | 'DECISION_HOLD_SECONDS'
  >,
): DecisionRules => ({
  organizerEmail: settings.ORGANIZER_EMAIL,
  rescheduleLinkTtlHours: settings.RESCHEDULE_LINK_TTL_HOURS ?? null,
  decisionLinks: settings.DECISION_LINKS,
  holdSeconds: settings.DECISION_HOLD_SECONDS,
});
