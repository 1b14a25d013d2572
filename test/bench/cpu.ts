// CPU time of everything a measurement runs, by part, from the kernel's own accounts: what a figure costs, whoever
// else is on the machine.
// Used around a pipeline's run; Linux only.
import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds of CPU by part. */
export type Cpu = Record<string, number>;

/**
 * Of this process, `others` (a postmaster has no parent of ours) and all their descendants, ended children included.
 */
export function cpuNow(others: readonly number[]): Cpu {
  const all = new Map<number, { parent: number; ms: number; part: string }>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      // Ticks of 10 ms: utime, stime, and those of children that were waited for.
      const ms = ((fields[11] ?? 0) + (fields[12] ?? 0) + (fields[13] ?? 0) + (fields[14] ?? 0)) * 10;
      all.set(Number(pid), { parent: fields[1] ?? 0, ms, part: partOf(command) });
    } catch {
      // It ended while we looked.
    }
  }
  const ours = (pid: number): boolean =>
    pid === process.pid || others.includes(pid) || (pid > 1 && ours(all.get(pid)?.parent ?? 0));
  const sums: Cpu = {};
  for (const [pid, { ms, part }] of all) if (ours(pid)) sums[part] = (sums[part] ?? 0) + ms;
  return sums;
}

const partOf = (command: string): string =>
  /dist\/apps\/([\w-]+)\/src\/main\.js/.exec(command)?.[1] ??
  (/postgres/.test(command)
    ? 'postgres'
    : /beam|erl|rabbit/.test(command)
      ? 'rabbitmq'
      : /bench\/sink/.test(command)
        ? 'sink'
        : 'driver');

/** The process that made another one: of a backend its postmaster. */
export const parentOf = (pid: number): number =>
  Number(
    readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')[1],
  );

/** What each of `count` items cost between two looks, by part. */
export const cpuEach = (before: Cpu, after: Cpu, count: number): Cpu =>
  Object.fromEntries(Object.entries(after).map(([part, ms]) => [part, (ms - (before[part] ?? 0)) / count]));
