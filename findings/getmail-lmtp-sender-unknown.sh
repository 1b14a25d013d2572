#!/bin/sh
# getmail 6.18.11 (Debian 12) passes a mail from a POP3 mailbox on by LMTP (MDA_lmtp) with the sender of Return-Path. Where the mailbox's
# server writes none, it says MAIL FROM:<unknown>, which is no address (RFC 5321 4.1.2: a Mailbox has a domain) and not the null sender.
# smtp-server 3.21.6 refuses it for good with 501, in its lenient mode too: that mail never arrives. fetchmail 6.4.37 takes From.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
servers=
trap '[ -z "$servers" ] || kill $servers; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund smtp-server@3.21.6
apt-get download -qq getmail6=6.18.11-2 fetchmail=6.4.37-1 2>/dev/null
for package in *.deb; do dpkg -x "$package" root; done
# A POP3 mailbox of one mail, and an LMTP server that shows what it is told and refuses nothing.
cat > servers.py <<'EOT2'
import socketserver, sys, threading
mail = b'From: Ann <ann@example.net>\r\nTo: gil@example.org\r\nSubject: hello\r\n\r\nhello\r\n'
if sys.argv[1] == 'with':
    mail = b'Return-Path: <ann@bounces.example.net>\r\n' + mail
class Line(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text + b'\r\n')
class Pop3(Line):
    def handle(self):
        self.say(b'+OK')
        for line in self.rfile:
            word = line.split()[0].upper()
            size = str(len(mail)).encode()
            several = {b'LIST': b'1 ' + size, b'UIDL': b'1 a', b'CAPA': b'UIDL'}
            if word in (b'RETR', b'TOP'):
                self.say(b'+OK\r\n' + mail + b'.')
            elif word in several and len(line.split()) == 1:
                self.say(b'+OK\r\n' + several[word] + b'\r\n.')
            else:
                self.say(b'+OK 1 ' + size)
class Lmtp(Line):
    def handle(self):
        self.say(b'220 lmtp')
        for line in self.rfile:
            if line.upper().startswith(b'MAIL'):
                print(line.decode().strip().upper(), flush=True)
            if line.upper().startswith(b'DATA'):
                self.say(b'354 go on')
                while next(self.rfile) != b'.\r\n':
                    pass
            self.say(b'250 ok')
            if line.upper().startswith(b'QUIT'):
                return
ports = []
for handler in (Pop3, Lmtp):
    server = socketserver.ThreadingTCPServer(('127.0.0.1', 0), handler)
    server.daemon_threads = True
    ports.append(str(server.server_address[1]))
    threading.Thread(target=server.serve_forever, daemon=True).start()
open('ports', 'w').write(' '.join(ports) + '\n')
threading.Event().wait()
EOT2
fetch() {
  rm -rf ports state
  mkdir state
  python3 servers.py "$1" > told &
  servers=$!
  until [ -s ports ]; do sleep 0.1; done
  read -r pop3 lmtp < ports
  printf '[retriever]\ntype=SimplePOP3Retriever\nserver=127.0.0.1\nport=%s\nusername=gil\npassword=made-up\n' "$pop3" > state/getmailrc
  printf '[destination]\ntype=MDA_lmtp\nhost=127.0.0.1\nport=%s\noverride=gil@example.org\n' "$lmtp" >> state/getmailrc
  {
    echo "poll 127.0.0.1 protocol pop3 port $pop3 user gil password made-up is 'gil@example.org' here"
    echo "  smtphost 127.0.0.1/$lmtp lmtp keep fetchall sslproto ''"
  } > state/fetchmailrc
  chmod 600 state/fetchmailrc
  for program in getmail fetchmail; do
    : > told
    case $program in
    getmail)
      PYTHONPATH=root/usr/lib/python3/dist-packages python3 root/usr/bin/getmail --getmaildir "$folder/state" >state/said 2>&1
      ;;
    *) FETCHMAILHOME=$folder/state root/usr/bin/fetchmail -f state/fetchmailrc --nosyslog >state/said 2>&1 ;;
    esac
    echo "$program, $1 Return-Path: $(tr -d '\0' < told)"
  done
  kill $servers
  servers=
}
cat > refuse.js <<'EOT2'
const { SMTPServer } = require('smtp-server');
const { connect } = require('node:net');
const server = new SMTPServer({ lmtp: true, authOptional: true, disableReverseLookup: true, lenientAddressParsing: true });
server.listen(0, '127.0.0.1', () => {
  const socket = connect(server.server.address().port, '127.0.0.1');
  const lines = ['LHLO x', 'MAIL FROM:<unknown>', 'QUIT'];
  socket.on('data', (data) => {
    if (lines.length === 1) console.log(`smtp-server: ${data.toString().trim()}`);
    const line = lines.shift();
    if (line) socket.write(`${line}\r\n`);
    else socket.end();
  });
  socket.on('close', () => server.close());
});
EOT2
{
  fetch with
  fetch without
  node refuse.js
} > seen
cat seen
cat > before <<'EOT2'
getmail, with Return-Path: MAIL FROM:<ANN@BOUNCES.EXAMPLE.NET>
fetchmail, with Return-Path: MAIL FROM:<ANN@BOUNCES.EXAMPLE.NET>
getmail, without Return-Path: MAIL FROM:<UNKNOWN>
fetchmail, without Return-Path: MAIL FROM:<ANN@EXAMPLE.NET>
smtp-server: 501 Error: Bad sender address syntax
EOT2
cmp -s before seen || { echo 'This has changed.'; exit 1; }
