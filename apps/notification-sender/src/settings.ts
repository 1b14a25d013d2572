// The settings of the notification sender: which variables, their rules and defaults (contract, section 3).
// Merged with the libs' shapes and parsed once by main.ts, or by the standalone process.
import { z } from 'zod';
import { field } from '#service';

/** A reschedule link is at most 250 characters; its path and token take 79 of them. */
const longestPublicUrl = 160;

export const notificationSenderSettings = {
  SMTP_URL: field.url('smtp', 'smtps').default('smtp://localhost:25'),
  /** Connections to the relay, and letters in their hands at a time. */
  SMTP_POOL_SIZE: field.whole(1, 100).default(10),
  SMTP_RETRY_BASE_MS: field.whole(1, 3_600_000).default(30_000),
  ORGANIZER_EMAIL: field.mailbox.default('scheduling@localhost.localdomain'),
  ORGANIZER_NAME: field.text.optional(),
  PUBLIC_URL: field
    .url('http', 'https')
    .transform((url) => url.replace(/\/+$/, ''))
    .refine((url) => url.length <= longestPublicUrl, { error: `must be at most ${longestPublicUrl} characters` })
    .default('http://localhost:3000'),
  TOKEN_SECRET: field.secret,
  TOKEN_SECRET_PREVIOUS: field.secret.optional(),
  ICS_TIMES: z.enum(['utc', 'zone']).default('utc'),
  ICS_ATTACHMENT: z.enum(['text/calendar', 'application/ics', 'none']).default('text/calendar'),
};

export type NotificationSenderSettings = Readonly<z.infer<z.ZodObject<typeof notificationSenderSettings>>>;

/** Variables that production must set to something long (contract, section 3). */
export const notificationSenderSecrets = ['TOKEN_SECRET'] as const;
