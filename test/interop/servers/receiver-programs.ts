// What stands before the recipient's mailbox and answers by itself: vacation, procmail, maildrop's mailbot, Dovecot.
// Listed in programs.ts.
import { textIn } from '../../support/answer-mail';
import type { Product } from '../../support/product';
import { check } from '../check';
import type { Lab } from '../lab';
import { CannotRun, type Program } from '../program';
import { type CollectedMail, OwnNetwork } from './own-network';
import { acceptance, asAPerson, type BookedRoom, bookFor, type ExpectedReading, judgeBack } from './receivers';

const away = 'I am out of the office until Monday 11 January. Can we reschedule when I am back?';
const automatic: ExpectedReading = { kind: 'auto-reply' };

/** What would be sent is kept in files, instead of a mail server; each call is one mail. */
const keeper = '#!/bin/sh\nfile=$(mktemp /var/tmp/out/XXXXXX)\necho " $* " > "$file.args"\ncat > "$file"\n';

/** A user of the machine, and a letter in the form in which mail is handed to programs: behind its envelope line. */
async function mailbox(lab: Lab, raw: Buffer): Promise<void> {
  await lab.root.sh(
    'id gil >/dev/null 2>&1 || useradd -m -s /bin/sh gil; rm -rf /var/tmp/out /home/gil/.vacation*; mkdir -m 777 /var/tmp/out',
  );
  const text = `From scheduling@organizer.test Mon Jan  1 00:00:00 2030\n${raw.toString('latin1')}`;
  lab.root.write('/var/tmp/letter', Buffer.from(text.replaceAll('\r\n', '\n'), 'latin1'));
}

