// A real Dovecot and a real Postfix as children of a test: ports and folders of their own, the system's instances
// untouched.
// Used by the tests of the ways in. Postfix wants root; what is missing is said, never skipped.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually';
import { freePort } from './free-port';

const program = (variable: string, ...paths: string[]): string => {
  const found = [process.env[variable] ?? '', ...paths].find((path) => path !== '' && existsSync(path));
  if (found === undefined)
    throw new Error(`${paths[0] ?? variable} is missing: run the tests by npm test, or install it`);
  return found;
};

/** Greets: something that speaks is there. */
const greets = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => resolve(true)).once('error', () => resolve(false));
    socket.once('data', () => socket.destroy());
  });

export interface Dovecot {
  /** For IMAP_URL; every user has the same password, and a mailbox as soon as they log in. */
  url(user: string, rest?: string): string;
  port: number;
  start(): Promise<void>;
  /** Ends the server and every connection at once. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

export async function startDovecot(): Promise<Dovecot> {
  const dovecot = program('DOVECOT_PATH', '/usr/sbin/dovecot');
  const folder = mkdtempSync(join(tmpdir(), 'dovecot-'));
  chmodSync(folder, 0o755);
  const [port, mails] = [await freePort(), join(folder, 'mail')];
  mkdirSync(mails, { mode: 0o777 });
  chmodSync(mails, 0o777);
  const config = join(folder, 'dovecot.conf');
  writeFileSync(join(folder, 'acls'), 'INBOX user=reader lri\n');
  writeFileSync(
    config,
    `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${mails}/%n
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 50
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${mails}/%n
}
namespace inbox {
  inbox = yes
}
# The user "reader" may add mails and read them, and set no flag.
mail_plugins = acl
plugin {
  acl = vfile:${folder}/acls
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`,
  );
  let child: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGTERM');
    await ended;
  };
  const start = async (): Promise<void> => {
    child = spawn(dovecot, ['-F', '-c', config], { stdio: 'ignore' });
    await eventually('dovecot greets', () => greets(port)).catch((error: unknown) => {
      throw new Error(`dovecot does not start: ${readFileSync(join(folder, 'dovecot.log'), 'utf8').slice(-1_000)}`, {
        cause: error,
      });
    });
  };
  await start();
  return {
    port,
    url: (user, rest = '') => `imap://${user}:secret@127.0.0.1:${port}/${rest}`,
    start,
    stop,
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Postfix {
  /** Takes mail from this machine by SMTP. */
  port: number;
  log(): string;
  remove(): Promise<void>;
}

/**
 * Hands mail for `lmtp.test` to the LMTP port, mail for `pipe.test` to the pipe command with these options. Failed
 * deliveries are tried again each second.
 */
export async function startPostfix(given: {
  lmtpPort: number;
  pipe: string;
  pipeOptions: string[];
  token: string;
}): Promise<Postfix> {
  if (process.getuid?.() !== 0) throw new Error('Postfix can only be started by root');
  const postfix = program('POSTFIX_PATH', '/usr/sbin/postfix');
  const folder = mkdtempSync(join(tmpdir(), 'postfix-'));
  chmodSync(folder, 0o755);
  const [port, config] = [await freePort(), join(folder, 'config')];
  for (const name of ['config', 'queue', 'data']) mkdirSync(join(folder, name));
  const owner = Number(spawnSync('id', ['-u', 'postfix'], { encoding: 'utf8' }).stdout);
  chownSync(join(folder, 'data'), owner, 0);
  // The pipe runs as nobody, who may not get into the project's folder.
  const [node, pipe, tokenFile] = [join(folder, 'node'), join(folder, 'pipe.mjs'), join(folder, 'token')];
  cpSync(process.execPath, node);
  cpSync(given.pipe, pipe);
  writeFileSync(tokenFile, given.token, { mode: 0o644 });
  const log = join(folder, 'mail.log');
  writeFileSync(join(config, 'main.cf'), mainConfig(folder, given.lmtpPort));
  writeFileSync(
    join(config, 'master.cf'),
    masterConfig(port, [
      node,
      pipe,
      '--token-file',
      tokenFile,
      ...given.pipeOptions,
      '--from',
      '${sender}',
      '--to',
      '${recipient}',
      '--client',
      '${client_address}',
      '--helo',
      '${client_helo}',
    ]),
  );
  const run = (command: string): string => {
    const done = spawnSync(postfix, ['-c', config, command], { encoding: 'utf8' });
    return `${done.stdout}${done.stderr}`;
  };
  const output = run('start');
  await eventually('postfix greets', () => greets(port)).catch((error: unknown) => {
    throw new Error(
      `postfix does not start: ${output}${existsSync(log) ? readFileSync(log, 'utf8').slice(-1_000) : ''}`,
      { cause: error },
    );
  });
  return {
    port,
    log: () => readFileSync(log, 'utf8'),
    remove: async () => {
      run('stop');
      await eventually('postfix has stopped', async () => !(await greets(port)));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const mainConfig = (folder: string, lmtpPort: number): string => `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file = ${folder}/mail.log
maillog_file_prefixes = ${folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.test
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
relay_domains = lmtp.test, pipe.test
relay_recipient_maps =
recipient_delimiter = +
transport_maps = inline:{ { lmtp.test = lmtp:inet:127.0.0.1:${lmtpPort} }, { pipe.test = ingest: } }
ingest_destination_recipient_limit = 1
default_destination_concurrency_failed_cohort_limit = 1000
queue_run_delay = 1s
minimal_backoff_time = 1s
transport_retry_time = 1s
maximal_backoff_time = 1s
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_tls_security_level = none
lmtp_tls_security_level = none
lmtp_send_xforward_command = yes
`;

const masterConfig = (port: number, pipe: string[]): string => `127.0.0.1:${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
ingest unix - n n - 4 pipe
  flags=DORq user=nobody null_sender= argv=${pipe.join(' ')}
`;
