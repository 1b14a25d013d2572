#!/bin/sh
# node-ical 0.27.2 and ts-ics 2.4.6 do not decode RFC 6868: a calendar writes Jane "JD" Doe as CN=Jane ^'JD^' Doe, and both
# show the carets. ical.js 2.2.1 decodes the name.
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
  "ATTENDEE;CN=Jane ^'JD^' Doe;PARTSTAT=ACCEPTED:mailto:jane@example.net", 'END:VEVENT', 'END:VCALENDAR', '',
].join('\r\n');
const seen = {
  'ts-ics 2.4.6': convertIcsCalendar(undefined, text).events[0].attendees[0].name,
  'node-ical 0.27.2': Object.values(ical.sync.parseICS(text))[0].attendee.params.CN,
  'ical.js 2.2.1': new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent').getFirstProperty('attendee').getParameter('cn'),
};
for (const [library, name] of Object.entries(seen)) console.log(`${library}: ${name}`);
const raw = "Jane ^'JD^' Doe";
if (seen['ts-ics 2.4.6'] !== raw || seen['node-ical 0.27.2'] !== raw || seen['ical.js 2.2.1'] !== 'Jane "JD" Doe') {
  console.log('This has changed.');
  process.exit(1);
}
EOT
node seen.mjs
