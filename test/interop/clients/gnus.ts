// Gnus (Emacs): a letter is opened in a summary buffer, answered by the commands behind its buttons, and exported to
// an Org file, which is its calendar.
// Listed in programs.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SmtpSink, withSink } from '../../support/smtp-sink';
import { driver } from '../drivers';
import type { Lab } from '../lab';
import type { Program } from '../program';
import { guestName } from '../meeting';
import type { Click, Entry, Seat } from '../seat';
import { walks } from '../walk';

const home = '/var/tmp/gnus';

export const gnus: Program = {
  name: 'gnus',
  kind: 'client',
  packages: ['emacs-nox'],
  notes:
    'An empty text part; `charset` twice in Content-Type; SUMMARY with the answer’s word in front; lines folded after ' +
    '72 characters. Its calendar is an Org file; a CANCEL leaves the entry there as it was.',
  run: (lab) =>
    withSink(async (sink, port) => {
      await walks(lab, seat(lab, sink, port), { afterCancel: 'untouched' });
    }),
};

export function seat(lab: Lab, sink: SmtpSink, port: string, email = 'gil@gnus.test'): Seat {
  const act = async (what: Click | 'export', letter: Buffer): Promise<Buffer[]> => {
    const before = sink.mails.length;
    // An mbox: one letter behind its From line, with the line ends of the file system.
    const mbox = `From gil Mon Jan  1 00:00:00 2030\n${letter.toString('latin1').replaceAll('\r\n', '\n')}\n`;
    lab.root.write('/var/tmp/letter.mbox', Buffer.from(mbox, 'latin1'));
    lab.root.write('/var/tmp/gnus.el', readFileSync(driver('gnus.el')));
    const env = {
      EML: '/var/tmp/letter.mbox',
      WHO: email,
      NAME: guestName,
      ACT: what,
      SMTP_PORT: port,
      HOME_FOLDER: home,
    };
    const ran = await lab.root.run(['emacs', '--batch', '-Q', '-l', '/var/tmp/gnus.el'], { env, timeoutMs: 90_000 });
    if (ran.code !== 0) throw new Error(`emacs ended with ${ran.code}: ${ran.stderr.slice(0, 1_500)}`);
    return sink.mails.slice(before).map(({ raw }) => raw);
  };
  return {
    email,
    titleShown: (title) => title.replaceAll(';', String.raw`\;`),
    receive: async (letter) => void (await act('export', letter)),
    click: (click, letter) => act(click, letter),
    calendar: () => {
      const at = join(home, 'calendar.org');
      return Promise.resolve(lab.root.has(at) ? entriesOf(lab.root.read(at)) : []);
    },
  };
}

const partstats: Record<string, string> = { Accepted: 'accepted', Tentative: 'tentative', Declined: 'declined' };

/** Org times are local; the root's zone is UTC. */
function entriesOf(org: string): Entry[] {
  return org
    .split(/^\*\* /m)
    .slice(1)
    .map((text) => {
      const when = /[<[](\d{4}-\d\d-\d\d) (?:\S+ )?(\d\d:\d\d)/.exec(text);
      const partstat = partstats[/:REPLY: +(\w+)/.exec(text)?.[1] ?? ''];
      return {
        uid: /:ID: +(\S+)/.exec(text)?.[1] ?? '',
        title: /^(?:\[#\w\] )?(.*)$/m.exec(text)?.[1] ?? '',
        ...(when ? { start: new Date(`${when[1]}T${when[2]}:00Z`) } : {}),
        ...(partstat === undefined ? {} : { partstat }),
        cancelled: /\[\d{4}-\d\d-\d\d/.test(text),
      };
    });
}
