// The border in front of the ingestor: Postfix with opendkim and opendmarc checks who sent an answer and writes
// Authentication-Results, which the product believes or does not, by INBOUND_TRUST (the table in docs/mail.md).
// Listed in programs.ts.
import { authservId, type Lab } from '../lab';
import type { Program } from '../program';
import { OwnNetwork } from './own-network';
import { acceptance, bookFor, type BookedRoom, judgeBack, note } from './receivers';
import { background, listens, must, noChroots } from './start';

const trusts = ['lenient', 'verified'] as const;
type Trust = (typeof trusts)[number];

interface BorderCase {
  what: string;
  /** The guest's domain: `signing` has DKIM, SPF and DMARC, `closed` names other senders in SPF, `plain` nothing. */
  domain: 'signing' | 'closed' | 'plain';
  /** Whether the guest's own server signs it. */
  isSigned?: boolean;
  /** Done to it on its way, behind the signature. */
  change?: (text: string) => string;
  /** Its envelope sender; the guest unless given. */
  envelopeFrom?: string;
  believed: Record<Trust, boolean>;
}

const always = { lenient: true, verified: true };
const never = { lenient: false, verified: false };
const stranger = 'bounces@list.example';
const cases: BorderCase[] = [
  { what: 'signed', domain: 'signing', isSigned: true, believed: always },
  {
    what: 'signed, forwarded by a stranger',
    domain: 'signing',
    isSigned: true,
    envelopeFrom: stranger,
    believed: always,
  },
  {
    what: 'signed, and a list changed the subject',
    domain: 'signing',
    isSigned: true,
    change: (text) => text.replace(/^Subject: /m, 'Subject: [list] '),
    envelopeFrom: stranger,
    believed: never,
  },
  { what: 'not signed, from a server that SPF names', domain: 'signing', believed: always },
  { what: 'not signed, from a server that SPF does not name', domain: 'closed', believed: never },
  { what: 'a domain without records', domain: 'plain', believed: { lenient: true, verified: false } },
  { what: 'a domain without records, a stranger’s envelope', domain: 'plain', envelopeFrom: stranger, believed: never },
  {
    what: 'results of the border that the sender wrote himself',
    domain: 'plain',
    change: (text) =>
      `Authentication-Results: ${authservId}; dkim=pass header.d=plain.example; dmarc=pass header.from=plain.example\r\n${text}`,
    envelopeFrom: stranger,
    believed: never,
  },
];

/** Where mail comes from: opendmarc's SPF lets everything from loopback pass. */
const outside = '10.9.9.1';
const keys = '/etc/lab-dkim';
const verifier = `AuthservID ${authservId}
UserID root
`;
const configs: Record<string, string> = {
  'sign.conf': `Mode s
Domain signing.example
Selector sel
KeyFile ${keys}/sel.private
Socket inet:8890@127.0.0.1
Canonicalization relaxed/relaxed
RequireSafeKeys no
InternalHosts 127.0.0.0/8
UserID root
`,
  'verify.conf': `${verifier}Mode v
Socket inet:8891@127.0.0.1
InternalHosts 192.0.2.1
ExternalIgnoreList 192.0.2.1
AlwaysAddARHeader yes
Nameservers 127.0.0.1
`,
  'dmarc.conf': `${verifier}TrustedAuthservIDs ${authservId}
Socket inet:8893@127.0.0.1
SPFSelfValidate true
SPFIgnoreResults false
RejectFailures false
IgnoreHosts ${keys}/none
PublicSuffixList ${keys}/suffixes
`,
  none: '192.0.2.99\n',
  suffixes: 'example\ntest\n',
};

const postfix = `compatibility_level = 3.6
myhostname = ${authservId}
mydestination =
relay_domains = organizer.test
transport_maps = inline:{ {organizer.test=smtp:[127.0.0.9]} }
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1, ${outside}
inet_protocols = ipv4
alias_maps =
smtpd_milters = inet:127.0.0.1:8891, inet:127.0.0.1:8893
milter_default_action = tempfail
maillog_file = /var/log/postfix.log
`;