/** What the keeper kept, with the line ends of mail and the envelope sender that was asked for. */
async function storedMails(lab: Lab, guest: string): Promise<{ raw: Buffer; envelopeFrom: string }[]> {
  const { stdout } = await lab.root.sh('ls /var/tmp/out');
  return stdout
    .split('\n')
    .filter((name) => name !== '' && !name.endsWith('.args'))
    .map((name) => {
      const asked = / -f ?(\S*) /.exec(lab.root.read(`/var/tmp/out/${name}.args`))?.[1];
      const envelopeFrom = asked === undefined || /^\w+$/.test(asked) ? guest : asked.replaceAll(/[<>"']/g, '');
      return { envelopeFrom, raw: Buffer.from(lab.root.read(`/var/tmp/out/${name}`).replaceAll(/\r?\n/g, '\r\n')) };
    });
}

/** Runs a command as the user with the letter on its input; throws what it said. */
async function asUser(lab: Lab, command: string): Promise<void> {
  lab.root.write('/var/tmp/deliver', `#!/bin/sh\ncd /home/gil && ${command} < /var/tmp/letter\n`, 0o755);
  const ran = await lab.root.run(['su', 'gil', '-c', '/var/tmp/deliver']);
  if (ran.code !== 0) throw new CannotRun(`${command}: ${ran.stdout}${ran.stderr}`.slice(0, 600));
}

/** One letter, one automatic answer. */
async function answersOnce(lab: Lab, guest: string, prepare: () => void, command: string): Promise<void> {
  const product = await lab.product('utc');
  const booked = await bookFor(product, guest);
  await mailbox(lab, asAPerson(booked.letter.raw));
  lab.root.write('/usr/sbin/sendmail', keeper, 0o755);
  prepare();
  await lab.root.sh('chown -R gil:gil /home/gil');
  await asUser(lab, command);
  const mails = await storedMails(lab, guest);
  if (mails.length === 0) throw new CannotRun(`${command} sent nothing`);
  for (const { raw, envelopeFrom } of mails)
    await judgeBack(lab, product, booked, command.split(' ', 1)[0] ?? '', raw, { ...automatic, envelopeFrom });
}

const vacation: Program = {
  name: 'vacation',
  kind: 'receiver',
  packages: ['vacation'],
  notes: 'No Auto-Submitted, no Precedence, no In-Reply-To: only its words tell.',
  run: (lab) =>
    answersOnce(
      lab,
      'gil@vacation.test',
      () => {
        const text = `From: gil@vacation.test (Gil)\nSubject: I am on vacation\n\n${away}\n`;
        lab.root.write('/home/gil/.vacation.msg', text);
        lab.root.write('/home/gil/.forward', '\\gil, "|/usr/bin/vacation gil"\n');
      },
      'vacation -a gil@vacation.test gil',
    ),
};

const procmail: Program = {
  name: 'procmail',
  kind: 'receiver',
  packages: ['procmail'],
  notes: 'The recipe of its manual: `Re:` and our subject, `Precedence: junk`, X-Loop, nothing of RFC 3834.',
  run: (lab) =>
    answersOnce(
      lab,
      'gil@procmail.test',
      () =>
        lab.root.write(
          '/home/gil/.procmailrc',
          'SHELL=/bin/sh\nMAILDIR=/home/gil\nDEFAULT=/home/gil/mbox\n\n:0 hc\n* !^FROM_DAEMON\n* !^X-Loop: gil@procmail.test\n' +
            '| (formail -r -I"Precedence: junk" -A"X-Loop: gil@procmail.test" -I"From: gil@procmail.test"; ' +
            `echo "${away}") | /usr/sbin/sendmail -t\n`,
        ),
      'procmail -f scheduling@organizer.test',
    ),
};

const maildrop: Program = {
  name: 'maildrop',
  kind: 'receiver',
  packages: ['maildrop'],
  notes: 'Its mailbot answers with `Re:` and our subject, In-Reply-To and our letter quoted.',
  run: (lab) =>
    answersOnce(
      lab,
      'gil@maildrop.test',
      () => lab.root.write('/home/gil/away', `${away}\n`),
      "mailbot -t /home/gil/away -A 'From: gil@maildrop.test' /usr/sbin/sendmail -t",
    ),
};

export const dovecotConfig = (quota: string): string => `protocols = lmtp
mail_location = maildir:~/Maildir
submission_host = 127.0.0.9:25
hostname = mx.dovecot.example
postmaster_address = postmaster@dovecot.example
ssl = no
log_path = /dev/stderr
passdb {
  driver = static
  args = nopassword=y
}
userdb {
  driver = passwd
}
auth_username_format = %n
protocol lda {
  mail_plugins = sieve quota
}
plugin {
  sieve = file:~/sieve;active=~/.dovecot.sieve
  sieve_vacation_send_from_recipient = yes
  quota = maildir:User quota
  quota_rule = *:storage=${quota}
}
`;

interface SieveCase {
  what: string;
  script: string;
  quota?: string;
  expected: ExpectedReading;
  /** What arrives elsewhere is our letter, which is accepted there. */
  forwards?: true;
}

const address = 'gil@dovecot.example';
const sieve: SieveCase[] = [
  {
    what: 'sieve vacation',
    script: `require ["vacation"]; vacation :days 1 :addresses ["${address}"] "${away}";`,
    expected: automatic,
  },
  {
    what: 'sieve vacation under our subject',
    script: `require ["vacation"]; vacation :days 1 :subject "Re: Übungsstunde" :addresses ["${address}"] "I can do Tuesday at 3pm.";`,
    expected: automatic,
  },
  {
    what: 'sieve reject',
    script: 'require ["reject"]; reject "I do not want invitations from you.";',
    expected: { kind: 'bounce', delivery: 'bounced' },
  },
  {
    what: 'sieve reject, gone',
    script: 'require ["reject"]; reject "No such user here any more, please write to new@other.example.";',
    expected: { kind: 'bounce', delivery: 'bounced' },
  },
  {
    what: 'sieve redirect',
    script: 'redirect "gil@elsewhere.example";',
    expected: { kind: 'reply' },
    forwards: true,
  },
  { what: 'over quota', script: 'keep;', quota: '1k', expected: { kind: 'bounce', delivery: 'bounced' } },
];

/** Our letter at another mailbox: as it was, and an answer to it counts. */
async function judgeForwarded(
  lab: Lab,
  product: Product,
  booked: BookedRoom,
  what: string,
  { raw, to }: CollectedMail,
): Promise<void> {
  const calendars = [booked.letter.raw, raw].map((each) => textIn(each, 'text/calendar'));
  lab.checks.push(check(`${what}: the calendar arrives as it was`, calendars[0] === calendars[1], to.join(' ')));
  const answer = acceptance('thunderbird', { ...booked, letter: { ...booked.letter, raw } });
  await judgeBack(lab, product, booked, what, answer, {
    kind: 'reply',
    partstat: 'accepted',
    envelopeFrom: booked.guest,
  });
}

const dovecot: Program = {
  name: 'dovecot',
  kind: 'receiver',
  packages: ['dovecot-core', 'dovecot-lmtpd', 'dovecot-sieve'],
  notes:
    'A reject is a disposition notification (MDN), over quota a delivery report; to an automatic mail it sends neither.',
  run: async (lab) => {
    const product = await lab.product('utc');
    const rooms = [];
    for (const each of sieve) rooms.push({ ...each, booked: await bookFor(product, address) });
    await mailbox(lab, Buffer.from(''));
    const network = await OwnNetwork.open(lab);
    const seen = [];
    for (const { script, quota = '100M', booked, ...each } of rooms) {
      await mailbox(lab, asAPerson(booked.letter.raw));
      lab.root.write('/etc/dovecot/lab.conf', dovecotConfig(quota));
      lab.root.write('/home/gil/.dovecot.sieve', `${script}\n`);
      await lab.root.sh('rm -rf /home/gil/.dovecot.svbin /home/gil/.dovecot.lda-dupes; chown -R gil:gil /home/gil');
      const before = network.collected().length;
      const lda = '/usr/lib/dovecot/dovecot-lda -c /etc/dovecot/lab.conf -f scheduling@organizer.test';
      const ran = await lab.root.run(['su', 'gil', '-c', `${lda} -a ${address} < /var/tmp/letter`]);
      const back = network.collected().slice(before);
      seen.push({ ...each, booked, back, said: `${ran.stdout}${ran.stderr}`.trim().slice(-200) });
    }
    await lab.root.close();
    for (const { what, expected, forwards, booked, back, said } of seen) {
      const [mail] = back;
      lab.checks.push(check(`${what}: a mail is sent`, mail !== undefined, said || 'a mail'));
      if (!mail) continue;
      if (forwards) await judgeForwarded(lab, product, booked, what, mail);
      else await judgeBack(lab, product, booked, what, mail.raw, { ...expected, envelopeFrom: mail.from });
    }
  },
};

export const receiverPrograms: Program[] = [vacation, procmail, maildrop, dovecot];
