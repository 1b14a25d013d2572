#!/bin/sh
# Radicale 3.1.8 (Debian 12) claims calendar-access, which requires the free-busy-query report (RFC 4791 2). It responds to that report
# with 207 and the names of all events, whatever time is asked for, and of cancelled and transparent ones, which are not busy (7.10).
# RFC 3253 3.6 has 403 for a report that a server does not know. A client finds out only from supported-report-set.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
pid=
trap 'kill $pid 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p cache/archives/partial
apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache="$folder/cache" radicale=3.1.8-2 >/dev/null 2>&1
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
port=$((20000 + $$ % 10000))
printf '[server]\nhosts = 127.0.0.1:%s\n[auth]\ntype = none\n[storage]\nfilesystem_folder = %s/store\n' "$port" "$folder" > config
PYTHONPATH="$folder/root/usr/lib/python3/dist-packages" /usr/bin/python3 -W ignore -m radicale --config config > server.log 2>&1 &
pid=$!
cat > seen.py <<'EOT'
import re
import sys
import time
import urllib.error
import urllib.request

calendar = 'http://127.0.0.1:%s/ann/calendar/' % sys.argv[1]

def ask(method, name='', body='', **headers):
    request = urllib.request.Request(calendar + name, body.encode(), headers, method=method)
    request.add_header('Authorization', 'Basic YW5uOng=')
    with urllib.request.urlopen(request) as response:
        return response.status, response.read().decode(), response.headers

def is_up():
    try:
        return ask('OPTIONS') is not None
    except urllib.error.URLError:
        return False

while not is_up():
    time.sleep(0.2)
ask('MKCALENDAR')
for name, field in [('busy', 'STATUS:CONFIRMED'), ('cancelled', 'STATUS:CANCELLED'), ('transparent', 'TRANSP:TRANSPARENT')]:
    ask('PUT', name + '.ics', '\r\n'.join([
        'BEGIN:VCALENDAR', 'PRODID:-//Example//EN', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:' + name, 'DTSTAMP:20300101T000000Z',
        'DTSTART:20300102T090000Z', 'DTEND:20300102T100000Z', 'SUMMARY:x', field, 'END:VEVENT', 'END:VCALENDAR', '']))
print('Radicale 3.1.8, DAV: %s' % ask('OPTIONS')[2]['DAV'])
seen = []
for year in ('2030', '2040'):
    span = '<C:time-range start="%s0102T000000Z" end="%s0103T000000Z"/>' % (year, year)
    query = '<C:free-busy-query xmlns:C="urn:ietf:params:xml:ns:caldav">%s</C:free-busy-query>' % span
    status, text, headers = ask('REPORT', body=query, Depth='1')
    seen.append((status, sorted(re.findall(r'(\w+)\.ics', text)), 'VFREEBUSY' in text))
    print('free-busy-query for January 2 of %s: %s' % (year, seen[-1]))
if seen != [(207, ['busy', 'cancelled', 'transparent'], False)] * 2:
    raise SystemExit('This has changed.')
EOT
/usr/bin/python3 seen.py "$port"
