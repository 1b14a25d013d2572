#!/bin/sh
# Cyrus 3.6.1 (Debian 12) with a sieve script of `processimip`: an invitation's new time is merged into the event that is there, and the
# event's own TRANSP is added beside that of the update. RFC 5545 3.6.1 allows one. Cyrus itself refuses the event then (403, its iTIP
# check), so a calendar program that puts it back with PARTSTAT=ACCEPTED cannot answer. An invitation without TRANSP (the default is
# OPAQUE) stays as it was. Needs root, for an overlay of this machine's files.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p upper/usr/lib upper/cyrus work merged cache/archives/partial
apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache="$folder/cache" \
  cyrus-caldav=3.6.1-4+deb12u5 cyrus-common=3.6.1-4+deb12u5 >/dev/null 2>&1
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
cp -r root/usr/. upper/usr/
if [ -d root/lib ]; then cp -r root/lib/. upper/usr/lib/; fi
cat > upper/cyrus/imapd.conf <<'EOT'
configdirectory: /cyrus/conf
defaultpartition: default
partition-default: /cyrus/spool
sievedir: /cyrus/sieve
proc_path: /cyrus/proc
mboxname_lockpath: /cyrus/lock
sasl_pwcheck_method: alwaystrue
sasl_mech_list: PLAIN
allowplaintext: yes
virtdomains: userid
defaultdomain: example.net
unixhierarchysep: yes
altnamespace: yes
httpmodules: caldav
autocreate_quota: 0
autocreate_post: yes
autocreate_sieve_script: /cyrus/imip.sieve
sieve_extensions: vnd.cyrus.imip
EOT
cat > upper/cyrus/cyrus.conf <<'EOT'
START {
  recover cmd="/usr/sbin/cyrus ctl_cyrusdb -C /cyrus/imapd.conf -r"
}
SERVICES {
  http cmd="httpd -C /cyrus/imapd.conf" listen="127.0.0.1:8088" prefork=0
  lmtp cmd="lmtpd -a -C /cyrus/imapd.conf" listen="127.0.0.1:2424" prefork=0
}
EVENTS {
}
EOT
printf 'require ["vnd.cyrus.imip"];\nprocessimip;\nkeep;\n' > upper/cyrus/imip.sieve
cat > upper/cyrus/seen.py <<'EOT'
import smtplib, time, urllib.error, urllib.request

def ask(method, path, body=''):
    headers = {'Authorization': 'Basic Z2lsOng=', 'Content-Type': 'text/calendar; charset=utf-8'}
    url = 'http://127.0.0.1:8088/dav/calendars/user/gil/' + path
    request = urllib.request.Request(url, body.encode(), headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()

def invite(uid, sequence, *more):
    lines = ['From: ann@example.org', 'To: gil@example.net', 'Message-ID: <%s.%d@example.org>' % (uid, sequence),
             'MIME-Version: 1.0', 'Content-Type: text/calendar; method=REQUEST', '', 'BEGIN:VCALENDAR', 'PRODID:-//Example//EN',
             'VERSION:2.0', 'METHOD:REQUEST', 'BEGIN:VEVENT', 'UID:' + uid, 'DTSTAMP:2030010%dT000000Z' % (sequence + 1), 'SEQUENCE:%d' % sequence,
             'DTSTART:20300702T1%d0000Z' % sequence, 'DTEND:20300702T1%d3000Z' % sequence, 'SUMMARY:Lesson',
             *more, 'ORGANIZER:mailto:ann@example.org', 'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:gil@example.net',
             'END:VEVENT', 'END:VCALENDAR', '']
    with smtplib.LMTP('127.0.0.1', 2424) as lmtp:
        lmtp.sendmail('ann@example.org', ['gil@example.net'], '\r\n'.join(lines))

def is_up():
    try:
        invite('first', 0)
        return ask('PROPFIND', '')[0] == 207
    except (OSError, smtplib.SMTPException):
        return False

while not is_up():
    time.sleep(0.5)
seen = []
for uid, more in [('without', []), ('with', ['TRANSP:OPAQUE'])]:
    for sequence in (0, 1):
        invite(uid, sequence, *more)
    path = 'Default/%s.ics' % uid
    text = ask('GET', path)[1]
    put = ask('PUT', path, text.replace('NEEDS-ACTION', 'ACCEPTED'))[0]
    seen.append((text.count('SEQUENCE:1'), text.count('TRANSP'), put))
    print('3.6.1, invitation %s TRANSP: SEQUENCE:1 %d, TRANSP %d, PUT with PARTSTAT=ACCEPTED %d' % (uid, *seen[-1]))
if seen != [(1, 0, 204), (1, 2, 403)]:
    raise SystemExit('This has changed.')
EOT
cat > inside <<'EOT'
ip link set lo up
mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work merged
mount --rbind /dev merged/dev
mount -t proc proc merged/proc
grep -q '^cyrus:' merged/etc/passwd || echo 'cyrus:x:60001:8::/cyrus:/bin/sh' >> merged/etc/passwd
mkdir -p merged/cyrus/conf merged/cyrus/spool merged/cyrus/sieve merged/cyrus/proc merged/cyrus/lock
chroot merged chown -R cyrus:mail /cyrus
chroot merged /usr/sbin/cyrmaster -C /cyrus/imapd.conf -M /cyrus/cyrus.conf -p /cyrus/master.pid -D < /dev/null > log 2>&1 &
chroot merged timeout 60 /usr/bin/python3 /cyrus/seen.py && code=0 || code=1
kill $!
exit $code
EOT
unshare --mount --net --pid --fork --kill-child bash inside
