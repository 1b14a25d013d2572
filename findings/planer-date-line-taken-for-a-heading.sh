#!/bin/sh
# planer 1.2.0 (talon for Node, removes quotes from mail replies) takes a line "Date: …" or "From: …" of the writer for the heading of
# a quoted mail and cuts the reply there: a time proposed as "Date: Monday 30 November" is lost. Where a person's sentences begin with
# "Am" (English "On") and end with "schrieb:" ("wrote:"), nothing of the mail is left. email-reply-parser 2.3.9 keeps all three texts.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund planer@1.2.0 email-reply-parser@2.3.9
cat > seen.mjs <<'EOT'
import EmailReplyParser from 'email-reply-parser';
import planer from 'planer';
const texts = [
  'Can we move it?\n\nDate: Monday 30 November\nTime: 3pm\n\nGil',
  'I am free then:\nFrom: Monday 3pm\nTo: Monday 4pm\nGil',
  'Am Montag nicht.\nAm Dienstag um 15 Uhr schon, wie Ann schrieb:\nIch komme dann.',
];
let hasChanged = false;
for (const [n, text] of texts.entries()) {
  const seen = planer.extractFrom(text, 'text/plain', null);
  const other = new EmailReplyParser().read(text).getVisibleText();
  console.log(`text: ${JSON.stringify(text)}\n  planer 1.2.0: ${JSON.stringify(seen)}`);
  console.log(`  email-reply-parser 2.3.9: ${JSON.stringify(other)}`);
  hasChanged ||= seen !== ['Can we move it?', 'I am free then:', ''][n] || other.trim() !== text;
}
if (hasChanged) {
  console.log('This has changed.');
  process.exit(1);
}
EOT
node seen.mjs
