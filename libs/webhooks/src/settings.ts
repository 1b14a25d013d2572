// The setting of webhook targets (contract, section 7.9), read by the app that takes URLs and by the one that calls
// them.
import { z } from 'zod';
import type { TargetRules } from './target';

export const webhookSettings = {
  NODE_ENV: z.string().default('development'),
  WEBHOOK_PRIVATE_TARGETS: z.enum(['on', 'off']).default('off'),
};

export const targetRulesOf = (settings: Readonly<z.infer<z.ZodObject<typeof webhookSettings>>>): TargetRules => ({
  privateTargets: settings.WEBHOOK_PRIVATE_TARGETS === 'on',
  production: settings.NODE_ENV === 'production',
});