async function start(lab: Lab): Promise<OwnNetwork> {
  for (const [name, text] of Object.entries(configs)) lab.root.write(`${keys}/${name}`, text);
  lab.root.write('/etc/postfix/main.cf', postfix);
  await must(lab, `cd ${keys} && opendkim-genkey -b 2048 -d signing.example -s sel`);
  const key = [...lab.root.read(`${keys}/sel.txt`).matchAll(/"([^"]*)"/g)].map(([, part]) => part).join('');
  const network = await OwnNetwork.open(lab);
  network.publish({
    'sel._domainkey.signing.example': key,
    '_dmarc.signing.example': 'v=DMARC1; p=none',
    'signing.example': `v=spf1 ip4:${outside} -all`,
    'closed.example': 'v=spf1 ip4:192.0.2.1 -all',
    '_dmarc.closed.example': 'v=DMARC1; p=none',
  });
  for (const mode of ['sign', 'verify']) background(lab, `opendkim -f -x ${keys}/${mode}.conf`);
  background(lab, `opendmarc -f -c ${keys}/dmarc.conf`);
  const signing = '2525 inet n - n - - smtpd\\n -o smtpd_milters=inet:127.0.0.1:8890\\n';
  await must(lab, `${noChroots} && ` + `printf '${signing}' >> /etc/postfix/master.cf && postfix start`);
  for (const port of [8890, 8891, 8893, 25, 2525]) await listens(lab, port);
  return network;
}

/** What arrives behind the border. */
async function cross(
  network: OwnNetwork,
  each: BorderCase,
  booked: BookedRoom,
): Promise<{ raw: Buffer; from: string }> {
  const to = booked.letter.from;
  let raw = acceptance('thunderbird', booked);
  if (each.isSigned) ({ raw } = await network.through({ from: booked.guest, to, raw }, 2525));
  if (each.change) raw = Buffer.from(each.change(raw.toString('latin1')), 'latin1');
  return network.through({ from: each.envelopeFrom ?? booked.guest, to, raw }, 25, outside);
}

/** Three fields of the border and no other: what the sender wrote under its name is gone. */
function judgeResults(lab: Lab, what: string, raw: Buffer): void {
  const head =
    raw
      .toString('latin1')
      .split('\r\n\r\n', 1)[0]
      ?.replaceAll(/\r\n[ \t]+/g, ' ') ?? '';
  const fields = [...head.matchAll(/^Authentication-Results: *(\S+); *(\w+)=/gim)].map(([, by, of]) => `${by} ${of}`);
  const wanted = ['dmarc', 'spf', 'dkim'].map((of) => `${authservId} ${of}`);
  note(lab, `${what}: the border wrote three results`, fields.join() === wanted.join(), fields);
}

export const border: Program = {
  name: 'opendkim',
  kind: 'filter',
  packages: ['opendkim', 'opendmarc', 'opendkim-tools', 'postfix'],
  notes:
    'Results in three fields, two of them by opendmarc; fields of the same name that the sender wrote are removed.',
  run: async (lab) => {
    const meetings = [];
    for (const trust of trusts) {
      const product = await lab.product(trust);
      for (const [n, each] of cases.entries())
        meetings.push({ trust, product, each, booked: await bookFor(product, `gil${n}@${each.domain}.example`) });
    }
    const network = await start(lab);
    const seen = [];
    for (const meeting of meetings) seen.push({ ...meeting, ...(await cross(network, meeting.each, meeting.booked)) });
    await lab.root.close();
    for (const { trust, product, each, booked, raw, from } of seen) {
      const believed = each.believed[trust];
      const what = `${trust}: ${each.what}`;
      judgeResults(lab, what, raw);
      await judgeBack(lab, product, booked, what, raw, {
        kind: 'reply',
        verdict: believed ? 'event' : 'held',
        partstat: believed ? 'accepted' : 'needs-action',
        envelopeFrom: from,
      });
    }
  },
};
