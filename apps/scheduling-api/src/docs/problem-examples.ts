// An example of each problem of an operation, with its code and its text.
// Called by openapi.ts. Made by the classes that make the real ones, so that the texts are the same.
import { invalidFields, Problem } from '#service';
import { refusalProblem } from '../http/responses';
import { Refusal, type RefusalCode } from '../rooms/refusal';
import { mostEndpoints } from '../webhooks/endpoints.store';
import type { Operation } from './operation';

type Example = { summary: string; value: Record<string, unknown> };

const gone: RefusalCode[] = ['room-cancelled', 'room-started'];
const persons: RefusalCode[] = ['same-person', 'is-organizer'];
const times: RefusalCode[] = ['start-in-past', 'end-not-after-start'];
const link: RefusalCode[] = ['link-unknown', 'link-expired', 'link-used', 'room-cancelled'];
const decision: RefusalCode[] = [...link, 'proposal-expired', 'option-passed', 'already-decided', 'older-sequence'];
const answer: RefusalCode[] = ['link-unknown', 'link-expired', 'room-cancelled', 'answer-outdated', 'answer-too-late'];
const letter: RefusalCode[] = ['room-not-found', 'not-an-attendee'];

/** The refusals of decide and of the link checks, by operation. */
const refusals: Record<string, RefusalCode[]> = {
  createRoom: [...times, ...persons],
  bookRoom: ['room-not-found', 'already-booked', ...gone, ...persons],
  deleteRoom: ['room-not-found'],
  rescheduleRoom: ['room-not-found', ...gone, ...times],
  updateRoom: ['room-not-found', ...gone],
  changeAttendee: ['room-not-found', ...gone, ...persons],
  readRoom: ['room-not-found'],
  readTimeline: ['room-not-found'],
  sendInvite: [...letter, 'not-the-rooms-time', 'room-cancelled'],
  sendUpdate: [...letter, 'not-the-rooms-time', 'room-cancelled'],
  sendCancel: [...letter, 'room-scheduled'],
  openReschedule: link,
  propose: [
    ...link,
    'proposals-not-allowed',
    'no-new-time',
    'start-in-past',
    'times-alike',
    'alternative-is-current',
    'too-many-proposals',
    'mail-limit',
  ],
  openApprove: decision,
  openDecline: decision,
  approve: decision,
  decline: decision,
  undo: ['link-unknown', 'link-expired', 'nothing-held', 'already-decided'],
  openConfirm: link,
  openAnswer: answer,
  answer: [...answer, 'note-not-taken'],
  readCalendar: answer,
  confirm: link,
};

const say = (status: number, code: string, detail: string): Problem => new Problem(status, code, detail);

const tooMany = say(429, 'too-many-requests', 'Too many requests. Try again in 30 s.');
const notStored = say(503, 'try-again', 'Nothing was stored. Try again.');
const keyReused = say(422, 'idempotency-key-reused', 'This Idempotency-Key came with another request before.');
const wrongField = invalidFields([
  { pointer: '/title', code: 'empty', detail: 'title must not be empty' },
  { pointer: '/colour', code: 'unknown-field', detail: 'colour is not a field of this request' },
]);

const notFound: Partial<Record<Operation['tag'], Problem>> = {
  Webhooks: say(404, 'endpoint-not-found', 'There is no such webhook endpoint.'),
};

const forbidden = (operation: Operation): Problem =>
  operation.opens === 'link'
    ? say(403, 'cross-site', 'Another site sent this request; nothing was changed.')
    : say(403, 'scope-missing', `This call needs the scope ${scopeOf(operation)}, which the caller does not have.`);

const scopeOf = ({ tag, method, opens }: Operation): string => {
  if (opens === 'inbound') return 'operator';
  if (tag === 'Webhooks') return 'webhooks';
  if (tag === 'People') return 'operator';
  return method === 'get' ? 'rooms:read' : 'rooms:write';
};

const unauthorized: Partial<Record<Operation['opens'], Problem>> = {
  key: say(401, 'unauthorized', 'The API key is not one of this service.'),
  inbound: say(401, 'unauthorized', 'Send the inbound token in the header "Authorization: Bearer <token>".'),
};

const conflicts: Record<string, Problem> = {
  createWebhookEndpoint: say(409, 'too-many-endpoints', `There are ${mostEndpoints} webhook endpoints already.`),
  testWebhookEndpoint: say(409, 'endpoint-disabled', 'The webhook endpoint is disabled: enable it first.'),
};

/** What anything of this status says, beside the refusals of the operation. */
function common(operation: Operation, status: number): Problem[] {
  switch (status) {
    case 400:
      return [say(400, 'unreadable-body', 'The body must be a JSON object.')];
    case 401:
      return [unauthorized[operation.opens] ?? say(401, 'bad-signature', 'The request was refused.')];
    case 403:
      return [forbidden(operation)];
    case 404:
      return [notFound[operation.tag] ?? say(404, 'not-found', 'There is nothing at this address.')];
    case 409:
      return [conflicts[operation.id]].filter((each) => each !== undefined);
    case 413:
      return [say(413, 'too-large', 'The body is larger than this endpoint takes.')];
    case 415:
      return [say(415, 'type-not-taken', `The body must be sent as ${typeOf(operation)}.`)];
    case 422:
      return [wrongField, ...(operation.opens === 'key' && operation.method === 'post' ? [keyReused] : [])];
    case 429:
      return [tooMany];
    case 503:
      return [notStored];
    default:
      return [];
  }
}

const typeOf = ({ mail }: Operation): string =>
  mail === undefined ? 'application/json or application/x-www-form-urlencoded' : 'message/rfc822';

/** By code: at least one for each status that the operation declares. */
export function problemExamples(operation: Operation, status: number): Record<string, Example> {
  const refused = (refusals[operation.id] ?? []).map((code) => refusalProblem(new Refusal(code)));
  const own = refused.filter((each) => each.status === status);
  // A refusal names what is missing, so the general text is left out.
  const all = status === 404 && own.length > 0 ? own : [...own, ...common(operation, status)];
  return Object.fromEntries(all.map((each) => [each.code, { summary: each.detail, value: each.body() }]));
}
