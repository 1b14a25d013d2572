// One invitation for the tests of this lib, and the two independent views of a calendar text that they compare with.
// Used by specs only.
import ICAL from 'ical.js';
import type { InviteFields } from './calendar-message';

export const invite = (changes: Partial<InviteFields> = {}): InviteFields => ({
  method: 'REQUEST',
  uid: '0b9c1c52-6a3e-4d0f-9a57-3f1de2b7c4aa@example.org',
  sequence: 0,
  dtstamp: new Date('2026-11-23T08:00:00.000Z'),
  startUtc: new Date('2026-12-01T09:00:00.000Z'),
  endUtc: new Date('2026-12-01T10:00:00.000Z'),
  summary: 'Practice Session',
  description: [
    'Accept or decline with the buttons of your calendar.',
    '',
    'To request a new time, open this link:',
    'https://scheduling.example.org/reschedule?r=C5wcUmo-TQ-aVz8d4rfEqg.TsUmJp1cN0oOsq4lZ2m3mGv8cP7wYq0nR6xkD1bEfHi',
  ].join('\n'),
  location: 'Studio 2, Hauptstraße 5; second floor',
  organizer: { email: 'scheduling@example.org', name: 'Scheduling' },
  attendee: { email: 'ann+music@example.net', name: 'Ann Doe', partstat: 'needs-action' },
  disallowCounter: false,
  timeZone: null,
  ...changes,
});

/** The physical lines of a text that must end in CRLF. */
export function physicalLines(text: string): string[] {
  const lines = text.split('\r\n');
  expect(lines.pop()).toBe('');
  return lines;
}

/** The event as ical.js reads it; its VTIMEZONE, if any, registered for the time of the call only. */
export function readByIcalJs(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const events = calendar.getAllSubcomponents('vevent');
  const [event] = events;
  if (event === undefined || events.length !== 1) throw new Error(`${events.length} events`);
  const value = (name: string): string | null => {
    const found: unknown = event.getFirstPropertyValue(name);
    return found === null ? null : String(found);
  };
  const zones = calendar.getAllSubcomponents('vtimezone').map((component) => new ICAL.Timezone(component));
  const instant = (name: string, otherRules?: ICAL.Timezone): Date => {
    const time = event.getFirstPropertyValue(name);
    if (!(time instanceof ICAL.Time)) throw new Error(`no ${name}`);
    const zone = otherRules ?? zones.find(({ tzid }) => tzid === event.getFirstProperty(name)?.getParameter('tzid'));
    if (zone !== undefined) time.zone = zone;
    return time.toJSDate();
  };
  return { calendar, event, attendees: event.getAllProperties('attendee'), value, instant };
}
