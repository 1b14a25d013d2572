// A calendar of ours as ical.js reads it: another reader than the writer's own.
// Used by the tests of calendar files.
import ICAL from 'ical.js';

export interface ReadCalendar {
  method: string;
  uid: string;
  sequence: number;
  summary: string;
  description: string;
  start: string;
  organizer: string;
  attendees: string[];
  partstats: string[];
}

export function readCalendar(text: string): ReadCalendar {
  const calendar = new ICAL.Component(ICAL.parse(text) as never);
  const event = calendar.getFirstSubcomponent('vevent');
  if (!event) throw new Error('no VEVENT');
  const value = (name: string): unknown => event.getFirstPropertyValue(name);
  const attendees = event.getAllProperties('attendee');
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    uid: String(value('uid')),
    sequence: Number(value('sequence')),
    summary: String(value('summary')),
    description: String(value('description')),
    start: (value('dtstart') as ICAL.Time).toJSDate().toISOString(),
    organizer: String(value('organizer')),
    attendees: attendees.map((each) => String(each.getFirstValue())),
    partstats: attendees.map((each) => String(each.getParameter('partstat'))),
  };
}
