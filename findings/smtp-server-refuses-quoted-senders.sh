#!/bin/sh
# smtp-server 3.21.6 refuses senders whose local part is a quoted string with two dots, a space or an @ in it: "ann..lee"@example.net is
# valid by RFC 5321 4.1.2 (Mailbox, Quoted-string), and the only valid form for mailboxes that were given out with two dots. As a
# server behind another one, its 501 becomes a bounce. lenientAddressParsing takes the dots, and not the space or the @.
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

async function replies(options) {
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], ...options });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const seen = [];
  for (const sender of ['"ann,lee"@example.net', '"ann..lee"@example.net', '"ann lee"@example.net', '"ann@lee"@example.net']) {
    const lines = ['EHLO mx.example.net', `MAIL FROM:<${sender}>`, 'QUIT'];
    const socket = connect(server.server.address().port, '127.0.0.1');
    const got = [];
    for await (const line of createInterface({ input: socket })) {
      if (!/^\d{3} /.test(line)) continue;
      got.push(line);
      if (lines.length > 0) socket.write(`${lines.shift()}\r\n`);
    }
    console.log(`3.21.6 ${JSON.stringify(options)} ${sender}: ${got[2]}`);
    seen.push(got[2].slice(0, 3));
  }
  server.close();
  return seen.join(' ');
}
const strict = await replies({});
const lenient = await replies({ lenientAddressParsing: true });
if (strict !== '250 501 501 501' || lenient !== '250 250 501 501') {
  console.log('This has changed.');
  process.exit(1);
}
EOT
node seen.mjs
