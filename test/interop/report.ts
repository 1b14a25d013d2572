// The table of a run: Markdown for people, JSON for machines.
// Called by main.ts.
import type { Row } from './program';

export interface Report {
  date: string;
  system: string;
  seconds: number;
  rows: Row[];
}

/** Markdown: one line a program, then every check that was not right. */
export function markdown({ date, system, seconds, rows }: Report): string {
  const lines = rows.map(
    ({ name, kind, version, checks, outcome, why, seconds: took }) =>
      `| ${name} | ${kind} | ${version} | ${outcome === 'ran' ? counted(checks) : `could not be run: ${cell(why)}`} | ${took} |`,
  );
  const wrong = rows.flatMap(({ name, checks }) =>
    checks.filter(({ ok }) => !ok).map(({ what, saw }) => `- ${name}: ${what} — saw: ${saw}`),
  );
  return [
    `# Real programs that met the product, ${date}`,
    '',
    `${system}; ${Math.round(seconds)} s.`,
    '',
    '| program | kind | version | checks | seconds |',
    '|---|---|---|---|---|',
    ...lines,
    '',
    ...(wrong.length === 0 ? ['Every check of what ran was right.'] : ['Not right:', '', ...wrong]),
    '',
  ].join('\n');
}

const counted = (checks: { ok: boolean }[]): string =>
  `${checks.filter(({ ok }) => ok).length} of ${checks.length} right`;

/** No line end and no bar, so that it stays one cell of the table. */
const cell = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('|', '/').slice(0, 300);

/** A run is green when every check of what ran is right and everything asked for by name could be run. */
export const isGreen = (rows: Row[], only: string[]): boolean =>
  rows.every(({ name, outcome, checks }) =>
    outcome === 'ran' ? checks.length > 0 && checks.every(({ ok }) => ok) : !only.includes(name),
  );
