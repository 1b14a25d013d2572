#!/bin/sh
# ical.js 2.2.1: if the last quoted parameter lists several values, or contains a backslash before a comma, the parser begins the
# value of the property inside that parameter. It continues at the length of the decoded values, which is shorter than their text
# in the line. RFC 5545 3.2 allows both lines; the address of each is mailto:ann@example.net.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ical.js@2.2.1
cat > seen.cjs <<'EOF'
const { version } = JSON.parse(require('fs').readFileSync('node_modules/ical.js/package.json', 'utf8'));
const module_ = require('ical.js');
const ICAL = module_.default ?? module_;
const members = ['a@b.de', 'c@d.de', 'e@f.de', 'g@h.de'].map((address) => `"mailto:${address}"`).join();
const lines = [`ATTENDEE;MEMBER=${members}:mailto:ann@example.net`, 'ATTENDEE;CN="Doe\\, Ann:":mailto:ann@example.net'];
const seen = lines.map((line) => [line, ICAL.parse.property(line)[3]]);
console.log(version);
for (const [line, value] of seen) console.log(`${line}\n  value: ${value}`);
if (seen.some(([, value]) => value === 'mailto:ann@example.net')) {
  console.log('This has changed.');
  process.exit(1);
}
EOF
node seen.cjs
