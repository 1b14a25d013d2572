// Cyrus IMAP with CalDAV: a letter comes by LMTP, its sieve script puts the event into the calendar, a calendar program
// changes PARTSTAT there, and Cyrus mails the answer.
// Listed in programs.ts.
import { propertyIn } from '../../support/answer-mail';
import { organizer } from '../../support/product';
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/free-port';
import { type SmtpSink, withSink } from '../../support/smtp-sink';
import type { Lab } from '../lab';
import { sendByLmtp } from '../lmtp';
import { CannotRun, type Program } from '../program';
import type { Click, Seat } from '../seat';
import { walks } from '../walk';
import { askCalDav } from './caldav';
import { entriesIn } from './ics-entries';

const work = '/var/tmp/cyrus';
const email = 'gil@cyrus.test';

interface Ports {
  http: number;
  lmtp: number;
  smtp: string;
}

export const cyrus: Program = {
  name: 'cyrus',
  kind: 'client',
  packages: ['cyrus-caldav', 'cyrus-admin'],
  notes:
    'Subject “RSVP: …”; Auto-Submitted: auto-generated on every answer; the calendar in quoted-printable and again as ' +
    'application/ics. After an update its own event has TRANSP twice, which it refuses when it is put back.',
  run: (lab) =>
    withSink(async (sink, port) => {
      const ports: Ports = { http: await freePort(), lmtp: await freePort(), smtp: port };
      await start(lab, ports);
      const seat = seatAt(ports, sink);
      await walks(lab, seat);
    }),
};

const settings = ({ smtp }: Ports): string => `configdirectory: ${work}/conf
defaultpartition: default
partition-default: ${work}/spool
sievedir: ${work}/sieve
mboxname_lockpath: ${work}/run
proc_path: ${work}/run/proc
admins: cyrus
sasl_pwcheck_method: alwaystrue
sasl_mech_list: PLAIN
allowplaintext: yes
virtdomains: userid
defaultdomain: cyrus.test
unixhierarchysep: yes
altnamespace: yes
httpmodules: caldav
caldav_allowscheduling: on
calendar_user_address_set: cyrus.test
autocreate_quota: 0
autocreate_post: yes
autocreate_sieve_script: ${work}/imip.sieve
sieve_extensions: vnd.cyrus.imip
smtp_backend: host
smtp_host: 127.0.0.1:${smtp}
`;

const services = ({ http, lmtp }: Ports): string => `START {
  recover cmd="/usr/sbin/cyrus ctl_cyrusdb -C ${work}/imapd.conf -r"
}
SERVICES {
  http cmd="httpd -C ${work}/imapd.conf" listen="127.0.0.1:${http}" prefork=0
  lmtp cmd="lmtpd -a -C ${work}/imapd.conf" listen="127.0.0.1:${lmtp}" prefork=0
}
EVENTS {
}
`;

const home = ({ http }: Ports): string => `http://127.0.0.1:${http}/dav/calendars/user/gil/`;

async function start(lab: Lab, ports: Ports): Promise<void> {
  const { root } = lab;
  await root.sh(`rm -rf ${work}; mkdir -p ${work}/{conf,spool,sieve,run}`);
  root.write(`${work}/imapd.conf`, settings(ports));
  root.write(`${work}/cyrus.conf`, services(ports));
  root.write(`${work}/imip.sieve`, 'require ["vnd.cyrus.imip"];\nprocessimip;\nkeep;\n');
  await root.sh(`chown -R cyrus:mail ${work}`);
  const master = `/usr/sbin/cyrmaster -C ${work}/imapd.conf -M ${work}/cyrus.conf -p ${work}/run/master.pid -D`;
  root.spawn(['bash', '-c', `${master} </dev/null >${work}/log 2>&1`]);
  // The first mail makes the mailbox, with which the calendars can be made.
  const first = Buffer.from(`From: <gil@else.test>\r\nTo: <${email}>\r\nMessage-ID: <1@else.test>\r\n\r\nHello\r\n`);
  const ready = eventually(
    'Cyrus takes a mail and shows calendars',
    async () => {
      await sendByLmtp(ports.lmtp, 'gil@else.test', email, first);
      return (await askCalDav('PROPFIND', home(ports))).status === 207;
    },
    { timeoutMs: 60_000, everyMs: 1_000 },
  );
  await ready.catch((error: unknown) => {
    throw new CannotRun(`it does not start: ${String(error)} ${root.read(`${work}/log`).slice(-600)}`);
  });
}

const partstats: Record<Click, string> = { accept: 'ACCEPTED', tentative: 'TENTATIVE', decline: 'DECLINED' };

function seatAt(ports: Ports, sink: SmtpSink): Seat {
  const calendar = `${home(ports)}Default/`;
  /** The event that changed last. */
  let event = '';
  return {
    email,
    receive: async (letter) => {
      await sendByLmtp(ports.lmtp, organizer, email, letter);
      event = `${calendar}${propertyIn(letter, 'UID')}.ics`;
    },
    click: async (click) => {
      const before = sink.mails.length;
      const text = (await (await askCalDav('GET', event)).text()).replaceAll('\r\n ', '');
      // Its sieve script keeps TRANSP of the event before beside that of an update; no program writes it twice.
      const once = text.replace(/^(TRANSP:.*\r\n)([^]*?)^TRANSP:.*\r\n/m, '$1$2');
      const answered = once.replace(/PARTSTAT=[A-Z-]+/, `PARTSTAT=${partstats[click]}`);
      const put = await askCalDav('PUT', event, answered);
      if (put.status >= 300) throw new Error(`the answer was refused: ${put.status} ${await put.text()}`);
      const sent = eventually('it sends', () => sink.mails.length > before, { timeoutMs: 15_000 });
      await sent.catch(() => undefined);
      return sink.mails.slice(before).map(({ raw }) => raw);
    },
    calendar: async () => {
      const listed = await (await askCalDav('PROPFIND', calendar)).text();
      const paths = [...listed.matchAll(/href>([^<]*\.ics)</g)].map(([, path]) => path ?? '');
      const texts = await Promise.all(
        paths.map(async (path) => (await askCalDav('GET', new URL(path, calendar).href)).text()),
      );
      return texts.flatMap(entriesIn);
    },
  };
}
