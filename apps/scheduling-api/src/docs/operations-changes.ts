// The calls that change a room that is made, for the API's description.
// Part of the table in operations.ts.
import { AttendeeRequest, RescheduleRequest, UpdateRequest } from '../rooms/change-requests';
import { RoomResponse } from './response-schemas';
import { type Operation, sample } from './operation';

const response = { status: 200, what: 'The room.', schema: RoomResponse };
const shared = { method: 'post', tag: 'Rooms', opens: 'key', response, problems: [404, 409, 413, 422] } as const;

export const changes: Operation[] = [
  {
    ...shared,
    problems: [...shared.problems],
    path: '/api/practice-room/reschedule',
    id: 'rescheduleRoom',
    body: RescheduleRequest,
    summary: 'Move a room to another time',
    description:
      'Both get a REQUEST with the new time, one sequence up, and are asked to answer again. Pending requests ' +
      'for a new time end; the letter says so to their proposers. The same time again is 200 and mails nobody.',
    example: {
      roomId: sample.roomId,
      startUtc: '2031-05-09T14:00:00Z',
      endUtc: '2031-05-09T15:00:00Z',
      reason: 'the hall is taken that day',
    },
  },
  {
    ...shared,
    problems: [...shared.problems],
    path: '/api/practice-room/update',
    id: 'updateRoom',
    body: UpdateRequest,
    summary: 'Change title, location, video link or externalId',
    description:
      'A field that is left out stays, `null` clears it. Title, location and video link mail both; a new ' +
      'location or link also asks both to answer again. `externalId` alone mails nobody.',
    example: { roomId: sample.roomId, title: 'Dress Rehearsal', location: 'Room 4' },
  },
  {
    ...shared,
    problems: [...shared.problems],
    path: '/api/practice-room/attendee',
    id: 'changeAttendee',
    body: AttendeeRequest,
    summary: 'Correct who a party is',
    description:
      'Another address is another invitation: it gets a REQUEST, the old one a CANCEL, and the links and ' +
      'replies of the old one are dead. The other party is mailed nothing, unless their own request for a new time ' +
      'ends with it. Name, zone and locale alone mail nobody.',
    example: { roomId: sample.roomId, role: 'guest', email: 'gill@example.org', name: 'Gill' },
  },
];
