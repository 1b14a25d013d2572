// What stands before the recipient's mailbox and answers by itself: vacation, procmail, maildrop's mailbot, Dovecot.
// Listed in programs.ts.
import { textIn } from '../../support/answer-mail';
import type { Product } from '../../support/product';
import type { Lab } from '../lab';
import type { Program } from '../program';
import { type CollectedMail, OwnNetwork } from './own-network';
import {
  acceptance,
  asAPerson,
  type BookedRoom,
  bookFor,
  type ExpectedReading,
  judgeBack,
  note,
  theOne,
} from './receivers';

const away = 'I am out of the office until Monday 11 January. Can we reschedule when I am back?';
const automatic: ExpectedReading = { kind: 'auto-reply', verdict: 'recorded' };

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

/** Runs a command as the user with the letter on its input. */
async function asUser(lab: Lab, command: string): Promise<void> {
  lab.root.write('/var/tmp/deliver', `#!/bin/sh\ncd /home/gil && ${command} < /var/tmp/letter\n`, 0o755);
  const ran = await lab.root.run(['su', 'gil', '-c', '/var/tmp/deliver']);
  note(lab, `${command}: it ends well`, ran.code === 0, `${ran.code} ${ran.stdout}${ran.stderr}`.slice(0, 600));
}

interface Responder {
  domain: string;
  prepare(guest: string): void;
  command(guest: string): string;
  /** What holds for its answer, in words. */
  format: Record<string, RegExp>;
}

/** A letter as a person would write it, and one as it is: it asks for no automatic answer, and gets one too. */
async function answersBoth(lab: Lab, responder: Responder): Promise<void> {
  const product = await lab.product('utc');
  const what = responder.command('').split(' ', 1)[0] ?? '';
  // A domain each: what a responder writes is then not the same mail twice, and is about one room only.
  const toPerson = await bookFor(product, `gil@${responder.domain}`);
  await answersOnce(lab, responder, { product, booked: toPerson, letter: asAPerson(toPerson.letter.raw), what });
  const asItIs = await bookFor(product, `gil@as-it-is.${responder.domain}`);
  await answersOnce(lab, responder, {
    product,
    booked: asItIs,
    letter: asItIs.letter.raw,
    what: `${what}${unchanged}`,
  });
}

const unchanged = ', our letter as it is';

interface Attempt {
  product: Product;
  booked: BookedRoom;
  letter: Buffer;
  what: string;
}

/** One letter, one automatic answer. */
async function answersOnce(lab: Lab, responder: Responder, { product, booked, letter, what }: Attempt): Promise<void> {
  const mail = theOne(lab, what, await answersTo(lab, responder, booked.guest, letter));
  if (!mail) return;
  await judgeBack(lab, product, booked, what, mail.raw, { ...automatic, envelopeFrom: mail.envelopeFrom });
  const head = mail.raw.toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
  for (const [words, pattern] of Object.entries(responder.format))
    note(lab, `${what}: ${words}`, pattern.test(head), head);
}

async function answersTo(
  lab: Lab,
  { prepare, command }: Responder,
  guest: string,
  letter: Buffer,
): Promise<{ raw: Buffer; envelopeFrom: string }[]> {
  await mailbox(lab, letter);
  lab.root.write('/usr/sbin/sendmail', keeper, 0o755);
  prepare(guest);
  await lab.root.sh('chown -R gil:gil /home/gil');
  await asUser(lab, command(guest));
  return storedMails(lab, guest);
}

const vacation: Program = {
  name: 'vacation',
  kind: 'receiver',
  packages: ['vacation'],
  notes: 'No Auto-Submitted, no Precedence, no In-Reply-To: only its words tell.',
  run: (lab) =>
    answersBoth(lab, {
      domain: 'vacation.test',
      prepare: (guest) => {
        const text = `From: ${guest} (Gil)\nSubject: I am on vacation\n\n${away}\n`;
        lab.root.write('/home/gil/.vacation.msg', text);
        lab.root.write('/home/gil/.forward', '\\gil, "|/usr/bin/vacation gil"\n');
      },
      command: (guest) => `vacation -a ${guest} gil`,
      format: {
        'no Auto-Submitted, Precedence, MIME-Version or In-Reply-To':
          /^(?![^]*^(?:Auto-Submitted|Precedence|MIME-Version|In-Reply-To):)/im,
      },
    }),
};

