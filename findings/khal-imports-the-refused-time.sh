#!/bin/sh
# khal 0.10.5 (Debian 12) imports a calendar without its METHOD. A DECLINECOUNTER repeats the UID and, where the organizer writes them,
# the times of the COUNTER that is refused (RFC 5546 3.2.8): imported from a file, it moves the meeting to the very time that was
# refused, and leaves nothing at the time that still holds.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p cache/archives/partial calendar
apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache="$folder/cache" khal=1:0.10.5-1.1 >/dev/null 2>&1
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
calendar() {
  printf '%s\r\n' BEGIN:VCALENDAR PRODID:-//Example//EN VERSION:2.0 "METHOD:$1" BEGIN:VEVENT UID:1@example.net \
    DTSTAMP:20300101T000000Z SEQUENCE:0 "DTSTART:203007${2}0000Z" "DTEND:203007${2}3000Z" SUMMARY:Lesson \
    ORGANIZER:mailto:ann@example.net ATTENDEE:mailto:gil@example.net END:VEVENT END:VCALENDAR
}
calendar REQUEST 02T09 > request.ics
calendar DECLINECOUNTER 04T14 > refusal.ics
cat > khal.conf <<EOT2
[calendars]
[[calendar]]
path = $folder/calendar
[sqlite]
path = $folder/khal.db
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
EOT2
export HOME="$folder" TZ=UTC LC_ALL=C.UTF-8 LD_LIBRARY_PATH="$folder/root/usr/lib/x86_64-linux-gnu"
khal() { PYTHONPATH="$folder/root/usr/lib/python3/dist-packages" /usr/bin/python3 -W ignore root/usr/bin/khal -c khal.conf "$@"; }
for each in request refusal; do
  khal import --batch -a calendar "$each.ics" >/dev/null 2>&1
  echo "khal 0.10.5, with $each.ics: $(khal list -f '{start-date} {start-end-time-style} {title}' 2030-07-01 7d | grep Lesson)"
done | tee seen
cat > before <<'EOT2'
khal 0.10.5, with request.ics: 2030-07-02 09:00-09:30 Lesson
khal 0.10.5, with refusal.ics: 2030-07-04 14:00-14:30 Lesson
EOT2
cmp -s before seen || { echo 'This has changed.'; exit 1; }
