#!/bin/sh
# flufl.bounce 4.0 (Debian 12, Mailman 3's bounce reader): a report in the form of RFC 6533 (multipart/report with
# message/global-delivery-status, which servers with SMTPUTF8 send) is read as no bounce at all, for an ASCII address too.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-flufl.bounce=4.0-3 python3-public python3-zope.interface python3-pkg-resources 2>/dev/null
for package in *.deb; do dpkg -x "$package" root; done
cat > seen.py <<'EOT'
import email
from flufl.bounce import all_failures

def report(kind):
    return email.message_from_string('\n'.join([
        'From: MAILER-DAEMON@mx.example.net', 'To: rooms@example.net', 'Subject: Undelivered', 'MIME-Version: 1.0',
        'Content-Type: multipart/report; report-type=%s; boundary=b' % kind.split('/')[1], '', '--b', 'Content-Type: text/plain', '',
        'The mail could not be delivered.', '', '--b', 'Content-Type: ' + kind, '', 'Reporting-MTA: dns; mx.example.net', '',
        'Final-Recipient: rfc822; ann@example.net', 'Action: failed', 'Status: 5.1.1', '', '--b--', '']))

ascii_report = all_failures(report('message/delivery-status'))
global_report = all_failures(report('message/global-delivery-status'))
print('4.0: message/delivery-status:', ascii_report)
print('4.0: message/global-delivery-status:', global_report)
if ascii_report != (set(), {b'ann@example.net'}) or global_report != (set(), set()):
    raise SystemExit('This has changed.')
EOT
PYTHONPATH="$folder/root/usr/lib/python3/dist-packages" /usr/bin/python3 -W ignore seen.py
