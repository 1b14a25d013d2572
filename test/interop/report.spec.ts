// What a run of the real programs says: which rows make it green, what its table shows, and which options it takes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/project-root';
import { readOptions } from './options';
import type { Row } from './program';
import { isGreen, markdown } from './report';
import {
  type Exceptions,
  isSettled,
  owedFor,
  owedInWords,
  reportChecks,
  type SeenReports,
  stateAfter,
} from './servers/owed';
import { refusals } from './servers/refusing-programs';
import { relays } from './servers/sender-programs';
import type { Format } from './servers/senders';
import { type Outcome, type Scenario, scenarios } from './servers/scenarios';

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
const run = { date: '2026-11-28', system: 'Linux', seconds: 61.4 };

describe('a run of real programs', () => {
  it('is green when all that ran was right', () => expect(isGreen({ rows: [row({})], mayMiss: [] })).toBe(true));

  it('is not when one check was wrong', () => expect(isGreen({ rows: [row({}), wrong], mayMiss: [] })).toBe(false));

  it('is not when a program ran and nothing was checked', () =>
    expect(isGreen({ rows: [row({ checks: [] })], mayMiss: ['gnus'] })).toBe(false));

  it('is not when there was no program', () => expect(isGreen({ rows: [], mayMiss: [] })).toBe(false));

  it('is not when a program could not be run', () =>
    expect(isGreen({ rows: [row({}), missing], mayMiss: ['gnus'] })).toBe(false));

  it('is green when it could not be run and --may-miss names it', () =>
    expect(isGreen({ rows: [row({}), missing], mayMiss: ['sogo'] })).toBe(true));

  it('is not when no program could be run', () => expect(isGreen({ rows: [missing], mayMiss: ['sogo'] })).toBe(false));

  it('is not when a check was wrong before the program could not be run', () =>
    expect(isGreen({ rows: [row({}), { ...missing, checks: wrong.checks }], mayMiss: ['sogo'] })).toBe(false));

  it('shows every program, also one that could not be run, in one line', () => {
    const text = markdown({ ...run, rows: [row({}), wrong, missing], mayMiss: [] });
    expect(text).toContain('| gnus | client | 28.2 | 1 of 1 right | 1 |');
    expect(text).toContain('| sogo | client | 28.2 | could not be run: apt-get install sogo: no / such package | 1 |');
    expect(text).toContain('- gnus: accept — saw: needs-action');
    expect(text).toContain('sogo could not be run, and --may-miss does not name it');
  });

  it('shows that --may-miss allows it', () => {
    const text = markdown({ ...run, rows: [row({}), missing], mayMiss: ['sogo'] });
    expect(text).toContain('could not be run, as --may-miss allows: apt-get');
    expect(text).not.toContain('does not name it');
  });
});

describe('its command line', () => {
  const known = ['gnus', 'sogo', 'kde'];

  it('takes names with commas and several times', () =>
    expect(readOptions(['--only', 'gnus,sogo', '--only=kde', '--may-miss', 'sogo', '--keep'], known)).toEqual({
      only: ['gnus', 'sogo', 'kde'],
      mayMiss: ['sogo'],
      keep: true,
    }));

  it.each([
    [['--only', 'nosuch'], '--only takes gnus, sogo, kde; not "nosuch"'],
    [['--only', ''], '--only takes gnus, sogo, kde; not ""'],
    [['--may-miss', 'gnus,nosuch'], '--may-miss takes gnus, sogo, kde; not "nosuch"'],
    [['--nosuch'], "Unknown option '--nosuch'"],
    [['gnus'], 'Unexpected argument'],
  ])('refuses %j', (args, why) => expect(() => readOptions(args, known)).toThrow(why));
});

describe('the format of a report', () => {
  const formatOf = (name: string, words: string): Format => {
    const found = relays.find(({ program }) => program.name === name)?.format?.[words];
    if (!found) throw new Error(`${name} has no such check: ${words}`);
    return found;
  };
  const rightFor = (name: string, words: string, address: string, report: string[]): boolean => {
    const letter = scenarios.find((each) => each.address === address);
    return letter !== undefined && formatOf(name, words)(`${report.join('\r\n')}\r\n`, letter);
  };
  const codeOfExim = 'Diagnostic-Code has the codes of the remote server';
  const codeOfNullmailer = 'the Status of what expires is the code of the last refusal';
  const subject = 'the subject is “NOTICE: mail delivery status.”, of a warning “WARNING: delayed mail.”';
  const submitted = 'Auto-Submitted is auto-generated (failure), of a warning (warning-timeout)';
  const [failed, delayed] = ['Action: failed', 'Action: delayed'];

  it.each([
    ['exim', codeOfExim, 'full@dest.example', ['Diagnostic-Code: smtp; 552 5.2.2 full']],
    ['exim', codeOfExim, 'sverify@dest.example', ['Diagnostic-Code: smtp; 550-Verification failed']],
    ['nullmailer', codeOfNullmailer, 'later@dest.example', ['Status: 4.7.1']],
    ['courier', subject, 'full@dest.example', ['Subject: NOTICE: mail delivery status.', failed]],
    ['courier', subject, 'later@dest.example', ['Subject: WARNING: delayed mail.', delayed]],
    ['sendmail', submitted, 'later@dest.example', ['Auto-Submitted: auto-generated (warning-timeout)', delayed]],
  ])('is right: %s, %s, %s', (name, words, address, report) =>
    expect(rightFor(name, words, address, report)).toBe(true),
  );

  it.each([
    ['exim', codeOfExim, 'full@dest.example', ['Diagnostic-Code: smtp; 550 5.1.1 unknown']],
    ['exim', codeOfExim, 'full@dest.example', ['Diagnostic-Code: smtp; full']],
    ['exim', codeOfExim, 'full@dest.example', ['Status: 5.2.2']],
    ['nullmailer', codeOfNullmailer, 'later@dest.example', ['Status: 4.4.7']],
    ['courier', subject, 'later@dest.example', ['Subject: WARNING: delayed mail.', failed]],
    ['courier', subject, 'later@dest.example', ['Subject: NOTICE: mail delivery status.', delayed]],
    ['sendmail', submitted, 'later@dest.example', ['Auto-Submitted: auto-generated (warning-timeout)', failed]],
  ])('is wrong: %s, %s, %s %j', (name, words, address, report) =>
    expect(rightFor(name, words, address, report)).toBe(false),
  );

  it('is wrong for Exim when no letter is warned of twice', () => {
    const again = relays.find(({ program }) => program.name === 'exim')?.together?.['a warning comes again'];
    const warning = (id: string): string => `Subject: Warning: message ${id} delayed 0 minutes\r\n`;
    expect(again?.([warning('1a'), warning('1b')])).toBe(false);
    expect(again?.([warning('1a'), warning('1b'), warning('1a')])).toBe(true);
  });
});

