// The table of a run: Markdown for people, JSON for machines.
// Called by main.ts.
import type { Row } from './program';

export interface Report {
  date: string;
  system: string;
  seconds: number;
  rows: Row[];
  /** Programs that may be missing: `--may-miss`. */
  mayMiss: string[];
}

/** Markdown: one line a program, then every check that was not right, and every program that could not be run. */
export function markdown({ date, system, seconds, rows, mayMiss }: Report): string {
  const verdictOf = ({ name, outcome, why, checks }: Row): string => {
    if (outcome === 'ran') return counted(checks);
    return `could not be run${mayMiss.includes(name) ? ', as --may-miss allows' : ''}: ${cell(why)}`;
  };
  const lines = rows.map(
    (row) => `| ${row.name} | ${row.kind} | ${row.version} | ${verdictOf(row)} | ${row.seconds} |`,
  );
  const wrong = rows.flatMap(({ name, checks }) =>
    checks.filter(({ ok }) => !ok).map(({ what, saw }) => `- ${name}: ${what} — saw: ${saw}`),
  );
  const unchecked = rows.filter(({ outcome, checks }) => outcome === 'ran' && checks.length === 0);
  const missing = rows.filter(({ name, outcome }) => outcome !== 'ran' && !mayMiss.includes(name));
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
    ...unchecked.map(({ name }) => `\n${name} ran, and nothing was checked.`),
    ...missing.map(({ name }) => `\n${name} could not be run, and --may-miss does not name it: this run is not green.`),
    '',
  ].join('\n');
}

const counted = (checks: { ok: boolean }[]): string =>
  `${checks.filter(({ ok }) => ok).length} of ${checks.length} right`;

/** No line end and no bar, so that it stays one cell of the table. */
const cell = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('|', '/').slice(0, 300);

/**
 * A run is green when every program ran and every check is right; `mayMiss` names those that need not run, but one must
 * have.
 */
export const isGreen = ({ rows, mayMiss }: Pick<Report, 'rows' | 'mayMiss'>): boolean =>
  rows.some(({ outcome }) => outcome === 'ran') &&
  rows.every(
    ({ name, outcome, checks }) =>
      checks.every(({ ok }) => ok) && (outcome === 'ran' ? checks.length > 0 : mayMiss.includes(name)),
  );
