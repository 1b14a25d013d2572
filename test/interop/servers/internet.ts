// The made-up internet of scenarios.ts, as a process inside a program's network: DNS on 127.0.0.1:53 over UDP, remote
// SMTP servers on port 25 of addresses of loopback, and a collector of the mail that comes back to us.
// Started by own-network.ts with the folder for what is taken: NNN.eml, and NNN.json with its envelope; txt.json there
// has the TXT records by name.
import { createSocket } from 'node:dgram';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { hosts, realServers, scenarios } from './scenarios';

const [folder = '.'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const types = { a: 1, ptr: 12, mx: 15, txt: 16 } as const;
let taken = 0;

/** A name as DNS writes it; the empty name is the root. */
const wire = (name: string): Buffer =>
  Buffer.concat([
    ...name
      .split('.')
      .filter(Boolean)
      .map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);

/** RFC 1035 3.3.14: strings of at most 255 bytes. */
const txt = (text: string): Buffer =>
  Buffer.concat((text.match(/.{1,255}/gs) ?? []).map((part) => Buffer.from([part.length, ...Buffer.from(part)])));

function texts(): Record<string, string> {
  const file = join(folder, 'txt.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
}

const ofText = (text: string | undefined): ((type: number) => Answer) | undefined =>
  text === undefined ? undefined : (type) => found(type === types.txt ? [{ type, data: txt(text) }] : []);

const mx = (target: string): Buffer => Buffer.concat([Buffer.from([0, 10]), wire(target)]);

interface Answer {
  rcode: number;
  records: { type: number; data: Buffer }[];
}

const special: Record<string, (type: number) => Answer> = {
  'nullmx.example': (type) => found(type === types.mx ? [{ type, data: Buffer.from([0, 0, 0]) }] : []),
  'nodata.example': () => found([]),
  'badmx.example': (type) => found(type === types.mx ? [{ type, data: mx('gone.nohost.example') }] : []),
  '1.0.0.127.in-addr.arpa': (type) => found(type === types.ptr ? [{ type, data: wire('mx.sender.example') }] : []),
  // The block list dbl.example has the sending machine.
  '1.0.0.127.dbl.example': (type) => found(type === types.a ? [{ type, data: Buffer.from([127, 0, 0, 2]) }] : []),
  example: () => found([]),
};

function found(records: Answer['records']): Answer {
  return { rcode: 0, records };
}

function lookUp(name: string, type: number): Answer {
  const own = special[name] ?? ofText(texts()[name]);
  if (own) return own(type);
  const address = hosts[name] ?? hosts[name.replace(/^mx\./, '')];
  if (address === undefined) return { rcode: 3, records: [] };
  // A domain has an MX only; its server, and the sending machine itself, an address.
  const isHost = name.startsWith('mx.');
  if (type === types.mx && (!isHost || name === 'mx.sender.example'))
    return found([{ type, data: mx(name === 'mx.sender.example' ? name : `mx.${name}`) }]);
  return found(type === types.a && isHost ? [{ type, data: Buffer.from(address.split('.').map(Number)) }] : []);
}

const dns = createSocket('udp4');
dns.on('message', (query, from) => {
  const labels: string[] = [];
  let at = 12;
  for (let size = query[at] ?? 0; size > 0; size = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + size));
    at += size + 1;
  }
  const { rcode, records } = lookUp(labels.join('.').toLowerCase(), query.readUInt16BE(at + 1));
  const header = Buffer.alloc(10);
  header.writeUInt16BE(0x8480 | rcode, 0);
  header.writeUInt16BE(1, 2);
  header.writeUInt16BE(records.length, 4);
  const body = records.map(({ type, data }) => {
    const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, 0]);
    head.writeUInt16BE(data.length, 10);
    return Buffer.concat([head, data]);
  });
  const answer = Buffer.concat([query.subarray(0, 2), header, query.subarray(12, at + 5), ...body]);
  dns.send(answer, from.port, from.address);
});
dns.bind(53, '127.0.0.1');

/** Greetings of servers that talk to nobody. */
const greetings: Record<string, string> = {
  '127.0.0.3': '521 mx.noaccept.example does not accept mail',
  '127.0.0.4': '421 4.3.2 Service busy, try again later',
  '127.0.0.8': '554 5.7.1 mx.bann.example No SMTP service for you, your address is listed',
};
const limits: Record<string, number> = { '127.0.0.5': 2_000 };

class Session {
  private from = '';
  private to: string[] = [];
  private data: string[] | undefined;
  private greeted = '';

