#!/bin/sh
# iCal::Parser 1.21 (Debian 12) leaves TZID out: a time of a named zone (RFC 5545 3.3.5, form 3) becomes the same clock time in the
# zone of the reader. Of one meeting, written once in UTC and once with TZID and its VTIMEZONE, a reader in New York sees 04:00 and
# 11:00. Data::ICal 0.24 gives the TZID with the value.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p cache/archives/partial
apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache="$folder/cache" libical-parser-perl=1.21-3 \
  libdata-ical-perl=0.24+dfsg-2 >/dev/null 2>&1
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
PERL5LIB=$(find "$folder/root/usr/share/perl5" "$folder/root/usr/lib" -maxdepth 3 \( -name perl5 -o -path '*/perl5/5.*' \) -type d |
  tr '\n' ':')
export PERL5LIB
meeting() {
  printf '%s\r\n' BEGIN:VCALENDAR PRODID:-//Example//EN VERSION:2.0 BEGIN:VTIMEZONE TZID:Asia/Jerusalem BEGIN:STANDARD \
    DTSTART:20291028T020000 TZOFFSETFROM:+0300 TZOFFSETTO:+0200 END:STANDARD END:VTIMEZONE BEGIN:VEVENT UID:1@example.net \
    DTSTAMP:20300101T000000Z "DTSTART$1" "DTEND$2" SUMMARY:Lesson END:VEVENT END:VCALENDAR
}
meeting :20301203T090000Z :20301203T100000Z > utc.ics
meeting ';TZID=Asia/Jerusalem:20301203T110000' ';TZID=Asia/Jerusalem:20301203T120000' > zone.ics
cat > seen.pl <<'EOT2'
use strict;
use warnings;
use iCal::Parser;
use Data::ICal;
for my $file (qw(utc.ics zone.ics)) {
    my $read = iCal::Parser->new(start => '20301201', end => '20301231', tz => 'America/New_York')->parse($file);
    my ($event) = values %{ $read->{events}{2030}{12}{3} };
    my ($other) = grep { $_->ical_entry_type eq 'VEVENT' } @{ Data::ICal->new(filename => $file)->entries };
    my $start = $other->property('dtstart')->[0];
    print "$file: iCal::Parser 1.21: $event->{DTSTART} ", $event->{DTSTART}->time_zone->name,
        '; Data::ICal 0.24: ', $start->value, ' ', $start->parameters->{TZID} // '-', "\n";
}
EOT2
perl seen.pl | tee seen
printf '%s\n' 'utc.ics: iCal::Parser 1.21: 2030-12-03T04:00:00 America/New_York; Data::ICal 0.24: 20301203T090000Z -' \
  'zone.ics: iCal::Parser 1.21: 2030-12-03T11:00:00 America/New_York; Data::ICal 0.24: 20301203T110000 Asia/Jerusalem' > before
cmp -s before seen || { echo 'This has changed.'; exit 1; }
