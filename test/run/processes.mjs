// A process that a run started outside of any folder of its own, so that it ends with the run: also with one that was
// killed, by the next run.
// Called by the chaos suite (services.ts) for the apps and what stands before Postgres.
import { readFileSync } from 'node:fs';
import { undoingOf } from './made.mjs';

/** Records it until it ends. */
export function track(made, child) {
  if (child.pid === undefined) return;
  const thing = { kind: 'process', pid: child.pid, startedAt: startOf(child.pid) };
  made.add(thing);
  child.once('exit', () => made.forget(thing));
}

/** A process id may have gone to another program since. */
undoingOf('process', ({ pid, startedAt }) => {
  if (startedAt !== undefined && startOf(pid) === startedAt) process.kill(pid, 'SIGKILL');
});

/** In the kernel's ticks since it booted (proc(5), /proc/PID/stat, field 22); undefined where it is gone, or no Linux. */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  } catch {
    return undefined;
  }
}
