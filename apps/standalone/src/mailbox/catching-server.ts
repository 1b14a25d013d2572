// An SMTP relay that delivers to nobody: every mail it accepts lands in the mailbox.
// Started by the standalone app where SMTP_URL is not set; takes connections of this machine only.
import type { Logger } from 'pino';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { MailStore } from './mail-store';

/** More than any letter of ours. */
const sizeLimitBytes = 20 * 1024 * 1024;

export interface CatchingServer {
  /** What the notification sender takes as SMTP_URL. */
  url: string;
  close(): Promise<void>;
}

export async function startCatchingServer(store: MailStore, logger: Logger): Promise<CatchingServer> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: sizeLimitBytes,
    closeTimeout: 1_000,
    onData(stream, session, callback) {
      receive(stream, session, store).then(
        () => callback(null),
        (error: unknown) => {
          logger.error({ err: error }, 'a mail could not be stored');
          callback(stream.sizeExceeded ? refusal('552 too large') : refusal('451 not stored, try again'));
        },
      );
    },
  });
  server.on('error', (error) => logger.warn({ err: error }, 'mailbox'));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(void server.off('error', reject)));
  });
  const address = server.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `smtp://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(resolve)) };
}

async function receive(stream: SMTPServerDataStream, session: SMTPServerSession, store: MailStore): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  if (stream.sizeExceeded) throw new Error('too large');
  const { mailFrom, rcptTo } = session.envelope;
  await store.keep(
    mailFrom ? mailFrom.address : '',
    rcptTo.map((recipient) => recipient.address),
    Buffer.concat(chunks),
  );
}

/** `code` is the first word of the text, as smtp-server wants it. */
const refusal = (text: string): Error =>
  Object.assign(new Error(text.slice(4)), { responseCode: Number(text.slice(0, 3)) });
