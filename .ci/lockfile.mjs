// Whether package-lock.json is what package.json asks for: compares it with one made anew, and knows no place to
// fetch from.
// Called by .ci/run with the two files. Which other platforms' binaries a registry offers changes from day to day:
// optional packages may differ.
import { readFileSync } from 'node:fs';

const [ours, fresh] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')).packages);
const needed = (packages) => Object.fromEntries(Object.entries(packages).filter(([, entry]) => !entry.optional));
const differing = [...new Set([...Object.keys(needed(ours)), ...Object.keys(needed(fresh))])].filter(
  (path) => JSON.stringify(ours[path]) !== JSON.stringify(fresh[path]),
);
const placed = Object.keys(ours).filter((path) => ours[path].resolved !== undefined);
for (const path of differing)
  process.stdout.write(`package-lock.json is not what package.json asks for: ${path || 'the project itself'}\n`);
for (const path of placed) process.stdout.write(`package-lock.json names a place to fetch ${path} from\n`);
process.exit(differing.length + placed.length > 0 ? 1 : 0);
