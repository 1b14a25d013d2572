#!/bin/sh
# smtp-server 3.21.6 as an LMTP server: an address that is given in two RCPT commands, in any letter case, is accepted twice and gets
# one reply after the mail. RFC 2033 4.2 requires one for each successful RCPT, also where two name the same address. The client waits,
# or takes the reply to its next command, here QUIT, for the missing one.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund smtp-server@3.21.6
cat > seen.mjs <<'EOT'
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { SMTPServer } from 'smtp-server';

const onData = (stream, session, done) => stream.on('end', () => done(null, 'stored')).resume();
const server = new SMTPServer({ lmtp: true, disabledCommands: ['AUTH', 'STARTTLS'], onData });
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

/** Writes each line after the reply to the one before. */
async function speak(recipients) {
  const socket = connect(server.server.address().port, '127.0.0.1');
  const rcpt = recipients.map((address) => `RCPT TO:<${address}>`);
  const lines = ['LHLO mx.example.net', 'MAIL FROM:<ann@example.net>', ...rcpt, 'DATA', 'Subject: x\r\n\r\nbody\r\n.', 'QUIT'];
  const replies = [];
  for await (const line of createInterface({ input: socket })) {
    if (!/^\d{3} /.test(line)) continue;
    replies.push(line);
    if (lines.length > 0) socket.write(`${lines.shift()}\r\n`);
  }
  return [replies.filter((line) => line === '250 Accepted').length - 1, replies.filter((line) => line === '250 stored').length];
}
let seen = '';
for (const second of ['ann@example.net', 'rooms@example.net', 'Rooms@example.net']) {
  const recipients = ['rooms@example.net', second];
  const [accepted, stored] = await speak(recipients);
  console.log(`3.21.6: ${recipients.join(', ')}: ${accepted} RCPT accepted, ${stored} replies after the mail`);
  seen += `${accepted}/${stored} `;
}
server.close();
if (seen !== '2/2 2/1 2/1 ') {
  console.log('This has changed.');
  process.exit(1);
}
EOT
node seen.mjs
