// Submits the letters of a folder (NNN.eml, NNN.json with from and to) to the mail server on 127.0.0.1, port 25, unless
// another is given, as our SMTP relay would get them. Prints one line a letter.
// A process inside a program's network, started by own-network.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';

const [folder = '.', port = '25', host = '127.0.0.1'] = process.argv.slice(2);

async function main(): Promise<void> {
  const transport = createTransport({
    host,
    port: Number(port),
    name: 'app.organizer.test',
    secure: false,
    ignoreTLS: true,
  });
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.eml'))) {
    const file = join(folder, name);
    const envelope = JSON.parse(readFileSync(file.replace(/eml$/, 'json'), 'utf8')) as { from: string; to: string };
    const sent = transport.sendMail({ envelope: { ...envelope, to: [envelope.to] }, raw: readFileSync(file) });
    await sent.then(
      () => process.stdout.write(`taken ${envelope.to}\n`),
      (error: Error) => process.stdout.write(`refused ${envelope.to} ${error.message}\n`),
    );
  }
}

void main();
