#!/bin/sh
# mlmmj 1.3.0 (Debian 12) tells a writer that a list did not take the mail, under the writer's own subject and from team+owner@. The
# notice has no Auto-Submitted, Precedence or List-Id (RFC 3834 3.1.7), only its Message-ID names the program. It is also sent in reply
# to a mail with `Auto-Submitted: auto-replied`, `Precedence: bulk` and a List-Id (RFC 3834 2: must get none). Needs root, for an overlay
# of this machine's files: mlmmj runs its other programs by their absolute path.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq mlmmj=1.3.0-4 2>/dev/null
for package in *.deb; do dpkg -x "$package" root; done
mkdir upper work merged
cat > inside <<'EOT2'
mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work merged
mount -t tmpfs tmpfs merged/tmp
mount --rbind /dev merged/dev
cp -r root/usr/bin root/usr/share merged/usr/
cp relay.py list.sh merged/tmp
chroot merged sh -e /tmp/list.sh
EOT2
# A relay for one mail: it shows the header of what it gets.
cat > relay.py <<'EOT2'
import re, socket
server = socket.create_server(('127.0.0.1', 0))
open('/tmp/port', 'w').write(str(server.getsockname()[1]))
server.settimeout(60)
client, _ = server.accept()
lines = client.makefile('rb')
client.sendall(b'220 relay\r\n')
for line in lines:
    if line.upper().startswith(b'DATA'):
        client.sendall(b'354 go on\r\n')
        mail = b''
        for part in lines:
            if part == b'.\r\n':
                break
            mail += part
        for field in mail.decode().split('\r\n\r\n')[0].split('\r\n'):
            if re.match('(Subject|From|Auto-Submitted|Precedence|List-Id|X-)', field):
                print(field)
            if field.startswith('Message-ID'):
                print(re.sub('<.*-mlmmj-.*@', '<…-mlmmj-…@', field))
    if line.upper().startswith(b'QUIT'):
        client.sendall(b'221 bye\r\n')
        break
    client.sendall(b'250 relay\r\n')
client.close()
EOT2
cat > list.sh <<'EOT2'
list=/tmp/team
mkdir -p $list/control $list/text $list/incoming $list/archive $list/queue/discarded $list/bounce $list/requeue $list/moderation \
  $list/subconf $list/unsubconf $list/subscribers.d $list/digesters.d $list/nomailsubs.d
touch $list/index $list/control/subonlypost
cp /usr/share/mlmmj/text.skel/en/* $list/text/
echo team@lists.example.net > $list/control/listaddress
echo owner@example.net > $list/control/owner
answer() {
  rm -f /tmp/port
  python3 /tmp/relay.py &
  until [ -s /tmp/port ]; do sleep 0.1; done
  cp /tmp/port $list/control/smtpport
  {
    printf '%s: %s\n' Return-Path '<ann@example.org>' Delivered-To team@lists.example.net From ann@example.org To team@lists.example.net
    printf '%b%s\n\nhello\n' "$2" 'Subject: Lesson'
  } > /tmp/post
  /usr/bin/mlmmj-receive -F -L $list/ < /tmp/post
  wait
}
echo 'to a person:'
answer person ''
echo 'to a machine:'
answer machine 'Auto-Submitted: auto-replied\nPrecedence: bulk\nList-Id: <other.example.org>\n'
EOT2
echo 'mlmmj 1.3.0'
unshare --mount sh -e inside > seen
cat seen
cat > before <<'EOT2'
to a person:
Subject: =?utf-8?q?Post_to_team=40lists.example.net_denied:_Lesson?=
From: team+owner@lists.example.net
Message-ID: <…-mlmmj-…@lists.example.net>
to a machine:
Subject: =?utf-8?q?Post_to_team=40lists.example.net_denied:_Lesson?=
From: team+owner@lists.example.net
Message-ID: <…-mlmmj-…@lists.example.net>
EOT2
cmp -s before seen || { echo 'This has changed.'; exit 1; }
