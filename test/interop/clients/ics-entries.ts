// The events of a calendar file, as a calendar store gives them out.
// Used by clients whose calendar is read as iCalendar.
import ICAL from 'ical.js';
import type { Entry } from '../seat';

/** PARTSTAT is that of the first ATTENDEE; times in a zone need its VTIMEZONE in the file. */
export function entriesIn(text: string): Entry[] {
  if (!text.includes('BEGIN:VCALENDAR')) return [];
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const partstat = component.getFirstProperty('attendee')?.getFirstParameter('partstat').toLowerCase();
    return {
      uid: event.uid,
      start: event.startDate.toJSDate(),
      title: event.summary,
      ...(partstat ? { partstat } : {}),
      cancelled: component.getFirstPropertyValue('status') === 'CANCELLED',
    };
  });
}
