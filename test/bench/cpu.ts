// CPU time of everything a measurement runs, by part, from the kernel's own accounts: what a figure costs, whoever
// else is on the machine.
// Used around a pipeline's run; Linux only.
import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds of CPU by part. */
export type Cpu = Record<string, number>;

/**
 * CPU of this process, of `others` (Postgres is not our child) and of all their descendants, children that have ended
 * included.
 */
export function cpuNow(others: readonly number[]): Cpu {
  const all = everyProcess();
  const sums: Cpu = {};
  for (const pid of descendants(all, [process.pid, ...others])) {
    const { part, ms } = all.get(pid) ?? { part: 'driver', ms: 0 };
    sums[part] = (sums[part] ?? 0) + ms;
  }
  return sums;
}

/** Of one process and its descendants. */
export function cpuOf(pid: number): { all: number; postgres: number } {
  const all = everyProcess();
  const theirs = descendants(all, [pid]).flatMap((each) => all.get(each) ?? []);
  const sum = (those: readonly { ms: number }[]): number => those.reduce((ms, each) => ms + each.ms, 0);
  return { all: sum(theirs), postgres: sum(theirs.filter(({ part }) => part === 'postgres')) };
}

interface ProcessFacts {
  parent: number;
  ms: number;
  part: string;
}

function descendants(all: ReadonlyMap<number, ProcessFacts>, roots: readonly number[]): number[] {
  const isTheirs = (pid: number): boolean => roots.includes(pid) || (pid > 1 && isTheirs(all.get(pid)?.parent ?? 0));
  return [...all.keys()].filter(isTheirs);
}

function everyProcess(): Map<number, ProcessFacts> {
  const all = new Map<number, ProcessFacts>();
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
  return all;
}

const partOf = (command: string): string =>
  /dist\/apps\/([\w-]+)\/src\/main\.js/.exec(command)?.[1] ??
  (/postgres/.test(command)
    ? 'postgres'
    : /beam|erl|rabbit/.test(command)
      ? 'rabbitmq'
      : /bench\/sink/.test(command)
        ? 'sink'
        : /bench\/bare/.test(command)
          ? 'bare'
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

/** The mean of several rounds, by part. */
export const meanCpu = (rounds: readonly Cpu[]): Cpu =>
  Object.fromEntries(
    Object.keys(rounds[0] ?? {}).map((part) => [
      part,
      rounds.reduce((sum, each) => sum + (each[part] ?? 0), 0) / rounds.length,
    ]),
  );

/** Of all processes of the product, Postgres and the broker: not of what drives them, takes their mail or is bare. */
export const productCpu = ({ driver: _driver, sink: _sink, bare: _bare, ...product }: Cpu): number =>
  Object.values(product).reduce((sum, each) => sum + each, 0);
