#!/bin/sh
# Horde_Itip 2.1.2 (Debian 12, on a server in UTC): the reply to a meeting at 06:00 in New York says 10:00 with TZID=America/New_York,
# and has no VTIMEZONE (RFC 5545 3.6.5 requires one). The clock time is in UTC, but the zone is that of the invitation. A
# calendar that reads the times of the reply sees a different meeting.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p cache/archives/partial
apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache="$folder/cache" \
  php-horde-itip=2.1.2-9 php-cli php-mbstring php-intl >/dev/null 2>&1
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
cat > invitation.ics <<'EOT'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//EN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1@example.net
DTSTAMP:20300101T000000Z
SEQUENCE:0
DTSTART;TZID=America/New_York:20310505T060000
DTEND;TZID=America/New_York:20310505T070000
SUMMARY:Lesson
ORGANIZER:mailto:ann@example.net
ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:gil@example.net
END:VEVENT
END:VCALENDAR
EOT
cat > reply.php <<'EOT'
<?php
error_reporting(0);
spl_autoload_register(function ($class) {
    $file = stream_resolve_include_path(str_replace(['\\', '_'], '/', $class) . '.php');
    if ($file) {
        require $file;
    }
});
// The library's texts are looked for where it would be installed.
foreach (['Itip', 'Icalendar', 'Mime'] as $part) {
    $property = new ReflectionProperty("Horde_{$part}_Translation", '_pearDirectory');
    $property->setAccessible(true);
    $property->setValue(null, getcwd() . '/root/usr/share/php/data');
}
$calendar = new Horde_Icalendar();
$calendar->parsevCalendar(file_get_contents('invitation.ics'), 'VCALENDAR', 'UTF-8');
foreach ($calendar->getComponents() as $component) {
    if ($component instanceof Horde_Icalendar_Vevent) {
        $event = $component;
    }
}
$resource = new Horde_Itip_Resource_Base('gil@example.net', 'Gil');
$reply = Horde_Itip::prepareResponse($event, $resource);
$options = new Horde_Itip_Response_Options_Horde('UTF-8', []);
echo $reply->getIcalendar(new Horde_Itip_Response_Type_Accept($resource, ''), $options)->exportvCalendar();
EOT
php() {
  "$folder/root/usr/bin/php8.2" -n -d date.timezone=UTC -d "extension_dir=$folder/$(dirname "$(find root -name mbstring.so)")" \
    -d extension=mbstring -d extension=intl -d extension=dom -d extension=xml -d "include_path=$folder/root/usr/share/php" "$@"
}
echo 'Horde_Itip 2.1.2'
seen=$(php reply.php | tr -d '\r' | grep -E 'DTSTART|VTIMEZONE')
printf '%s\n' 'invitation: DTSTART;TZID=America/New_York:20310505T060000' "reply:      $seen"
[ "$seen" = 'DTSTART;TZID=America/New_York:20310505T100000' ] || { echo 'This has changed.'; exit 1; }
