// Whether a package that ships has a known hole of weight: fails on high and critical advisories, reports the rest.
// Called by .ci/run. A registry that answers no such question is said, and fails nothing: it tells nothing about the
// packages.
import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const heavy = ['high', 'critical'];

/** What `npm audit --json` printed, as lines to show and whether they should stop a change. */
export function judge(output) {
  let report;
  try {
    report = JSON.parse(output);
  } catch {
    return { fails: false, lines: ['NOT AUDITED: npm audit gave no answer that can be read.'] };
  }
  const counts = report.metadata?.vulnerabilities;
  if (!counts)
    return {
      fails: false,
      lines: [
        `NOT AUDITED: the registry does not answer ` +
          `(${String(report.message ?? report.error?.summary ?? 'no reason given').split('\n', 1)}).`,
      ],
    };
  const found = Object.values(report.vulnerabilities ?? {});
  const lines = found.map(
    ({ name, severity, via }) =>
      `${severity}: ${name}: ${via.map((each) => (typeof each === 'string' ? `by ${each}` : `${each.title} ${each.url}`)).join('; ')}`,
  );
  const summary = `${counts.total ?? found.length} advisories on ${report.metadata.dependencies?.prod ?? 'the'} packages that ship`;
  return { fails: found.some(({ severity }) => heavy.includes(severity)), lines: [...lines, summary] };
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { stdout, stderr } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  const { fails, lines } = judge(stdout || stderr || '');
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  process.exitCode = fails ? 1 : 0;
}
