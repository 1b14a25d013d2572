// What this machine has and lets us do: programs on the PATH, Debian packages, free ports, waiting for an answer.
// Used by the scripts that provide Postgres, RabbitMQ and Chromium.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { say } from '../../apps/standalone/bin/install.mjs';

/** The first of these programs that can be run, as a full path. */
export function findProgram(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => (name.includes('/') ? [name] : folders.map((folder) => join(folder, name))))
    .find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export const mayInstall = () =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && findProgram('apt-get') !== undefined;

/** Installs a Debian package without starting the service it brings; false when that fails. */
export function aptInstall(name) {
  say(`Installing ${name} with apt-get …`);
  // Debian's own switch: 101 forbids every service start while it is there.
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return aptGet('update', '-qq') && aptGet('install', '-y', '-qq', '--no-install-recommends', name);
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
}

function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const done = spawnSync('apt-get', args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (done.status !== 0)
    say(`apt-get ${args.join(' ')}: ${`${done.stderr}${done.stdout}`.trim().split('\n').slice(-3).join(' | ')}`);
  return done.status === 0;
}

export async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * A free port that stays free while its owner restarts: below those that the system gives to outgoing connections, one
 * of which could otherwise sit on it, even one that was meant for the owner itself.
 */
export async function steadyPort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer();
    const free = await new Promise((resolve) =>
      server.on('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)),
    );
    if (free) await new Promise((resolve) => server.close(resolve));
    if (free) return port;
  }
}

/**
 * Asks until `probe` returns something true or the time is over; what it returned last. A probe that throws counts as
 * no.
 */
export async function until(withinMs, probe) {
  for (const deadline = Date.now() + withinMs; ; await wait(100)) {
    const answer = await Promise.resolve()
      .then(probe)
      .catch(() => undefined);
    if (answer || Date.now() > deadline) return answer;
  }
}
