// The targets of webhooks: public addresses alone, in whatever form an address or a URL is written.
import { isPublicAddress } from './public-address';
import { type Resolve, targetAddresses, targetUrl, type TargetRules } from './target';

describe('an address', () => {
  it.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1'],
    ['172.31.255.255', '192.0.0.170', '192.0.2.1', '192.88.99.1', '192.168.1.1', '198.18.0.1', '198.19.255.255'],
    ['198.51.100.7', '203.0.113.9', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
    ['::', '::1', 'fc00::1', 'fd12:3456::1', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '2001:db8::1'],
    ['2001::1', '2001:0:53aa:64c:0:7a29:f5ff:fffe', '3fff::1', '5f00::1', '100::1', '64:ff9b:1::a00:1'],
    // The inside in another form: mapped, compatible, translated, NAT64, 6to4.
    ['::ffff:10.0.0.1', '::ffff:7f00:1', '::127.0.0.1', '::ffff:0:10.0.0.1', '64:ff9b::10.0.0.1', '64:ff9b::a9fe:a9fe'],
    ['2002:7f00:1::', '2002:0a00:0001::1', '2002:c0a8:101::', '0:0:0:0:0:ffff:192.168.0.1', 'not an address', ''],
  ])('is not public: %s and its like', (...addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });

  it('stands for its IPv4 address where it has one inside', () => {
    expect(['::ffff:8.8.8.8', '64:ff9b::8.8.8.8', '2002:808:808::1'].map(isPublicAddress)).toEqual([true, true, true]);
  });
});

const [trial, production]: TargetRules[] = [
  { privateTargets: false, production: false },
  { privateTargets: false, production: true },
] as const;
const lifted: TargetRules = { privateTargets: true, production: true };
const refused = (text: string, rules: TargetRules = trial): string => {
  try {
    targetUrl(text, rules);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a URL', () => {
  it.each([
    'https://example.com/hook?x=1',
    'https://example.com:8443/',
    'https://[2606:4700::1111]/',
    'http://localhost:3000/hook',
    'http://127.0.0.1:3000/',
    'http://[::1]:3000/',
  ])('%s may be a target', (url) => expect(refused(url)).toBe(''));

  it.each([
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'example.com/hook',
    '//example.com/',
    '',
    'https://user:secret@example.com/',
    'https://user@example.com/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://[64:ff9b::7f00:1]/',
    'http://10.0.0.1/',
    'http://localhost.example.com/',
    `https://example.com/${'x'.repeat(2_000)}`,
  ])('%s may not', (url) => expect(refused(url)).not.toBe(''));

  it('is https and public in production, and may be private where that is lifted', () => {
    expect(refused('http://localhost:3000/', production)).toContain('https');
    expect(refused('https://10.0.0.1/', lifted)).toBe('');
    expect(refused('http://10.0.0.1/', lifted)).toContain('https');
  });
});

describe('a host', () => {
  const of =
    (...addresses: string[]): Resolve =>
    () =>
      Promise.resolve(
        addresses.map((address) => ({ address, family: address.includes(':') ? (6 as const) : (4 as const) })),
      );
  const reach = (resolve: Resolve, rules = trial, url = 'https://hook.example/') =>
    targetAddresses(new URL(url), rules, resolve);

  it('is reached only where every address is public', async () => {
    expect(await reach(of('8.8.8.8', '2606:4700::1111'))).toHaveLength(2);
    await expect(reach(of('8.8.8.8', '10.0.0.1'))).rejects.toThrow('public');
    await expect(reach(of('::ffff:127.0.0.1'))).rejects.toThrow('public');
    expect(await reach(of('10.0.0.1'), lifted)).toHaveLength(1);
    await expect(reach(of('127.0.0.1'), trial, 'https://localhost/')).rejects.toThrow('public');
  });
});
