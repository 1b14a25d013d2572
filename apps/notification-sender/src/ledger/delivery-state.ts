// Decides what a report about a letter that had left changes: the letter's own delivery, and what is shown of its
// attendee's.
// Pure; called by delivery-states.consumer.ts. Reports come in any order and more than once, and one may follow another: a
// bounce after a delivery.
import type { EventPayload } from '#contracts';

type Kind = EventPayload<'BounceReceived'>['kind'];

/** What is kept of a letter; from left to right nothing is ever taken back. */
export const letterDeliveryStates = ['deferred', 'delivered', 'complained', 'bounced'] as const;
export type LetterDeliveryState = (typeof letterDeliveryStates)[number];

const stateOfReport: Record<Kind, LetterDeliveryState> = {
  delayed: 'deferred',
  delivered: 'delivered',
  complained: 'complained',
  soft: 'bounced',
  hard: 'bounced',
};

/** The delivery of a letter after a report, or null where the report tells nothing new. */
export function stateAfter(before: LetterDeliveryState | null, kind: Kind): LetterDeliveryState | null {
  const after = stateOfReport[kind];
  return before !== null && letterDeliveryStates.indexOf(after) <= letterDeliveryStates.indexOf(before) ? null : after;
}

/** As `delivery` of the invitation shows it: a complaint came from somebody who had the mail. */
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
