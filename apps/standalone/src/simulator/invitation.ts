// What a calendar client keeps of an invitation it received: enough to answer it the way that client would.
// Called by reply-as; reads the raw mail that the recipient got.
import { readCalendar } from '#ics';
import { readMail } from '../../../imip-ingestor/src/interpret/mail';

export interface Invitation {
  uid: string;
  sequence: number;
  organizer: { email: string; name: string | null };
  attendee: { email: string; name: string | null };
  start: Date;
  end: Date;
  /** Values as they stood in the calendar, escaped: clients give them back untouched. */
  raw: { summary: string; description: string | null; location: string | null; created: string };
  subject: string;
  messageId: string | null;
}

/**
 * Reads a REQUEST or CANCEL out of a raw mail. Throws where the mail carries no readable invitation to one attendee.
 */
export function readInvitation(mail: Buffer): Invitation {
  const { parts, subject, messageId } = readMail(mail);
  const part = parts.find((each) => each.type === 'text/calendar');
  const reading = part && readCalendar(part.body, part.params['charset']);
  if (!part || !reading?.ok) throw new Error('this mail carries no readable invitation');
  const { message } = reading;
  const [attendee] = message.attendees;
  if (!message.organizer || !attendee?.email || !isInstant(message.start) || !isInstant(message.end)) {
    throw new Error('this invitation lacks an organizer, an attendee or a time');
  }
  const values = eventValues(part.body.toString('utf8'));
  return {
    uid: message.uid,
    sequence: message.sequence ?? 0,
    organizer: { email: message.organizer, name: nameIn(values.get('ORGANIZER')?.params) },
    attendee: { email: attendee.email, name: attendee.name },
    start: message.start.instant,
    end: message.end.instant,
    raw: {
      summary: values.get('SUMMARY')?.value ?? '',
      description: values.get('DESCRIPTION')?.value ?? null,
      location: values.get('LOCATION')?.value ?? null,
      created: values.get('DTSTAMP')?.value ?? '',
    },
    subject,
    messageId,
  };
}

const isInstant = (time: { instant: Date } | { unresolved: string } | null): time is { instant: Date } =>
  time !== null && 'instant' in time;

const nameIn = (params = ''): string | null =>
  /;CN=(?:"([^"]*)"|([^;:]*))/i
    .exec(params)
    ?.slice(1)
    .find((each) => each !== undefined)
    ?.replaceAll(/\^([n'^])/g, (_code, letter: string) => (letter === 'n' ? '\n' : letter === "'" ? '"' : '^')) ?? null;

/** Properties of the event by name, unfolded, values still escaped. */
function eventValues(calendar: string): Map<string, { params: string; value: string }> {
  const event = calendar.slice(calendar.indexOf('BEGIN:VEVENT'));
  const lines = event.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/);
  return new Map(
    lines.flatMap((line) => {
      const match = /^([A-Z-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)$/.exec(line);
      return match ? [[match[1] ?? '', { params: match[2] ?? '', value: match[3] ?? '' }] as const] : [];
    }),
  );
}
