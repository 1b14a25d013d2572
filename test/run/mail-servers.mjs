// A Dovecot and a Postfix for the tests of the ways in: the installed programs, else Debian's packages. The system's
// own instances are never touched.
// Called by the test script when integration tests are among those to run; the tests start instances of their own, on
// ports and folders of their own.
import { aptInstall, findProgram, mayInstall } from './machine.mjs';

/** The path of dovecot(1); throws one line when there is none and none can be installed. */
export const ensureDovecot = () =>
  ensure(
    'Dovecot',
    'dovecot-imapd',
    'dovecot',
    '/usr/sbin/dovecot',
    '/usr/local/sbin/dovecot',
    '/opt/homebrew/sbin/dovecot',
  );

/** The path of postfix(1); Postfix itself can only be started by root. */
export const ensurePostfix = () => ensure('Postfix', 'postfix', 'postfix', '/usr/sbin/postfix');

function ensure(name, packageName, ...programs) {
  const found = findProgram(...programs);
  if (found) return found;
  if (mayInstall() && aptInstall(packageName)) {
    const installed = findProgram(...programs);
    if (installed) return installed;
  }
  throw new Error(`There is no ${name} for the tests of the mailbox: install the package ${packageName}.`);
}
