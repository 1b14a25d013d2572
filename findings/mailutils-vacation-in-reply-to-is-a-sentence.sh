#!/bin/sh
# GNU Mailutils 3.15 (Debian 12): the vacation action of its sieve writes "In-Reply-To: Your message of <date>" before the id, where RFC
# 5322 3.6.4 has ids only (RFC 5230 5.8: the Message-ID). It writes no Auto-Submitted (RFC 5230 5.6), and it replies to
# `Auto-Submitted: auto-replied` and to List-Id (RFC 5230 4.6): a program at the other end sees a person's reply in an old format.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p cache/archives/partial
apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache="$folder/cache" mailutils=1:3.15-4 >/dev/null 2>&1
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
printf 'require ["vacation"];\nvacation "I am away.";\n' > vacation.sieve
printf '#!/bin/sh\ncat > %s/sent\n' "$folder" > send
chmod 755 send
modules=$(dirname "$(find "$folder/root" -name vacation.so)")
answer() {
  rm -f sent .vacation*
  printf 'From ann@example.net Tue Jan  1 09:00:00 2030\n%s\nFrom: ann@example.net\nTo: gil@example.net\n' "$1" > mail.mbox
  printf 'Subject: Lesson\nDate: Tue, 01 Jan 2030 09:00:00 +0000\nMessage-ID: <1@example.net>\n\nhello\n' >> mail.mbox
  HOME="$folder" LD_LIBRARY_PATH="$folder/root/usr/lib/x86_64-linux-gnu" root/usr/bin/sieve --no-config -L "$modules" \
    -M "prog://$folder/send" -e gil@example.net -f mail.mbox vacation.sieve
  echo "to $1: $(test ! -f sent || tr '\n\t' '| ' < sent)"
}
echo 'GNU Mailutils 3.15'
for field in 'X-Written-By: a person' 'Auto-Submitted: auto-replied' 'List-Id: <all.example.net>' 'Precedence: bulk'; do
  answer "$field"
done > seen
cat seen
[ "$(grep -c 'In-Reply-To: Your message of Tue, 01 Jan 2030 09:00:00 +0000| <1@example.net>' seen)" = 3 ] &&
  grep -q '^to Precedence: bulk: $' seen && ! grep -q 'away.*Auto-Submitted\|: MIME.*Auto-Submitted' seen ||
  { echo 'This has changed.'; exit 1; }
