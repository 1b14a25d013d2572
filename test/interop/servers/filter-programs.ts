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

export const filterPrograms: Program[] = [altermime];
