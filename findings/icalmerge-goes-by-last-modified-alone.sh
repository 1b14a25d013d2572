#!/bin/sh
# icalmerge 3.0 (ical2html, Debian 12) is to keep "only the most recent version of each event". It looks at LAST-MODIFIED alone, which an
# event need not have (RFC 5545 3.6.1). Where it is missing, the first of the files wins: of an invitation and its cancellation with a
# higher SEQUENCE and a later DTSTAMP (RFC 5546 2.1.5) the invitation stays, or the cancellation, by the order of the arguments.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq ical2html=3.0-1 libical3=3.0.16-1+b1 libicu72 2>/dev/null
for package in *.deb; do dpkg -x "$package" root; done
export LD_LIBRARY_PATH="$folder/root/usr/lib/x86_64-linux-gnu" TZ=UTC
event() {
  printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 'PRODID:-//example//EN' BEGIN:VEVENT UID:1@example.net "DTSTAMP:$1" ${4:+"LAST-MODIFIED:$4"} \
    DTSTART:20261201T090000Z DTEND:20261201T100000Z SUMMARY:Lesson "SEQUENCE:$2" "STATUS:$3" END:VEVENT END:VCALENDAR
}
event 20261123T120000Z 0 CONFIRMED > invitation.ics
event 20261124T120000Z 1 CANCELLED > cancellation.ics
event 20261123T120000Z 0 CONFIRMED 20261123T120000Z > invitation-modified.ics
event 20261124T120000Z 1 CANCELLED 20261124T120000Z > cancellation-modified.ics
merge() {
  root/usr/bin/icalmerge "$1" "$2" merged.ics
  echo "$1 $2: $(tr -d '\r' < merged.ics | grep '^STATUS')"
}
echo 'icalmerge 3.0'
{
  merge invitation.ics cancellation.ics
  merge cancellation.ics invitation.ics
  merge invitation-modified.ics cancellation-modified.ics
  merge cancellation-modified.ics invitation-modified.ics
} | tee seen
cat > before <<'EOT2'
invitation.ics cancellation.ics: STATUS:CONFIRMED
cancellation.ics invitation.ics: STATUS:CANCELLED
invitation-modified.ics cancellation-modified.ics: STATUS:CANCELLED
cancellation-modified.ics invitation-modified.ics: STATUS:CANCELLED
EOT2
cmp -s before seen || { echo 'This has changed.'; exit 1; }
