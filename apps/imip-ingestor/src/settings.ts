// The ingestor's settings (contract, section 3).
// Merged with the other shapes by each main; parsed once, passed to the module.
import { z } from 'zod';
import { callerSettings, field, namedKeys, retentionSettings } from '#service';
import { waysInSettings } from './ways-in/settings';
import type { Trust } from './judge/judgement';

export const imipIngestorSettings = {
  ORGANIZER_EMAIL: field.mailbox,
  INBOUND_TOKEN: field.secret,
  /** Raw mails are sealed under keys derived from these; the previous one still opens. */
  TOKEN_SECRET: field.secret,
  TOKEN_SECRET_PREVIOUS: field.secret.optional(),
  /** Read only to answer 403 to a caller who is no operator; the quarantine needs an operator's key. */
  API_KEYS: namedKeys.optional(),
  ...callerSettings,
  ...retentionSettings,
  AUTHSERV_ID: field.text.optional(),
  INBOUND_TRUST: z.enum(['lenient', 'verified']).default('lenient'),
  ...waysInSettings,
};

export type ImipIngestorSettings = Readonly<z.infer<z.ZodObject<typeof imipIngestorSettings>>>;

/** Variables that production must set to at least 32 characters. */
export const imipIngestorSecrets = ['INBOUND_TOKEN', 'TOKEN_SECRET'] as const;

export const trustOf = (settings: ImipIngestorSettings): Trust => ({
  organizer: settings.ORGANIZER_EMAIL,
  authservId: settings.AUTHSERV_ID ?? null,
  mode: settings.INBOUND_TRUST,
});
