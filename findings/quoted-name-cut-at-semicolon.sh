#!/bin/sh
# ts-ics 2.4.6 and node-ical 0.27.2: a parameter in quotes ends at the first semicolon inside it. RFC 5545 3.2 allows `;`, `:` and
# `,` between the quotes, and calendars write names that way; ical.js 2.2.1 reads the same line whole.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ts-ics@2.4.6 node-ical@0.27.2 ical.js@2.2.1
cat > seen.mjs <<'EOT'
import { convertIcsCalendar } from 'ts-ics';
import ical from 'node-ical';
import ICAL from 'ical.js';
const text = [
  'BEGIN:VCALENDAR', 'PRODID:-//Example//EN', 'VERSION:2.0', 'METHOD:REPLY', 'BEGIN:VEVENT', 'UID:1@example.net',
  'DTSTAMP:20300101T090000Z', 'DTSTART:20300102T090000Z', 'DTEND:20300102T100000Z', 'ORGANIZER:mailto:rooms@example.net',
  'ATTENDEE;CN="Doe; Jane";PARTSTAT=ACCEPTED:mailto:jane@example.net', 'END:VEVENT', 'END:VCALENDAR', '',
].join('\r\n');
const seen = {
  'ts-ics 2.4.6': convertIcsCalendar(undefined, text).events[0].attendees[0].name,
  'node-ical 0.27.2': Object.values(ical.sync.parseICS(text))[0].attendee.params.CN,
  'ical.js 2.2.1': new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent').getFirstProperty('attendee').getParameter('cn'),
};
for (const [library, name] of Object.entries(seen)) console.log(`${library}: ${name}`);
if (seen['ts-ics 2.4.6'] !== '"Doe' || seen['node-ical 0.27.2'] !== '"Doe' || seen['ical.js 2.2.1'] !== 'Doe; Jane') {
  console.log('This has changed.');
  process.exit(1);
}
EOT
node seen.mjs
