// A Chromium for the browser tests: the installed one, else Debian's package.
// The headless shell comes first: the same engine without a window, with a third of the work at each new page.
// Called by the test script when browser tests are among those to run.
import { aptInstall, findProgram, mayInstall } from './machine.mjs';

const programs = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The path of a Chromium; throws one line when there is none and none can be installed. */
export function ensureChromium() {
  const found = process.env.CHROMIUM_PATH || findProgram(...programs);
  if (found) return found;
  if (mayInstall() && (aptInstall('chromium-headless-shell') || aptInstall('chromium')))
    return findProgram(...programs);
  throw new Error('There is no Chromium for the browser tests: install one or set CHROMIUM_PATH.');
}
