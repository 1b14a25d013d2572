// Every operation of the API as a table: request, response, and an example that a test sends to the running product.
// Read by openapi.ts; the schemas of requests are the ones that the code itself parses with.
import {
  BookRequest,
  CreateRequest,
  DeleteRequest,
  ListQuery,
  SendCancelRequest,
  SendRequest,
} from '../rooms/requests';
import { LetterResponse, RoomResponse, RoomsResponse, TimelineResponse } from './response-schemas';
import { health } from './operations-health';
import { links } from './operations-links';
import { changes } from './operations-changes';
import { mailIn } from './operations-mail-in';
import { type Operation, sample } from './operation';
import { people } from './operations-people';
import { webhooks } from './operations-webhooks';

const start = '2031-05-06T14:00:00Z';
const end = '2031-05-06T15:00:00Z';
const host = { email: sample.host, name: 'Hana', timeZone: 'Europe/Berlin' };
const guest = { email: sample.guest, name: 'Gil', timeZone: 'America/New_York', locale: 'en-US' };

const rooms: Operation[] = [
  {
    method: 'post',
    path: '/api/practice-room/create',
    id: 'createRoom',
    tag: 'Rooms',
    opens: 'key',
    body: CreateRequest,
    summary: 'Create a room, and book it at once if a guest is given',
    description:
      'With `guest` it is create and book in one transaction: both invitations are sent. ' +
      'Without `guest` nobody is mailed until the room is booked.',
    example: {
      title: 'Practice Session',
      startUtc: start,
      endUtc: end,
      host,
      guest,
      location: 'Room 3',
      policy: { onDecline: 'strict' },
      externalId: 'order-1042',
    },
    response: { status: 201, what: 'The room.', schema: RoomResponse },
    problems: [413, 422],
  },
  {
    method: 'post',
    path: '/api/practice-room/book',
    id: 'bookRoom',
    tag: 'Rooms',
    opens: 'key',
    body: BookRequest,
    summary: 'Book a room for a guest',
    description: 'The same guest again is 200 and mails nobody; another guest is 409 `already-booked`.',
    example: { roomId: sample.roomId, guest },
    response: { status: 200, what: 'The room.', schema: RoomResponse },
    problems: [404, 409, 413, 422],
  },
  {
    method: 'post',
    path: '/api/practice-room/delete',
    id: 'deleteRoom',
    tag: 'Rooms',
    opens: 'key',
    body: DeleteRequest,
    summary: 'Cancel a room',
    description: 'Both get a CANCEL. Again: the same answer and no second mail.',
    example: { roomId: sample.roomId, reason: 'the host is ill' },
    response: { status: 200, what: 'The cancelled room.', schema: RoomResponse },
    problems: [404, 413, 422],
  },
  ...changes,
  {
    method: 'get',
    path: '/api/practice-room',
    id: 'listRooms',
    tag: 'Rooms',
    opens: 'key',
    query: ListQuery,
    summary: 'List rooms, by start, or by last change with `updatedSince`',
    description:
      'To follow changes, read all pages since `updatedSince`, then again from the latest `updatedAt`; none is missed.',
    example: { status: 'scheduled', from: '2031-05-01T00:00:00Z', limit: '20' },
    response: { status: 200, what: 'One page; `nextCursor` is null on the last.', schema: RoomsResponse },
    problems: [422],
  },
  {
    method: 'get',
    path: '/api/practice-room/{roomId}',
    id: 'readRoom',
    tag: 'Rooms',
    opens: 'key',
    summary: 'Read a room',
    response: { status: 200, what: 'The room.', schema: RoomResponse },
    problems: [404],
  },
  {
    method: 'get',
    path: '/api/practice-room/{roomId}/timeline',
    id: 'readTimeline',
    tag: 'Rooms',
    opens: 'key',
    summary: 'Everything that happened in a room',
    description: 'Calls, mails out and in, tokens used, decisions; the oldest first.',
    response: { status: 200, what: 'The timeline.', schema: TimelineResponse },
    problems: [404],
  },
];

const letterExample = { uid: sample.uid, attendeeEmail: sample.guest, startUtc: start, endUtc: end, sequence: 0 };
const owed = 'Sends it where it was never sent; times, sequence or attendee that are not the room’s are a 409.';
const letterAnswer = { status: 200, what: 'The letter’s Message-ID and how far it is.', schema: LetterResponse };

const letters: Operation[] = [
  {
    method: 'post',
    path: '/api/ics/send-invite',
    id: 'sendInvite',
    tag: 'Letters',
    opens: 'key',
    body: SendRequest,
    summary: 'Send the invitation that the room owes to one attendee',
    description: owed,
    example: letterExample,
    response: letterAnswer,
    problems: [404, 409, 413, 422],
  },
  {
    method: 'post',
    path: '/api/ics/send-update',
    id: 'sendUpdate',
    tag: 'Letters',
    opens: 'key',
    body: SendRequest,
    summary: 'Send the update that the room owes to one attendee',
    description: owed,
    example: letterExample,
    response: letterAnswer,
    problems: [404, 409, 413, 422],
  },
  {
    method: 'post',
    path: '/api/ics/send-cancel',
    id: 'sendCancel',
    tag: 'Letters',
    opens: 'key',
    body: SendCancelRequest,
    summary: 'Send the cancellation that a cancelled room owes to one attendee',
    description: `${owed} On a scheduled room: 409.`,
    example: { uid: sample.uid, attendeeEmail: sample.guest },
    response: letterAnswer,
    problems: [404, 409, 413, 422],
  },
];

export const operations: Operation[] = [...rooms, ...letters, ...webhooks, ...people, ...links, ...mailIn, ...health];
