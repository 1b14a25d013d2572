// Servers that offer no TLS, as one whose STARTTLS somebody on the way has taken out: no password reaches them,
// unless the URL allows it.
// 0.0.0.0 leads to this machine and is no loopback address; the servers are sockets that write down what they are sent.
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { pino } from 'pino';
import { Database } from '#persistence';
import { Ingest } from '../../../apps/imip-ingestor/src/inbox/ingest';
import { imapAccount, ImapPoller } from '../../../apps/imip-ingestor/src/ways-in/imap';
import { classify } from '../../../apps/notification-sender/src/sending/retry-policy';
import { Mailer } from '../../../apps/notification-sender/src/sending/mailer';
import { eventually } from '../../support/eventually';

interface Plain {
  port: number;
  /** What clients have sent, a line each. */
  lines: string[];
  connections(): number;
}

const servers: Server[] = [];
const sockets = new Set<Socket>();
let database: Database;
beforeAll(() => {
  database = new Database({ url: 'postgres://nobody@127.0.0.1:1/none', applicationName: 'test' });
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
  await database.close();
});

async function plainServer(greeting: string, answer: (line: string) => string): Promise<Plain> {
  const lines: string[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.write(greeting);
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
        lines.push(line);
        socket.write(answer(line));
      }
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return { port: (server.address() as AddressInfo).port, lines, connections: () => connections };
}

describe('a relay without STARTTLS', () => {
  const relay = (): Promise<Plain> =>
    plainServer('220 relay ESMTP\r\n', (line) =>
      /^EHLO/i.test(line)
        ? '250-relay\r\n250 AUTH PLAIN LOGIN\r\n'
        : /^AUTH/i.test(line)
          ? '535 5.7.8 no\r\n'
          : /^STARTTLS/i.test(line)
            ? '502 5.5.1 no\r\n'
            : '250 ok\r\n',
    );
  const send = async (url: string): Promise<unknown> => {
    const mailer = new Mailer({ url, connections: 1 });
    const outcome = await mailer
      .send({ from: 'a@meet.example', to: 'b@guest.example' }, Buffer.from('Subject: x\r\n\r\nx'))
      .catch((error: unknown) => error);
    mailer.close();
    return outcome;
  };

  it('gets no password and no mail; the letter waits as it does for every fault of the relay', async () => {
    const { port, lines } = await relay();
    const outcome = await send(`smtp://user:password@0.0.0.0:${port}`);
    expect(outcome).toBeInstanceOf(Error);
    expect(classify(outcome).class).toBe('relay');
    expect(lines.filter((line) => /^(?:AUTH|MAIL|DATA)/i.test(line))).toEqual([]);
    expect(lines.some((line) => /^STARTTLS/i.test(line))).toBe(true);
  });

  it('gets it where the URL says insecure=1, and on loopback', async () => {
    const { port, lines } = await relay();
    for (const url of [`smtp://user:password@0.0.0.0:${port}?insecure=1`, `smtp://user:password@127.0.0.1:${port}`]) {
      lines.length = 0;
      await send(url);
      expect(lines.some((line) => line.startsWith('AUTH'))).toBe(true);
    }
  });
});

describe('a mailbox without STARTTLS', () => {
  const mailbox = (): Promise<Plain> =>
    plainServer('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n', (line) => {
      const [tag, command = ''] = line.split(' ');
      if (/^CAPABILITY$/i.test(command)) return `* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n${tag} OK done\r\n`;
      return /^(?:LOGIN|AUTHENTICATE|STARTTLS)$/i.test(command) ? `${tag} NO no\r\n` : `${tag} OK done\r\n`;
    });
  const poll = async (query: string, { port, lines, connections }: Plain): Promise<void> => {
    const options = {
      account: imapAccount(`imap://user:password@0.0.0.0:${port}/INBOX${query}`),
      pollSeconds: 30,
      logger: pino({ level: 'silent' }),
    };
    const poller = new ImapPoller(new Ingest(database, { current: 'x'.repeat(32) }), options);
    poller.start();
    await eventually(
      'it has given up or logged in',
      () => connections() > 1 || lines.some((line) => /LOGIN|AUTHENTICATE/.test(line)),
    );
    for (const socket of sockets) socket.destroy();
    await poller.stop();
  };

  it('gets no password', async () => {
    const plain = await mailbox();
    await poll('', plain);
    expect(plain.lines.filter((line) => /LOGIN|AUTHENTICATE/i.test(line))).toEqual([]);
  });

  it('gets it where the URL says insecure=1', async () => {
    const plain = await mailbox();
    await poll('?insecure=1', plain);
    expect(plain.lines.some((line) => /LOGIN|AUTHENTICATE/i.test(line))).toBe(true);
  });
});
