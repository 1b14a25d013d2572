#!/bin/sh
# `notmuch reply` 0.37 with GMime 3.2.13 (Debian 12) writes a dash of a UTF-8 Subject in Cyrillic, under "CP1251", which the IANA list
# of charsets does not have (RFC 2047 2 asks for a registered name; it is windows-1251 there). Below its quote of the plain text stands
# "Non-text part: text/html" without a quote mark, as if the writer said so, for each alternative that it does not quote.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p cache/archives/partial mail/cur mail/new mail/tmp
apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache="$folder/cache" notmuch=0.37-1+b1 \
  libgmime-3.0-0=3.2.13+dfsg-2 >/dev/null 2>&1
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
export LD_LIBRARY_PATH="$folder/root/usr/lib/x86_64-linux-gnu" HOME="$folder" NOTMUCH_CONFIG="$folder/config" LC_ALL=C.UTF-8 TZ=UTC
printf '[database]\npath=%s/mail\n[user]\nname=Gil\nprimary_email=gil@example.com\n' "$folder" > config
cat > mail/cur/1:2,S <<'EOT2'
From: Ann <ann@example.net>
To: Gil <gil@example.com>
Subject: =?utf-8?Q?Lesson_=E2=80=94_Invitation?=
Date: Sat, 23 Nov 2030 12:00:00 +0000
Message-ID: <1@example.net>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=a

--a
Content-Type: text/plain

Can you come?

--a
Content-Type: text/html

<p>Can you come?</p>
--a--
EOT2
root/usr/bin/notmuch new >/dev/null 2>&1
root/usr/bin/notmuch reply id:1@example.net | sed -n '/^Subject/p; /^$/,$p' | tee seen
cat > before <<'EOT2'
Subject: Re: Lesson =?CP1251?B?lw==?= Invitation

On Sat, 23 Nov 2030 12:00:00 +0000, Ann <ann@example.net> wrote:
> Can you come?
Non-text part: text/html
EOT2
cmp -s before seen || { echo 'This has changed.'; exit 1; }
