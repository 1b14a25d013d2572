#!/bin/sh
# libical 3.0.16 (Debian 12): icalrestriction_check finds fault with the SEQUENCE of a DECLINECOUNTER, which iTIP requires where it is
# greater than 0 (RFC 2446 and RFC 5546, 3.2.8), and writes X-LIC-ERROR into the event. Without SEQUENCE the event passes. It finds no
# fault with the REQUEST and the COUNTER before it.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p cache/archives/partial
apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache="$folder/cache" libical3=3.0.16-1+b1 >/dev/null 2>&1
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
cat > seen.py <<'EOT'
import ctypes
library = ctypes.CDLL('libical.so.3')
library.icalparser_parse_string.restype = ctypes.c_void_p
library.icalcomponent_as_ical_string.restype = ctypes.c_char_p
for name in ('icalrestriction_check', 'icalcomponent_as_ical_string'):
    getattr(library, name).argtypes = [ctypes.c_void_p]

def check(method, *lines):
    text = '\r\n'.join(['BEGIN:VCALENDAR', 'PRODID:-//Example//EN', 'VERSION:2.0', 'METHOD:' + method, 'BEGIN:VEVENT', 'UID:1@example.net',
                        'DTSTAMP:20300101T000000Z', 'ORGANIZER:mailto:ann@example.net', *lines, 'END:VEVENT', 'END:VCALENDAR', ''])
    calendar = library.icalparser_parse_string(text.encode())
    passes = library.icalrestriction_check(calendar) == 1
    written = library.icalcomponent_as_ical_string(calendar).decode().replace('\r\n ', '')
    print(method, 'passes' if passes else 'fails', [line for line in written.split('\r\n') if line.startswith('X-LIC-ERROR')])
    return passes

meeting = ['DTSTART:20300102T090000Z', 'DTEND:20300102T100000Z', 'SUMMARY:Lesson', 'ATTENDEE:mailto:gil@example.net', 'SEQUENCE:1']
seen = [check('REQUEST', *meeting), check('COUNTER', *meeting), check('DECLINECOUNTER', 'SEQUENCE:1'), check('DECLINECOUNTER')]
if seen != [True, True, False, True]:
    raise SystemExit('This has changed.')
EOT
echo 'libical 3.0.16'
LD_LIBRARY_PATH="$folder/root/usr/lib/x86_64-linux-gnu" /usr/bin/python3 seen.py
