#!/bin/sh
# vacation 3.3.3 (Debian 12) does not reply to a mail with Auto-Submitted, but writes no such field into its own reply, as RFC 3834
# 3.1.7 requires. Another program of the same kind, or vacation itself, cannot tell that the reply is automatic. Needs root, for an
# overlay of this machine's files with a made-up home folder and sending program.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq vacation=3.3.3 libgdbm6 2>/dev/null
for package in *.deb; do dpkg -x "$package" root; done
mkdir upper work merged
cat > inside <<'EOT'
mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work merged
mount -t tmpfs tmpfs merged/tmp
mount -t tmpfs tmpfs merged/root
cp -r root/usr/bin/vacation root/usr/lib merged/tmp
printf '#!/bin/sh\ncat > /tmp/sent\n' > merged/usr/sbin/sendmail
chmod 755 merged/usr/sbin/sendmail
printf 'Subject: away\n\nI am away.\n' > merged/root/.vacation.msg
cat > merged/tmp/answer <<'EOS'
export LD_LIBRARY_PATH=$(dirname "$(find /tmp/lib -name 'libgdbm.so*' | head -1)")
answer() {
  rm -f /tmp/sent
  printf 'From ann@example.net Mon Jan  1 00:00:00 2030\n%sFrom: %s@example.net\nTo: root@example.net\nSubject: hello\n\nbody\n' "$2" "$1" |
    /tmp/vacation -a root@example.net root
  # It hands its answer over in the background.
  for n in 1 2 3 4 5; do [ -s /tmp/sent ] || sleep 1; done
  echo "to $1: $(cat /tmp/sent 2>/dev/null | tr '\n' '|')"
}
answer machine 'Auto-Submitted: auto-generated
'
answer person ''
EOS
HOME=/root chroot merged sh /tmp/answer
EOT
echo 'vacation 3.3.3'
seen=$(unshare --mount sh -e inside)
printf '%s\n' "$seen"
printf '%s\n' "$seen" | grep -q '^to machine: $' && printf '%s\n' "$seen" | grep -q '^to person: .*I am away' &&
  ! printf '%s\n' "$seen" | grep -qi Auto-Submitted || { echo 'This has changed.'; exit 1; }
