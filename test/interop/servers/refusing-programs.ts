// Real servers of the recipient's side that refuse our letters by their own rules: Postfix with access tables, address
// verification and postscreen, Exim with callouts. A second instance of the same program is our relay; its reports come
// back into the product.
// Listed in programs.ts.
import type { Program } from '../program';
import { runSender } from './senders';
import { dovecotConfig } from './receiver-programs';
import { eximConfig, postfixConfig } from './sender-programs';
import type { Outcome, Scenario } from './scenarios';
import { background, listens, must, noChroots } from './start';

/** `reason`: the rule by which it is refused shows in the report. */
const to = (address: string, outcome: Outcome, reason?: string): Scenario =>
  reason === undefined ? { address, outcome } : { address, outcome, reason };

const emptyQueue = 'mailq | grep -v "is empty" || true';

const postfixScenarios = [
  to('nobody@postfix.example', 'hard', 'User unknown in virtual mailbox table'),
  to('moved@postfix.example', 'hard', 'User has moved to'),
  to('unverified@postfix.example', 'hard', 'undeliverable address: mailbox unknown to the server behind'),
  to('sender-check@postfix.example', 'soft', 'Sender address rejected: undeliverable address'),
  to('access@postfix.example', 'soft', 'Recipient address rejected: Access denied'),
  to('sender-access@postfix.example', 'soft', 'Sender address rejected: Access denied'),
  to('listed@postfix.example', 'soft', 'blocked using dbl.example'),
  to('no-outside-mail@postfix.example', 'soft', 'not for outside mail'),
  to('quota@postfix.example', 'soft', 'Mailbox over quota'),
  to('gil@screen.example', 'soft', 'Service currently unavailable'),
  to('ok@postfix.example', 'taken'),
];
const mailboxes = ['unverified', 'sender-check', 'access', 'sender-access', 'listed', 'no-outside-mail', 'quota', 'ok'];
const pairs = (texts: string[]): string =>
  texts.map((text) => `{${text.replace('=', '@postfix.example=')}}`).join(', ');

const receivingPostfix = `compatibility_level = 3.6
myhostname = mx.postfix.example
queue_directory = /var/spool/postfix-in
data_directory = /var/lib/postfix-in
mydestination =
virtual_mailbox_domains = postfix.example
virtual_mailbox_maps = inline:{ ${pairs(mailboxes.map((name) => `${name}=x`))} }
virtual_transport = discard:
relocated_maps = inline:{ ${pairs(['moved=new@other.example'])} }
transport_maps = inline:{ ${pairs([
  'unverified=error:5.1.1 mailbox unknown to the server behind',
  'no-outside-mail=error:5.7.1 This account is not for outside mail',
  'quota=error:5.2.2 Mailbox over quota',
])} }
mynetworks = 192.0.2.0/24
inet_interfaces = 127.0.0.20, 127.0.0.22
inet_protocols = ipv4
alias_maps =
unverified_sender_reject_code = 550
unverified_recipient_reject_code = 550
address_verify_poll_count = 6
smtpd_relay_restrictions = permit_auth_destination, reject
smtpd_recipient_restrictions = check_recipient_access inline:{ ${pairs([
  'unverified=reject_unverified_recipient',
  'sender-check=reject_unverified_sender',
  'access=REJECT',
  'sender-access=of_sender',
  'listed=of_list',
])} }
smtpd_restriction_classes = of_sender, of_list
of_sender = check_sender_access inline:{ scheduling@organizer.test=REJECT }
of_list = reject_rbl_client dbl.example
maillog_file = /var/log/postfix-in.log
postscreen_access_list = cidr:{{127.0.0.0/8 reject}}
postscreen_denylist_action = enforce
postscreen_blacklist_action = enforce
postscreen_cache_map =
`;
const screen = [
  '127.0.0.20:smtp inet n - n - - smtpd',
  '127.0.0.22:smtp inet n - n - 1 postscreen',
  'smtpd pass - - n - - smtpd',
  'dnsblog unix - - n - 0 dnsblog',
  'tlsproxy unix - - n - 0 tlsproxy',
].join('\\n');

