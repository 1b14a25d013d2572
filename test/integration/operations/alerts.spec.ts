// The alert rules, run by Prometheus' own tool on made-up series: each alert fires and does not fire.
// promtool is installed by the test script where Debian's package can be had; without it these tests fail and say so.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';

const folder = join(__dirname, '..', '..', '..', 'docker', 'prometheus');
const read = (name: string): unknown => parse(readFileSync(join(folder, name), 'utf8'));

function promtool(...args: string[]): string {
  const program = process.env['PROMTOOL_PATH'] ?? 'promtool';
  const done = spawnSync(program, args, { cwd: folder, encoding: 'utf8', timeout: 30_000 });
  if (done.error)
    throw new Error(`promtool cannot be run: ${done.error.message}. Install Prometheus or set PROMTOOL_PATH.`);
  if (done.status !== 0) throw new Error(`promtool ${args.join(' ')} failed:\n${done.stdout}${done.stderr}`);
  return done.stdout;
}

it('the rules are rules', () => {
  expect(promtool('check', 'rules', 'scheduling.rules.yml')).toContain('SUCCESS');
});

it('every alert fires when it should and is silent when it should be', () => {
  expect(promtool('test', 'rules', 'scheduling.test.yml')).toContain('SUCCESS');
});

it.each(['../prometheus.yml', 'kubernetes.yml'])(
  '%s is a configuration, and its targets carry the job and the label that the rules go by',
  (name) => {
    const config = read(name) as {
      scrape_configs: { job_name: string; relabel_configs?: { target_label?: string }[] }[];
    };
    const { scrape_configs: scrapes } = config;
    // Debian's promtool is built without Kubernetes: how pods are found is Prometheus' own form, the rest is checked.
    const checkable = {
      ...config,
      scrape_configs: scrapes.map((each) =>
        Object.fromEntries(Object.entries(each).filter(([key]) => key !== 'kubernetes_sd_configs')),
      ),
    };
    const copy = join(mkdtempSync(join(tmpdir(), 'prometheus-')), 'prometheus.yml');
    writeFileSync(copy, stringify(checkable));
    expect(promtool('check', 'config', '--syntax-only', copy)).toContain('SUCCESS');
    rmSync(dirname(copy), { recursive: true });
    const own = scrapes.find((each) => each.job_name === 'scheduling');
    expect(own?.relabel_configs?.map((each) => each.target_label)).toContain('app');
  },
);

it('every alert has its section in the runbook, and every section its alert', () => {
  const { groups } = read('scheduling.rules.yml') as { groups: { rules: { alert: string }[] }[] };
  const sections = [
    ...readFileSync(join(folder, '..', '..', 'docs', 'runbook.md'), 'utf8').matchAll(/^## (\S+)$/gm),
  ].map(([, name]) => name);
  expect(sections).toEqual(groups.flatMap((group) => group.rules.map((rule) => rule.alert)));
});

it('no alert is left without a case in which it fires and one in which it does not', () => {
  const { groups } = read('scheduling.rules.yml') as { groups: { rules: { alert: string }[] }[] };
  const { tests } = read('scheduling.test.yml') as {
    tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
  };
  const cases = tests.flatMap((each) => each.alert_rule_test);
  const alerts = groups.flatMap((group) => group.rules.map((rule) => rule.alert));
  expect(alerts.length).toBeGreaterThanOrEqual(6);
  const unproved = alerts.filter((alert) => {
    const own = cases.filter((each) => each.alertname === alert);
    return !own.some((each) => each.exp_alerts.length > 0) || !own.some((each) => each.exp_alerts.length === 0);
  });
  expect(unproved).toEqual([]);
});
