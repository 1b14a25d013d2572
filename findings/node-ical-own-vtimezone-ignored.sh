#!/bin/sh
# node-ical 0.27.2: a VTIMEZONE whose TZID is not a known name is ignored. The file defines "Office" as five hours ahead of UTC, and
# by RFC 5545 3.6.5 this definition counts. But ten o'clock in that zone is read as ten o'clock UTC, without an error.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node-ical@0.27.2
cat > seen.cjs <<'EOT'
const ical = require('node-ical');
const { version } = JSON.parse(require('fs').readFileSync('node_modules/node-ical/package.json', 'utf8'));
const text = [
  'BEGIN:VCALENDAR', 'PRODID:-//Example//EN', 'VERSION:2.0', 'METHOD:REQUEST', 'BEGIN:VTIMEZONE', 'TZID:Office',
  'BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:+0500', 'TZOFFSETTO:+0500', 'END:STANDARD', 'END:VTIMEZONE',
  'BEGIN:VEVENT', 'UID:1@example.net', 'DTSTAMP:20300101T000000Z', 'DTSTART;TZID=Office:20300102T100000',
  'DTEND;TZID=Office:20300102T110000', 'SUMMARY:x', 'END:VEVENT', 'END:VCALENDAR', '',
].join('\r\n');
const event = Object.values(ical.sync.parseICS(text)).find(({ type }) => type === 'VEVENT');
const seen = event.start.toISOString();
console.log(`${version}: 10:00 in a zone five hours ahead of UTC is read as ${seen} (right: 2030-01-02T05:00:00.000Z)`);
if (seen !== '2030-01-02T10:00:00.000Z') {
  console.log('This has changed.');
  process.exit(1);
}
EOT
TZ=UTC node seen.cjs
