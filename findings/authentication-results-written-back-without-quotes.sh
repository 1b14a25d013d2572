#!/bin/sh
# Mail::AuthenticationResults 2.20230112 (Debian 12) reads a field and writes it back changed: the IPv6 address loses the quotes that
# its colons need (RFC 8601 2.2, RFC 2045 5.1), and "gil,x"@example.org is split: its domain becomes the name of another property.
# authres 1.2.0 reads both originals and refuses both rewritten fields, all their results with them.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p cache/archives/partial
apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache="$folder/cache" \
  libmail-authenticationresults-perl=2.20230112-1 python3-authres=1.2.0-3 >/dev/null 2>&1
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
cat > fields <<'EOT'
mx.example.net; iprev=pass policy.iprev="2001:db8::1"; spf=pass smtp.mailfrom=gil@example.org
mx.example.net; spf=pass smtp.mailfrom="gil,x"@example.org
EOT
cat > rewrite.pl <<'EOT'
use Mail::AuthenticationResults::Parser;
while (my $field = <STDIN>) {
  chomp $field;
  my $again = Mail::AuthenticationResults::Parser->new->parse($field)->as_string;
  $again =~ s/\s+/ /g;
  print "$again\n";
}
EOT
cat > read.py <<'EOT'
import sys
import authres
for line in sys.stdin:
    try:
        header = authres.AuthenticationResultsHeader.parse('Authentication-Results: ' + line.strip())
        print(['%s.%s %s' % (each.type, each.name, each.value) for result in header.results for each in result.properties])
    except authres.SyntaxError as error:
        print('refused: %s' % error)
EOT
read_with_authres() { PYTHONPATH="$folder/root/usr/lib/python3/dist-packages" /usr/bin/python3 -W ignore read.py; }
PERL5LIB=root/usr/share/perl5:root/usr/lib/x86_64-linux-gnu/perl5/5.36 perl rewrite.pl < fields > again
read_with_authres < fields > original
read_with_authres < again > rewritten
paste -d '\n' fields again original rewritten | sed 's/^/  /; 1~4s/^  //'
grep -qxF 'mx.example.net; iprev=pass policy.iprev=2001:db8::1; spf=pass smtp.mailfrom=gil@example.org' again &&
  grep -qxF 'mx.example.net; spf=pass smtp.mailfrom=gil,x @example.org=""' again && ! grep -q refused original &&
  [ "$(grep -c '^refused' rewritten)" = 2 ] || { echo 'This has changed.'; exit 1; }
