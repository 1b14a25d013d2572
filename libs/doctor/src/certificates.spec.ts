// When a certificate counts as about to end, and what is found at real TLS servers.
import { createServer, type Server } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { testCertificate } from '../../../test/support/certificate';
import { certificateFindings, endingFindings } from './certificates';

const now = new Date('2031-05-05T10:00:00Z');
const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);

it.each<[what: string, from: Date, to: Date, finding: string | undefined]>([
  ['three months and is far from its end', days(-60), days(30), undefined],
  ['three months and ends in two weeks', days(-77), days(13), 'ends in 13 days'],
  ['a week and has just begun', days(0), days(7), undefined],
  ['a week and ends in a day', days(-5.9), days(1.1), 'ends in 1 day'],
  ['three months and has ended', days(-95), days(-5), 'ended 5 days ago'],
])('a certificate that lives for %s', (_what, validFrom, validTo, says) => {
  const found = endingFindings('PUBLIC_URL meet.example:443', { validFrom, validTo }, now);
  expect(found.map(({ text }) => text)).toEqual(says === undefined ? [] : [expect.stringContaining(says)]);
});

describe('a TLS server', () => {
  const servers: Server[] = [];
  afterAll(() => servers.forEach((server) => server.close()));
  const portOf = async (validTo: Date): Promise<number> => {
    const { pem, key } = testCertificate(validTo);
    const server = createServer({ cert: pem, key: key.export({ type: 'pkcs8', format: 'pem' }) });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  const real = new Date();
  const inDays = (count: number): Date => new Date(real.getTime() + count * 86_400_000);

  it('whose certificate has ended is named, for the broker as for the page', async () => {
    const port = await portOf(inDays(-3));
    const found = await certificateFindings(
      { PUBLIC_URL: `https://127.0.0.1:${port}/x`, RABBITMQ_URL: `amqps://u:hush@127.0.0.1:${port},amqp://127.0.0.1` },
      real,
    );
    expect(found.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['certificate-ended', `PUBLIC_URL 127.0.0.1:${port}`],
      ['certificate-ended', `RABBITMQ_URL 127.0.0.1:${port}`],
    ]);
    expect(JSON.stringify(found)).not.toContain('hush');
  });

  it('whose certificate is not trusted is named', async () => {
    const found = await certificateFindings({ PUBLIC_URL: `https://127.0.0.1:${await portOf(inDays(300))}` }, real);
    expect(found).toMatchObject([
      { kind: 'certificate-not-trusted', text: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT') as string },
    ]);
  });

  it('that does not respond is a notice, because nothing is known', async () => {
    const found = await certificateFindings({ PUBLIC_URL: 'https://127.0.0.1:1' }, real);
    expect(found).toMatchObject([{ kind: 'certificate-unknown', level: 'notice' }]);
  });
});
