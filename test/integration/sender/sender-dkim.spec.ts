// Outgoing mail is signed as DKIM wants it (RFC 6376): checked by a verifier that is not the signer, on the bytes
// that a relay got.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify';
import { readSettings, SettingsFault } from '#service';
import { Mailer } from '../../../apps/notification-sender/src/sending/mailer';
import { writeMail } from '../../../apps/notification-sender/src/render/mime';
import { notificationSenderSettings, signingOf } from '../../../apps/notification-sender/src/settings';
import { eventually } from '../../support/eventually';
import { SmtpSink } from '../../support/smtp-sink';

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const base = {
  TOKEN_SECRET: 'secret',
  ORGANIZER_EMAIL: 'scheduling@organizer.test',
  PUBLIC_URL: 'https://organizer.test',
  SMTP_URL: 'smtp://localhost',
};
const signed = {
  ...base,
  DKIM_DOMAIN: 'organizer.test',
  DKIM_SELECTOR: 'spring',
  DKIM_PRIVATE_KEY: privateKey.replaceAll('\n', '\\n'),
};
const settingsOf = (env: Record<string, string>) => readSettings(env, notificationSenderSettings);

/** The one record that the domain publishes. */
const resolver = (name: string, type: string): Promise<string[][]> =>
  name === 'spring._domainkey.organizer.test' && type === 'TXT'
    ? Promise.resolve([[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]])
    : Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));
const verdict = async (raw: Buffer): Promise<string | undefined> =>
  (await dkimVerify(raw, { resolver, minBitLength: 1024 })).results[0]?.status.result;

const letter = writeMail({
  organizer: { email: 'scheduling@organizer.test', name: 'Café Scheduling' },
  to: { email: 'hana@hosts.test', name: 'Hana' },
  subject: 'Prøve  —  Invitation',
  date: new Date('2026-12-01T09:00:00Z'),
  messageId: `<${randomUUID()}@organizer.test>`,
  firstMessageId: null,
  plain: 'Line one\n.line with a dot\n\ntrailing  ',
  html: '<p>Grüße</p>',
  calendar: { method: 'REQUEST', text: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' },
  attachment: 'text/calendar',
  seed: 'seed',
});

let sink: SmtpSink;
let url: string;
beforeAll(async () => {
  sink = new SmtpSink();
  url = await sink.start();
});
afterAll(() => sink.close());

async function sendTwice(env: Record<string, string>): Promise<Buffer[]> {
  const before = sink.mails.length;
  for (let n = 0; n < 2; n += 1) {
    const mailer = new Mailer({ url, connections: 1, signing: signingOf(settingsOf(env)) });
    await mailer.send({ from: 'scheduling@organizer.test', to: 'hana@hosts.test' }, letter);
    mailer.close();
  }
  await eventually('both are there', () => sink.mails.length === before + 2);
  return sink.mails.slice(before).map((mail) => mail.raw);
}

it('a signed letter verifies, and a repeat is the same bytes', async () => {
  const [first, second] = await sendTwice(signed);
  expect(first?.toString('latin1')).toMatch(
    /^DKIM-Signature: v=1; a=rsa-sha256; c=relaxed\/relaxed; d=organizer\.test;/,
  );
  expect(first?.equals(second ?? Buffer.of())).toBe(true);
  expect(await verdict(first ?? Buffer.of())).toBe('pass');
});

it.each([
  ['body', 'Line one', 'Line two'],
  ['subject', 'Subject:', 'Subject: Re:'],
  ['sender', '<scheduling@organizer.test>', '<somebody@organizer.test>'],
])('a changed %s does not verify', async (_what, was, is) => {
  const [raw] = await sendTwice(signed);
  const changed = (raw ?? Buffer.of()).toString('latin1').replace(was, is);
  expect(changed).not.toBe(raw?.toString('latin1'));
  expect(await verdict(Buffer.from(changed, 'latin1'))).not.toBe('pass');
});

it('without the settings mail leaves as it was written', async () => {
  const [raw] = await sendTwice(base);
  expect(raw?.equals(letter)).toBe(true);
});

it('a part of the settings, or a key that cannot sign, keeps the sender from starting and shows no key', () => {
  const half = (): unknown => signingOf(settingsOf({ ...base, DKIM_DOMAIN: 'organizer.test' }));
  expect(half).toThrow(
    new SettingsFault(
      ['DKIM_SELECTOR', 'DKIM_PRIVATE_KEY'].map(
        (name) => `${name}: must be set together with the other DKIM_ variables`,
      ),
    ),
  );
  expect(() => settingsOf({ ...signed, DKIM_PRIVATE_KEY: 'c2VjcmV0' })).toThrow(
    new SettingsFault(['DKIM_PRIVATE_KEY: must be an RSA private key in PEM, without a passphrase']),
  );
});
