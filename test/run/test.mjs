// `npm test`: installs and builds what is missing, provides a Postgres and a RabbitMQ, runs jest, removes what it made.
// Arguments go to jest. The last line is `N passed, N failed`. SERVICES=installed,docker leaves the other ways of
// getting a service out, to try these.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, constants } from 'node:os';
import { join } from 'node:path';
import { build } from '../../apps/standalone/bin/build.mjs';
import { ready, root, say } from '../../apps/standalone/bin/install.mjs';
import { ensureChromium } from './chromium.mjs';
import { Made, undoLeftovers } from './made.mjs';
import { providePostgres } from './postgres.mjs';
import { ensureDovecot, ensurePostfix } from './mail-servers.mjs';
import { ensurePromtool } from './promtool.mjs';
import { provideRabbit } from './rabbitmq.mjs';

await ready(import.meta.url);

const results = join(root, 'test', '.out', 'results.json');
const made = new Made(`test-${process.pid}`);
const counts = { passed: 0, failed: 0 };
let jest;
let interrupted;
let finishing;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted ??= signal;
    if (jest) jest.kill(signal);
    else void finish();
  });
}

// Some tests start what was built; those of the sources run all the same.
if (!build()) fault('The sources do not compile, see above.');
try {
  await undoLeftovers();
  const ways = (process.env.SERVICES ?? 'local,installed,docker,apt').split(',');
  const [DATABASE_URL, broker] = [await providePostgres(made, ways), await provideRabbit(made, ways)];
  if (!interrupted) await runJest({ DATABASE_URL, ...broker, ...programs() });
} catch (error) {
  if (!interrupted) fault(error.message);
}
await finish();

function fault(line) {
  say(line);
  counts.failed += 1;
}

function programs() {
  return {
    ...program('CHROMIUM_PATH', /browser/, ensureChromium),
    ...program('PROMTOOL_PATH', /integration|alerts/, ensurePromtool),
    ...mailServers(),
  };
}

function mailServers() {
  return {
    ...program('DOVECOT_PATH', /integration|ways-in/, ensureDovecot),
    ...program('POSTFIX_PATH', /integration|ways-in/, ensurePostfix),
  };
}

/**
 * The path of a program that some tests need, as a variable; looked for, or installed, only by a run that may reach
 * them.
 */
function program(variable, tests, ensure) {
  const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
  if (names.length > 0 && !names.some((name) => tests.test(name))) return {};
  try {
    return { [variable]: ensure() };
  } catch (error) {
    fault(error.message);
    return {};
  }
}

async function runJest(variables) {
  rmSync(results, { force: true });
  mkdirSync(join(root, 'test', '.out'), { recursive: true });
  // Many tests wait for the product: on two cores a third worker takes less than three quarters of the time of two.
  const workers = Math.min(3, availableParallelism() + 1);
  const args = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
    '-c',
    'test/jest.config.cjs',
  ];
  // A failed test may leave a server open, and jest would wait for it for ever.
  const options = [
    `--maxWorkers=${workers}`,
    '--forceExit',
    '--json',
    `--outputFile=${results}`,
    ...process.argv.slice(2),
  ];
  jest = spawn(process.execPath, [...args, ...options], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    // The apps that tests start compile their code once in a run.
    env: { NODE_COMPILE_CACHE: join(root, 'test', '.out', 'compiled'), ...process.env, ...variables },
  });
  const status = await new Promise((resolve) => jest.on('exit', (code) => resolve(code ?? 1)));
  count(status);
}

/** A suite that could not run counts as one failed test: it has none of its own to count. */
function count(status) {
  let summary;
  try {
    summary = JSON.parse(readFileSync(results, 'utf8'));
  } catch {
    return fault('jest ended without a result');
  }
  counts.passed += summary.numPassedTests;
  counts.failed += summary.numFailedTests + summary.numRuntimeErrorTestSuites;
  if (status !== 0 && counts.failed === 0) fault(`jest ended with ${status}`);
}

function finish() {
  return (finishing ??= cleanUpAndExit());
}

async function cleanUpAndExit() {
  await made.undo();
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
  process.exit(interrupted ? 128 + constants.signals[interrupted] : counts.failed === 0 ? 0 : 1);
}
