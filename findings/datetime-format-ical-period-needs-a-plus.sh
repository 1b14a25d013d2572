#!/bin/sh
# DateTime::Format::ICal 0.09 (Debian 12) refuses a period whose duration has no sign, such as 19970308T160000Z/PT8H30M, the example of
# RFC 5545 3.8.2.6 for busy times. With a plus, which is optional by RFC 5545 3.3.6, it reads the period; parse_duration takes both.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p cache/archives/partial
apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache="$folder/cache" \
  libdatetime-format-ical-perl=0.09-3 >/dev/null 2>&1
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
cat > seen.pl <<'EOT'
use DateTime::Format::ICal;
my $format = 'DateTime::Format::ICal';
for my $text ('19970308T160000Z/PT8H30M', '19970308T160000Z/+PT8H30M') {
  my $span = eval { $format->parse_period($text) };
  print "period $text: ", $span ? $format->format_period($span) : 'refused', "\n";
}
for my $text ('PT8H30M', '+PT8H30M') {
  my $duration = eval { $format->parse_duration($text) };
  print "duration $text: ", $duration ? $format->format_duration($duration) : 'refused', "\n";
}
EOT
echo 'DateTime::Format::ICal 0.09'
PERL5LIB=root/usr/share/perl5:root/usr/lib/x86_64-linux-gnu/perl5/5.36 perl seen.pl | tee seen
cat > expected <<'EOT'
period 19970308T160000Z/PT8H30M: refused
period 19970308T160000Z/+PT8H30M: 19970308T160000Z/19970309T003000Z
duration PT8H30M: +PT8H30M
duration +PT8H30M: +PT8H30M
EOT
cmp -s seen expected || { echo 'This has changed.'; exit 1; }
