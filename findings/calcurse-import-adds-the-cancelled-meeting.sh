#!/bin/sh
# calcurse 4.7.1 (Debian 12) imports a calendar without its UID, SEQUENCE, METHOD and STATUS. After an invitation, its new time and its
# cancellation (RFC 5546 3.2.2 and 3.2.5), each imported from the attached file, one meeting that is cancelled stands there three times.
# khal 0.10.5 has it once, as cancelled.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p cache/archives/partial calendar calcurse
apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache="$folder/cache" calcurse=4.7.1-1 khal=1:0.10.5-1.1 \
  >/dev/null 2>&1
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
calendar() {
  printf '%s\r\n' BEGIN:VCALENDAR PRODID:-//Example//EN VERSION:2.0 "METHOD:$1" BEGIN:VEVENT UID:1@example.net \
    DTSTAMP:20300101T000000Z "SEQUENCE:$2" "DTSTART:20300702T${3}0000Z" "DTEND:20300702T${3}3000Z" SUMMARY:Lesson "STATUS:$4" \
    ORGANIZER:mailto:ann@example.net ATTENDEE:mailto:gil@example.net END:VEVENT END:VCALENDAR
}
calendar REQUEST 0 09 CONFIRMED > 0.ics
calendar REQUEST 1 14 CONFIRMED > 1.ics
calendar CANCEL 2 14 CANCELLED > 2.ics
cat > khal.conf <<EOT
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
EOT
export HOME="$folder" TZ=UTC LC_ALL=C.UTF-8 LD_LIBRARY_PATH="$folder/root/usr/lib/x86_64-linux-gnu"
khal() { PYTHONPATH="$folder/root/usr/lib/python3/dist-packages" /usr/bin/python3 -W ignore root/usr/bin/khal -c khal.conf "$@"; }
for each in 0 1 2; do
  root/usr/bin/calcurse -q -D calcurse -i "$each.ics" >/dev/null 2>&1
  khal import --batch -a calendar "$each.ics" >/dev/null 2>&1
done
root/usr/bin/calcurse -D calcurse -Q --from 07/02/2030 --days 1 --format-apt '%S-%E %m\n' | grep Lesson > by-calcurse
khal list -f '{cancelled}{start-end-time-style} {title}' 2030-07-02 1d | grep Lesson > by-khal
printf 'calcurse 4.7.1:\n%s\nkhal 0.10.5:\n%s\n' "$(cat by-calcurse)" "$(cat by-khal)"
[ "$(tr '\n' ',' < by-calcurse)" = '09:00-09:30 Lesson,14:00-14:30 Lesson,14:00-14:30 Lesson,' ] &&
  [ "$(cat by-khal)" = 'CANCELLED 14:00-14:30 Lesson' ] || { echo 'This has changed.'; exit 1; }
