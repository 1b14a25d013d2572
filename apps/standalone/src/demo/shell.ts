// `npm run demo` and `npm run sim`: the demo page's routes from the shell, against the running `npm start`.
// Loaded by bin/demo.mjs and bin/sim.mjs; what it sends is what the page sends, so there is one simulator.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { demoUsage, readCommand, usage } from './shell-command';
import { actDone, bookedText, mailText, roomLine, timelineText } from './shell-text';
import type { DemoState, ActResult } from './demo-rooms';

export interface Shell {
  dataDir: string;
  say(text: string): void;
}

/** A fault a person can do something about: one line, no stack. */
class UserError extends Error {}

/** Runs one command; resolves with the exit code. */
export async function runShell(command: 'demo' | 'sim', args: string[], shell: Shell): Promise<number> {
  try {
    const run = command === 'demo' ? demo : sim;
    await run(args, shell);
    return 0;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Node's own words go on about positional arguments.
    if (code?.startsWith('ERR_PARSE_ARGS'))
      shell.say(`${message.split(/\. |\n/)[0] ?? ''}.\n\n${command === 'demo' ? demoUsage : usage}`);
    else shell.say(error instanceof UserError ? message : `${command}: ${message}`);
    return 1;
  }
}

async function demo(args: string[], shell: Shell): Promise<void> {
  const { values } = parseArgs({ args, options: { title: { type: 'string' }, soft: { type: 'boolean' } } });
  const server = new Server(shell.dataDir);
  const booking = {
    ...(values.title === undefined ? {} : { title: values.title }),
    ...(values.soft ? { policy: 'soft' } : {}),
  };
  const { roomId } = await server.ask<{ roomId: string }>('/demo/rooms', booking);
  const state = await server.until(roomId, ({ mails }) => mails.host.length > 0 && mails.guest.length > 0);
  shell.say(bookedText(state, server.url));
  for (const role of ['host', 'guest'] as const) for (const mail of state.mails[role]) shell.say(mailText(role, mail));
  shell.say(usage);
}

async function sim(args: string[], shell: Shell): Promise<void> {
  const command = readCommand(args);
  if (typeof command === 'string') throw new UserError(command);
  const server = new Server(shell.dataDir);
  const roomId = command.room ?? (await server.newest());
  const path = `/demo/rooms/${encodeURIComponent(roomId)}`;
  const before = await server.ask<DemoState>(path);
  shell.say(roomLine(before));
  if (command.act === null) return shell.say(timelineText(before.timeline));
  const done = await server.ask<ActResult>(`${path}/acts`, command.act);
  const after = await server.settled(roomId, done);
  shell.say(actDone(done, before, after));
}

/** The running product, found through its data folder. */
class Server {
  readonly url: string;

  constructor(dataDir: string) {
    const file = join(resolve(dataDir), 'address');
    try {
      this.url = readFileSync(file, 'utf8').trim();
    } catch {
      throw new UserError(
        `Nothing is running with its data in ${resolve(dataDir)}: run npm start first, or name its folder with DATA_DIR.`,
      );
    }
  }

  async ask<T>(path: string, body?: unknown): Promise<T> {
    const init =
      body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await fetch(this.url + path, init).catch(() => {
      throw new UserError(`Nothing answers at ${this.url} any more: run npm start.`);
    });
    const content = (await answer.json()) as T & { detail?: string; code?: string };
    if (answer.status === 404 && content.code === 'not-found')
      throw new UserError(`The product at ${this.url} has no demo: it sends real mail (SMTP_URL is set).`);
    if (!answer.ok) throw new UserError(content.detail ?? `${this.url} answered ${answer.status}.`);
    return content;
  }

  async newest(): Promise<string> {
    const [room] = (await this.ask<{ items: { roomId: string }[] }>('/demo/rooms')).items;
    if (!room) throw new UserError('There is no room yet: npm run demo books one.');
    return room.roomId;
  }

  async until(roomId: string, there: (state: DemoState) => boolean, withinMs = 10_000): Promise<DemoState> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const state = await this.ask<DemoState>(`/demo/rooms/${encodeURIComponent(roomId)}`);
      if (there(state) || Date.now() > deadline) return state;
      await new Promise((wake) => setTimeout(wake, 200));
    }
  }

  /** The room once nothing has happened in it for a second; a mail that was submitted is read first. */
  async settled(roomId: string, done: ActResult): Promise<DemoState> {
    const { sent } = done;
    if (sent)
      await this.until(
        roomId,
        ({ timeline }) =>
          timeline.some((item) => item.kind === 'mail' && item.messageId?.replace(/^<|>$/g, '') === sent.messageId),
        3_000,
      );
    let seen = '';
    let since = Date.now();
    return this.until(roomId, (state) => {
      const now = JSON.stringify([state.timeline, state.mails.host.length, state.mails.guest.length]);
      if (now !== seen) since = Date.now();
      seen = now;
      return Date.now() - since > 1_000;
    });
  }
}
