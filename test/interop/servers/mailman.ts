// Mailman 3: a letter of ours is rejected or held by a list, and an answer reaches us through a list.
// Listed in programs.ts. Its mail goes to an SMTP server of this process, its REST interface sets the lists up.
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/free-port';
import { type SmtpSink, type SunkMail, withSink } from '../../support/smtp-sink';
import { organizer } from '../../support/product';
import { readMail } from '../../../apps/imip-ingestor/src/interpret/mail';
import type { Lab } from '../lab';
import type { RunResult } from '../machine';
import { sendByLmtp } from '../lmtp';
import { CannotRun, type Program } from '../program';
import { acceptance, bookFor, type ExpectedReading, judgeBack, note, theOne } from './receivers';

const domain = 'list.test';
const suffixes = '/var/tmp/suffixes';

export const mailman: Program = {
  name: 'mailman',
  kind: 'receiver',
  packages: ['mailman3'],
  minutes: 3,
  notes:
    'A rejected post comes back under our own subject with our letter inside; a held one is answered by a note; a list ' +
    'passes an answer on under its own envelope.',
  run: (lab) =>
    withSink(async (sink, port) => {
      const ports = { rest: await freePort(), lmtp: await freePort() };
      const api = await start(lab, port, ports);
      await api('POST', '/domains', { mail_host: domain });
      const lists: Lists = { lab, api, sink, lmtpPort: ports.lmtp };
      await ofAStranger(lists, 'reject', { kind: 'bounce', verdict: 'event', delivery: 'bounced' });
      await ofAStranger(lists, 'hold', { kind: 'auto-reply', verdict: 'recorded' });
      for (const [name, each] of Object.entries(passing)) await passedOn(lists, name, each);
    }),
};

type Api = (method: string, path: string, fields?: Record<string, string>) => Promise<void>;

interface Ports {
  rest: number;
  lmtp: number;
}

/** Mailman with its lists, and where its mail goes. */
interface Lists {
  lab: Lab;
  api: Api;
  sink: SmtpSink;
  lmtpPort: number;
}

