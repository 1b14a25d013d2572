#!/bin/sh
# dma 0.13 (Debian 12): the Message-Id of a delivery report is the number of the inode of its spool file, and nothing else. File systems
# use these numbers again, so reports about different letters and recipients get one Message-Id (RFC 5322 3.6.4: it must be unique),
# and a reader that drops repeated Message-Ids loses bounces. The Message-Id of a letter has the time and random digits as well.
# Two spool folders, each new on a tmpfs, show it on every machine. Needs root, for an overlay of this machine's files.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir upper work merged
apt-get download -qq dma=0.13-1+b1 2>/dev/null
dpkg -x dma_*.deb upper
mkdir -p upper/var/spool/dma upper/var/mail
printf 'SMARTHOST 127.0.0.1\nPORT 10025\nMAILNAME host.example.net\n' > upper/etc/dma/dma.conf
cat > upper/refusing.py <<'EOT'
import socketserver

class Refusing(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b'220 mx.example.net\r\n')
        for line in self.rfile:
            word = line[:4].upper()
            self.wfile.write({b'RCPT': b'550 5.1.1 no such user\r\n', b'QUIT': b'221 bye\r\n'}.get(word, b'250 ok\r\n'))

socketserver.ThreadingTCPServer(('127.0.0.1', 10025), Refusing).serve_forever()
EOT
cat > inside <<'EOT'
ip link set lo up
mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work merged
chroot merged /usr/bin/python3 /refusing.py &
trap 'kill $!' EXIT
until (exec 3<>/dev/tcp/127.0.0.1/10025) 2>/dev/null; do sleep 0.2; done
for name in ann gil; do
  for each in spool/dma mail; do
    mount -t tmpfs -o mode=2775,gid="$(getent group mail | cut -d: -f3)" tmpfs "merged/var/$each"
  done
  install -m 660 -g mail /dev/null merged/var/mail/root
  printf 'Subject: to %s\n\nhi\n' "$name" | chroot merged /usr/sbin/dma -D -f root "$name@example.org" || true
  for tries in $(seq 40); do grep -q '^Message headers follow' merged/var/mail/root || sleep 0.25; done
  echo "$(grep -o 'mail to <.*>' merged/var/mail/root): $(grep -m 1 -i '^Message-Id' merged/var/mail/root)"
  umount merged/var/spool/dma merged/var/mail
done
EOT
echo 'dma 0.13'
unshare --mount --net bash -e inside | tee seen
[ "$(cut -d'<' -f2 seen | sort -u | wc -l)" = 2 ] && [ "$(grep -o 'Message-Id.*' seen | sort -u | grep -cE '<[0-9a-f]{1,4}@host')" = 1 ] ||
  { echo 'This has changed.'; exit 1; }
