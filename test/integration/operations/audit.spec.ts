// What CI makes of the answers of `npm audit`: a heavy hole in what ships stops a change, a registry that does not
// answer is said and stops nothing.
import { join } from 'node:path';

type Judge = (output: string) => { fails: boolean; lines: string[] };
const judge = async (answer: unknown): Promise<ReturnType<Judge>> =>
  ((await import(join(__dirname, '..', '..', '..', '.ci', 'audit.mjs'))) as { judge: Judge }).judge(
    typeof answer === 'string' ? answer : JSON.stringify(answer),
  );

/** As npm 11 prints it (auditReportVersion 2). */
const report = (...severities: string[]): unknown => ({
  auditReportVersion: 2,
  vulnerabilities: Object.fromEntries(
    severities.map((severity, n) => [
      `pack-${n}`,
      {
        name: `pack-${n}`,
        severity,
        via: n === 0 ? [{ title: 'Prototype pollution', url: 'https://github.com/advisories/GHSA-x' }] : ['pack-0'],
      },
    ]),
  ),
  metadata: { vulnerabilities: { total: severities.length }, dependencies: { prod: 240 } },
});

it.each([
  ['nothing', [], false],
  ['light ones', ['low', 'moderate'], false],
  ['a high one', ['moderate', 'high'], true],
  ['a critical one', ['critical'], true],
])('%s', async (_what, severities, fails) => {
  const judged = await judge(report(...severities));
  expect([judged.fails, judged.lines.at(-1)]).toEqual([
    fails,
    `${severities.length} advisories on 240 packages that ship`,
  ]);
  for (const severity of severities) expect(judged.lines.join('\n')).toContain(`${severity}: pack-`);
});

it.each([
  [
    'a registry without advisories',
    { message: '405 Method Not Allowed', error: { summary: '', detail: '' } },
    /^NOT AUDITED: .*405/,
  ],
  ['no network', { error: { code: 'ENOTFOUND', summary: 'request failed' } }, /^NOT AUDITED: .*request failed/],
  ['no answer at all', '', /^NOT AUDITED/],
])('%s is said and fails nothing', async (_what, answer, said) => {
  const { fails, lines } = await judge(answer);
  expect([fails, lines.length]).toEqual([false, 1]);
  expect(lines[0]).toMatch(said);
});
