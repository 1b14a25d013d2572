#!/bin/sh
# node-ical 0.27.2 and icalendar 4.0.3 (Debian 12) unescape a text in several passes: the second backslash of `C:\\new` (RFC 5545
# 3.3.11 for C:\new) is read together with the n after it and becomes a line end.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node-ical@0.27.2
apt-get download -qq python3-icalendar=4.0.3-5 python3-tz python3-dateutil python3-six 2>/dev/null
for package in *.deb; do dpkg -x "$package" root; done
printf '%s\r\n' BEGIN:VCALENDAR PRODID:-//Example//EN VERSION:2.0 BEGIN:VEVENT UID:1@example.net DTSTAMP:20300101T090000Z \
  DTSTART:20300102T090000Z DTEND:20300102T100000Z 'SUMMARY:C:\\new' END:VEVENT END:VCALENDAR > event.ics
cat > seen.cjs <<'EOT'
const ical = require('node-ical');
const [event] = Object.values(ical.sync.parseFile('event.ics'));
console.log(JSON.stringify(event.summary));
EOT
cat > seen.py <<'EOT'
import json
import icalendar
event = icalendar.Calendar.from_ical(open('event.ics', 'rb').read()).walk('VEVENT')[0]
print(json.dumps(str(event['SUMMARY'])))
EOT
javascript=$(node seen.cjs)
python=$(PYTHONPATH="$folder/root/usr/lib/python3/dist-packages" /usr/bin/python3 -W ignore seen.py)
printf 'node-ical 0.27.2: %s\nicalendar 4.0.3: %s\n' "$javascript" "$python"
[ "$javascript" = '"C:\\\new"' ] && [ "$python" = '"C:\new"' ] || { echo 'This has changed.'; exit 1; }
