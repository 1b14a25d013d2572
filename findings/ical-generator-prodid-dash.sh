#!/bin/sh
# ical-generator 11.1.2 puts a dash in front of every PRODID that is passed as a string. The usual form -//Company//Product//EN, which
# ISO 9070 defines for owners that are not registered, becomes --//Company//Product//EN.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ical-generator@11.1.2
cat > seen.mjs <<'EOT'
import generator from 'ical-generator';
const given = '-//Company//Product//EN';
const seen = generator({ prodId: given }).toString().split(/\r?\n/).find((line) => line.startsWith('PRODID'));
console.log(`11.1.2: ${given} is written as ${seen}`);
if (seen !== 'PRODID:--//Company//Product//EN') {
  console.log('This has changed.');
  process.exit(1);
}
EOT
node seen.mjs
