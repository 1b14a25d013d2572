// What changes an answer on its way to us: footers, headers of spam filters. The answer must count all the same.
// Listed in programs.ts.
import type { Client } from '../../../apps/standalone/src/simulator/reply-as';
import type { Lab } from '../lab';
import type { Program } from '../program';
import { textIn } from '../../support/answer-mail';
import { acceptance, bookFor, judgeBack, note } from './receivers';
import { listens } from './start';

const clients: Client[] = ['google', 'outlook', 'apple', 'thunderbird'];

/** What the filter made of a mail, and what holds for that, in words. */
interface Filtered {
  raw: Buffer;
  format: Record<string, boolean>;
}

/** An acceptance of every client goes through the filter, and counts. */
async function passAll(lab: Lab, guest: string, filter: (raw: Buffer) => Promise<Filtered>): Promise<void> {
  const product = await lab.product('utc');
  for (const client of clients) {
    const booked = await bookFor(product, guest);
    const answer = acceptance(client, booked);
    const { raw, format } = await filter(answer);
    const what = `${client}’s acceptance`;
    for (const [words, ok] of Object.entries(format))
      note(lab, `${what}: ${words}`, ok, raw.toString('latin1', 0, 600));
    const [before = '', after = ''] = [answer, raw].map((each) => textIn(each, 'text/calendar'));
    note(lab, `${what}: its calendar stays`, before.includes('BEGIN:VEVENT') && lines(before) === lines(after), after);
    await judgeBack(lab, product, booked, what, raw, {
      kind: 'reply',
      verdict: 'event',
      partstat: 'accepted',
      envelopeFrom: guest,
    });
  }
}

const lines = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd();

const altermime: Program = {
  name: 'altermime',
  kind: 'filter',
  packages: ['altermime'],
  notes: 'Writes a company’s footer into the text parts; the calendar part stays as it was.',
  run: async (lab) => {
    const footer = 'Example Inc. This message is confidential. Please call +1 555 0100 on Tuesday at 3pm.';
    lab.root.write('/var/tmp/footer', `${footer}\n`);
    lab.root.write('/var/tmp/footer.html', `<p>${footer}\n</p>\n`);
    await passAll(lab, 'gil@altermime.test', async (mail) => {
      lab.root.write('/var/tmp/mail', mail);
      const line =
        'altermime --input=/var/tmp/mail --disclaimer=/var/tmp/footer --disclaimer-html=/var/tmp/footer.html';
      const ran = await lab.root.sh(line);
      const raw = Buffer.from(lab.root.read('/var/tmp/mail'));
      const format = { 'altermime ends well': ran.code === 0, 'a footer was added': raw.includes(footer) };
      return { raw, format };
    });
  },
};

const rspamd: Program = {
  name: 'rspamd',
  kind: 'filter',
  packages: ['rspamd'],
  notes: 'Adds fields of its own at the end of the header, one of them folded over many lines.',
  run: async (lab) => {
    await lab.root.sh(
      'mkdir -p /run/rspamd /var/lib/rspamd /var/log/rspamd && chown _rspamd: /run/rspamd /var/l*/rspamd',
    );
    lab.root.spawn(['bash', '-c', 'rspamd -f -u _rspamd -g _rspamd </dev/null >/var/log/lab.log 2>&1']);
    await listens(lab, 11333);
    await passAll(lab, 'gil@rspamd.test', async (mail) => {
      lab.root.write('/var/tmp/mail', mail);
      const ran = await lab.root.sh('rspamc -h 127.0.0.1:11333 --mime < /var/tmp/mail > /var/tmp/marked');
      const raw = Buffer.from(lab.root.read('/var/tmp/marked').replaceAll(/\r?\n/g, '\r\n'));
      const head = raw.toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
      const format = {
        'rspamc ends well': ran.code === 0,
        'its fields stand at the end of the header':
          /\r\nX-Spam-Scanner: (?:.*\r\n)(?:(?:X-Spam-|\t).*(?:\r\n|$))+$/.test(head),
        'X-Spam-Symbols is folded over many lines': /^X-Spam-Symbols: .*(?:\r\n\t.*){3}/m.test(head),
      };
      return { raw, format };
    });
  },
};

export const filterPrograms: Program[] = [altermime, rspamd];
