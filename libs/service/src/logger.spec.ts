// No log line contains an address or a token, however an error's text spells it, and each names its request or mail.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { withCorrelation } from './correlation';
import { censor, createLogger, loggerOf, nestLogger } from './logger';
import { leastCpuMsOf } from '../../../test/support/cpu';

const token = `${'a'.repeat(22)}.${'B'.repeat(43)}`;

/** Lines a logger wrote. */
function linesOf(write: (logger: ReturnType<typeof createLogger>) => void): string[] {
  let text = '';
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString();
      done();
    },
  });
  write(createLogger({ app: 'tests', level: 'trace' }, sink));
  return text.split('\n').filter(Boolean);
}

/** The same as objects. */
const logged = (write: Parameters<typeof linesOf>[0]): Record<string, unknown>[] =>
  linesOf(write).map((line) => JSON.parse(line) as Record<string, unknown>);

it('each key stands once in a line, also of one app of several in a process', () => {
  const lines = linesOf((logger) =>
    withCorrelation('c-12345678', () => {
      logger.info({ roomId: 'r' }, 'one');
      loggerOf(logger, 'scheduling-api').info({ correlationId: 'c-12345678' }, 'two');
      loggerOf(loggerOf(logger, 'scheduling-api'), 'imip-ingestor').warn('three');
    }),
  );
  for (const line of lines) {
    const keys = [...line.matchAll(/"(\w+)":/g)].map(([, key]) => key);
    expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted());
  }
  expect(lines.map((line) => (JSON.parse(line) as { app: string }).app)).toEqual([
    'tests',
    'scheduling-api',
    'imip-ingestor',
  ]);
});

it.each([
  ['a plain one', '550 5.1.1 <gil@guests.test>: user unknown'],
  ['a subdomain and a tag', 'to gil+tag@mail.guests.test'],
  ['one in a URL', 'see https://relay.test/why?rcpt=gil%40guests.test&code=5'],
  ['a quoted local part', 'to "gil g"@guests.test'],
  ['quoted-printable', 'Final-Recipient: rfc822; gil=40guests.test'],
  ['HTML', 'unknown: gil&#64;guests.test, gil&#x40;guests.test'],
  ['a violated constraint', 'Key (attendee_email)=(gil@guests.test) already exists.'],
  ['an envelope sender that holds one', 'bounce+gil=guests.test@relay.test said no'],
  ['an international one', 'to gïl@gästé.test'],
])('takes %s out of a text', (_what, text) => {
  expect(censor(text)).toContain('[address]');
  expect(censor(text)).not.toMatch(/g[iï]l|g(?:uests|ästé)/);
});

it('takes a token out, as it stands and as a URL writes it', () => {
  expect([censor(`GET /approve?t=${token}`), censor(`t%3D${token.replace('.', '%2E')}`)].join()).not.toMatch(
    /a{22}|B{43}/,
  );
});

it('a long text without an address takes no long time', () => {
  for (const text of ['a'.repeat(200_000), '"'.repeat(200_000), '&#0'.repeat(60_000), `"${'a '.repeat(90_000)}`]) {
    expect(censor(text)).toBe(text);
    expect(leastCpuMsOf(() => censor(text), 2_000)).toBeLessThan(2_000);
  }
});

it('an error is logged without what it carries', () => {
  const error = Object.assign(new Error(`cannot mail gil@guests.test`), {
    code: '23505',
    detail: 'Key (email)=(gil@guests.test)',
    rows: [{ token }],
    cause: new Error('gil@guests.test'),
  });
  const [line, nest] = logged((logger) => {
    logger.error({ err: error }, 'a fault');
    nestLogger(logger).error(error, error.stack, 'links');
  });
  expect(line).toMatchObject({
    app: 'tests',
    msg: 'a fault',
    err: { type: 'Error', code: '23505', message: 'cannot mail [address]' },
  });
  expect(JSON.stringify([line, nest])).not.toMatch(/guests\.test|a{22}/);
});

it.each([
  ['thrown where nobody catches it', 'setImmediate(() => { throw fault; })'],
  ['a rejection that nobody waits for', 'void Promise.reject(fault)'],
])('%s ends the process and is logged like any other', (_what, act) => {
  const built = join(__dirname, '..', '..', '..', 'dist', 'libs', 'service', 'src', 'logger.js');
  const program = `const { createLogger, endOnFault } = require(${JSON.stringify(built)});
    const logger = createLogger({ app: 'tests', level: 'info' });
    endOnFault(() => logger);
    const fault = Object.assign(new Error('no gil@guests.test'), { detail: 'Key (email)=(gil@guests.test)' });
    ${act};
    setTimeout(() => undefined, 60_000);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', program], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect([status, stderr, JSON.parse(stdout)]).toEqual([
    1,
    '',
    expect.objectContaining({ level: 60, err: expect.objectContaining({ message: 'no [address]' }) }),
  ]);
  expect(stdout).not.toContain('guests.test');
});

it('lines written while something is done carry its id, also after a wait, and no others do', async () => {
  const lines: unknown[] = [];
  const log = (): void => void lines.push(...logged((logger) => logger.info('at work')));
  log();
  await withCorrelation('one', async () => {
    log();
    await new Promise(setImmediate);
    log();
  });
  expect(lines.map((line) => (line as { correlationId?: string }).correlationId)).toEqual([undefined, 'one', 'one']);
});
