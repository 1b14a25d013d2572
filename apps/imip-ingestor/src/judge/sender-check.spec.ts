// Own SPF, DKIM and DMARC on mails that were really signed; the DNS is a table.
import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign';
import { authenticityOf } from './authentication-results';
import { wayInAuthservId } from './replying-party';
import { SenderCheck } from './sender-check';

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const names: Record<string, string[]> = {
  'TXT s._domainkey.guest.example': [`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`],
  'TXT guest.example': ['v=spf1 ip4:192.0.2.1 -all'],
  'TXT _dmarc.guest.example': ['v=DMARC1; p=reject'],
  'TXT plain.example': ['v=spf1 ip4:192.0.2.1 -all'],
};
const resolver = (name: string, type: string): Promise<string[][]> => {
  const found = names[`${type} ${name.toLowerCase()}`];
  return found
    ? Promise.resolve(found.map((each) => [each]))
    : Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));
};
const check = new SenderCheck(resolver);

const mail = (domain: string): Buffer =>
  Buffer.from(
    `From: Gil <gil@${domain}>\r\nTo: scheduling@meet.example\r\nSubject: Re\r\nDate: Mon, 23 Nov 2026 ` +
      `08:00:00 +0000\r\nMessage-ID: <1@${domain}>\r\n\r\nhello\r\n`,
  );
async function signed(raw: Buffer, signingDomain = 'guest.example'): Promise<Buffer> {
  const key = { signingDomain, selector: 's', privateKey };
  const { signatures } = await dkimSign(raw, { ...key, signatureData: [key] });
  return Buffer.concat([Buffer.from(signatures), raw]);
}
const verdict = async (
  raw: Buffer,
  domain: string,
  address: string,
  envelopeFrom: string | null = `gil@${domain}`,
): Promise<string> => {
  const field = await check.of(raw, { address, helo: 'mx.example', envelopeFrom });
  return field === null ? 'nothing' : authenticityOf([field], wayInAuthservId, domain);
};

describe('the check of a sender', () => {
  it.each<[string, () => Promise<string>, string]>([
    [
      'a signed mail passes, wherever it comes from',
      async () => verdict(await signed(mail('guest.example')), 'guest.example', '198.51.100.7'),
      'pass',
    ],
    [
      'an unsigned one passes from its own server',
      () => verdict(mail('guest.example'), 'guest.example', '192.0.2.1'),
      'pass',
    ],
    [
      'an unsigned one from elsewhere fails',
      () => verdict(mail('guest.example'), 'guest.example', '198.51.100.7'),
      'fail',
    ],
    [
      'a changed one fails',
      async () =>
        verdict(
          Buffer.concat([await signed(mail('guest.example')), Buffer.from('more\r\n')]),
          'guest.example',
          '198.51.100.7',
        ),
      'fail',
    ],
    [
      'another domain’s signature speaks for nobody',
      async () => verdict(await signed(mail('plain.example')), 'plain.example', '198.51.100.7', 'eve@evil.example'),
      'none',
    ],
    [
      'a domain without a policy passes from its own server',
      () => verdict(mail('plain.example'), 'plain.example', '192.0.2.1'),
      'pass',
    ],
    [
      'a domain that nobody knows is neither',
      () => verdict(mail('nowhere.example'), 'nowhere.example', '192.0.2.1'),
      'nothing',
    ],
    ['no address, no check', () => verdict(mail('guest.example'), 'guest.example', 'unknown'), 'nothing'],
  ])('%s', async (_what, ask, wanted) => {
    expect(await ask()).toBe(wanted);
  });

  it('has no result where name servers do not respond', async () => {
    const broken = new SenderCheck(() => Promise.reject(Object.assign(new Error('timeout'), { code: 'ETIMEOUT' })));
    expect(
      await broken.of(await signed(mail('guest.example')), {
        address: '192.0.2.1',
        helo: null,
        envelopeFrom: 'gil@guest.example',
      }),
    ).toBeNull();
  });

  it('takes any bytes without a fault', async () => {
    for (const raw of [Buffer.alloc(0), Buffer.from('\0\xff\r\n'), Buffer.from('From: a@b\r\nFrom: c@d\r\n\r\n')]) {
      const field = await check.of(raw, { address: '192.0.2.1', helo: null, envelopeFrom: '' });
      expect(field === null || field.startsWith(wayInAuthservId)).toBe(true);
    }
  });
});
