// Every state a link page can be in, each with the request that shows it.
// Used by the browser tests that look at all pages and by the privacy test.
import type { Role } from '#contracts';
import type { Api, ApiBody } from '../../support/scheduling-api';
import { age, bookedRoom, hourAhead, press, proposal, type SentProposal, tokenFor, visit } from './links-fixtures';

/** How a state is reached by a browser: a page to open, or a form to send. */
export type Request = { path: string; fields?: Record<string, string> };

/** Host and guest as a room is booked with, and what the proposer writes to the other. */
export interface People {
  host: Record<string, unknown>;
  guest: Record<string, unknown>;
  note?: string;
}

export interface LinkState {
  name: string;
  status: number;
  /** Makes the state on a room of its own, and returns the request that shows it. */
  reach(api: Api, people: People): Promise<Request>;
}

const usual = 'I have to bring the children to school first.\nAny time after ten is fine!';

const booked = (api: Api, { host, guest }: People): Promise<ApiBody> => bookedRoom(api, { host, guest });

/** A room whose guest has proposed, seen by the host. */
async function asked(api: Api, people: People): Promise<{ room: ApiBody; made: SentProposal }> {
  const room = await booked(api, people);
  return {
    room,
    made: await proposal(api, room, 'guest', hourAhead(6, 2), { note: (people.note ?? usual).replace('\n', ' ') }),
  };
}

/** The same with three times. */
const askedSeveral = async (api: Api, people: People): Promise<SentProposal> =>
  proposal(api, await booked(api, people), 'guest', hourAhead(6, 2), {
    note: (people.note ?? usual).replace('\n', ' '),
    alternatives: [8, 9].map((days) => ({
      startUtc: hourAhead(days).toISOString(),
      endUtc: hourAhead(days, 2).toISOString(),
    })),
  });

const reschedule = async (api: Api, room: ApiBody, role: Role): Promise<string> =>
  `/reschedule?r=${await tokenFor(api.database.db, room.roomId, role, 'propose')}`;

/** The link of the approval mail to another time instead. */
const suggestOf = (api: Api, { roomId, proposalId }: SentProposal): Promise<string> =>
  tokenFor(api.database.db, roomId, 'host', 'propose', proposalId);

const answerOf = (api: Api, { roomId }: ApiBody): Promise<string> =>
  tokenFor(api.database.db, roomId, 'guest', 'answer');

/** A room that a decline does not cancel. */
const standing = (api: Api, { host, guest }: People): Promise<ApiBody> =>
  bookedRoom(api, { host, guest, policy: { onDecline: 'soft' } });

