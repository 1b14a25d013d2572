#!/bin/sh
# PgBouncer 1.24.1 (Debian 13, transaction mode): of the startup parameter `options`, DateStyle reaches Postgres and
# enable_seqscan does not. With `ignore_startup_parameters = options` there is no error: one half of the string is applied, the
# other is dropped. Without it the connection is refused because of the name that PgBouncer does not track.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'kill $pids 2>/dev/null || true; rm -rf "$folder"' EXIT
pids=
cd "$folder"
mkdir -p lists/partial cache/archives/partial run
source=$(apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(SUITE)' 'Created-By: Packages' | grep ' Debian ' | grep -v security | head -n 1 | cut -d' ' -f1)
echo "deb $source trixie main" > sources.list
apt="apt-get -qq -o Dir::Etc::sourcelist=$folder/sources.list -o Dir::Etc::sourceparts=- -o Dir::State::lists=$folder/lists -o Dir::Cache=$folder/cache"
$apt update
$apt download pgbouncer=1.24.1-1+deb13u2 postgresql-17 postgresql-client-17 libc6 libcares2 libevent-2.1-7t64 libpam0g \
  libssl3t64 libsystemd0 libpq5 libldap2 libsasl2-2 libxml2 libicu76 liblz4-1 libzstd1 zlib1g liblzma5 libgssapi-krb5-2 \
  libkrb5-3 libk5crypto3 libkrb5support0 libcom-err2 libkeyutils1 libaudit1 libcap-ng0 libcap2 libselinux1 libpcre2-8-0 \
  libreadline8t64 libtinfo6 libstdc++6 libgcc-s1 libnuma1 liburing2 libgcrypt20 libgpg-error0 2>/dev/null
for package in *.deb; do dpkg -x "$package" root; done
libraries="$folder/root/usr/lib/x86_64-linux-gnu"
loader="$folder/root/usr/lib64/ld-linux-x86-64.so.2 --library-path $libraries"
bin="$folder/root/usr/lib/postgresql/17/bin"
as=
if [ "$(id -u)" = 0 ]; then as='setpriv --reuid=65534 --regid=65534 --clear-groups'; chown 65534:65534 run; fi
# initdb finds `postgres` beside itself; this one goes by the loader of its own release.
mv "$bin/postgres" "$bin/postgres.real"
printf '#!/bin/sh\nexec %s --argv0 "%s" "%s" "$@"\n' "$loader" "$bin/postgres" "$bin/postgres.real" > "$bin/postgres"
chmod 755 "$bin/postgres"
export LANG=C PGUSER=probe
$as $loader --argv0 "$bin/initdb" "$bin/initdb" -D "$folder/run/data" -U probe --auth=trust > run.log 2>&1
port=$((20000 + $$ % 10000))
$as "$bin/postgres" -D "$folder/run/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= > server.log 2>&1 &
pids="$pids $!"
bouncer() {
  cat > "run/$1.ini" <<EOT
[databases]
* = host=127.0.0.1 port=$port
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $2
unix_socket_dir =
auth_type = any
pool_mode = transaction
$3
EOT
  sed -i "s/^\* = .*/& user=probe/" "run/$1.ini"
  $as $loader "$folder/root/usr/sbin/pgbouncer" -q "run/$1.ini" > "$1.log" 2>&1 &
  pids="$pids $!"
}
bouncer ignoring $((port + 1)) 'ignore_startup_parameters = options'
bouncer strict $((port + 2)) ''
ask() {
  PGOPTIONS='-c DateStyle=German -c enable_seqscan=off' $loader "$bin/psql" -h 127.0.0.1 -p "$1" -d postgres -Atc \
    "select current_setting('DateStyle') || ', enable_seqscan ' || current_setting('enable_seqscan')" 2>&1 || true
}
tries=0
until ask "$port" | grep -q enable_seqscan || [ "$tries" = 50 ]; do tries=$((tries + 1)); sleep 0.2; done
$loader "$folder/root/usr/sbin/pgbouncer" --version | head -n 1
direct=$(ask "$port")
ignoring=$(ask $((port + 1)))
strict=$(ask $((port + 2)))
echo "Postgres itself: $direct"
echo "ignore_startup_parameters = options: $ignoring"
echo "without it: $strict"
[ "$direct" = 'German, DMY, enable_seqscan off' ] || { echo 'This has changed.'; exit 1; }
[ "$ignoring" = 'German, DMY, enable_seqscan on' ] || { echo 'This has changed.'; exit 1; }
case "$strict" in
  *'unsupported startup parameter in options: enable_seqscan'*) ;;
  *) echo 'This has changed.'; exit 1 ;;
esac
