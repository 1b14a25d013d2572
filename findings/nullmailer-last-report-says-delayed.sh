#!/bin/sh
# nullmailer 2.2 (Debian 12): a letter that is refused for now until its time in the queue is over goes into the folder of failed
# letters, and its sender gets one report. The report's Action is "delayed" (RFC 3464 2.3.3: the system "will continue to attempt"), and
# its text promises a final report, which never comes. A reader that goes by the Action waits for ever for a letter that is lost.
# The queue's time is 5 seconds here. Needs root, for an overlay of this machine's files.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir upper work merged
apt-get download -qq nullmailer=1:2.2-4 2>/dev/null
dpkg -x nullmailer_*.deb upper
# A folder of this name would hide the machine's own, which is a link.
rm -rf upper/lib
mkdir -p upper/etc/nullmailer upper/var/spool/nullmailer/queue upper/var/spool/nullmailer/tmp upper/var/spool/nullmailer/failed
echo '127.0.0.1 smtp --port=10025' > upper/etc/nullmailer/remotes
echo host.example.net > upper/etc/mailname
echo 1 > upper/etc/nullmailer/pausetime
echo 5 > upper/etc/nullmailer/queuelifetime
cat > upper/busy.py <<'EOT'
import socketserver

class Busy(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b'220 mx.example.net\r\n')
        for line in self.rfile:
            if b'gil@' in line:
                self.wfile.write(b'450 4.2.0 come back later\r\n')
            elif line[:4].upper() == b'DATA':
                self.wfile.write(b'354 go on\r\n')
                with open('/report', 'ab') as report:
                    for text in self.rfile:
                        if text == b'.\r\n':
                            break
                        report.write(text)
                self.wfile.write(b'250 ok\r\n')
            else:
                self.wfile.write({b'QUIT': b'221 bye\r\n'}.get(line[:4].upper(), b'250 ok\r\n'))

socketserver.ThreadingTCPServer(('127.0.0.1', 10025), Busy).serve_forever()
EOT
cat > inside <<'EOT'
ip link set lo up
mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work merged
mount --rbind /dev merged/dev
spool=merged/var/spool/nullmailer
mkfifo $spool/trigger
chown -R mail:mail $spool
touch merged/report
chroot merged /usr/bin/python3 /busy.py 2>/dev/null &
server=$!
trap 'kill $server $sender' EXIT
sender=
until (exec 3<>/dev/tcp/127.0.0.1/10025) 2>/dev/null; do sleep 0.2; done
printf 'From: ann@example.org\nTo: gil@example.com\nSubject: hi\n\nhi\n' | chroot merged setpriv --reuid=mail --regid=mail --clear-groups \
  nullmailer-inject -f ann@example.org gil@example.com
chroot merged setpriv --reuid=mail --regid=mail --clear-groups nullmailer-send > log 2>&1 &
sender=$!
for tries in $(seq 120); do grep -q '^Action' merged/report && [ -z "$(ls $spool/queue)" ] || sleep 0.5; done
grep -m 1 '^Action' merged/report
grep -A 1 -m 1 'A final' merged/report
echo "letters in the queue: $(ls $spool/queue | wc -l), in the folder of failed letters: $(ls $spool/failed | wc -l)"
# As long again as the letter was in the queue.
sleep 10
echo "reports: $(grep -c '^Action' merged/report)"
EOT
echo 'nullmailer 2.2'
unshare --mount --net --pid --fork --kill-child bash -e inside | tr -d '\r' | tee seen
grep -q '^Action: delayed' seen && grep -q 'A final delivery status notification will be generated' seen &&
  grep -q 'queue: 0, in the folder of failed letters: 1' seen && grep -q '^reports: 1$' seen ||
  { echo 'This has changed.'; exit 1; }
