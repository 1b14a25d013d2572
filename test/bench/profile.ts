// Sums up the CPU profiles of the apps: where the time of each goes, by the functions that spend it themselves.
// Called by main.ts with `--profile`; the profiles themselves open in any browser's developer tools.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

const shown = 15;

/** A Markdown list for each process of the folder, busiest functions first, in percent of the time it was busy. */
export function summary(folder: string): string {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .sort()
    .map((name) => listOf(name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as Profile))
    .join('\n');
}

function listOf(name: string, { nodes, samples, timeDeltas }: Profile): string {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const spent = new Map<string, number>();
  samples.forEach((id, at) => {
    const what = names.get(id) ?? '';
    spent.set(what, (spent.get(what) ?? 0) + (timeDeltas[at] ?? 0));
  });
  const app =
    [...names.values()]
      .map((each) => /^apps\/([\w-]+)\/src\/main/.exec(each)?.[1])
      .find((each) => each !== undefined) ?? 'a thread';
  spent.delete('(idle)');
  const busy = [...spent.values()].reduce((sum, each) => sum + each, 0);
  const rows = [...spent]
    .sort(([, a], [, b]) => b - a)
    .slice(0, shown)
    .map(([what, micros]) => `- ${((100 * micros) / busy).toFixed(1)} % ${what}`);
  return [`### ${app} (${name}), busy ${(busy / 1e6).toFixed(1)} s`, ...rows, ''].join('\n');
}

const nameOf = ({ functionName, url, lineNumber }: Profile['nodes'][number]['callFrame']): string =>
  url === '' ? functionName : `${url.replace(/^.*\/(?:dist|node_modules)\//, '')}:${lineNumber + 1} ${functionName}`;
