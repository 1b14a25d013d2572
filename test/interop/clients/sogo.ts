// SOGo with a Postgres, a memcached and a Dovecot of its own: letters lie in the mailbox, answers are clicked through
// its web interface's own requests, its calendar is read by CalDAV.
// Listed in programs.ts.
import { propertyIn } from '../../support/answer-mail';
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/free-port';
import { type SmtpSink, withSink } from '../../support/smtp-sink';
import { readMail } from '../../../apps/imip-ingestor/src/interpret/mail';
import { check } from '../check';
import type { Lab } from '../lab';
import { CannotRun, type Program } from '../program';
import { guestName } from '../meeting';
import type { Click, Seat } from '../seat';
import { acceptWalk, walks } from '../walk';
import { entriesIn } from './ics-entries';

const work = '/var/tmp/sogo';
const email = 'gil@sogo.test';

interface Ports {
  postgres: number;
  imap: number;
  memcached: number;
  web: number;
  smtp: number;
}

export const sogo: Program = {
  name: 'sogo',
  kind: 'client',
  packages: ['sogo', 'memcached', 'dovecot-imapd', 'postgresql'],
  minutes: 4,
  notes:
    'Echoes the REQUEST’s DTSTAMP, LAST-MODIFIED and PRODID in every answer, so a change of mind keeps one DTSTAMP; html ' +
    'and calendar without a text part; shows the inline and the attached calendar as two cards. A new time moves the ' +
    'event when it is answered.',
  run: (lab) =>
    withSink(async (sink, port) => {
      const [postgres, imap, memcached, web] = [await freePort(), await freePort(), await freePort(), await freePort()];
      const ports = { postgres, imap, memcached, web, smtp: Number(port) };
      await start(lab, ports);
      const seat = new WebMail(lab, ports, sink);
      await seat.logIn();
      await walks(lab, seat, { afterUpdate: 'moved by the answer' });
      seat.card = 'attached';
      await acceptWalk(lab, seat, { what: 'attached card' });
    }),
};

const settings = ({ postgres, imap, memcached, web, smtp }: Ports): string => {
  const table = (each: string): string => `"postgresql://sogo:sogo@127.0.0.1:${postgres}/sogo/${each}"`;
  return `{
  SOGoProfileURL = ${table('sogo_user_profile')};
  OCSFolderInfoURL = ${table('sogo_folder_info')};
  OCSSessionsFolderURL = ${table('sogo_sessions_folder')};
  OCSEMailAlarmsFolderURL = ${table('sogo_alarms_folder')};
  SOGoLanguage = English;
  SOGoTimeZone = "America/New_York";
  SOGoMailDomain = "sogo.test";
  SOGoUserSources = ({ type = sql; id = directory; viewURL = ${table('people')}; canAuthenticate = YES;
    isAddressBook = NO; userPasswordAlgorithm = plain; });
  SOGoIMAPServer = "imap://127.0.0.1:${imap}";
  SOGoMailingMechanism = smtp;
  SOGoSMTPServer = "smtp://127.0.0.1:${smtp}";
  SOGoMemcachedHost = "127.0.0.1:${memcached}";
  SOGoAppointmentSendEMailNotifications = YES;
  SOGoXSRFValidationEnabled = NO;
  SxVMemLimit = 0;
  WOPort = "127.0.0.1:${web}";
  WOWorkersCount = 1;
  WOLogFile = "-";
}
`;
};

const dovecot = (port: number): string => `protocols = imap
listen = 127.0.0.1
mail_location = maildir:~/Maildir
ssl = no
disable_plaintext_auth = no
log_path = ${work}/dovecot.log
passdb {
  driver = static
  args = nopassword=y
}
userdb {
  driver = static
  args = uid=mail gid=mail home=${work}/mail/%n
}
first_valid_uid = 1
first_valid_gid = 1
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`;

const people = `create role sogo login password 'sogo'; create database sogo owner sogo;
\\c sogo sogo
create table people (c_uid text primary key, c_name text, c_password text, c_cn text, mail text);
insert into people values ('gil', 'gil', 'x', '${guestName}', '${email}');
`;

