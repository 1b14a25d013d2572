// Mailman 3: a letter of ours is rejected or held by a list, and an answer reaches us through a list.
// Listed in programs.ts. Its mail goes to an SMTP server of this process, its REST interface sets the lists up.
import { createTransport } from 'nodemailer';
import { eventually } from '../../support/eventually';
import { SmtpSink, type SunkMail } from '../../support/smtp-sink';
import { organizer } from '../../support/product';
import type { Lab } from '../lab';
import { CannotRun, type Program } from '../program';
import { acceptance, bookFor, judgeBack } from './receivers';

const domain = 'list.test';

export const mailman: Program = {
  name: 'mailman',
  kind: 'receiver',
  packages: ['mailman3'],
  notes:
    'A rejected post comes back under our own subject with our letter inside; a held one is answered by a note; a list ' +
    'that changes nothing passes an answer on under its own envelope.',
  run: async (lab) => {
    const sink = new SmtpSink();
    const smtpPort = new URL(await sink.start()).port;
    try {
      const api = await start(lab, smtpPort);
      await api('POST', '/domains', { mail_host: domain });
      await rejected(lab, api, sink);
      await held(lab, api, sink);
      await passedOn(lab, api, sink);
    } finally {
      await sink.close();
    }
  },
};

type Api = (method: string, path: string, fields?: Record<string, string>) => Promise<void>;

async function start(lab: Lab, smtpPort: string): Promise<Api> {
  const file = '/etc/mailman3/mailman.cfg';
  const config = lab.root
    .read(file)
    .replace(/^smtp_host: .*/m, 'smtp_host: 127.0.0.1')
    .replace(/^smtp_port: .*/m, `smtp_port: ${smtpPort}`)
    .replace(/^site_owner: .*/m, `site_owner: postmaster@${domain}`);
  lab.root.write(file, config);
  const setting = (name: string): string => new RegExp(`^${name}: *(\\S+)`, 'm').exec(config)?.[1] ?? '';
  await lab.root.sh(
    'mkdir -p /run/mailman3 /run/lock; chown -R list:list /run/mailman3 /var/lib/mailman3 /var/log/mailman3',
  );
  const begin = `su -s /bin/sh list -c 'cd /var/lib/mailman3 && mailman -C ${file} start --force' </dev/null >/var/tmp/mm.log 2>&1`;
  await lab.root.sh(begin, { timeoutMs: 90_000 });
  const authorization = `Basic ${Buffer.from(`${setting('admin_user')}:${setting('admin_pass')}`).toString('base64')}`;
  const call = (method: string, path: string, fields?: Record<string, string>): Promise<Response> =>
    fetch(`http://127.0.0.1:8001/3.1${path}`, {
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
  return async (method, path, fields) => {
    const answer = await call(method, path, fields);
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status} ${await answer.text()}`);
  };
}

async function makeList(api: Api, name: string, settings: Record<string, string>): Promise<string> {
  await api('POST', '/lists', { fqdn_listname: `${name}@${domain}` });
  await api('PATCH', `/lists/${name}.${domain}/config`, settings);
  return `${name}@${domain}`;
}

/** Hands a mail to Mailman by LMTP, as a mail server would. */
async function post(from: string, to: string, raw: Buffer): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: 8024, lmtp: true, ignoreTLS: true } as object);
  await transport.sendMail({ envelope: { from, to: [to] }, raw });
  transport.close();
}

const next = (sink: SmtpSink, what: string, to: string): Promise<SunkMail> =>
  eventually(what, () => sink.mails.find((mail) => mail.to.includes(to)), { timeoutMs: 60_000, everyMs: 500 });

async function rejected(lab: Lab, api: Api, sink: SmtpSink): Promise<void> {
  const product = await lab.product('utc');
  const list = await makeList(api, 'rejecting', { default_nonmember_action: 'reject' });
  const booked = await bookFor(product, list);
  await post(booked.letter.from, list, booked.letter.raw);
  const { raw, from } = await next(sink, 'the rejected letter comes back', booked.letter.from);
  const expected = { kind: 'bounce' as const, delivery: 'bounced', envelopeFrom: from };
  await judgeBack(lab, product, booked, 'rejected post', raw, expected);
  sink.mails.length = 0;
}

async function held(lab: Lab, api: Api, sink: SmtpSink): Promise<void> {
  const product = await lab.product('utc');
  const list = await makeList(api, 'moderated', { default_nonmember_action: 'hold' });
  const booked = await bookFor(product, list);
  await post(booked.letter.from, list, booked.letter.raw);
  const { raw, from } = await next(sink, 'a note about the held letter', booked.letter.from);
  await judgeBack(lab, product, booked, 'held post', raw, { kind: 'auto-reply', envelopeFrom: from });
  sink.mails.length = 0;
}

async function passedOn(lab: Lab, api: Api, sink: SmtpSink): Promise<void> {
  const product = await lab.product('utc');
  const list = await makeList(api, 'plain', { default_nonmember_action: 'accept' });
  await api('POST', '/members', {
    list_id: `plain.${domain}`,
    subscriber: organizer,
    pre_verified: 'true',
    pre_confirmed: 'true',
    pre_approved: 'true',
    send_welcome_message: 'false',
  });
  const booked = await bookFor(product, 'gil@mailman.test');
  const answer = acceptance('thunderbird', booked)
    .toString('latin1')
    .replace(/^To: .*$/m, `To: ${list}`);
  await post(booked.guest, list, Buffer.from(answer, 'latin1'));
  const { raw, from } = await next(sink, 'the answer is passed on', organizer);
  lab.say(`its envelope sender is ${from}`);
  // The list's envelope is of another organization than From: such an answer is asked about (docs/mail.md).
  await judgeBack(lab, product, booked, 'answer through a list', raw, { kind: 'reply', envelopeFrom: from });
}
