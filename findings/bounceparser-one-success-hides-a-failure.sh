#!/bin/sh
# Mail::DeliveryStatus::BounceParser 1.543 (Debian 12) stops at the first recipient of a report whose Action is delivered, relayed or
# delayed, and says that the mail is no bounce. RFC 3464 2.3 lets one report speak of several recipients, each with its own Action: a
# failure beside a success is lost, or stands in the reports of a mail that is_bounce calls none. The order decides which.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p cache/archives/partial
apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache="$folder/cache" \
  libmail-deliverystatus-bounceparser-perl=1.543+repacked-1 >/dev/null 2>&1
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
PERL5LIB=$(find "$folder/root/usr" -maxdepth 5 \( -path '*/share/perl5' -o -path '*/perl5/5.*' \) -type d | tr '\n' ':')
export PERL5LIB
cat > seen.pl <<'EOT2'
use strict;
use warnings;
use Mail::DeliveryStatus::BounceParser;
my %status = (failed => '5.1.1', delivered => '2.0.0', delayed => '4.4.1', relayed => '2.1.9');
for my $actions ([qw(failed)], [qw(failed failed)], [qw(failed delivered)], [qw(delivered failed)], [qw(delayed failed)],
    [qw(failed relayed)]) {
    my ($n, $recipients) = ('a', '');
    for my $action (@$actions) {
        $recipients .= "Final-Recipient: rfc822; $n\@example.com\nAction: $action\nStatus: $status{$action}\n\n";
        $n++;
    }
    my $read = Mail::DeliveryStatus::BounceParser->new(<<"EOM");
From: postmaster\@relay.example
To: ann\@example.net
Subject: Delivery report
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=r

--r
Content-Type: text/plain

What became of your mail follows.

--r
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

$recipients--r--
EOM
    my @named = map { $_->get('email') } $read->reports;
    print "@$actions: ", ($read->is_bounce ? 'bounce' : 'no bounce'), ", names:", (map { " $_" } @named), "\n";
}
EOT2
perl seen.pl | tee seen
cat > before <<'EOT2'
failed: bounce, names: a@example.com
failed failed: bounce, names: a@example.com b@example.com
failed delivered: no bounce, names: a@example.com
delivered failed: no bounce, names:
delayed failed: no bounce, names:
failed relayed: no bounce, names: a@example.com
EOT2
cmp -s before seen || { echo 'This has changed.'; exit 1; }
