// Runs every check of the doctor, one after the other.
// Called by `npm run doctor` and by the console's Health page.
import type { CheckContext, Finding } from './finding';
import { letterChecks } from './letter-checks';
import { eventChecks } from './event-checks';
import { proposalChecks } from './proposal-checks';
import { setupChecks } from './setup-checks';
import { waitingChecks } from './waiting-checks';
import { webhookChecks } from './webhook-checks';

const checks = [...letterChecks, ...proposalChecks, ...eventChecks, ...waitingChecks, ...webhookChecks, ...setupChecks];

/**
 * Changes nothing; a finding's `repair` does, when it is called. `tell` gets a line for a person before each check.
 * Rejects where database or broker cannot be asked.
 */
export async function examine(
  context: CheckContext,
  tell: (progress: string) => void = () => undefined,
): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const [at, check] of checks.entries()) {
    tell(`looking, ${at + 1} of ${checks.length}: ${found.length} findings so far`);
    found.push(...(await check(context)));
  }
  return found;
}
