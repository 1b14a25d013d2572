// The alert rules, run by Prometheus' own tool on made-up series: each alert fires and does not fire.
// promtool is installed by the test script where Debian's package can be had; without it these tests fail and say so.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const folder = join(__dirname, '..', '..', 'docker', 'prometheus');
const read = (name: string): unknown => parse(readFileSync(join(folder, name), 'utf8'));

function promtool(...args: string[]): string {
  const program = process.env['PROMTOOL_PATH'] ?? 'promtool';
  const done = spawnSync(program, args, { cwd: folder, encoding: 'utf8', timeout: 30_000 });
  if (done.error) throw new Error(`promtool cannot be run: ${done.error.message}. Install Prometheus or set PROMTOOL_PATH.`);
  if (done.status !== 0) throw new Error(`promtool ${args.join(' ')} failed:\n${done.stdout}${done.stderr}`);
  return done.stdout;
}

test('the rules are rules', () => {
  expect(promtool('check', 'rules', 'scheduling.rules.yml')).toContain('SUCCESS');
});

test('every alert fires when it should and is silent when it should be', () => {
  expect(promtool('test', 'rules', 'scheduling.test.yml')).toContain('SUCCESS');
});

test('no alert is left without a case in which it fires and one in which it does not', () => {
  const { groups } = read('scheduling.rules.yml') as { groups: { rules: { alert: string }[] }[] };
  const { tests } = read('scheduling.test.yml') as { tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[] };
  const cases = tests.flatMap((each) => each.alert_rule_test);
  const alerts = groups.flatMap((group) => group.rules.map((rule) => rule.alert));
  expect(alerts.length).toBeGreaterThanOrEqual(6);
  const unproved = alerts.filter((alert) => {
    const own = cases.filter((each) => each.alertname === alert);
    return !own.some((each) => each.exp_alerts.length > 0) || !own.some((each) => each.exp_alerts.length === 0);
  });
  expect(unproved).toEqual([]);
});