const postfixIn: Program = {
  name: 'postfix-in',
  kind: 'receiver',
  packages: ['postfix'],
  notes: 'Access tables, a block list, address verification of sender and recipient, relocated users, postscreen.',
  run: (lab) =>
    runSender(lab, {
      scenarios: postfixScenarios,
      queue: emptyQueue,
      hasArrived: (_, address) => {
        const lines = lab.root.read('/var/log/postfix-in.log').split('\n');
        return Promise.resolve(lines.some((line) => line.includes(`to=<${address}>`) && line.includes('status=sent')));
      },
      start: async () => {
        await must(lab, `${noChroots} && rm -rf /etc/postfix-in && cp -r /etc/postfix /etc/postfix-in`);
        lab.root.write('/etc/postfix-in/main.cf', receivingPostfix);
        lab.root.write('/etc/postfix/main.cf', `${postfixConfig}alternate_config_directories = /etc/postfix-in\n`);
        await must(
          lab,
          "sed -i 's/^smtp  *inet.*//' /etc/postfix-in/master.cf && " +
            `printf '${screen}\\n' >> /etc/postfix-in/master.cf && ` +
            // Postfix looks for each of its addresses on an interface.
            'for each in 20 22; do ip addr add 127.0.0.$each/8 dev lo; done && ' +
            'rm -f /var/log/postfix-in.log && mkdir -p /var/spool/postfix-in /var/lib/postfix-in && chown postfix /var/lib/postfix-in && ' +
            'postfix -c /etc/postfix-in start && postfix start',
        );
        for (const host of ['127.0.0.20', '127.0.0.22', '127.0.0.1']) await listens(lab, 25, host);
      },
    }),
};

const eximScenarios = [
  to('nobody@exim.example', 'hard', 'Unrouteable address'),
  to('callout@exim.example', 'soft', 'Response: 550 5.1.1 <scheduling@organizer.test>: Recipient address rejected'),
  to('random@exim.example', 'soft', 'Sender verification failed'),
  to('blacklisted@exim.example', 'soft', 'locally blacklisted here'),
  to('listed@exim.example', 'soft', 'is in a black list at dbl.example'),
  to('ok@exim.example', 'taken'),
];

const receivingExim = `primary_hostname = mx.exim.example
domainlist local_domains = exim.example
local_interfaces = <; 127.0.0.21
spool_directory = /var/spool/exim4-in
log_file_path = /var/log/exim4/in-%slog
acl_smtp_rcpt = of_rcpt
tls_advertise_hosts =
keep_environment =
disable_ipv6 = true
message_size_limit = 50M
begin acl
of_rcpt:
  deny local_parts = blacklisted
       message = sender envelope address $sender_address is locally blacklisted here. \\
         If you think this is wrong, get in touch with postmaster
  deny local_parts = listed
       dnslists = dbl.example
       message = $sender_host_address is in a black list at $dnslist_domain
  deny local_parts = callout
       !verify = sender/callout=5s
  deny local_parts = random
       message = Sender verification failed
       !verify = sender/callout=5s
  require verify = recipient
  accept
begin routers
out:
  driver = dnslookup
  domains = ! +local_domains
  transport = out
  self = send
ours:
  driver = accept
  local_parts = ok : callout : random : blacklisted : listed
  transport = nowhere
begin transports
out:
  driver = smtp
  allow_localhost
  hosts_try_fastopen =
nowhere:
  driver = appendfile
  file = /dev/null
`;

