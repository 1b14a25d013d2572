#!/bin/sh
# postal-mime 4.0.0: in format=flowed text, a quoted line that continues keeps the quote mark of its second line in the middle of the
# sentence. By RFC 3676 4.5 the marks are removed before flowed lines are joined; mailparser 3.14.2 does that.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund postal-mime@4.0.0 mailparser@3.14.2
cat > seen.mjs <<'EOT'
import PostalMime from 'postal-mime';
import { simpleParser } from 'mailparser';
const mail = [
  'From: ann@example.net', 'To: rooms@example.net', 'Subject: Re', 'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8; format=flowed', '', '> Shall we meet on Monday, ', '> or on Tuesday?', 'Monday.', '',
].join('\r\n');
const seen = {
  'postal-mime 4.0.0': (await PostalMime.parse(mail)).text.split('\n')[0],
  'mailparser 3.14.2': (await simpleParser(mail)).text.split('\n')[0],
};
for (const [library, line] of Object.entries(seen)) console.log(`${library}: ${line}`);
if (!seen['postal-mime 4.0.0'].includes(', > or') && !seen['postal-mime 4.0.0'].includes(', >or')) {
  console.log('This has changed.');
  process.exit(1);
}
EOT
node seen.mjs
