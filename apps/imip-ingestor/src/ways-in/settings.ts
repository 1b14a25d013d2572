// The settings of the ways in beside the raw webhook; a way in whose setting is missing is off.
// Part of the ingestor's settings.
import { z } from 'zod';
import { guardsMailPassword, tlsFault } from '#contracts';
import { field } from '#service';

const basic = z.string().regex(/^[^:\s]+:\S+$/, 'must be user:password');

export const waysInSettings = {
  /** Comma-separated ARNs of the SNS topics that SES publishes to; any other topic is refused. */
  SES_TOPIC_ARNS: z
    .string()
    .regex(
      /^arn:aws[\w-]*:sns:[\w-]+:\d+:[\w.-]+(?:\s*,\s*arn:aws[\w-]*:sns:[\w-]+:\d+:[\w.-]+)*$/,
      'must be ARNs of SNS topics, with commas',
    )
    .optional(),
  MAILGUN_SIGNING_KEY: field.secret.optional(),
  POSTMARK_WEBHOOK_AUTH: basic.optional(),
  SENDGRID_WEBHOOK_AUTH: basic.optional(),
  /** Base64 DER, as SendGrid shows it. */
  SENDGRID_WEBHOOK_PUBLIC_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/=\s]{80,}$/, 'must be a public key in Base64')
    .optional(),
  /** `imaps://user:password@host:port/Folder`. */
  IMAP_URL: field
    .url('imap', 'imaps')
    .refine((url) => !URL.canParse(url) || guardsMailPassword(url), { error: tlsFault('imaps') })
    .optional(),
  /** The poll interval for a server without IDLE; default 30 s. */
  IMAP_POLL_SECONDS: field.whole(1, 3_600).optional(),
  LMTP_PORT: field.whole(1, 65_535).optional(),
  /** LMTP has no authentication of its own: whoever reaches the port can deliver mail. Default: this machine only. */
  LMTP_HOST: field.text.optional(),
};

export type WaysInSettings = Readonly<z.infer<z.ZodObject<typeof waysInSettings>>>;
