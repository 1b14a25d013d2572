// Mail servers that send our letters: how each is set up so that its queue runs in seconds.
// Listed in programs.ts.
import type { Lab } from '../lab';
import type { Program } from '../program';
import type { Exceptions } from './owed';
import type { Letter } from './own-network';
import { type Format, runSender, type Server } from './senders';
import { scenarios } from './scenarios';
import { background, listens, must, noChroots } from './start';

/** A server as our relay, with what a run checks of it. */
export interface Relay extends Server {
  program: Program;
}

const relay = (name: string, packages: string[], notes: string, server: Server): Relay => ({
  ...server,
  program: { name, kind: 'sender', packages, notes, run: (lab) => runSender(lab, server) },
});

/** Each field of this name in a report’s own part begins with one of these; a report without one is not so. */
const each =
  (field: string, ...values: string[]): Format =>
  (report) => {
    const found = [...own(report).matchAll(new RegExp(`^${field}: *(.*)$`, 'gim'))].map(([, value]) => value ?? '');
    return found.length > 0 && found.every((value) => values.some((begin) => value.startsWith(begin)));
  };
const none =
  (field: string): Format =>
  (report) =>
    !new RegExp(`^${field}:`, 'im').test(own(report));

/** Without our letter at its end. */
const own = (report: string): string =>
  report.split(/\r\n(?:Content-Type: *(?:message\/rfc822|text\/rfc822-headers)|Message headers follow)/i, 1)[0] ?? '';

/** The 4.x.x of a warning, and the 5.x.x of what has failed. */
const coarse: Format = (report, letter) => each('Status', isWarning(report) ? '4.0.0' : '5.0.0')(report, letter);

const isWarning = (report: string): boolean => /^Action: delayed/im.test(report);

const rfc3464 = each('Content-Type', 'multipart/report', 'text/plain', 'message/delivery-status');

/** Status is the code that the remote server wrote, but for its class: a refusal may be tried again. */
const repeated: Format = (report) => {
  const code = /^Diagnostic-Code: *smtp; *\d{3}[ -][45](\.\d+\.\d+)/im.exec(report)?.[1];
  return code === undefined || new RegExp(`^Status: *[45]${code}`, 'im').test(report);
};

/** The codes at the begin of a server's reply: `550 5.1.1`, or `550`. */
const codes = (reply: string): string => /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(reply)?.[0] ?? '';

/** Diagnostic-Code has the codes that the letter's server wrote; domains without a reply of their own may have none. */
const diagnosed: Format = (report, { answer }) => {
  const found = /^Diagnostic-Code: *smtp; *(.*)$/im.exec(own(report))?.[1] ?? '';
  return answer === undefined || (found !== '' && codes(found) === codes(answer.lines));
};

/** One letter is warned of more than once. */
const warnsAgain = (reports: string[]): boolean => {
  const ids = reports.flatMap((report) => /^Subject: Warning: message (\S+) delayed/m.exec(own(report))?.[1] ?? []);
  return new Set(ids).size < ids.length;
};
const localAtOnce: Exceptions = {
  'nosuchperson@mx.sender.example': { why: 'it knows its own users when the letter is submitted', isRefused: true },
};

