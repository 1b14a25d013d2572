// Marionette, the remote control of Mozilla's programs: runs scripts inside a window of the program.
// Used by thunderbird.ts. Protocol: "length:JSON" both ways; [0, id, command, parameters] and [1, id, error, value].
import { connect, type Socket } from 'node:net';

type Reply = [number, number, { message?: string; error?: string } | null, { value?: unknown } | null];

export class Marionette {
  private buffered = Buffer.alloc(0);
  private id = 0;
  private readonly waiting: ((message: unknown) => void)[] = [];

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk) => this.take(chunk)).on('error', () => undefined);
  }

  static async open(port: number): Promise<Marionette> {
    const socket = connect(port, '127.0.0.1');
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    const marionette = new Marionette(socket);
    await marionette.next();
    // A person who is asked whether the answer shall be mailed says yes.
    await marionette.command('WebDriver:NewSession', { unhandledPromptBehavior: 'accept' });
    await marionette.command('Marionette:SetContext', { value: 'chrome' });
    await marionette.command('WebDriver:SetTimeouts', { script: 60_000 });
    return marionette;
  }

  /** The body of an async function, run with the program's own rights; resolves with what it returns. */
  async run<T>(body: string): Promise<T> {
    const script =
      'const done = arguments[arguments.length - 1];' +
      `(async () => {${body}})().then((value) => done({ value }), (error) => done({ error: String(error) + error?.stack }));`;
    const parameters = { script, args: [], sandbox: 'system', newSandbox: true };
    const answer = (await this.command('WebDriver:ExecuteAsyncScript', parameters)) as {
      value: { value?: T; error?: string } | null;
    };
    const value = answer.value ?? {};
    if (value.error !== undefined) throw new Error(value.error.slice(0, 600));
    return value.value as T;
  }

  close(): void {
    this.socket.destroy();
  }

  private async command(name: string, parameters: object): Promise<unknown> {
    const body = JSON.stringify([0, ++this.id, name, parameters]);
    this.socket.write(`${Buffer.byteLength(body)}:${body}`);
    const [, , error, value] = (await this.next()) as Reply;
    if (error) throw new Error(`${name}: ${error.message ?? error.error}`);
    return value;
  }

  private next(): Promise<unknown> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private take(chunk: Buffer): void {
    this.buffered = Buffer.concat([this.buffered, chunk]);
    for (;;) {
      const colon = this.buffered.indexOf(':');
      const size = colon < 0 ? NaN : Number(this.buffered.toString('latin1', 0, colon));
      if (Number.isNaN(size) || this.buffered.length < colon + 1 + size) return;
      const message: unknown = JSON.parse(this.buffered.toString('utf8', colon + 1, colon + 1 + size));
      this.buffered = this.buffered.subarray(colon + 1 + size);
      this.waiting.shift()?.(message);
    }
  }
}
