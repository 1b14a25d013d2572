#!/bin/sh
# chrono-node 2.10.3: its British English reads the day of a month-first date as a year.
# "November 24 at 3pm" becomes November of the year 2024. Its American English reads the same text as November 24.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund chrono-node@2.10.3
cat > seen.cjs <<'EOF'
const { GB, casual } = require('chrono-node/en');
const { version } = JSON.parse(require('fs').readFileSync('node_modules/chrono-node/package.json', 'utf8'));
const at = new Date('2026-11-20T09:00:00Z');
const read = (chrono, text) => {
  const [{ start }] = chrono.parse(text, { instant: at, timezone: 0 }, { forwardDate: true });
  return [start.get('year'), start.get('month'), start.get('day'), start.isCertain('year')].join(' ');
};
const text = 'November 24 at 3pm';
const seen = { version, text, britain: read(GB, text), america: read(casual, text) };
console.log(JSON.stringify(seen));
if (!seen.britain.startsWith('2024 11 ') || seen.america !== '2026 11 24 false') {
  console.log('This has changed.');
  process.exit(1);
}
EOF
node seen.cjs
