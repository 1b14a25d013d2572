// aerc in a terminal (tmux): a letter in a Maildir is opened, answered by its commands, and sent by its own SMTP.
// It has no calendar of its own. Listed in programs.ts.
import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from '../../support/eventually';
import { type SmtpSink, withSink } from '../../support/smtp-sink';
import type { Lab } from '../lab';
import type { Program } from '../program';
import { guestName } from '../meeting';
import type { Seat } from '../seat';
import { walks } from '../walk';

const home = '/var/tmp/aerc';

export const aerc: Program = {
  name: 'aerc',
  kind: 'client',
  packages: ['aerc', 'tmux'],
  notes: 'CN stands unquoted, even with `;` in it; no RSVP.',
  run: (lab) =>
    withSink(async (sink, port) => {
      await walks(lab, seat(lab, sink, port));
    }),
};

function seat(lab: Lab, sink: SmtpSink, port: string): Seat {
  const email = 'gil@aerc.test';
  const config = `${home}/.config/aerc`;
  lab.root.write(
    `${config}/accounts.conf`,
    `[test]\nsource = maildir://${home}/mail\noutgoing = smtp+none://127.0.0.1:${port}\nsmtp-starttls = no\n` +
      `default = INBOX\nfrom = \`"${guestName.replaceAll('"', '\\"')}" <${email}>\`\n`,
    0o600,
  );
  lab.root.write(`${config}/aerc.conf`, '[compose]\neditor=true\n[general]\nunsafe-accounts-conf=true\n');
  const screen = async (): Promise<string> => (await lab.root.sh('tmux capture-pane -p -t aerc')).stdout;
  const type = (...keys: string[]): Promise<unknown> => lab.root.run(['tmux', 'send-keys', '-t', 'aerc', ...keys]);
  const shows = (what: string, text: RegExp): Promise<boolean> =>
    eventually(what, async () => text.test(await screen()), { timeoutMs: 15_000, everyMs: 300 });
  const open = async (letter: Buffer): Promise<void> => {
    await lab.root.sh(
      `tmux kill-server; while tmux ls; do sleep 0.1; done; rm -rf ${home}/mail; mkdir -p ${home}/mail/INBOX/{cur,new,tmp}`,
    );
    lab.root.write(`${home}/mail/INBOX/cur/1.letter.test:2,`, letter);
    await lab.root.sh(`HOME=${home} tmux new-session -d -s aerc -x 140 -y 45 aerc`);
    await shows('the letter is listed', /Scheduling|scheduling@/);
    await type('Enter');
    await wait(1_000);
  };
  return {
    email,
    receive: open,
    click: async (click, letter) => {
      const before = sink.mails.length;
      await open(letter);
      const command = { accept: ':accept', tentative: ':accept-tentative', decline: ':decline' }[click];
      await type(command, 'Enter');
      await shows('the answer is shown for review', /Send this email\?|send/i);
      await type('y');
      const sent = eventually('aerc sends', () => sink.mails.length > before, { timeoutMs: 15_000 });
      await sent.catch(async (error: unknown) => {
        throw new Error(`${String(error)}\n${await screen()}`);
      });
      await lab.root.sh('tmux kill-server');
      return sink.mails.slice(before).map(({ raw }) => raw);
    },
  };
}
