#!/bin/sh
# mhical of nmh 1.8 (Debian 12) applies the summer time of an invitation's VTIMEZONE only if the reader's own zone has summer time at
# that moment. A meeting at 09:00 on July 2 in Berlin is 07:00 UTC (RFC 5545 3.6.5); a reader in UTC is shown 08:00, one in Kolkata or
# Sydney is also an hour late, and one in New York is shown the right time.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq nmh=1.8~RC2-2 liblockfile1 libtinfo6 2>/dev/null
for package in *.deb; do dpkg -x "$package" root; done
printf 'Path: %s/Mail\n' "$folder" > profile
mkdir Mail
cat > invitation.ics <<'EOT'
BEGIN:VCALENDAR
PRODID:-//Example//EN
VERSION:2.0
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19810329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:1@example.net
DTSTAMP:20300101T000000Z
DTSTART;TZID=Europe/Berlin:20300702T090000
DTEND;TZID=Europe/Berlin:20300702T100000
SUMMARY:Lesson
ORGANIZER:mailto:ann@example.net
ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:gil@example.net
END:VEVENT
END:VCALENDAR
EOT
sed 's/$/\r/' invitation.ics > crlf.ics
export HOME="$folder" MH="$folder/profile" TERM=dumb LD_LIBRARY_PATH="$folder/root/usr/lib/x86_64-linux-gnu"
root/usr/bin/mh/mhical -version
for zone in UTC Asia/Kolkata Australia/Sydney America/New_York; do
  echo "$zone: $(TZ=$zone root/usr/bin/mh/mhical -form "$folder/root/etc/nmh/mhical.24hour" < crlf.ics | sed -n 's/^At: *//p')"
done | tee seen
times=$(grep -o '[0-9]*:[0-9]* [+-].*' seen | tr '\n' ' ')
[ "$times" = '08:00 +0000 13:30 +0530 18:00 +1000 03:00 -0400 ' ] || { echo 'This has changed.'; exit 1; }
