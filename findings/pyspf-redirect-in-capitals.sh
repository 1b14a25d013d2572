#!/bin/sh
# pyspf 2.0.14 (Debian 12, used by Postfix's policyd-spf) reads SPF mechanisms in any letter case, but `redirect` in lower case only: the
# result of "v=spf1 REDIRECT=..." is neutral, as for an unknown modifier. By RFC 7208 4.6.1 both are case-insensitive; mailauth 7.1.0
# follows the redirect. The same mail has spf=neutral or spf=pass in Authentication-Results then.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p cache/archives/partial
apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache="$folder/cache" python3-spf=2.0.14-3 \
  >/dev/null 2>&1
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
npm init -y >/dev/null
npm install --silent --no-audit --no-fund mailauth@7.1.0
cat > zone.json <<'EOT'
{
  "lower.example": "v=spf1 redirect=hosts.example",
  "capitals.example": "v=spf1 REDIRECT=hosts.example",
  "hosts.example": "V=SPF1 IP4:192.0.2.1 -ALL"
}
EOT
cat > seen.py <<'EOT'
import json
import spf

with open('zone.json') as file:
    zone = json.load(file)

def lookup(name, kind, *more):
    return [((name, kind), (zone[name].encode(),))] if kind == 'TXT' and name in zone else []

spf.DNSLookup = lookup
for domain in ('lower.example', 'capitals.example'):
    print(domain, spf.query('192.0.2.1', 'ann@' + domain, 'mx.' + domain).check()[0])
EOT
cat > seen.mjs <<'EOT'
import { readFileSync } from 'node:fs';
import { spf } from 'mailauth/lib/spf/index.js';
const zone = JSON.parse(readFileSync('zone.json', 'utf8'));
const resolver = async (name, type) => {
  if (type === 'TXT' && zone[name] !== undefined) return [[zone[name]]];
  throw Object.assign(new Error('none'), { code: 'ENOTFOUND' });
};
for (const domain of ['lower.example', 'capitals.example']) {
  const { status } = await spf({ ip: '192.0.2.1', sender: `ann@${domain}`, helo: `mx.${domain}`, mta: 'mx.example.net', resolver });
  console.log(domain, status.result);
}
EOT
python=$(PYTHONPATH="$folder/root/usr/lib/python3/dist-packages" /usr/bin/python3 -W ignore seen.py | tr '\n' ' ')
javascript=$(node seen.mjs | tr '\n' ' ')
printf 'pyspf 2.0.14: %s\nmailauth 7.1.0: %s\n' "$python" "$javascript"
[ "$python" = 'lower.example pass capitals.example neutral ' ] && [ "$javascript" = 'lower.example pass capitals.example pass ' ] ||
  { echo 'This has changed.'; exit 1; }