const procmail: Program = {
  name: 'procmail',
  kind: 'receiver',
  packages: ['procmail'],
  notes: 'The recipe of its manual: `Re:` and our subject, `Precedence: junk`, X-Loop, nothing of RFC 3834.',
  run: (lab) =>
    answersBoth(lab, {
      domain: 'procmail.test',
      prepare: (guest) =>
        lab.root.write(
          '/home/gil/.procmailrc',
          'SHELL=/bin/sh\nMAILDIR=/home/gil\nDEFAULT=/home/gil/mbox\n\n:0 hc\n* !^FROM_DAEMON\n' +
            `* !^X-Loop: ${guest}\n| (formail -r -I"Precedence: junk" -A"X-Loop: ${guest}" -I"From: ${guest}"; ` +
            `echo "${away}") | /usr/sbin/sendmail -t\n`,
        ),
      command: () => 'procmail -f scheduling@organizer.test',
      format: {
        '`Re:` and our subject': /^Subject: Re: =\?utf-8\?B\?w5xidW5nc3N0dW5kZS/m,
        'X-Loop and `Precedence: junk`': /^X-Loop: .*\r\n(?:.*\r\n)*?Precedence: junk/m,
        'no Auto-Submitted': /^(?![^]*^Auto-Submitted:)/im,
      },
    }),
};

const maildrop: Program = {
  name: 'maildrop',
  kind: 'receiver',
  packages: ['maildrop'],
  notes: 'Its mailbot answers with `Re:` and our subject, In-Reply-To, Auto-Submitted and `Precedence: junk`.',
  run: (lab) =>
    answersBoth(lab, {
      domain: 'maildrop.test',
      prepare: () => lab.root.write('/home/gil/away', `${away}\n`),
      command: (guest) => `mailbot -t /home/gil/away -A 'From: ${guest}' /usr/sbin/sendmail -t`,
      format: {
        '`Re:` and our subject': /^Subject: Re: =\?utf-8\?B\?w5xidW5nc3N0dW5kZS/m,
        'In-Reply-To': /^In-Reply-To: </m,
        'Auto-Submitted and `Precedence: junk`': /^Precedence: junk\r\nAuto-Submitted: auto-replied/m,
      },
    }),
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
  /** What holds for its mail, in words. */
  format?: Record<string, RegExp>;
  /** It sends nothing where a letter has X-Auto-Response-Suppress, as ours have. */
  heedsSuppress?: true;
  /** What arrives elsewhere is our letter, which is accepted there. */
  forwards?: true;
}

const address = 'gil@dovecot.example';
const bounce: ExpectedReading = { kind: 'bounce', verdict: 'event', delivery: 'bounced' };
const disposition = { 'a disposition notification': /report-type=disposition-notification/ };
const sieve: SieveCase[] = [
  {
    what: 'sieve vacation',
    script: `require ["vacation"]; vacation :days 1 :addresses ["${address}"] "${away}";`,
    expected: automatic,
    heedsSuppress: true,
  },
  {
    what: 'sieve vacation under our subject',
    script: `require ["vacation"]; vacation :days 1 :subject "Re: Übungsstunde" :addresses ["${address}"] "I can do Tuesday at 3pm.";`,
    expected: automatic,
    heedsSuppress: true,
  },
  {
    what: 'sieve reject',
    script: 'require ["reject"]; reject "I do not want invitations from you.";',
    expected: bounce,
    format: disposition,
  },
  {
    what: 'sieve reject, gone',
    script: 'require ["reject"]; reject "No such user here any more, please write to new@other.example.";',
    expected: bounce,
    format: disposition,
  },
  {
    what: 'sieve redirect',
    script: 'redirect "gil@elsewhere.example";',
    expected: { kind: 'reply', verdict: 'event', partstat: 'accepted' },
    forwards: true,
  },
  {
    what: 'over quota',
    script: 'keep;',
    quota: '1k',
    expected: bounce,
    format: { 'a delivery report': /report-type=delivery-status/ },
  },
];

