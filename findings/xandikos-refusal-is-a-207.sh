#!/bin/sh
# Xandikos 0.2.8 (Debian 12) refuses an event whose UID is already in the calendar under another name, as RFC 4791 5.3.2.1 requires.
# But it responds to that PUT with 207 Multi-Status and a 412 inside, where RFC 4791 1.3 has 403 or 409. tsdav 2.3.4 passes the
# response on: its `ok` is true, as for each 2xx, and the event is not there.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
pid=
trap 'kill $pid 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p cache/archives/partial
apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache="$folder/cache" xandikos=0.2.8-1 >/dev/null 2>&1
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
npm init -y >/dev/null
npm install --silent --no-audit --no-fund tsdav@2.3.4
port=$((20000 + $$ % 10000))
PYTHONPATH="$folder/root/usr/lib/python3/dist-packages" HOME="$folder" /usr/bin/python3 -W ignore root/usr/bin/xandikos \
  -d "$folder/store" --defaults --autocreate -l 127.0.0.1 -p "$port" > server.log 2>&1 &
pid=$!
cat > seen.mjs <<'EOT'
import { createCalendarObject } from 'tsdav';
const url = `http://127.0.0.1:${process.argv[2]}/user/calendars/calendar/`;
const event = (uid) => [
  'BEGIN:VCALENDAR', 'PRODID:-//Example//EN', 'VERSION:2.0', 'BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20300101T000000Z',
  'DTSTART:20300102T090000Z', 'DTEND:20300102T100000Z', 'SUMMARY:x', 'END:VEVENT', 'END:VCALENDAR', '',
].join('\r\n');
for (let tries = 0; tries < 60; tries++) {
  const is = await fetch(url, { method: 'OPTIONS' }).then(({ ok }) => ok, () => false);
  if (is) break;
  await new Promise((resolve) => setTimeout(resolve, 500));
}
let seen = '';
const uids = { 'first.ics': '1@example.net', 'second.ics': '1@example.net', 'third.ics': '3@example.net' };
for (const [filename, uid] of Object.entries(uids)) {
  const { ok, status } = await createCalendarObject({ calendar: { url }, filename, iCalString: event(uid) });
  const stored = (await fetch(url + filename)).status;
  console.log(`UID ${uid} as ${filename}: tsdav says ok ${ok} (${status}); GET: ${stored}`);
  seen += `${ok} ${status} ${stored} | `;
}
if (seen !== 'true 201 200 | true 207 404 | true 201 200 | ') {
  console.log('This has changed.');
  process.exit(1);
}
EOT
echo 'Xandikos 0.2.8, tsdav 2.3.4'
node seen.mjs "$port"