async function start(lab: Lab, ports: Ports): Promise<void> {
  const { root } = lab;
  await root.sh(
    `rm -rf ${work}; mkdir -p ${work}/mail/gil/Maildir/{cur,new,tmp} ${work}/pg; chown postgres ${work}/pg`,
  );
  root.write('/etc/sogo/sogo.conf', settings(ports));
  root.write(`${work}/dovecot.conf`, dovecot(ports.imap));
  root.write(`${work}/people.sql`, people);
  root.write(
    `${work}/start`,
    `set -e
cd ${work}
bin=$(echo /usr/lib/postgresql/*/bin)
chown -R mail:mail mail; chown root:sogo /etc/sogo/sogo.conf
su postgres -c "$bin/initdb -D ${work}/pg -A trust -E UTF8 --locale=C.UTF-8" >init.log
su postgres -c "$bin/pg_ctl -w -D ${work}/pg -o '-p ${ports.postgres} -k /tmp -h 127.0.0.1 -c fsync=off' -l ${work}/pg/log start" >>init.log
psql -q -h 127.0.0.1 -p ${ports.postgres} -U postgres -f people.sql
memcached -d -u nobody -l 127.0.0.1 -p ${ports.memcached}
dovecot -c ${work}/dovecot.conf
mkdir -p /run/sogo /var/log/sogo /var/spool/sogo; chown sogo: /run/sogo /var/log/sogo /var/spool/sogo
su sogo -s /bin/sh -c '/usr/sbin/sogod -WONoDetach YES' </dev/null >sogo.log 2>&1 &
`,
    0o755,
  );
  const ran = await root.sh(`bash ${work}/start >${work}/start.log 2>&1`, { timeoutMs: 90_000 });
  if (ran.code !== 0) throw new CannotRun(`it does not start: ${root.read(`${work}/start.log`).slice(-800)}`);
  const answers = eventually(
    'SOGo answers',
    async () => (await fetch(`http://127.0.0.1:${ports.web}/SOGo/`, { redirect: 'manual' })).status < 500,
    { timeoutMs: 60_000, everyMs: 500 },
  );
  await answers.catch(() => {
    throw new CannotRun(`SOGo does not answer: ${root.read(`${work}/sogo.log`).slice(-800)}`);
  });
}

/** Inline and attached. */
const calendarsIn = (letter: Buffer): number =>
  readMail(letter).parts.filter(({ type }) => type === 'text/calendar' || type === 'application/ics').length;

class WebMail implements Seat {
  readonly email = email;
  /** Which of the two cards of an invitation is clicked. */
  card: 'inline' | 'attached' = 'inline';
  private cookies = '';
  private letters = 0;

  constructor(
    private readonly lab: Lab,
    private readonly ports: Ports,
    private readonly sink: SmtpSink,
  ) {}

  async logIn(): Promise<void> {
    const response = await this.ask('POST', '/SOGo/connect', { userName: 'gil', password: 'x' });
    if (response.status !== 200) throw new CannotRun(`no login: ${response.status} ${await response.text()}`);
    this.cookies = response.headers
      .getSetCookie()
      .map((each) => each.split(';', 1)[0])
      .join('; ');
  }

  async receive(letter: Buffer): Promise<void> {
    this.letters += 1;
    this.lab.root.write(`${work}/mail/gil/Maildir/new/${this.letters}.lab`, letter);
    await this.lab.root.sh(`chown -R mail:mail ${work}/mail`);
    const [cards, calendars] = [await this.cards(), calendarsIn(letter)];
    const what = `a letter with ${calendars} calendars shows a card for each`;
    this.lab.checks.push(check(what, cards.length === calendars, `${cards.length} cards`));
    if (propertyIn(letter, 'METHOD') === 'CANCEL') await this.act('deleteFromCalendar');
  }

  async click(click: Click): Promise<Buffer[]> {
    const before = this.sink.mails.length;
    await this.act(click);
    await eventually('it sends', () => this.sink.mails.length > before, { timeoutMs: 15_000 }).catch(() => undefined);
    return this.sink.mails.slice(before).map(({ raw }) => raw);
  }

  async calendar(): ReturnType<NonNullable<Seat['calendar']>> {
    const authorization = `Basic ${Buffer.from('gil:x').toString('base64')}`;
    const url = `http://127.0.0.1:${this.ports.web}/SOGo/dav/gil/Calendar/personal.ics`;
    const response = await fetch(url, { headers: { authorization } });
    if (response.status !== 200) throw new Error(`the calendar answered ${response.status}`);
    return entriesIn(await response.text());
  }

  private ask(method: string, path: string, body?: object): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.ports.web}${path}`, {
      method,
      headers: { 'content-type': 'application/json;charset=UTF-8', accept: 'application/json', cookie: this.cookies },
      redirect: 'manual',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** Where the calendar parts of the newest letter are, as its page names them. */
  private async cards(): Promise<string[]> {
    const response = await this.ask('GET', `${this.message()}/view`);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`the letter answered ${response.status} ${text.slice(0, 300)}`);
    return [...text.matchAll(/sg-imip-path=\\?"([^"\\]*)/g)].map(([, path]) => path ?? '');
  }

  private async act(action: string): Promise<void> {
    const [inline, attached] = await this.cards();
    const card = this.card === 'inline' ? inline : attached;
    if (card === undefined) throw new Error(`it shows no card that is ${this.card}`);
    const path = card.replaceAll('\\/', '/').replace(/^\//, '');
    const response = await this.ask('POST', `${this.message()}/${path}/${action}`, {});
    const text = await response.text();
    if (response.status >= 300) throw new Error(`${action} answered ${response.status} ${text.slice(0, 300)}`);
  }

  private message(): string {
    return `/SOGo/so/gil/Mail/0/folderINBOX/${this.letters}`;
  }
}
