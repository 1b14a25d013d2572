// A program's root with a network of its own and the made-up internet in it.
// Used by senders.ts and by the receivers.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../support/eventually';
import { projectRoot } from '../../support/project-root';
import type { Lab } from '../lab';

const built = (name: string): string => join(projectRoot, 'dist', 'test', 'interop', 'servers', name);

export interface CollectedMail {
  from: string;
  to: string[];
  /** It came back to our own sender address. */
  mine: boolean;
  raw: Buffer;
}

export interface Letter {
  from: string;
  to: string;
  raw: Buffer;
}

export class OwnNetwork {
  private injected = 0;

  private constructor(
    private readonly lab: Lab,
    private readonly folder: string,
  ) {}

  /** Closes the root and opens it again, cut off from everything but itself. */
  static async open(lab: Lab): Promise<OwnNetwork> {
    await lab.root.open('own');
    const network = new OwnNetwork(lab, join(lab.folder, `back-${Date.now()}`));
    const internet = lab.root.spawnBeside([process.execPath, built('internet.js'), network.folder]);
    let output = '';
    for (const stream of [internet.stdout, internet.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk));
    internet.once('exit', (code) => code && lab.say(`the made-up internet ended with ${code}: ${output.slice(-800)}`));
    await eventually('the made-up internet is up', () => output.includes('internet is up'), {
      timeoutMs: 20_000,
    }).catch(() => Promise.reject(new Error(`the made-up internet does not start: ${output}`)));
    return network;
  }

  /** TXT records of the made-up internet, by name. */
  publish(texts: Record<string, string>): void {
    writeFileSync(join(this.folder, 'txt.json'), JSON.stringify(texts));
  }

  /** Submits letters to the server on port 25; resolves with the lines of inject.ts. */
  async inject(letters: Letter[], port = 25, host = '127.0.0.1'): Promise<string[]> {
    this.injected += 1;
    const folder = `${this.folder}-letters-${this.injected}`;
    mkdirSync(folder, { recursive: true });
    for (const [n, { raw, ...envelope }] of letters.entries()) {
      writeFileSync(join(folder, `${String(n).padStart(3, '0')}.eml`), raw);
      writeFileSync(join(folder, `${String(n).padStart(3, '0')}.json`), JSON.stringify(envelope));
    }
    const child = this.lab.root.spawnBeside([process.execPath, built('inject.js'), folder, String(port), host]);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk));
    await new Promise((resolve) => child.once('exit', resolve));
    return output.split('\n').filter(Boolean);
  }

  /** Submits one letter to the server on this port; resolves with what arrives at a server of the made-up internet. */
  async through(letter: Letter, port = 25, host = '127.0.0.1'): Promise<CollectedMail> {
    const before = this.collected().length;
    await this.inject([letter], port, host);
    return eventually(`what comes of the letter to ${letter.to}`, () => this.collected()[before], {
      timeoutMs: 30_000,
      everyMs: 200,
    });
  }

  /** What servers of the made-up internet have taken so far. */
  collected(): CollectedMail[] {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.eml'))
      .map((name) => {
        const file = join(this.folder, name);
        const envelope = JSON.parse(readFileSync(file.replace(/eml$/, 'json'), 'utf8')) as Omit<CollectedMail, 'raw'>;
        return { ...envelope, raw: readFileSync(file) };
      });
  }
}
