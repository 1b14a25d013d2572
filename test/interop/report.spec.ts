// What a run of the real programs says: which rows make it green, and what its table shows.
import type { Row } from './program';
import { isGreen, markdown } from './report';

const row = (over: Partial<Row>): Row => ({
  name: 'gnus',
  kind: 'client',
  version: '28.2',
  outcome: 'ran',
  why: '',
  notes: '',
  seconds: 1,
  checks: [{ what: 'accept', ok: true, saw: 'accepted' }],
  ...over,
});
const wrong = row({ checks: [{ what: 'accept', ok: false, saw: 'needs-action' }] });
const missing = row({
  name: 'sogo',
  outcome: 'unavailable',
  why: 'apt-get install sogo:\nno | such package',
  checks: [],
});

describe('a run of real programs', () => {
  it('is green when all that ran was right', () => expect(isGreen([row({}), missing], [])).toBe(true));

  it('is not when one check was wrong', () => expect(isGreen([row({}), wrong], [])).toBe(false));

  it('is not when a program ran and nothing was checked', () => expect(isGreen([row({ checks: [] })], [])).toBe(false));

  it('is not when a program that was asked for by name could not be run', () =>
    expect(isGreen([missing], ['sogo'])).toBe(false));

  it('shows every program, also one that could not be run, in one line', () => {
    const text = markdown({ date: '2026-11-28', system: 'Linux', seconds: 61.4, rows: [row({}), wrong, missing] });
    expect(text).toContain('| gnus | client | 28.2 | 1 of 1 right | 1 |');
    expect(text).toContain('| sogo | client | 28.2 | could not be run: apt-get install sogo: no / such package | 1 |');
    expect(text).toContain('- gnus: accept — saw: needs-action');
  });
});
