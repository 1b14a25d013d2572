#!/bin/sh
# Gnus of Emacs 28.2 (Debian 12, gnus-icalendar) undoes `\,` of a title and not `\;` (RFC 5545 3.3.11 escapes both): its user sees the
# title "Scales; chords, and a song" as "Scales\; chords, and a song". The SUMMARY of its reply is right: it copies the line of the
# invitation. Needs root, for an overlay of this machine's files.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p cache/archives/partial upper work merged
apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache="$folder/cache" emacs-nox=1:28.2+1-15+deb12u4 \
  >/dev/null 2>&1
for package in cache/archives/*.deb; do dpkg -x "$package" upper; done
# The machine's own lib is a link to usr/lib.
for name in bin lib; do
  [ ! -d upper/$name ] || { cp -a upper/$name/. upper/usr/$name/ && rm -r "upper/$name"; }
done
cat > invitation.ics <<'EOT2'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:1@example.net
DTSTAMP:20261123T120000Z
DTSTART:20261201T090000Z
DTEND:20261201T100000Z
SUMMARY:Scales\; chords\, and a song
ORGANIZER:mailto:ann@example.net
ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:gil@example.org
END:VEVENT
END:VCALENDAR
EOT2
cat > show.el <<'EOT2'
(require 'gnus-icalendar)
(with-temp-buffer
  (insert-file-contents "/tmp/invitation.ics")
  (let* ((mine '("gil@example.org"))
         (event (gnus-icalendar-event-from-buffer (current-buffer) mine)))
    (princ (format "shown: %s\n" (gnus-icalendar-event:summary event)))
    (princ (gnus-icalendar-event-reply-from-buffer (current-buffer) 'accepted mine))))
EOT2
cat > inside <<'EOT2'
mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work merged
mount -t tmpfs tmpfs merged/tmp
mount -t tmpfs tmpfs merged/root
mount --rbind /dev merged/dev
cp invitation.ics show.el merged/tmp
HOME=/root LC_ALL=C.UTF-8 chroot merged /usr/bin/emacs-nox --batch -Q -l /tmp/show.el
EOT2
echo 'Gnus of Emacs 28.2'
unshare --mount sh -e inside 2>/dev/null | grep -E '^(shown|SUMMARY)' > seen || true
cat seen
cat > before <<'EOT2'
shown: Scales\; chords, and a song
SUMMARY:Accepted: Scales\; chords\, and a song
EOT2
cmp -s before seen || { echo 'This has changed.'; exit 1; }
