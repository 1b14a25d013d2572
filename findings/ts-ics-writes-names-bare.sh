#!/bin/sh
# ts-ics 2.4.6 writes every name without quotes, also one with a colon in it: "CN=Doe: Jane:MAILTO:jane@example.net". RFC 5545 3.2
# requires quotes around `;`, `:` and `,`. Its own parser then reads neither the name nor the address correctly.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ts-ics@2.4.6
cat > seen.mjs <<'EOT'
import { convertIcsCalendar, generateIcsCalendar } from 'ts-ics';
const stamp = { date: new Date('2030-01-01T00:00:00Z') };
const events = [
  { uid: '1@example.net', stamp, start: stamp, duration: { hours: 1 }, summary: 'x', attendees: [{ name: 'Doe: Jane', email: 'jane@example.net' }] },
];
const text = generateIcsCalendar({ version: '2.0', prodId: '-//Example//EN', events });
const line = text.split(/\r?\n/).find((each) => each.startsWith('ATTENDEE'));
let back;
try {
  back = JSON.stringify(convertIcsCalendar(undefined, text).events?.[0]?.attendees?.[0]);
} catch (error) {
  back = `refused: ${error.message}`;
}
console.log(`2.4.6: ${line}\n  its own parser: ${back}`);
if (line !== 'ATTENDEE;CN=Doe: Jane:MAILTO:jane@example.net' || back === '{"email":"jane@example.net","name":"Doe: Jane"}') {
  console.log('This has changed.');
  process.exit(1);
}
EOT
node seen.mjs
