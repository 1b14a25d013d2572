// Refuses a webhook URL that could never be called: wrong form, or a host at an address inside the network.
// Called by endpoints.controller.ts before anything is stored. A name that does not resolve is taken: each send looks
// again.
import { Problem } from '#service';
import { resolveHost, targetAddresses, targetRulesOf, TargetRefusal, targetUrl } from '#webhooks';
import type { SchedulingApiSettings } from '../settings';

/** Throws a 422 Problem. */
export async function checkTarget(text: string, settings: SchedulingApiSettings): Promise<void> {
  const rules = targetRulesOf(settings);
  try {
    const url = targetUrl(text, rules);
    await targetAddresses(url, rules, (host) => resolveHost(host).catch(() => []));
  } catch (error) {
    if (!(error instanceof TargetRefusal)) throw error;
    const fault = { pointer: '/url', code: 'not-a-target', detail: `url ${error.message}` };
    throw new Problem(422, 'invalid-field', `url ${error.message}.`, { errors: [fault] });
  }
}
