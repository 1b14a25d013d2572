// A promtool for the tests of the alert rules: the installed one, else that of Debian's prometheus package.
// Called by the test script when the tests of the rules are among those to run.
import { aptInstall, findProgram, mayInstall } from './machine.mjs';

/** The path of promtool; throws one line when there is none and none can be installed. */
export function ensurePromtool() {
  const found = process.env.PROMTOOL_PATH || findProgram('promtool');
  if (found) return found;
  if (mayInstall() && aptInstall('prometheus')) return findProgram('promtool');
  throw new Error('There is no promtool for the tests of the alert rules: install Prometheus or set PROMTOOL_PATH.');
}
