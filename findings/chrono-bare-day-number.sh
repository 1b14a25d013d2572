#!/bin/sh
# chrono-node 2.10.3 does not read a day number without a month. It puts the time beside it on today's date: it reads "the 24th at
# 3pm", "am 24. um 15 Uhr", "el 24 a las 15:00" and "de 24e om 15:00" as the day of the text. Its French, Italian and Portuguese
# find no time in such a text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund chrono-node@2.10.3
cat > seen.cjs <<'EOF'
const { version } = JSON.parse(require('fs').readFileSync('node_modules/chrono-node/package.json', 'utf8'));
const at = new Date('2026-11-20T09:00:00Z');
const texts = {
  en: 'the 24th at 3pm', de: 'am 24. um 15 Uhr', fr: 'le 24 à 15h', es: 'el 24 a las 15:00',
  pt: 'dia 24 às 15h', nl: 'de 24e om 15:00', it: 'il 24 alle 15:00',
};
const seen = Object.entries(texts).map(([language, text]) => {
  const chrono = require(`chrono-node/${language}`).casual;
  const dates = chrono.parse(text, { instant: at, timezone: 0 }, { forwardDate: true }).map(({ start }) => start.get('day'));
  return [language, text, dates.join(',')];
});
console.log(version);
for (const line of seen) console.log(line.join(' | '));
if (seen.some(([, , days]) => days.split(',').includes('24')) || seen.filter(([, , days]) => days === '20').length < 4) {
  console.log('This has changed.');
  process.exit(1);
}
EOF
node seen.cjs