/** Passes a letter to a command with the line ends of the file system, as programs do. */
const bySendmail =
  (command: string) =>
  async (lab: Lab, { from, to, raw }: Letter): Promise<boolean> => {
    const input = Buffer.from(raw.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
    const ran = await lab.root.sh(`${command} -f ${from} ${to}`, { input });
    if (ran.code !== 0)
      lab.say(`${command} ended with ${ran.code} for ${to}: ${ran.stdout}${ran.stderr}`.slice(0, 300));
    return ran.code === 0;
  };

export const eximConfig = `primary_hostname = mx.sender.example
domainlist local_domains = mx.sender.example
local_interfaces = <; 127.0.0.1
acl_smtp_rcpt = accept_all
tls_advertise_hosts =
delay_warning = 3s
keep_environment =
disable_ipv6 = true
message_size_limit = 50M
begin acl
accept_all:
  accept
begin routers
dnslookup:
  driver = dnslookup
  domains = ! +local_domains
  transport = remote_smtp
  self = send
  no_more
localuser:
  driver = accept
  check_local_user
  transport = local_file
  cannot_route_message = Unknown user
begin transports
remote_smtp:
  driver = smtp
  allow_localhost
  connect_timeout = 5s
  hosts_try_fastopen =
  hosts_avoid_tls = *
local_file:
  driver = appendfile
  file = /var/mail/$local_part_data
begin retry
* * F,20s,2s
`;

const exim = relay(
  'exim',
  ['exim4-daemon-light'],
  'Status is 5.0.0, of a warning 4.0.0; the code stands in Diagnostic-Code only.',
  {
    queue: 'exim4 -bpr',
    format: {
      'Status is 5.0.0, of a warning 4.0.0': coarse,
      'Diagnostic-Code has the codes of the remote server': diagnosed,
      'a report of RFC 3464': rfc3464,
    },
    together: { 'a warning comes again': warnsAgain },
    start: async (lab) => {
      lab.root.write('/etc/exim4/exim4.conf', eximConfig);
      // What a kept root remembers of hosts that did not answer would end its letters at the first try.
      await must(
        lab,
        'rm -f /var/spool/exim4/db/* && mkdir -p /run/exim4 && ' +
          'chown -R Debian-exim: /run/exim4 /var/spool/exim4 /var/log/exim4',
      );
      background(lab, '/usr/sbin/exim4 -bdf -q4s');
      await listens(lab);
    },
  },
);

const sendmailConfig = `divert(-1)
include(\`/usr/share/sendmail/cf/m4/cf.m4')
divert(0)
VERSIONID(\`lab')
OSTYPE(\`debian')
DOMAIN(\`debian-mta')
define(\`confTO_QUEUEWARN', \`5s')
define(\`confTO_QUEUERETURN', \`20s')
define(\`confMIN_QUEUE_AGE', \`1s')
define(\`confDOMAIN_NAME', \`mx.sender.example')
define(\`confTO_IDENT', \`0')
define(\`confTO_CONNECT', \`5s')
define(\`confREFUSE_LA', \`1000')
define(\`confQUEUE_LA', \`1000')
define(\`confDELAY_LA', \`1000')
FEATURE(\`accept_unresolvable_domains')
FEATURE(\`promiscuous_relay')
FEATURE(\`no_default_msa')
undefine(\`confHOST_STATUS_DIRECTORY')
DAEMON_OPTIONS(\`Family=inet, Name=MTA-v4, Port=smtp, Addr=127.0.0.1')
MAILER(local)
MAILER(smtp)
`;

const sendmail = relay(
  'sendmail',
  ['sendmail-bin', 'sendmail-cf', 'm4'],
  '`Auto-Submitted: auto-generated (failure)`; what expires is `failed` with 4.4.7.',
  {
    queue: '/usr/sbin/sendmail-mta -C/etc/mail/lab.cf -bp | grep -v -e "is empty" -e "Total requests: 0" || true',
    exceptions: localAtOnce,
    format: {
      'Auto-Submitted is auto-generated (failure), of a warning (warning-timeout)': (report, letter) =>
        each('Auto-Submitted', `auto-generated (${isWarning(report) ? 'warning-timeout' : 'failure'})`)(report, letter),
      'what expires is failed with 4.4.7': (report, letter) =>
        letter.outcome !== 'late' || isWarning(report) || each('Status', '4.4.7')(report, letter),
    },
    start: async (lab) => {
      lab.root.write('/etc/mail/lab.mc', sendmailConfig);
      await must(
        lab,
        'cd /etc/mail && m4 lab.mc > lab.cf && echo mx.sender.example > local-host-names && touch access trusted-users aliases' +
          ' && mkdir -p /var/spool/mqueue /run/sendmail/mta && chown -R smmta:smmsp /var/spool/mqueue /run/sendmail' +
          ' && chmod 2750 /var/spool/mqueue && chmod go-w / /etc /etc/mail /var /var/spool /run',
      );
      await must(
        lab,
        '/usr/sbin/sendmail-mta -C/etc/mail/lab.cf -bi && /usr/sbin/sendmail-mta -C/etc/mail/lab.cf -bd -q5s',
      );
      await listens(lab);
    },
  },
);

const courier = relay(
  'courier',
  ['courier-mta'],
  'Status is 5.0.0 or 4.0.0 and nothing finer; no Auto-Submitted; the subject of a delay is “WARNING: delayed mail.”',
  {
    queue: 'mailq -batch | grep -v -x "messages: 0" || true',
    format: {
      'Status is 5.0.0, of a warning 4.0.0': coarse,
      'no Auto-Submitted': none('Auto-Submitted'),
      'the subject is “NOTICE: mail delivery status.”, of a warning “WARNING: delayed mail.”': (report, letter) =>
        each('Subject', isWarning(report) ? 'WARNING: delayed mail.' : 'NOTICE: mail delivery status.')(report, letter),
    },
    start: async (lab) => {
      const settings: Record<string, string> = {
        me: 'mx.sender.example',
        locals: 'mx.sender.example',
        defaultdomain: 'mx.sender.example',
        queuetime: '20s',
        warntime: '5s',
        retryalpha: '4s',
        retrybeta: '1',
        retrygamma: '4s',
        retrymaxdelta: '1',
        esmtptimeoutconnect: '5',
        'aliases/system': 'postmaster: root',
      };
      for (const [name, value] of Object.entries(settings)) lab.root.write(`/etc/courier/${name}`, `${value}\n`);
      await must(lab, 'mkdir -p /run/courier/authdaemon && chown -R courier:courier /run/courier && makealiases');
      await must(lab, '(authdaemond start; courier start) >/var/log/lab.log 2>&1 </dev/null; sleep 2');
    },
    submit: bySendmail('/usr/sbin/sendmail -i'),
    nudge: async (lab) => void (await lab.root.sh('courier flush')),
  },
);

/** Letters that are tried until they expire; the report says no more than that. */
const untilTheyExpire = (isWarnedOf: boolean, ...names: string[]): Exceptions =>
  Object.fromEntries(
    names.map((name) => [
      `guest@${name}.example`,
      { why: 'it is tried until it expires', outcome: 'late', isWarnedOf } as const,
    ]),
  );

const opensmtpd = relay(
  'opensmtpd',
  ['opensmtpd'],
  'multipart/mixed around a delivery-status part; no Diagnostic-Code, the reason stands in prose only; what expires is ' +
    '`delayed` with 4.4.7 and “Envelope expired”.',
  {
    queue: 'smtpctl show queue',
    exceptions: {
      ...localAtOnce,
      ...untilTheyExpire(true, 'nullmx', 'nodata', 'badmx', 'noaccept', 'bann'),
    },
    format: {
      'multipart/mixed with a delivery-status part': (report, letter) =>
        each('Content-Type', 'multipart/mixed', 'text/plain', 'message/delivery-status')(report, letter) &&
        /^Content-Type: message\/delivery-status/im.test(report),
      'no Diagnostic-Code': none('Diagnostic-Code'),
      'the reason stands in prose': (report, { address, answer }) => {
        const reason = new RegExp(`^${address}: (.*)$`, 'm').exec(own(report))?.[1] ?? '';
        const isExpired = reason.startsWith('Envelope expired');
        return reason !== '' && (answer === undefined || isExpired || codes(reason) === codes(answer.lines));
      },
      'Status is 5.0.0, of a warning 4.0.0, of what expires 4.4.7 with `delayed`': (report, letter) =>
        report.includes(': Envelope expired')
          ? each('Action', 'delayed')(report, letter) && each('Status', '4.4.7')(report, letter)
          : coarse(report, letter),
    },
    start: async (lab) => {
      lab.root.write(
        '/etc/lab-smtpd.conf',
        'queue ttl 20s\nbounce warn-interval 5s\nsmtp max-message-size 50M\n' +
          'listen on 127.0.0.1 hostname mx.sender.example\ntable aliases file:/etc/aliases\n' +
          'action "local" mbox alias <aliases>\naction "out" relay helo mx.sender.example\n' +
          'match from any for domain "mx.sender.example" action "local"\nmatch from any for any action "out"\n',
      );
      lab.root.write('/etc/aliases', '');
      await must(lab, 'mkdir -p /var/spool/smtpd && chmod 711 /var/spool/smtpd && smtpd -f /etc/lab-smtpd.conf -n');
      background(lab, 'smtpd -d -f /etc/lab-smtpd.conf');
      await listens(lab);
    },
    nudge: async (lab) => void (await lab.root.sh('smtpctl schedule all')),
  },
);

export const postfixConfig = `compatibility_level = 3.6
myhostname = mx.sender.example
mydestination = mx.sender.example
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtp_bind_address = 127.0.0.1
alias_maps =
local_recipient_maps =
delay_warning_time = 5s
maximal_queue_lifetime = 20s
bounce_queue_lifetime = 20s
queue_run_delay = 4s
minimal_backoff_time = 3s
maximal_backoff_time = 5s
smtp_connect_timeout = 5s
message_size_limit = 50000000
smtputf8_enable = no
maillog_file = /var/log/postfix.log
`;

const postfix = relay('postfix', ['postfix'], 'What others are compared with: RFC 3464 throughout.', {
  queue: 'mailq | grep -v "is empty" || true',
  exceptions: {
    'guest@noaccept.example': { why: 'a greeting that refuses is tried again', isWarnedOf: true },
    'guest@bann.example': { why: 'a greeting that refuses is tried again', isWarnedOf: true },
  },
  format: {
    'a report of RFC 3464': rfc3464,
    'Status has the code that the remote server wrote': repeated,
  },
  start: async (lab) => {
    lab.root.write('/etc/postfix/main.cf', postfixConfig);
    await must(lab, `${noChroots} && postfix start`);
    await listens(lab);
  },
});

const dma = relay('dma', ['dma'], 'Plain text without a report part, `From: MAILER-DAEMON <>`; it warns of no delay.', {
  queue: 'grep -L guest@dropping.example /var/spool/dma/Q* 2>/dev/null || true',
  start: async (lab) => {
    lab.root.write('/etc/dma/dma.conf', 'MAILNAME mx.sender.example\nPORT 25\n');
    // A kept root has the letter of the run before that is tried without end.
    await must(lab, 'test -x /usr/sbin/dma && rm -f /var/spool/dma/[MQt]*');
  },
  submit: bySendmail('/usr/sbin/dma -i'),
  exceptions: {
    ...localAtOnce,
    late: { why: 'it warns of no delay', isWarnedOf: false },
    ...untilTheyExpire(false, 'nullmx', 'badmx'),
    'guest@dropping.example': {
      why: 'it runs on without end when a server drops the connection',
      isWarnedOf: false,
      isReported: false,
    },
  },
  atEnd: {
    // A letter that was lost, and one whose process has ended, look the same by their reports.
    'a process still has the letter to the server that drops the connection in its queue':
      'q=$(grep -l guest@dropping.example /var/spool/dma/Q*) && find /proc/[0-9]*/fd -lname "$q" 2>/dev/null',
  },
  format: {
    'plain text, without a Content-Type': none('Content-Type'),
    'From has no address': each('From', 'MAILER-DAEMON <>'),
  },
  // It gives up after five days: the queue is made that old.
  nudge: async (lab) =>
    void (await lab.root.sh("touch -d '7 days ago' /var/spool/dma/[MQ]* 2>/dev/null; /usr/sbin/dma -q1")),
});

const nullmailer = relay(
  'nullmailer',
  ['nullmailer'],
  'No Auto-Submitted; what expires is reported as delayed; knows one smart host only, so its letters meet the answers ' +
    'of one server.',
  {
    queue: 'ls /var/spool/nullmailer/queue',
    exceptions: { late: { why: 'it warns of no delay', isWarnedOf: false } },
    format: {
      'a report of RFC 3464': rfc3464,
      'no Auto-Submitted': none('Auto-Submitted'),
      'the Action of what expires is delayed': (report, letter) =>
        each('Action', letter.outcome === 'late' ? 'delayed' : 'failed')(report, letter),
      'the Status of what expires is the code of the last refusal': (report, letter) =>
        letter.outcome !== 'late' || each('Status', codes(letter.answer?.lines ?? '').slice(4))(report, letter),
      'what expires promises a last report': (report, { outcome }) =>
        (outcome === 'late') === report.includes('\nA final delivery status notification will be generated'),
      'Diagnostic-Code repeats the server': each('Diagnostic-Code', 'SMTP; 4', 'SMTP; 5'),
    },
    scenarios: scenarios.filter(({ address }) => address.endsWith('@dest.example')),
    start: async (lab) => {
      const settings: Record<string, string> = {
        remotes: 'mx.dest.example smtp --port=25',
        me: 'mx.sender.example',
        defaultdomain: 'sender.example',
        pausetime: '4',
        queuelifetime: '20',
        sendtimeout: '10',
      };
      for (const [name, value] of Object.entries(settings)) lab.root.write(`/etc/nullmailer/${name}`, `${value}\n`);
      await must(
        lab,
        'cd /var/spool/nullmailer && rm -f trigger && mkfifo trigger && mkdir -p failed && chown -R mail:mail .' +
          " && echo '127.0.0.2 mx.dest.example' >> /etc/hosts",
      );
      background(lab, 'setpriv --reuid=mail --regid=mail --clear-groups nullmailer-send');
    },
    submit: bySendmail('nullmailer-inject'),
  },
);

export const relays: Relay[] = [exim, postfix, sendmail, courier, opensmtpd, dma, nullmailer];
export const senderPrograms: Program[] = relays.map(({ program }) => program);
