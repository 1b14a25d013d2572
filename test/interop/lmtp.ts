// Submits a mail to a program by LMTP, as a mail server would.
// Used by clients/ and servers/.
import { createTransport } from 'nodemailer';

export async function sendByLmtp(port: number, from: string, to: string, raw: Buffer): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, lmtp: true, ignoreTLS: true } as object);
  await transport.sendMail({ envelope: { from, to: [to] }, raw });
  transport.close();
}