/** Our letter at another mailbox: as it was, and an answer to it counts. */
async function judgeForwarded(
  lab: Lab,
  product: Product,
  booked: BookedRoom,
  what: string,
  { raw, to }: CollectedMail,
  expected: ExpectedReading,
): Promise<void> {
  note(lab, `${what}: it arrives elsewhere`, to.join(' ') === 'gil@elsewhere.example', to.join(' '));
  const [ours = '', theirs = ''] = [booked.letter.raw, raw].map((each) => textIn(each, 'text/calendar'));
  note(lab, `${what}: the calendar arrives as it was`, ours.includes('BEGIN:VEVENT') && ours === theirs, theirs);
  const answer = acceptance('thunderbird', { ...booked, letter: { ...booked.letter, raw } });
  await judgeBack(lab, product, booked, what, answer, { ...expected, envelopeFrom: booked.guest });
}

const dovecot: Program = {
  name: 'dovecot',
  kind: 'receiver',
  packages: ['dovecot-core', 'dovecot-lmtpd', 'dovecot-sieve'],
  notes:
    'A reject is a disposition notification (MDN), over quota a delivery report; a letter that asks for no automatic ' +
    'answer gets no vacation note, but both of these.',
  run: async (lab) => {
    const product = await lab.product('utc');
    const rooms = [];
    for (const each of sieve)
      for (const isAsItIs of [false, true]) rooms.push({ each, isAsItIs, booked: await bookFor(product, address) });
    await mailbox(lab, Buffer.from(''));
    const network = await OwnNetwork.open(lab);
    const seen: SieveOutcome[] = [];
    for (const room of rooms) {
      const { raw } = room.booked.letter;
      seen.push({ ...room, ...(await receive(lab, network, room.each, room.isAsItIs ? raw : asAPerson(raw))) });
    }
    await lab.root.close();
    for (const outcome of seen) await judgeSieve(lab, product, outcome);
  },
};

interface SieveOutcome {
  each: SieveCase;
  isAsItIs: boolean;
  booked: BookedRoom;
  back: CollectedMail[];
  log: string;
}

async function judgeSieve(
  lab: Lab,
  product: Product,
  { each, isAsItIs, booked, back, log }: SieveOutcome,
): Promise<void> {
  const { expected, format = {}, forwards, heedsSuppress } = each;
  const what = `${each.what}${isAsItIs ? unchanged : ''}`;
  if (isAsItIs && heedsSuppress) return void note(lab, `${what}: no mail comes of it`, back.length === 0, log);
  const mail = theOne(lab, what, back, log);
  if (!mail) return;
  const text = mail.raw.toString('latin1');
  for (const [words, pattern] of Object.entries(format)) note(lab, `${what}: ${words}`, pattern.test(text), text);
  if (forwards) await judgeForwarded(lab, product, booked, what, mail, expected);
  else await judgeBack(lab, product, booked, what, mail.raw, { ...expected, envelopeFrom: mail.from });
}

/** The letter is delivered to the mailbox; what came of it, and what the program said. */
async function receive(
  lab: Lab,
  network: OwnNetwork,
  { script, quota = '100M' }: SieveCase,
  letter: Buffer,
): Promise<{ back: CollectedMail[]; log: string }> {
  await mailbox(lab, letter);
  lab.root.write('/etc/dovecot/lab.conf', dovecotConfig(quota));
  lab.root.write('/home/gil/.dovecot.sieve', `${script}\n`);
  await lab.root.sh('rm -rf /home/gil/.dovecot.svbin /home/gil/.dovecot.lda-dupes; chown -R gil:gil /home/gil');
  const before = network.collected().length;
  const lda = '/usr/lib/dovecot/dovecot-lda -c /etc/dovecot/lab.conf -f scheduling@organizer.test';
  const ran = await lab.root.run(['su', 'gil', '-c', `${lda} -a ${address} < /var/tmp/letter`]);
  const back = network.collected().slice(before);
  return { back, log: `${back.length} mails; ${ran.stdout}${ran.stderr}`.trim().slice(-300) };
}

export const receiverPrograms: Program[] = [vacation, procmail, maildrop, dovecot];
