#!/bin/sh
# ics 3.12.0 writes a quotation mark inside a name as \" within the quotes of CN. RFC 5545 3.2 has no such escape, so the name
# ends at that mark: ical.js 2.2.1 reads back a different name. ical-generator 11.1.2 writes ^' (RFC 6868).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ical-generator@11.1.2 ics@3.12.0 ical.js@2.2.1
cat > seen.mjs <<'EOT'
import generator from 'ical-generator';
import { createEvent } from 'ics';
import ICAL from 'ical.js';
const [name, email] = ['Jane "JD" Doe', 'jane@example.net'];
const calendar = generator();
calendar
  .createEvent({ start: new Date('2030-01-02T09:00:00Z'), end: new Date('2030-01-02T10:00:00Z'), summary: 'x' })
  .createAttendee({ name, email });
const texts = {
  'ical-generator 11.1.2': calendar.toString(),
  'ics 3.12.0': createEvent({ start: [2030, 1, 2, 9, 0], duration: { hours: 1 }, attendees: [{ name, email }] }).value,
};
const seen = {};
for (const [library, text] of Object.entries(texts)) {
  const line = text.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/).find((each) => each.startsWith('ATTENDEE'));
  const attendee = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent').getFirstProperty('attendee');
  console.log(`${library}: ${line}\n  read by ical.js as: ${attendee.getParameter('cn')}`);
  seen[library] = attendee.getParameter('cn');
}
if (seen['ics 3.12.0'] === name || seen['ical-generator 11.1.2'] !== name) {
  console.log('This has changed.');
  process.exit(1);
}
EOT
node seen.mjs
