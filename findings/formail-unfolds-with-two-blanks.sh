#!/bin/sh
# formail 3.22 (procmail): -c puts a continued header field on one line, but keeps the blank of the continuation and adds one for
# the line end: "a long subject" comes out with two blanks where it was folded. RFC 5322 2.2.3 takes only the line end out.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq procmail=3.22-27 2>/dev/null
dpkg -x procmail_*.deb root
printf 'From: ann@example.net\nSubject: Accepted: a long\n subject\n\nbody\n' > mail.eml
seen=$(root/usr/bin/formail -c < mail.eml | grep '^Subject')
root/usr/bin/formail -v 2>&1 | head -1
printf '%s\n' "$seen"
[ "$seen" = 'Subject: Accepted: a long  subject' ] || { echo 'This has changed.'; exit 1; }
