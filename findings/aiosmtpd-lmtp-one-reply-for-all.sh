#!/bin/sh
# aiosmtpd 1.4.3 (Debian 12): its LMTP server replies once after a mail to two recipients, with what the handler returned. RFC 2033
# 4.2 requires a reply for each recipient. A handler that wants that has to join the replies by line ends itself.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-aiosmtpd=1.4.3-1.1+deb12u1 python3-public python3-attr 2>/dev/null
for package in *.deb; do dpkg -x "$package" root; done
cat > seen.py <<'EOT'
import socket
from aiosmtpd import __version__
from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP

class Handler:
    def __init__(self, reply):
        self.reply = reply

    async def handle_DATA(self, server, session, envelope):
        return self.reply

class LmtpController(Controller):
    def factory(self):
        return LMTP(self.handler)

def replies(reply):
    """The lines after the mail; QUIT goes with the mail, so that the connection ends."""
    with socket.create_server(('127.0.0.1', 0)) as free:
        port = free.getsockname()[1]
    controller = LmtpController(Handler(reply), hostname='127.0.0.1', port=port)
    controller.start()
    with socket.create_connection(('127.0.0.1', port)) as client, client.makefile('rb') as lines:
        recipients = ['RCPT TO:<gil@example.net>', 'RCPT TO:<eve@example.net>']
        for line in ['', 'LHLO mx.example.net', 'MAIL FROM:<ann@example.net>', *recipients, 'DATA']:
            client.sendall((line + '\r\n').encode() if line else b'')
            while lines.readline()[3:4] == b'-':
                pass
        client.sendall(b'Subject: x\r\n\r\nbody\r\n.\r\nQUIT\r\n')
        seen = lines.read().decode().split('\r\n')[:-2]
    controller.stop()
    return seen

one, joined = replies('250 stored'), replies('250 stored\r\n250 stored')
print('aiosmtpd %s: two recipients accepted, replies after the mail: %s' % (__version__, one))
print('with joined replies: %s' % joined)
if one != ['250 stored'] or joined != ['250 stored', '250 stored']:
    raise SystemExit('This has changed.')
EOT
PYTHONPATH="$folder/root/usr/lib/python3/dist-packages" /usr/bin/python3 -W ignore seen.py
