#!/bin/sh
# RabbitMQ 3.10.8 (Debian 12), three nodes, a quorum queue with three members: its leader's node is stopped (SIGSTOP) for 20 s.
# A channel that published to the queue before gets its confirms from the new leader some 5 to 12 s later. A channel of
# another node whose first publish comes after the stop, even seconds after the new leader confirms for others, gets none
# until the stopped node goes on: its first publish calls the node that is on record as the leader, without a time limit,
# and the record (Mnesia) cannot change while a node does not respond. The same channel confirms nothing for other queues
# meanwhile. With the default net_ticktime of 60 s this can last over a minute.
set -eu
folder=$(mktemp -d)
nodes=
trap 'for node in $nodes; do kill -CONT "-$node"; kill -KILL "-$node"; done 2>/dev/null || true; "$epmd" -kill >/dev/null 2>&1 || true; rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p lists/partial cache/archives/partial
source=$(apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(SUITE)' 'Created-By: Packages' | grep ' Debian ' | grep -v security | head -n 1 | cut -d' ' -f1)
echo "deb $source bookworm main" > sources.list
apt="apt-get -qq -o Dir::Etc::sourcelist=$folder/sources.list -o Dir::Etc::sourceparts=- -o Dir::State::lists=$folder/lists -o Dir::Cache=$folder/cache"
$apt update
packages=rabbitmq-server=3.10.8-1.1+deb12u1
for part in base asn1 crypto eldap ftp inets mnesia os-mon parsetools public-key runtime-tools snmp ssl syntax-tools tftp tools xmerl; do
  packages="$packages erlang-$part"
done
$apt download $packages 2>/dev/null
for package in *.deb; do dpkg -x "$package" root; done
npm init -y >/dev/null
npm install --silent --no-audit --no-fund amqplib@2.3.1
export ERL_ROOTDIR="$folder/root/usr/lib/erlang" HOME="$folder" LANG=C.UTF-8
export PATH="$ERL_ROOTDIR/bin:$PATH" ERL_EPMD_PORT=$((20000 + $$ % 10000)) ERL_EPMD_RELAXED_COMMAND_CHECK=1
epmd=$(echo "$ERL_ROOTDIR"/erts-*/bin/epmd)
printf 'cookie' > .erlang.cookie
chmod 400 .erlang.cookie
server="$folder/root/usr/lib/rabbitmq/lib/rabbitmq_server-3.10.8/sbin"
start() {
  at="$folder/$1"
  mkdir "$at"
  echo '[].' > "$at/plugins"
  : > "$at/env.conf"
  cat > "$at/rabbitmq.conf" <<EOT
disk_free_limit.absolute = 50MB
cluster_formation.peer_discovery_backend = classic_config
cluster_formation.classic_config.nodes.1 = one$$@localhost
cluster_formation.classic_config.nodes.2 = two$$@localhost
cluster_formation.classic_config.nodes.3 = three$$@localhost
EOT
  RABBITMQ_NODENAME="$1$$@localhost" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=$((ERL_EPMD_PORT + $2)) \
    RABBITMQ_DIST_PORT=$((ERL_EPMD_PORT + $2 + 3)) RABBITMQ_CONF_ENV_FILE="$at/env.conf" RABBITMQ_CONFIG_FILE="$at/rabbitmq" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$at/plugins" RABBITMQ_GENERATED_CONFIG_DIR="$at/config" \
    RABBITMQ_FEATURE_FLAGS_FILE="$at/flags" RABBITMQ_MNESIA_BASE="$at/data" RABBITMQ_LOG_BASE="$at/log" \
    RABBITMQ_PID_FILE="$at/pid" RABBITMQ_PLUGINS_EXPAND_DIR="$at/expanded" setsid "$server/rabbitmq-server" > "$at/output" 2>&1 &
  nodes="$nodes $!"
  tries=0
  until grep -q 'completed with' "$at/output" || [ "$tries" = 120 ]; do tries=$((tries + 1)); sleep 0.5; done
}
start one 1
start two 2
start three 3
cat > seen.cjs <<'EOT'
const { connect } = require('amqplib');
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const [port, stopped] = process.argv.slice(2).map(Number);
const channelOn = async (node) => (await connect(`amqp://127.0.0.1:${port + node}`)).createConfirmChannel();
const arguments_ = { 'x-queue-type': 'quorum', 'x-queue-leader-locator': 'client-local' };
let stop;
/** Seconds from the stop to the confirm. */
const confirmed = (channel, queue) =>
  new Promise((resolve) =>
    channel.sendToQueue(queue, Buffer.from('x'), { persistent: true }, () => resolve((performance.now() - stop) / 1000)),
  );
(async () => {
  await (await channelOn(1)).assertQueue('led-by-one', { arguments: arguments_ });
  await (await channelOn(2)).assertQueue('led-by-two', { arguments: arguments_ });
  const before = await channelOn(2);
  for (const queue of ['led-by-one', 'led-by-two']) await confirmed(before, queue);
  const [late, alone] = [await channelOn(3), await channelOn(3)];
  process.kill(-stopped, 'SIGSTOP');
  stop = performance.now();
  const used = confirmed(before, 'led-by-one');
  await wait(15_000);
  const fresh = confirmed(late, 'led-by-one');
  const behind = confirmed(late, 'led-by-two');
  const other = confirmed(alone, 'led-by-two');
  await wait(5_000);
  process.kill(-stopped, 'SIGCONT');
  const seen = await Promise.all([used, fresh, behind, other]);
  const [a, b, c, d] = seen.map((seconds) => seconds.toFixed(1));
  console.log(`RabbitMQ 3.10.8; seconds after the leader's node was stopped (it went on after 20):`);
  console.log(`channel that had published before, published at 0: confirmed at ${a}`);
  console.log(`channel that had not, published at 15: confirmed at ${b}; to another queue on the same channel: at ${c}`);
  console.log(`to that other queue on a channel of its own, published at 15: confirmed at ${d}`);
  const asSeen = seen[0] < 15 && seen[1] >= 19.9 && seen[2] >= 19.9 && seen[3] < 16;
  if (!asSeen) console.log('This has changed.');
  process.exit(asSeen ? 0 : 1);
})();
EOT
node seen.cjs "$ERL_EPMD_PORT" "$(echo $nodes | cut -d" " -f1)" || exit 1
