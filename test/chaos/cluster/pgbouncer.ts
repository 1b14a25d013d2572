// A PgBouncer of our own before a Postgres: its settings are a text, beside which only place, port and users are ours.
// Started by pooler.ts for each of its cases, and by front.ts.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../support/eventually';
import { root, steadyPort } from '../services';
import { type UnpackedProgram, unpackProgram } from './debian';

export interface Bouncer {
  /** The same database by way of the pooler. */
  through(url: string): string;
  /** kill -9, and started again on the same port. */
  bounce(): Promise<void>;
  stop(): Promise<void>;
}

const nobody = 65_534;
const trixie = ['pgbouncer', 'libc6', 'libcares2', 'libevent-2.1-7t64', 'libpam0g', 'libssl3t64', 'libsystemd0'];
export const binary = 'usr/sbin/pgbouncer';

/** Debian 13's, with its libraries. */
export const unpackBouncer = (folder: string): UnpackedProgram => unpackProgram(folder, 'trixie', trixie, binary);

/** The blocks of docs/scale.md as they stand. */
export const recipeOf = (): { ini: string; sql: string } => ({ ini: block('ini'), sql: block('sql') });

/** The block for HAProxy, with this address to bind and these servers in place of the page's three. */
export function balancerOf(address: string, hosts: readonly { address: string; rest: number | string }[]): string {
  const servers = hosts.map((host, at) => `  server pg${at + 1} ${host.address} check port ${host.rest}\n`);
  const shown = block('haproxy');
  const own = shown.replace(/^  bind .*$/m, `  bind ${address}`).replace(/(?:^  server .*\n)+/m, servers.join(''));
  if (!own.includes(`bind ${address}`) || !own.endsWith(servers.join('')))
    throw new Error('docs/scale.md has no address or no servers for HAProxy');
  return own;
}

function block(kind: string): string {
  const page = readFileSync(join(root, 'docs', 'scale.md'), 'utf8');
  const [, section = ''] = /^## PgBouncer$(.*?)^## /ms.exec(page) ?? [];
  const [, text] = new RegExp(`^\`\`\`${kind}\\n(.*?)^\`\`\``, 'ms').exec(section) ?? [];
  if (text === undefined) throw new Error(`docs/scale.md has no block of ${kind} for PgBouncer`);
  return text;
}

export async function startBouncer(
  program: UnpackedProgram,
  place: { folder: string; postgres: string; users: Record<string, string>; track?(child: ChildProcess): void },
  recipe: string,
): Promise<Bouncer> {
  mkdirSync(place.folder, { recursive: true });
  chmodSync(place.folder, 0o777);
  const port = await steadyPort();
  const { hostname, port: behind } = new URL(place.postgres);
  const at = (name: string): string => join(place.folder, name);
  const users = Object.entries(place.users).map(([name, password]) => `"${name}" "${password}"\n`);
  writeFileSync(at('users'), users.join(''));
  writeFileSync(
    at('pgbouncer.ini'),
    [
      recipe,
      `listen_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =`,
      `auth_type = plain\nauth_file = ${at('users')}\nlogfile = ${at('log')}`,
      `[databases]\n* = host=${hostname} port=${behind}\n`,
    ].join('\n'),
  );
  let child: ChildProcess;
  const launch = async (): Promise<void> => {
    const [first = '', ...rest] = program.command;
    // It refuses to run as root.
    const identity = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
    child = spawn(first, [...rest, '-q', at('pgbouncer.ini')], { stdio: 'ignore', ...identity });
    place.track?.(child);
    const isUp = (): boolean => {
      if (child.exitCode !== null) throw new Error(`PgBouncer has ended: ${readFileSync(at('log'), 'utf8')}`);
      return readFileSync(at('log'), 'utf8').includes(`listening on 127.0.0.1:${port}`);
    };
    await eventually('PgBouncer listens', isUp);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill(signal)) await ended;
  };
  await launch();
  return {
    through: (url) => {
      const pooled = new URL(url);
      pooled.port = String(port);
      return pooled.href;
    },
    bounce: async () => {
      await end('SIGKILL');
      writeFileSync(at('log'), '');
      await launch();
    },
    stop: () => end('SIGINT'),
  };
}
