// Decides what a report about a sent letter changes: the letter's delivery state, and the one shown for its attendee.
// Pure; called by delivery-states.consumer.ts. Reports come in any order and more than once, and one may follow
// another: a bounce after a delivery.
import type { EventPayload } from '#contracts';

type Kind = EventPayload<'BounceReceived'>['kind'];

/** The delivery states of a letter; a letter only moves from left to right. */
export const letterDeliveryStates = ['deferred', 'delivered', 'complained', 'bounced'] as const;
export type LetterDeliveryState = (typeof letterDeliveryStates)[number];

const stateOfReport: Record<Kind, LetterDeliveryState> = {
  delayed: 'deferred',
  delivered: 'delivered',
  complained: 'complained',
  soft: 'bounced',
  hard: 'bounced',
};

/** The state of a letter after a report, or null where the report changes nothing. */
export function stateAfter(before: LetterDeliveryState | null, kind: Kind): LetterDeliveryState | null {
  const after = stateOfReport[kind];
  return before !== null && letterDeliveryStates.indexOf(after) <= letterDeliveryStates.indexOf(before) ? null : after;
}

/** As `delivery` of the invitation shows it: a complaint proves that the mail was delivered. */
export function shownState(
  delivery: LetterDeliveryState,
  { kind, status }: Pick<EventPayload<'BounceReceived'>, 'kind' | 'status'>,
): Record<string, unknown> {
  const code = status === null ? {} : { code: status };
  switch (delivery) {
    case 'complained':
      return { state: 'delivered', ...code, detail: 'the recipient reported the mail as unwanted' };
    case 'bounced':
      return { state: 'bounced', ...code, detail: kind };
    case 'delivered':
    case 'deferred':
      return { state: delivery, ...code };
  }
}