  constructor(
    private readonly socket: Socket,
    private readonly server: string,
  ) {}

  say(lines: string): void {
    this.socket.write(`${lines.replaceAll('\n', '\r\n')}\r\n`);
  }

  line(text: string): void {
    if (this.data) return this.dataLine(text, this.data);
    const verb = text.slice(0, 4).toUpperCase();
    const address = /<([^>]*)>/.exec(text)?.[1] ?? '';
    if (/^(?:EHLO|HELO|LHLO)$/.test(verb)) this.hello(text.slice(5));
    else if (verb === 'MAIL') this.mail(address, Number(/SIZE=(\d+)/i.exec(text)?.[1] ?? 0));
    else if (verb === 'RCPT') this.rcpt(address);
    else if (verb === 'DATA') this.begin();
    else if (verb === 'QUIT') this.socket.end('221 2.0.0 Bye\r\n');
    else this.say('250 2.0.0 Ok');
  }

  private hello(name: string): void {
    this.greeted = name.trim();
    if (this.server === hosts['dropping.example']) return void this.socket.destroy();
    const size = limits[this.server] ?? 50_000_000;
    this.say(`250-mx\n250-SIZE ${size}\n250-8BITMIME\n250 ENHANCEDSTATUSCODES`);
  }

  private mail(from: string, size: number): void {
    [this.from, this.to] = [from, []];
    if (size > (limits[this.server] ?? Infinity)) return this.say('552 5.3.4 Message size exceeds fixed limit');
    if (this.server === hosts['badsender.example'])
      return this.say(`550 5.1.8 <${from}>: Sender address rejected: Domain not found`);
    this.say('250 2.1.0 Ok');
  }

  private rcpt(address: string): void {
    // Servers that ask whether our own address takes mail (callouts, address verification) are told that it does not.
    if (this.server === hosts['organizer.test'] && /^mx\.(?:exim|postfix)\.example$/.test(this.greeted))
      return this.say(`550 5.1.1 <${address}>: Recipient address rejected: User unknown`);
    const reply = this.scripted('RCPT', address);
    if (reply !== undefined) return this.say(reply);
    this.to.push(address);
    this.say('250 2.1.5 Ok');
  }

  private begin(): void {
    if (this.to.length === 0) return this.say('554 5.5.1 No valid recipients');
    this.data = [];
    this.say('354 go on');
  }

  private dataLine(text: string, data: string[]): void {
    if (text !== '.') return void data.push(text.startsWith('.') ? text.slice(1) : text);
    this.data = undefined;
    const raw = Buffer.from(`${data.join('\r\n')}\r\n`, 'latin1');
    const reply = this.scripted('DATA', this.to[0] ?? '');
    if (reply !== undefined) return this.say(reply);
    if (raw.length > (limits[this.server] ?? Infinity)) return this.say('552 5.3.4 Message size exceeds fixed limit');
    taken += 1;
    const file = join(folder, String(taken).padStart(3, '0'));
    const { from, to } = this;
    writeFileSync(
      `${file}.json`,
      JSON.stringify({ from, to, mine: to.every((each) => each.endsWith('@organizer.test')) }),
    );
    // Whoever lists the folder finds a mail whole or not at all.
    writeFileSync(`${file}.part`, raw);
    renameSync(`${file}.part`, `${file}.eml`);
    this.say(`250 2.0.0 Ok: queued as ${taken}`);
  }

  private scripted(at: 'RCPT' | 'DATA', recipient: string): string | undefined {
    if (this.server !== hosts['dest.example']) return undefined;
    const { answer } = scenarios.find(({ address }) => address === recipient.toLowerCase()) ?? {};
    return answer?.at === at ? answer.lines.replaceAll('{r}', recipient).replaceAll('{s}', this.from) : undefined;
  }
}

for (const server of new Set(Object.values(hosts))) {
  // These are the programs under test; nobody listens where mail is refused.
  if (server === '127.0.0.1' || realServers.includes(server) || server === hosts['refusing.example']) continue;
  createServer((socket) => {
    const session = new Session(socket, server);
    socket.on('error', () => undefined);
    const greeting = greetings[server];
    if (greeting !== undefined) return void socket.end(`${greeting}\r\n`);
    session.say('220 mx ESMTP ready');
    socket.setEncoding('latin1');
    const lines = createInterface({ input: socket, crlfDelay: Infinity });
    lines.on('line', (line) => session.line(line)).on('error', () => undefined);
  }).listen(25, server);
}
process.stdout.write('internet is up\n');
