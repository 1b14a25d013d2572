// A test or chaos run that was killed leaves processes behind; the next run ends exactly those.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { eventually } from '../../support/eventually';
import { projectRoot } from '../../support/project-root';

const script = (name: string): string => JSON.stringify(pathToFileURL(join(projectRoot, 'test', 'run', name)).href);

/** Starts a process, records it as the chaos run does its apps, says its id, and never ends. */
const run = `
  import { spawn } from 'node:child_process';
  import { Made } from ${script('made.mjs')};
  import { track } from ${script('processes.mjs')};
  const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  track(new Made('test-' + process.pid), child);
  console.log(child.pid);
  setInterval(() => undefined, 1_000);
`;
/** A run that has no use for what makes those things. */
const nextRun = `
  const { undoLeftovers } = await import(${script('made.mjs')});
  await undoLeftovers();
`;

/** Killed and not yet reaped counts as gone. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !onLinux || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const onLinux = existsSync('/proc/self/stat');
const runs: ChildProcess[] = [];
const left: number[] = [];

async function startRun(): Promise<{ run: ChildProcess; pid: number }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', run]);
  runs.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  left.push(Number(String(line)));
  return { run: child, pid: Number(String(line)) };
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  if (child.kill('SIGKILL')) await ended;
}

afterAll(async () => {
  for (const each of runs) if (each.signalCode === null) await kill(each);
  for (const pid of left) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  spawnSync(process.execPath, ['--input-type=module', '-e', nextRun]);
});

it('ends what a run that was killed has left, and nothing of one that still runs', async () => {
  const [killed, other] = [await startRun(), await startRun()];
  await kill(killed.run);
  expect([killed.pid, other.pid].map(isAlive)).toEqual([true, true]);
  const next = spawnSync(process.execPath, ['--input-type=module', '-e', nextRun], { encoding: 'utf8' });
  expect({ status: next.status, said: next.stderr }).toEqual({ status: 0, said: '' });
  // Elsewhere than on Linux nothing tells whether the process id has gone to another program since.
  await eventually('it has ended', () => !onLinux || !isAlive(killed.pid));
  expect(isAlive(other.pid)).toBe(true);
});
