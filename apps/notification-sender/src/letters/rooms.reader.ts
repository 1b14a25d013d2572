// Reads a room in the form of the events, for events that contain ids only.
// Called by letters.consumer.ts; the tables are scheduling-api's, any app may read them.
import { type InvitationSnapshot, Policy, type RoomSnapshot } from '#contracts';
import type { Queryable } from '#persistence';

interface RoomRow {
  ics_uid: string;
  ics_sequence: number;
  status: RoomSnapshot['status'];
  title: string;
  start_utc: Date | null;
  end_utc: Date | null;
  location: string | null;
  video_url: string | null;
  on_decline: string;
  proposals: string;
  proposal_ttl_hours: number;
}

interface InvitationRow {
  id: string;
  attendee_role: InvitationSnapshot['role'];
  attendee_email: string;
  attendee_name: string | null;
  time_zone: string;
  locale: string;
  last_partstat: InvitationSnapshot['partstat'];
}

/** The current room, without links; null where there is none, or one of Phase 1 without a time. */
export async function readRoom(db: Queryable, roomId: string): Promise<RoomSnapshot | null> {
  const [[room], invitations] = await Promise.all([
    db.query<RoomRow>(
      'select ics_uid, ics_sequence, status, title, start_utc, end_utc, location, video_url, on_decline, ' +
        'proposals, proposal_ttl_hours from practice_rooms where id = $1',
      [roomId],
    ),
    db.query<InvitationRow>(
      'select id, attendee_role, attendee_email, attendee_name, time_zone, locale, last_partstat from ' +
        'invitations where room_id = $1 order by attendee_role',
      [roomId],
    ),
  ]);
  if (!room?.start_utc || !room.end_utc) return null;
  return {
    roomId,
    uid: room.ics_uid,
    sequence: room.ics_sequence,
    status: room.status,
    title: room.title,
    startUtc: room.start_utc.toISOString(),
    endUtc: room.end_utc.toISOString(),
    location: room.location,
    videoUrl: room.video_url,
    policy: Policy.parse({
      onDecline: room.on_decline,
      proposals: room.proposals,
      proposalTtlHours: room.proposal_ttl_hours,
    }),
    invitations: invitations.map(toSnapshot),
  };
}

const toSnapshot = (row: InvitationRow): InvitationSnapshot => ({
  invitationId: row.id,
  role: row.attendee_role,
  email: row.attendee_email,
  name: row.attendee_name,
  timeZone: row.time_zone,
  locale: row.locale,
  partstat: row.last_partstat,
  rescheduleLink: null,
});
