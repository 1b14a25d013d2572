// The settings of the scheduling API: which variables, their rules and defaults (contract, section 3).
// Merged with the libs' shapes and parsed once by main.ts, or by the standalone process.
import { z } from 'zod';
import { field, parseKeys } from '#service';

const apiKeys = z.string().transform((text, context) => {
  try {
    return parseKeys(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be name:key,name:key' });
    return z.NEVER;
  }
});

export const schedulingApiSettings = {
  API_KEYS: apiKeys,
  TOKEN_SECRET: field.secret,
  TOKEN_SECRET_PREVIOUS: field.secret.optional(),
  ORGANIZER_EMAIL: field.mailbox.default('scheduling@localhost.localdomain'),
  DECLINE_POLICY: z.enum(['strict', 'soft']).default('strict'),
  PROPOSAL_TTL_HOURS: field.decimal(0).default(48),
  RESCHEDULE_LINK_TTL_HOURS: field.decimal(0).optional(),
  DECISION_LINKS: z.enum(['one-click', 'confirm']).default('one-click'),
  DECISION_HOLD_SECONDS: field.whole(0, 86_400).default(30),
};

export type SchedulingApiSettings = Readonly<z.infer<z.ZodObject<typeof schedulingApiSettings>>>;

/** Variables that production must set to something long. */
export const schedulingApiSecrets = ['API_KEYS', 'TOKEN_SECRET'] as const;