async function start(lab: Lab, smtpPort: string, { rest, lmtp }: Ports): Promise<Api> {
  const file = '/etc/mailman3/mailman.cfg';
  // A root that was kept has the settings and lists of the run before.
  await lab.root.sh(`cp -n ${file} ${file}.first; rm -rf /var/lib/mailman3/data /var/lib/mailman3/queue`);
  const config = lab.root
    .read(`${file}.first`)
    .replace(/^smtp_host: .*/m, 'smtp_host: 127.0.0.1')
    .replace(/^smtp_port: .*/m, `smtp_port: ${smtpPort}`)
    .replace(/^lmtp_port: .*/m, `lmtp_port: ${lmtp}`)
    .replace(/^port: 8001$/m, `port: ${rest}`)
    // A list that changes From asks for the public suffixes, by network unless it is set otherwise.
    .replace(/^\[mta\]/m, `[dmarc]\norg_domain_data_url: file://${suffixes}\nresolver_lifetime: 1s\n\n[mta]`)
    .replace(/^site_owner: .*/m, `site_owner: postmaster@${domain}`);
  lab.root.write(file, config);
  lab.root.write(suffixes, 'test\n');
  const setting = (name: string): string => new RegExp(`^${name}: *(\\S+)`, 'm').exec(config)?.[1] ?? '';
  await lab.root.sh(
    'mkdir -p /run/mailman3 /run/lock; chown -R list:list /run/mailman3 /var/lib/mailman3 /var/log/mailman3',
  );
  const begin = `su -s /bin/sh list -c 'cd /var/lib/mailman3 && mailman -C ${file} start --force' </dev/null >/var/tmp/mm.log 2>&1`;
  await lab.root.sh(begin, { timeoutMs: 90_000 });
  const authorization = `Basic ${Buffer.from(`${setting('admin_user')}:${setting('admin_pass')}`).toString('base64')}`;
  const call = (method: string, path: string, fields?: Record<string, string>): Promise<Response> =>
    fetch(`http://127.0.0.1:${rest}/3.1${path}`, {
      method,
      headers: { authorization },
      ...(fields ? { body: new URLSearchParams(fields) } : {}),
    });
  const up = eventually('Mailman answers', async () => (await call('GET', '/system/versions')).ok, {
    timeoutMs: 90_000,
    everyMs: 1_000,
  });
  await up.catch(() => {
    throw new CannotRun(`it does not start: ${lab.root.read('/var/tmp/mm.log').slice(-600)}`);
  });
  const log = (): Promise<RunResult> => lab.root.sh('tail -n 3 /var/log/mailman3/mailman.log');
  return async (method, path, fields) => {
    // On a busy machine it answered 500 once while its processes started.
    const settled = async (): Promise<Response | null> => {
      const each = await call(method, path, fields);
      if (each.status < 500) return each;
      lab.say(`${method} ${path} answered ${each.status}: ${(await log()).stdout}`);
      return null;
    };
    const answer = await eventually(`${method} ${path}`, settled, { timeoutMs: 30_000, everyMs: 1_000 });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status} ${await answer.text()}`);
  };
}

async function makeList(api: Api, name: string, settings: Record<string, string>): Promise<string> {
  await api('POST', '/lists', { fqdn_listname: `${name}@${domain}` });
  await api('PATCH', `/lists/${name}.${domain}/config`, settings);
  return `${name}@${domain}`;
}

/** The one mail to this address; a failed check and nothing where none comes. */
async function next(lists: Lists, what: string, to: string): Promise<SunkMail | undefined> {
  const mails = (): SunkMail[] => lists.sink.mails.filter((mail) => mail.to.includes(to));
  await eventually(what, () => mails().length > 0, { timeoutMs: 60_000, everyMs: 500 }).catch(() => undefined);
  const mail = theOne(lists.lab, what, mails());
  lists.sink.mails.length = 0;
  return mail;
}

/** What holds for the header of a mail, in words: a check each. */
function judgeHead(lab: Lab, what: string, { raw }: SunkMail, format: Record<string, RegExp>): void {
  const head = raw.toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
  for (const [words, pattern] of Object.entries(format)) note(lab, `${what}: ${words}`, pattern.test(head), head);
}

/** By what it does with a post of a stranger. */
const answers = {
  reject: { 'under our own subject': /^Subject: \?bungsstunde \? Invitation$/m },
  hold: { 'a note of its own': /^Subject: Your message to hold@list\.test awaits moderator approval/m },
};

/** A letter of ours goes to a list that does this with posts of strangers; what comes back is judged. */
async function ofAStranger(lists: Lists, action: 'reject' | 'hold', expected: ExpectedReading): Promise<void> {
  const { lab, api } = lists;
  const product = await lab.product('utc');
  const list = await makeList(api, action, { default_nonmember_action: action });
  const booked = await bookFor(product, list);
  await sendByLmtp(lists.lmtpPort, booked.letter.from, list, booked.letter.raw);
  const what = `${action}: post`;
  const mail = await next(lists, what, booked.letter.from);
  if (!mail) return;
  judgeHead(lab, what, mail, answers[action]);
  const returned = readMail(mail.raw).parts.some(({ type }) => type === 'message/rfc822');
  const wanted = action === 'reject';
  note(lab, `${what}: ${wanted ? 'our letter is in it' : 'our letter is not in it'}`, returned === wanted, returned);
  await judgeBack(lab, product, booked, what, mail.raw, { ...expected, envelopeFrom: mail.from });
}

interface Passing {
  settings: Record<string, string>;
  expected: ExpectedReading;
  /** What holds for the header of what it passes on. */
  format: Record<string, RegExp>;
}

// The list's envelope is of another organization than From: such an answer is not believed (docs/mail.md). A wrapped one
// is a mail of the list, with the answer as an attached mail.
const unconfirmed: ExpectedReading = { kind: 'reply', verdict: 'held' };

/** What a list does to the mails it passes on, by name. */
const passing: Record<string, Passing> = {
  plain: {
    settings: {},
    expected: unconfirmed,
    format: { 'From is the writer': /^From: .*<gil-plain@mailman\.test>/m },
  },
  munge: {
    settings: { dmarc_mitigate_action: 'munge_from', dmarc_mitigate_unconditionally: 'true' },
    expected: unconfirmed,
    format: { 'From is the list, Reply-To the writer': /^From: .*<munge@list\.test>\r\nReply-To: .*<gil-munge@/m },
  },
  wrap: {
    settings: { dmarc_mitigate_action: 'wrap_message', dmarc_mitigate_unconditionally: 'true' },
    expected: { kind: 'ignored', verdict: 'ignored' },
    format: { 'From is the list, Reply-To the writer': /^From: .*<wrap@list\.test>\r\nReply-To: .*<gil-wrap@/m },
  },
  anonymous: {
    settings: { anonymous_list: 'true' },
    expected: unconfirmed,
    format: { 'the writer is not in the header': /^(?![^]*gil-anonymous)[^]*^From: anonymous@list\.test/m },
  },
};

/** A guest answers to a list that we are a member of. */
async function passedOn(lists: Lists, name: string, { settings, expected, format }: Passing): Promise<void> {
  const { lab, api } = lists;
  const product = await lab.product('utc');
  const list = await makeList(api, name, { default_nonmember_action: 'accept', ...settings });
  await api('POST', '/members', {
    list_id: `${name}.${domain}`,
    subscriber: organizer,
    pre_verified: 'true',
    pre_confirmed: 'true',
    pre_approved: 'true',
    send_welcome_message: 'false',
  });
  const booked = await bookFor(product, `gil-${name}@mailman.test`);
  const answer = acceptance('thunderbird', booked)
    .toString('latin1')
    .replace(/^To: .*$/m, `To: ${list}`);
  await sendByLmtp(lists.lmtpPort, booked.guest, list, Buffer.from(answer, 'latin1'));
  const what = `answer through the list ${name}`;
  const mail = await next(lists, what, organizer);
  if (!mail) return;
  judgeHead(lab, what, mail, {
    ...format,
    'the subject has the list’s name': new RegExp(`^Subject: \\[${name}\\] `, 'im'),
  });
  const footer = mail.raw.includes('To unsubscribe send an email to');
  note(lab, `${what}: a footer is added`, footer, footer);
  note(lab, `${what}: its envelope sender is the list`, mail.from === `${name}-bounces@${domain}`, mail.from);
  await judgeBack(lab, product, booked, what, mail.raw, { ...expected, envelopeFrom: mail.from });
}