const eximIn: Program = {
  name: 'exim-in',
  kind: 'receiver',
  packages: ['exim4-daemon-light'],
  notes: 'A callout asks our own server about the sender and quotes its refusal, “User unknown” and all, in the reply.',
  run: (lab) =>
    runSender(lab, {
      scenarios: eximScenarios,
      queue: 'exim4 -bpr',
      hasArrived: (_, address) =>
        Promise.resolve(lab.root.read('/var/log/exim4/in-mainlog').includes(`<${address}> R=ours T=nowhere`)),
      start: async () => {
        lab.root.write('/etc/exim4/exim4.conf', eximConfig);
        lab.root.write('/etc/exim4/in.conf', receivingExim);
        await must(
          lab,
          'rm -f /var/log/exim4/in-mainlog && mkdir -p /run/exim4 /var/spool/exim4-in && ' +
            'chown -R Debian-exim: /run/exim4 /var/spool/exim4 /var/spool/exim4-in /var/log/exim4',
        );
        background(lab, '/usr/sbin/exim4 -C /etc/exim4/in.conf -oP /run/exim4/in.pid -bdf');
        background(lab, '/usr/sbin/exim4 -bdf -q4s');
        for (const host of ['127.0.0.21', '127.0.0.1']) await listens(lab, 25, host);
      },
    }),
};

const dovecotScenarios = [
  to('unknown@lmtp.example', 'hard', "User doesn't exist"),
  to('full@lmtp.example', 'soft', 'Quota exceeded'),
  to('refusing@lmtp.example', 'soft', 'I do not want invitations from you'),
  to('ok@lmtp.example', 'taken'),
];

/** Of these one has no room for a letter. */
const dovecotUsers = ['full', 'refusing', 'ok']
  .map(
    (name) => `${name}::${name}:${name}::/home/${name}::${name === 'full' ? 'userdb_quota_rule=*:storage=1k' : ''}\n`,
  )
  .join('');

/** Beside dovecotConfig. */
const lmtp = `service lmtp {
  inet_listener lmtp {
    address = 127.0.0.20
    port = 24
  }
}
protocol lmtp {
  mail_plugins = sieve quota
}
`;

const dovecotLmtp: Program = {
  name: 'dovecot-lmtp',
  kind: 'receiver',
  packages: ['dovecot-lmtpd', 'dovecot-sieve', 'postfix'],
  notes:
    'Behind Postfix by LMTP: an unknown user and a full mailbox are refused, and Postfix reports it; a reject is a ' +
    'notification of Dovecot’s own.',
  run: (lab) =>
    runSender(lab, {
      scenarios: dovecotScenarios,
      queue: emptyQueue,
      hasArrived: async (_, address) =>
        (await lab.root.sh(`ls /home/${address.split('@', 1)[0]}/Maildir/new`)).stdout !== '',
      start: async () => {
        lab.root.write(
          '/etc/dovecot/lab.conf',
          dovecotConfig('100M')
            .replace('/dev/stderr', '/var/log/dovecot.log')
            .replace(
              'userdb {\n  driver = passwd',
              'userdb {\n  driver = passwd-file\n  args = /etc/dovecot/lab.users',
            ) + lmtp,
        );
        lab.root.write('/etc/dovecot/lab.users', dovecotUsers);
        lab.root.write(
          '/etc/postfix/main.cf',
          `${postfixConfig}transport_maps = inline:{ lmtp.example=lmtp:[127.0.0.20]:24 }\n`,
        );
        lab.root.write(
          '/home/refusing/.dovecot.sieve',
          'require ["reject"]; reject "I do not want invitations from you.";\n',
        );
        await must(
          lab,
          'for each in full refusing ok; do id $each || useradd -M $each; rm -rf /home/$each/Maildir; ' +
            'mkdir -p /home/$each; chown -R $each /home/$each; done; ' +
            `dovecot -c /etc/dovecot/lab.conf && ${noChroots} && postfix start`,
        );
        await listens(lab, 24, '127.0.0.20');
        await listens(lab);
      },
    }),
};

/** By the name in docs/interop.md. */
export const refusals = { Postfix: postfixScenarios, Exim: eximScenarios, Dovecot: dovecotScenarios };

export const refusingPrograms: Program[] = [postfixIn, eximIn, dovecotLmtp];
