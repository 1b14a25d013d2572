#!/bin/sh
# procmail 3.22 (Debian 12): ^FROM_DAEMON, which the vacation recipe of its manual uses to avoid replies to machines, matches
# `Precedence: bulk` but not `Auto-Submitted: auto-replied`. By RFC 3834 2 the second must get no automatic reply.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq procmail=3.22-27 2>/dev/null
dpkg -x procmail_*.deb root
printf 'SHELL=/bin/sh\n:0\n* ^FROM_DAEMON\n%s/daemon\n:0\n%s/person\n' "$folder" "$folder" > rc
mail() { printf '%s\nFrom: ann@example.net\nTo: gil@example.net\nSubject: %s\n\nbody\n' "$1" "$2"; }
mail 'Precedence: bulk' bulk | root/usr/bin/procmail -m "$folder/rc"
mail 'Auto-Submitted: auto-replied' automatic | root/usr/bin/procmail -m "$folder/rc"
root/usr/bin/procmail -v 2>&1 | head -1
printf 'daemon: %s\nperson: %s\n' "$(grep '^Subject' daemon)" "$(grep '^Subject' person)"
[ "$(grep -c '^Subject: bulk' daemon)" = 1 ] && [ "$(grep -c '^Subject: automatic' person)" = 1 ] || { echo 'This has changed.'; exit 1; }
