// docs/api.http, request by request, sent to the real thing as an editor sends it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Api, apiKey, startApi } from '../../support/scheduling-api';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const file = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'api.http'), 'utf8');

it('answers every request of docs/api.http with a success', async () => {
  const answers = new Map<string, Record<string, unknown>>();
  const filled = (text: string): string =>
    text.replaceAll(/\{\{(\w+)(?:\.response\.body\.\$\.(\w+))?\}\}/g, (whole, name: string, field?: string) => {
      if (field === undefined) return { url: api.url, key: apiKey }[name] ?? whole;
      return String(answers.get(name)?.[field] ?? whole);
    });
  const requests = file.split(/^###/m).slice(1);
  const statuses: [string, number][] = [];
  for (const block of requests) {
    const [title = '', ...lines] = filled(block).trim().split('\n');
    const called = lines.filter((line) => !line.startsWith('#')).join('\n');
    const [head = '', body] = called.split(/\n\n(.*)/s);
    const [first = '', ...headers] = head.split('\n');
    const [method = '', url = ''] = first.split(' ');
    const pairs = headers.map((line): [string, string] => [line.split(': ')[0] ?? '', line.split(': ')[1] ?? '']);
    const answer = await fetch(url, { method, headers: pairs, ...(body ? { body } : {}) });
    const text = await answer.text();
    const name = /^# @name (\w+)/m.exec(block)?.[1];
    if (name !== undefined) answers.set(name, JSON.parse(text) as Record<string, unknown>);
    statuses.push([title, answer.status]);
  }
  expect(statuses).toHaveLength(12);
  expect(statuses.filter(([, status]) => status < 200 || status > 299)).toEqual([]);
});
