#!/bin/sh
# formail 3.22 (procmail): -c puts a folded header field on one line, but keeps the space of the continuation line and adds one for
# the line end. "a long subject" then has two spaces where it was folded. By RFC 5322 2.2.3 only the line end is removed.
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
