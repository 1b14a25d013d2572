// What changes an answer on its way to us: footers, headers of spam filters. The answer must count all the same.
// Listed in programs.ts.
import type { Client } from '../../../apps/standalone/src/simulator/reply-as';
import type { Lab } from '../lab';
import { CannotRun, type Program } from '../program';
import { acceptance, bookFor, judgeBack } from './receivers';

const clients: Client[] = ['google', 'outlook', 'apple', 'thunderbird'];

/** An acceptance of every client goes through the filter, and counts. */
async function passAll(lab: Lab, guest: string, filter: (raw: Buffer) => Promise<Buffer>): Promise<void> {
  const product = await lab.product('utc');
  for (const client of clients) {
    const booked = await bookFor(product, guest);
    const raw = await filter(acceptance(client, booked));
    await judgeBack(lab, product, booked, `${client}’s acceptance`, raw, {
      kind: 'reply',
      partstat: 'accepted',
      envelopeFrom: guest,
    });
  }
}

const altermime: Program = {
  name: 'altermime',
  kind: 'filter',
  packages: ['altermime'],
  notes: 'Writes a company’s footer into the text parts; the calendar part stays as it was.',
  run: async (lab) => {
    const footer = 'Example Inc. This message is confidential. Please call +1 555 0100 on Tuesday at 3pm.\n';
    lab.root.write('/var/tmp/footer', footer);
    lab.root.write('/var/tmp/footer.html', `<p>${footer}</p>\n`);
    await passAll(lab, 'gil@altermime.test', async (raw) => {
      lab.root.write('/var/tmp/mail', raw);
      const line =
        'altermime --input=/var/tmp/mail --disclaimer=/var/tmp/footer --disclaimer-html=/var/tmp/footer.html';
      const ran = await lab.root.sh(line);
      if (ran.code !== 0) throw new CannotRun(`altermime ended with ${ran.code}: ${ran.stdout}${ran.stderr}`);
      const changed = Buffer.from(lab.root.read('/var/tmp/mail'));
      lab.say(changed.equals(raw) ? 'nothing was changed' : 'a footer was added');
      return changed;
    });
  },
};

const rspamd: Program = {
  name: 'rspamd',
  kind: 'filter',
  packages: ['rspamd'],
  notes: 'Adds fields of its own on top, one of them folded over many lines.',
  run: async (lab) => {
    await lab.root.sh(
      'mkdir -p /run/rspamd /var/lib/rspamd /var/log/rspamd && chown _rspamd: /run/rspamd /var/l*/rspamd',
    );
    lab.root.spawn(['bash', '-c', 'rspamd -f -u _rspamd -g _rspamd </dev/null >/var/tmp/rspamd.log 2>&1']);
    const waits =
      'for i in $(seq 120); do (echo > /dev/tcp/127.0.0.1/11333) 2>/dev/null && exit 0; sleep 1; done; exit 1';
    const up = await lab.root.sh(waits, { timeoutMs: 130_000 });
    if (up.code !== 0) throw new CannotRun(`it does not start: ${lab.root.read('/var/tmp/rspamd.log').slice(-600)}`);
    await passAll(lab, 'gil@rspamd.test', async (raw) => {
      lab.root.write('/var/tmp/mail', raw);
      const ran = await lab.root.sh('rspamc -h 127.0.0.1:11333 --mime < /var/tmp/mail > /var/tmp/marked');
      if (ran.code !== 0) throw new CannotRun(`rspamc ended with ${ran.code}: ${ran.stderr}`);
      const marked = Buffer.from(lab.root.read('/var/tmp/marked').replaceAll(/\r?\n/g, '\r\n'));
      if (!/^X-Spam/m.test(marked.toString('latin1'))) throw new CannotRun('rspamc added no field');
      return marked;
    });
  },
};

export const filterPrograms: Program[] = [altermime, rspamd];
