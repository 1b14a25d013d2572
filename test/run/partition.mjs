// A partition between one node of a cluster and the others: what they send each other vanishes without a word, as where
// a switch fails; its clients are still served. By rules of iptables for those ports alone, as root.
// Called by rabbitmq-server.mjs.
import { spawnSync } from 'node:child_process';
import { aptInstall, findProgram, mayInstall } from './machine.mjs';
import { undoingOf } from './made.mjs';

const run = (program, ...args) => spawnSync(program, args, { encoding: 'utf8' });

/** `nodes`: all of the cluster; falsy ends the partition. Each has `distributionPort` and `group()`, its process group. */
export async function partition(made, node, nodes) {
  if (!nodes) return made.drop(node.cut);
  if (!findProgram('iptables', '/usr/sbin/iptables') && !(mayInstall() && aptInstall('iptables')))
    throw new Error('a partition needs iptables');
  const peers = nodes.filter((each) => each !== node).map((each) => each.distributionPort);
  // To it by its own port; from it, where its connections began.
  const ports = [node.distributionPort, ...portsTowards(peers, node.group())];
  const rules = ports.flatMap((port) => ['--sport', '--dport'].map((side) => [side, String(port), '-j', 'DROP']));
  node.cut = { kind: 'firewall', rules };
  made.add(node.cut);
  for (const rule of rules) run('iptables', '-w', '-I', 'INPUT', '-i', 'lo', '-p', 'tcp', ...rule);
}

/** Local ports of this process group's connections to `peers`. */
function portsTowards(peers, group) {
  return run('ss', '-tnpH', 'state', 'established')
    .stdout.split('\n')
    .flatMap((line) => {
      const [, , local = '', remote = ''] = line.trim().split(/\s+/);
      const [, pid] = /pid=(\d+)/.exec(line) ?? [];
      const isOurs = pid !== undefined && peers.includes(Number(remote.split(':').at(-1)));
      return isOurs && Number(run('ps', '-o', 'pgid=', '-p', pid).stdout) === group
        ? [Number(local.split(':').at(-1))]
        : [];
    });
}

undoingOf('firewall', ({ rules }) => {
  for (const rule of rules) run('iptables', '-w', '-D', 'INPUT', '-i', 'lo', '-p', 'tcp', ...rule);
});
