#!/bin/sh
# Roundcube 1.6.5 (Debian 12) translates the names of the values in the line above a quoted mail. In Macedonian, Uyghur and Kurdish a
# plain reply says "$дата", "$праќач", "date$", "sender$" or names no sender, so that a program that reads replies finds neither date
# nor name there. In English it says "On 2030-11-23 12:00, Ann wrote:".
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p cache/archives/partial conf
apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache="$folder/cache" php8.2-cli php8.2-mbstring \
  >/dev/null 2>&1
apt-get download -qq roundcube-core=1.6.5+dfsg-1+deb12u13 >/dev/null 2>&1
for package in cache/archives/*.deb roundcube-core_*.deb; do dpkg -x "$package" root; done
cat > conf/defaults.inc.php <<'EOT2'
<?php
$config = ['log_dir' => '/tmp', 'temp_dir' => '/tmp', 'log_driver' => 'stdout'];
EOT2
echo '<?php $config = [];' > conf/config.inc.php
cat > seen.php <<'EOT2'
<?php
define('INSTALL_PATH', __DIR__ . '/root/usr/share/roundcube/');
define('RCUBE_INSTALL_PATH', INSTALL_PATH);
define('RCUBE_CONFIG_DIR', __DIR__ . '/conf/');
define('RCUBE_LOCALIZATION_DIR', INSTALL_PATH . 'program/localization/');
require INSTALL_PATH . 'program/lib/Roundcube/bootstrap.php';
foreach (['en_US', 'mk_MK', 'ug', 'ku'] as $language) {
    $app = rcube::get_instance();
    $app->load_language($language);
    $values = ['date' => '2030-11-23 12:00', 'sender' => 'Ann'];
    echo "$language: ", $app->gettext(['name' => 'mailreplyintro', 'vars' => $values]), "\n";
}
EOT2
export LD_LIBRARY_PATH="$folder/root/usr/lib/x86_64-linux-gnu"
modules=$(echo "$folder"/root/usr/lib/php/2*)
root/usr/bin/php8.2 -n -d display_errors=0 -d extension_dir="$modules" -d extension=mbstring seen.php 2>/dev/null | tee seen
cat > before <<'EOT2'
en_US: On 2030-11-23 12:00, Ann wrote:
mk_MK: На $дата,$праќач напиша:
ug: date$ دا، sender$ يازدى:
ku: Di 2030-11-23 12:00 de, şandyar nivîsî:
EOT2
cmp -s before seen || { echo 'This has changed.'; exit 1; }
