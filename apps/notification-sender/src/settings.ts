// The settings of the notification sender: which variables, their rules and defaults (contract, section 3).
// Merged with the libs' shapes and parsed once by main.ts, or by the standalone process.
import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import { guardsMailPassword, tlsFault, urlList } from '#contracts';
import { field, retentionSettings, SettingsFault } from '#service';
import { webhookSettings } from '#webhooks';
import { limitFault } from './sending/relay-limits';
import { optionFault } from './sending/relay-options';
import { shareFault } from './sending/relay-order';

/** PEM; a key that stands on one line may write its line ends as `\n`. */
const signingKey = z
  .string()
  .transform((pem) => pem.replaceAll('\\n', '\n'))
  .refine(isRsaKey, { error: 'must be an RSA private key in PEM, without a passphrase' });

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

/**
 * Relays in order of preference, with commas between their URLs; one with `share=1` shares the letters with the one
 * before it. With a password, on another machine, STARTTLS is demanded (sending/relay.ts) unless the URL says
 * `insecure=1`.
 */
export const smtpUrls = urlList(
  ['smtp', 'smtps'],
  (url, place) => optionFault(url) ?? limitFault(url) ?? shareFault(url, place) ?? passwordFault(url),
);

const passwordFault = (url: string): string | undefined => (guardsMailPassword(url) ? undefined : tlsFault('smtps'));

/** Injects the settings. */
export const SETTINGS = Symbol('notification-sender settings');

export const notificationSenderSettings = {
  ...webhookSettings,
  ...retentionSettings,

  SMTP_URL: smtpUrls,
  /** Connections to one SMTP relay at most, and as many workers for all relays together. */
  SMTP_POOL_SIZE: field.whole(1, 100).default(10),
  SMTP_RETRY_BASE_MS: field.whole(1, 3_600_000).default(30_000),
  ORGANIZER_EMAIL: field.mailbox,
  ORGANIZER_NAME: field.text.optional(),
  PUBLIC_URL: field.publicUrl,
  TOKEN_SECRET: field.secret,
  TOKEN_SECRET_PREVIOUS: field.secret.optional(),
  ICS_TIMES: z.enum(['utc', 'zone']).default('utc'),
  ICS_ATTACHMENT: z.enum(['text/calendar', 'application/ics', 'none']).default('text/calendar'),
  /** `fixed`: the four subjects of PRD 8.3 in English for everybody; `localized`: in the reader's language. */
  SUBJECTS: z.enum(['fixed', 'localized']).default('fixed'),
  BRAND_NAME: field.text.optional(),
  BRAND_COLOR: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #1f6feb')
    .optional(),
  BRAND_LOGO_URL: field.url('https').optional(),
  DKIM_DOMAIN: z
    .string()
    .regex(/^[a-z0-9.-]+$/i, 'must be a domain')
    .optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9._-]+$/i, 'must be a label')
    .optional(),
  DKIM_PRIVATE_KEY: signingKey.optional(),
};

export type NotificationSenderSettings = Readonly<z.infer<z.ZodObject<typeof notificationSenderSettings>>>;

/** Variables that production must set to something long (contract, section 3). */
export const notificationSenderSecrets = ['TOKEN_SECRET'] as const;

/** How outgoing mail is signed (RFC 6376). */
export interface DkimKey {
  domainName: string;
  keySelector: string;
  privateKey: string;
}

/**
 * undefined where mail is not signed. Throws SettingsFault where only some of the three variables are set: unsigned
 * mail would go unnoticed.
 */
export function signingOf(settings: NotificationSenderSettings): DkimKey | undefined {
  const { DKIM_DOMAIN: domainName, DKIM_SELECTOR: keySelector, DKIM_PRIVATE_KEY: privateKey } = settings;
  if (domainName !== undefined && keySelector !== undefined && privateKey !== undefined)
    return { domainName, keySelector, privateKey };
  const missing = Object.entries({
    DKIM_DOMAIN: domainName,
    DKIM_SELECTOR: keySelector,
    DKIM_PRIVATE_KEY: privateKey,
  }).flatMap(([name, value]) =>
    value === undefined ? [`${name}: must be set together with the other DKIM_ variables`] : [],
  );
  if (missing.length < 3) throw new SettingsFault(missing);
  return undefined;
}