describe('the reports that a mail server owes', () => {
  const silent: Exceptions = { late: { why: 'it gives up in silence', isReported: false } };
  const none: SeenReports = { isAccepted: true, hasArrived: false, warnings: 0, failures: 0 };
  const wrongOnes = (outcome: Outcome, seen: Partial<SeenReports>, exceptions: Exceptions = {}): string[] =>
    reportChecks(owedFor({ address: 'gil@dest.example', outcome }, exceptions), { ...none, ...seen })
      .filter(({ ok }) => !ok)
      .map(({ what }) => what.replace('gil@dest.example: ', ''));

  it.each<[Outcome, Partial<SeenReports>]>([
    ['hard', { failures: 1 }],
    ['soft', { failures: 1 }],
    ['late', { failures: 1, warnings: 3 }],
    ['taken', { hasArrived: true }],
  ])('are all there: %s', (outcome, seen) => expect(wrongOnes(outcome, seen)).toEqual([]));

  it.each<[string, Outcome, Partial<SeenReports>, string]>([
    ['no report', 'hard', {}, 'one report that it did not arrive'],
    ['no report at the end', 'late', { warnings: 1 }, 'one report that it did not arrive'],
    ['no warning', 'late', { failures: 1 }, 'a warning that it is late'],
    ['two reports', 'soft', { failures: 2 }, 'one report that it did not arrive'],
    ['a warning of what was refused', 'hard', { failures: 1, warnings: 1 }, 'no warning that it is late'],
    ['a report of what arrived', 'taken', { hasArrived: true, failures: 1 }, 'no report that it did not arrive'],
    ['what should arrive and does not', 'taken', {}, 'it arrives'],
    ['what should not arrive and does', 'soft', { hasArrived: true, failures: 1 }, 'it does not arrive'],
    ['a letter that is not taken', 'hard', { isAccepted: false, failures: 1 }, 'the server takes it'],
  ])('fail: %s', (_, outcome, seen, what) => expect(wrongOnes(outcome, seen)).toEqual([what]));

  it('may be fewer by an exception', () => expect(wrongOnes('late', { warnings: 1 }, silent)).toEqual([]));

  it('fail where an exception is not true', () => {
    expect(wrongOnes('late', { warnings: 1, failures: 1 }, silent)).toEqual([
      'no report that it did not arrive (it gives up in silence)',
    ]);
    const refused: Exceptions = { 'gil@dest.example': { why: 'unknown here', isRefused: true } };
    expect(wrongOnes('hard', {}, refused)).toEqual(['the server refuses it when it is submitted (unknown here)']);
  });

  it('are waited for until the last has come', () => {
    const owed = owedFor({ address: 'gil@dest.example', outcome: 'late' });
    expect(isSettled(owed, { ...none, failures: 1 })).toBe(false);
    expect(isSettled(owed, { ...none, warnings: 1 })).toBe(false);
    expect(isSettled(owed, { ...none, warnings: 1, failures: 1 })).toBe(true);
  });

  it('decide what the room shows', () => {
    expect(stateAfter('hard', { warnings: 0, failures: 0 })).toBe('sent');
    expect(stateAfter('late', { warnings: 2, failures: 0 })).toBe('deferred');
    expect(stateAfter('late', { warnings: 2, failures: 1 })).toBe('bounced soft');
    expect(stateAfter('hard', { warnings: 0, failures: 1 })).toBe('bounced hard');
  });

  const lines = readFileSync(join(projectRoot, 'docs', 'interop.md'), 'utf8').split('\n');
  const letters: [string, Scenario[], Exceptions | undefined][] = [
    ...relays.map(({ program, exceptions, ...relay }): (typeof letters)[number] => [
      program.name,
      relay.scenarios ?? scenarios,
      exceptions,
    ]),
    ...Object.entries(refusals).map(([name, all]): (typeof letters)[number] => [name, all, undefined]),
  ];

  it.each(letters)('stand in docs/interop.md: %s', (name, all, exceptions) => {
    const words = owedInWords(all.map((each) => owedFor(each, exceptions)));
    const rows = lines.filter((line) => line.toLowerCase().startsWith(`| ${name.toLowerCase()} `));
    expect(rows.filter((line) => line.includes(`| ${words}`))).toHaveLength(1);
  });
});
