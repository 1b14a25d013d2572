#!/bin/sh
# icalendar 0.7.1 (npm) reads a VTIMEZONE only if it has one STANDARD and one DAYLIGHT. RFC 5545 3.6.5 allows several of each, and a
# zone whose rule differs from year to year needs them. For such a zone a meeting's start raises an error whose text is "1 == 2" and
# names neither zone nor property. ical.js 2.2.1 reads the same instant from both.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund icalendar@0.7.1 ical.js@2.2.1
cat > seen.mjs <<'EOT2'
import ICAL from 'ical.js';
import icalendar from 'icalendar';
const change = (kind, start, from, to) => [`BEGIN:${kind}`, `DTSTART:${start}`, `TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`, `END:${kind}`];
const winter = (start) => change('STANDARD', start, '+0300', '+0200');
const summer = (start) => change('DAYLIGHT', start, '+0200', '+0300');
const one = [...summer('20300329T020000'), ...winter('20301027T020000')];
const two = [...one, ...summer('20310328T020000'), ...winter('20311026T020000')];
const calendar = (changes) =>
  ['BEGIN:VCALENDAR', 'PRODID:-//Example//EN', 'VERSION:2.0', 'BEGIN:VTIMEZONE', 'TZID:Example/City', ...changes, 'END:VTIMEZONE']
    .concat('BEGIN:VEVENT', 'UID:1@example.net', 'DTSTAMP:20300101T000000Z', 'DTSTART;TZID=Example/City:20301203T110000')
    .concat('SUMMARY:Lesson', 'END:VEVENT', 'END:VCALENDAR', '')
    .join('\r\n');
const byIcalendar = (text) => {
  try {
    return icalendar.parse_calendar(text).events()[0].getPropertyValue('DTSTART').toISOString();
  } catch (error) {
    return `${error.name}: ${error.message.split('\n')[0]}`;
  }
};
const byIcalJs = (text) => {
  const root = new ICAL.Component(ICAL.parse(text));
  const zone = new ICAL.Timezone(root.getFirstSubcomponent('vtimezone'));
  const start = root.getFirstSubcomponent('vevent').getFirstPropertyValue('dtstart');
  start.zone = zone;
  return start.toJSDate().toISOString();
};
for (const [name, changes] of [['one change each way', one], ['two', two]])
  console.log(`${name}: icalendar 0.7.1: ${byIcalendar(calendar(changes))}; ical.js 2.2.1: ${byIcalJs(calendar(changes))}`);
EOT2
node seen.mjs | tee seen
cat > before <<'EOT2'
one change each way: icalendar 0.7.1: 2030-12-03T09:00:00.000Z; ical.js 2.2.1: 2030-12-03T09:00:00.000Z
two: icalendar 0.7.1: AssertionError: 1 == 2; ical.js 2.2.1: 2030-12-03T09:00:00.000Z
EOT2
cmp -s before seen || { echo 'This has changed.'; exit 1; }
