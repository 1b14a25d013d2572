#!/bin/sh
# @touch4it/ical-timezones 1.9.0, the VTIMEZONE source of the first example in ical-generator's README, has summer time for Sao Paulo
# (abolished in 2019), Mexico City and Tehran (2022). Nine o'clock there is then an hour early for a calendar that reads the VTIMEZONE
# (RFC 5545 3.6.5), as ical.js 2.2.1 does, and right for one that goes by the zone's name, as node-ical 0.27.2 does.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @touch4it/ical-timezones@1.9.0 ical-generator@11.1.2 ical.js@2.2.1 node-ical@0.27.2
cat > seen.mjs <<'EOT'
import { getVtimezoneComponent } from '@touch4it/ical-timezones';
import generator from 'ical-generator';
import ICAL from 'ical.js';
import ical from 'node-ical';
const meetings = [
  ['Europe/Berlin', '2030-07-15', '07:00 07:00'],
  ['America/Sao_Paulo', '2030-01-15', '11:00 12:00'],
  ['America/Mexico_City', '2030-07-15', '14:00 15:00'],
  ['Asia/Tehran', '2030-07-15', '04:30 05:30'],
];
let hasChanged = false;
for (const [name, day, expected] of meetings) {
  const calendar = generator({ timezone: { name, generator: getVtimezoneComponent } });
  calendar.createEvent({ start: `${day}T09:00:00`, end: `${day}T10:00:00`, timezone: name, summary: 'x' });
  const text = calendar.toString();
  const event = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent'));
  const other = Object.values(ical.sync.parseICS(text)).find(({ type }) => type === 'VEVENT');
  const [byRule, byName] = [event.startDate.toJSDate(), other.start].map((time) => time.toISOString().slice(11, 16));
  console.log(`${day} 09:00 ${name}: ical.js ${byRule} UTC, node-ical ${byName} UTC`);
  hasChanged ||= `${byRule} ${byName}` !== expected;
}
if (hasChanged) {
  console.log('This has changed.');
  process.exit(1);
}
EOT
TZ=UTC node seen.mjs 2>/dev/null