export const linkStates: LinkState[] = [
  {
    name: 'form',
    status: 200,
    reach: async (api, people) => ({ path: await reschedule(api, await booked(api, people), 'guest') }),
  },
  {
    name: 'form-with-pending',
    status: 200,
    reach: async (api, people) => {
      const { room } = await asked(api, people);
      const [start, end] = [hourAhead(7).toISOString(), hourAhead(7, 2).toISOString()];
      return { path: `${await reschedule(api, room, 'host')}&start=${start}&end=${end}&zone=Asia/Tokyo` };
    },
  },
  {
    name: 'form-with-faults',
    status: 422,
    reach: async (api, people) => {
      const token = await tokenFor(api.database.db, (await booked(api, people)).roomId, 'guest', 'propose');
      return {
        path: '/api/reschedule/propose',
        fields: {
          token,
          date: '2030-03-31',
          time: '02:30',
          zone: 'Europe/Berlin',
          length: 'keep',
          note: `${usual}\u0007`,
        },
      };
    },
  },
  {
    name: 'form-with-a-time-that-comes-twice',
    status: 422,
    reach: async (api, people) => {
      const token = await tokenFor(api.database.db, (await booked(api, people)).roomId, 'guest', 'propose');
      return {
        path: '/api/reschedule/propose',
        fields: { token, date: '2030-10-27', time: '02:30', zone: 'Europe/Berlin', length: '90', note: usual },
      };
    },
  },
  {
    name: 'sent',
    status: 201,
    reach: async (api, people) => {
      const token = await tokenFor(api.database.db, (await booked(api, people)).roomId, 'guest', 'propose');
      return {
        path: '/api/reschedule/propose',
        fields: {
          token,
          date: hourAhead(8).toISOString().slice(0, 10),
          time: '10:00',
          zone: 'UTC',
          length: '90',
          note: usual,
        },
      };
    },
  },
  {
    name: 'used',
    status: 409,
    reach: async (api, people) => {
      const room = await booked(api, people);
      const path = await reschedule(api, room, 'guest');
      await proposal(api, room, 'guest');
      return { path };
    },
  },
  {
    name: 'expired-link',
    status: 410,
    reach: async (api, people) => {
      const room = await booked(api, people);
      await age.links(api, room.roomId);
      return { path: await reschedule(api, room, 'host') };
    },
  },
  {
    name: 'fresh-link-asked',
    status: 200,
    reach: async (api, people) => {
      const room = await booked(api, people);
      return {
        path: '/reschedule/fresh',
        fields: { r: await tokenFor(api.database.db, room.roomId, 'guest', 'propose') },
      };
    },
  },
  {
    name: 'form-cancelled',
    status: 409,
    reach: async (api, people) => {
      const room = await booked(api, people);
      await api.post('/api/practice-room/delete', { roomId: room.roomId });
      return { path: await reschedule(api, room, 'guest') };
    },
  },
  {
    name: 'form-started',
    status: 409,
    reach: async (api, people) => {
      const room = await booked(api, people);
      await age.room(api, room.roomId);
      return { path: await reschedule(api, room, 'guest') };
    },
  },
  {
    name: 'form-not-allowed',
    status: 409,
    reach: async (api, people) => {
      const room = await booked(api, people);
      await api.database.db.query(`update practice_rooms set proposals = 'host' where id = $1`, [room.roomId]);
      return { path: await reschedule(api, room, 'guest') };
    },
  },
  { name: 'unknown', status: 404, reach: async () => ({ path: '/approve?t=cut' }) },
  {
    name: 'buttons',
    status: 200,
    reach: async (api, people) => {
      const { made } = await asked(api, people);
      await visit(api, `/approve?t=${made.approve}`);
      await press(api, '/undo', { t: made.approve });
      return { path: `/approve?t=${made.approve}` };
    },
  },
  {
    name: 'held-approval',
    status: 200,
    reach: async (api, people) => ({ path: `/approve?t=${(await asked(api, people)).made.approve}` }),
  },
  {
    name: 'held-decline',
    status: 200,
    reach: async (api, people) => ({ path: `/decline?t=${(await asked(api, people)).made.decline}` }),
  },
  {
    name: 'undone',
    status: 200,
    reach: async (api, people) => {
      const { made } = await asked(api, people);
      await visit(api, `/approve?t=${made.approve}`);
      return { path: '/undo', fields: { t: made.approve } };
    },
  },
  {
    name: 'nothing-to-undo',
    status: 409,
    reach: async (api, people) => ({ path: '/undo', fields: { t: (await asked(api, people)).made.decline } }),
  },
  {
    name: 'contested',
    status: 200,
    reach: async (api, people) => {
      const { made } = await asked(api, people);
      await visit(api, `/approve?t=${made.approve}`);
      return { path: `/decline?t=${made.decline}` };
    },
  },
  {
    name: 'approved',
    status: 200,
    reach: async (api, people) => ({ path: '/approve', fields: { t: (await asked(api, people)).made.approve } }),
  },
  {
    name: 'declined',
    status: 200,
    reach: async (api, people) => ({ path: '/decline', fields: { t: (await asked(api, people)).made.decline } }),
  },
  {
    name: 'decided-before',
    status: 409,
    reach: async (api, people) => {
      const { made } = await asked(api, people);
      await press(api, '/approve', { t: made.approve });
      return { path: '/decline', fields: { t: made.decline } };
    },
  },
  {
    name: 'approved-then-cancelled',
    status: 200,
    reach: async (api, people) => {
      const { room, made } = await asked(api, people);
      await press(api, '/approve', { t: made.approve });
      await api.post('/api/practice-room/delete', { roomId: room.roomId });
      return { path: `/approve?t=${made.approve}` };
    },
  },
  {
    name: 'expired-proposal',
    status: 410,
    reach: async (api, people) => {
      const { made } = await asked(api, people);
      await age.proposal(api, made);
      return { path: `/approve?t=${made.approve}` };
    },
  },
  {
    name: 'replaced',
    status: 410,
    reach: async (api, people) => {
      const { room, made } = await asked(api, people);
      await press(api, '/reschedule/fresh', { r: await tokenFor(api.database.db, room.roomId, 'guest', 'propose') });
      await proposal(api, room, 'guest', hourAhead(9));
      return { path: `/decline?t=${made.decline}` };
    },
  },
  {
    name: 'lapsed',
    status: 409,
    reach: async (api, people) => {
      const { room, made } = await asked(api, people);
      await visit(api, `/approve?t=${made.approve}`);
      const other = await proposal(api, room, 'host', hourAhead(9));
      await press(api, '/approve', { t: other.approve });
      return { path: `/approve?t=${made.approve}` };
    },
  },
  {
    name: 'older-time',
    status: 409,
    reach: async (api, people) => {
      const { room, made } = await asked(api, people);
      const other = await proposal(api, room, 'host', hourAhead(9));
      await press(api, '/approve', { t: other.approve });
      return { path: `/approve?t=${made.approve}` };
    },
  },
  {
    name: 'cancelled-proposal',
    status: 409,
    reach: async (api, people) => {
      const { room, made } = await asked(api, people);
      await api.post('/api/practice-room/delete', { roomId: room.roomId });
      return { path: `/approve?t=${made.approve}` };
    },
  },
  {
    name: 'answer-strict',
    status: 200,
    reach: async (api, people) => ({ path: `/answer?a=${await answerOf(api, await booked(api, people))}` }),
  },
  {
    name: 'answer-soft',
    status: 200,
    reach: async (api, people) => ({ path: `/answer?a=${await answerOf(api, await standing(api, people))}` }),
  },
  {
    name: 'answer-changed',
    status: 200,
    reach: async (api, people) => {
      const token = await answerOf(api, await standing(api, people));
      await press(api, '/answer', { a: token, partstat: 'declined', note: (people.note ?? usual).slice(0, 300) });
      return { path: `/answer?a=${token}` };
    },
  },
  {
    name: 'answer-nothing-chosen',
    status: 422,
    reach: async (api, people) => ({
      path: '/answer',
      fields: { a: await answerOf(api, await standing(api, people)), partstat: '' },
    }),
  },
  ...(['accepted', 'tentative', 'declined'] as const).map((partstat): LinkState => ({
    name: `answered-${partstat}`,
    status: 200,
    reach: async (api, people) => ({
      path: '/answer',
      fields: { a: await answerOf(api, await standing(api, people)), partstat },
    }),
  })),
  {
    name: 'answered-cancelled',
    status: 200,
    reach: async (api, people) => ({
      path: '/answer',
      fields: { a: await answerOf(api, await booked(api, people)), partstat: 'declined' },
    }),
  },
  {
    name: 'answer-outdated',
    status: 409,
    reach: async (api, people) => {
      const { room, made } = await asked(api, people);
      const token = await answerOf(api, room);
      await press(api, '/approve', { t: made.approve });
      return { path: `/answer?a=${token}` };
    },
  },
  {
    name: 'answer-too-late',
    status: 410,
    reach: async (api, people) => {
      const room = await booked(api, people);
      const token = await answerOf(api, room);
      await age.room(api, room.roomId);
      return { path: `/answer?a=${token}` };
    },
  },
  {
    name: 'answer-cancelled',
    status: 409,
    reach: async (api, people) => {
      const room = await booked(api, people);
      const token = await answerOf(api, room);
      await api.post('/api/practice-room/delete', { roomId: room.roomId });
      return { path: `/answer?a=${token}` };
    },
  },
  {
    name: 'form-several',
    status: 200,
    reach: async (api, people) => {
      const path = await reschedule(api, await booked(api, people), 'guest');
      const starts = [hourAhead(6), hourAhead(7, 3)].map((each) => each.toISOString());
      return { path: `${path}&start=${starts[0]}&start2=${starts[1]}&start3=` };
    },
  },
  ...(['approve', 'decline'] as const).map((decision): LinkState => ({
    name: `choose-several-${decision}`,
    status: 200,
    reach: async (api, people) => {
      const made = await askedSeveral(api, people);
      await visit(api, `/approve?t=${made.approve}`);
      await visit(api, `/decline?t=${made.decline}`);
      return { path: `/${decision}?t=${made[decision]}` };
    },
  })),
  {
    name: 'sent-several',
    status: 201,
    reach: async (api, people) => ({
      path: '/api/reschedule/propose',
      fields: {
        token: await tokenFor(api.database.db, (await booked(api, people)).roomId, 'guest', 'propose'),
        zone: 'UTC',
        date: hourAhead(6).toISOString().slice(0, 10),
        time: '10:00',
        date2: hourAhead(7).toISOString().slice(0, 10),
        time2: '11:00',
        length: 'keep',
        note: (people.note ?? usual).slice(0, 300),
      },
    }),
  },
  {
    name: 'held-several',
    status: 200,
    reach: async (api, people) => {
      const made = await askedSeveral(api, people);
      return { path: `/approve?t=${made.approve}` };
    },
  },
  {
    name: 'form-instead',
    status: 200,
    reach: async (api, people) => {
      const { made } = await asked(api, people);
      return { path: `/reschedule?r=${await suggestOf(api, made)}` };
    },
  },
  {
    name: 'sent-instead',
    status: 201,
    reach: async (api, people) => {
      const { made } = await asked(api, people);
      const [date, note] = [hourAhead(8).toISOString().slice(0, 10), (people.note ?? usual).slice(0, 300)];
      const fields = { token: await suggestOf(api, made), date, time: '10:00', zone: 'UTC', length: 'keep', note };
      return { path: '/api/reschedule/propose', fields };
    },
  },
  {
    name: 'choose-instead',
    status: 200,
    reach: async (api, people) => {
      const { made } = await asked(api, people);
      const other = await proposal(api, made, 'host', hourAhead(8), { token: await suggestOf(api, made) });
      await visit(api, `/approve?t=${other.approve}`);
      await visit(api, `/decline?t=${other.decline}`);
      return { path: `/approve?t=${other.approve}` };
    },
  },
  {
    name: 'suggested-instead',
    status: 200,
    reach: async (api, people) => {
      const { made } = await asked(api, people);
      await proposal(api, made, 'host', hourAhead(8), { token: await suggestOf(api, made) });
      return { path: `/approve?t=${made.approve}` };
    },
  },
  {
    name: 'declined-several',
    status: 200,
    reach: async (api, people) => {
      const made = await askedSeveral(api, people);
      return { path: '/decline', fields: { t: made.decline } };
    },
  },
];
