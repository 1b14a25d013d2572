// The current REQUEST of one attendee as a file: the same event as their newest letter, for calendars that no mail
// program has put it into. Called by answer.service.ts; pure.
import { allowsProposals, counterpartyOf } from '#contracts';
import { buildInvite } from '#ics';
import { organizerAddress, secretsOf } from '#tokens';
import { invitationDescription, invitationWordsFor, knownZone } from '#words';
import type { Invitation, Room } from '../rooms/room';
import type { SchedulingApiSettings } from '../settings';

/** `proposeToken`: of the attendee's reschedule link that still opens; null where there is none. */
interface FileFacts {
  room: Room;
  invited: Invitation;
  tagKey: string | null;
  dtstamp: Date;
  proposeToken: string | null;
}

type FileSettings = Pick<
  SchedulingApiSettings,
  'ORGANIZER_EMAIL' | 'ORGANIZER_NAME' | 'PUBLIC_URL' | 'ICS_TIMES' | 'TOKEN_SECRET' | 'TOKEN_SECRET_PREVIOUS'
>;

/** The text of a REQUEST (RFC 5546 3.2.2) with this attendee alone; CRLF lines. */
export function calendarFile(facts: FileFacts, settings: FileSettings): string {
  const { room, invited, tagKey, dtstamp, proposeToken } = facts;
  const secrets = secretsOf(settings);
  const binding = { uid: room.uid, invitationId: invited.invitationId };
  const zone = knownZone(invited.timeZone);
  return buildInvite({
    method: 'REQUEST',
    uid: room.uid,
    sequence: room.sequence,
    dtstamp,
    startUtc: room.startUtc,
    endUtc: room.endUtc,
    summary: room.title,
    description: invitationDescription(invitationWordsFor(invited.locale), {
      reason: null,
      joinUrl: room.location === null ? null : room.videoUrl,
      other: counterpartyOf(invited.role),
      rescheduleUrl: proposeToken === null ? null : `${settings.PUBLIC_URL}/reschedule?r=${proposeToken}`,
    }),
    location: room.location ?? room.videoUrl,
    organizer: {
      email: organizerAddress(settings.ORGANIZER_EMAIL, tagKey, secrets, binding),
      name: settings.ORGANIZER_NAME ?? null,
    },
    attendee: { email: invited.email, name: invited.name, partstat: invited.partstat },
    disallowCounter: !allowsProposals(room.policy, invited.role),
    timeZone: settings.ICS_TIMES === 'zone' && zone !== 'UTC' ? zone : null,
  });
}
