// Which relay a letter is offered first, and what SMTP_URL may say of sharing.
import { smtpUrls } from '../settings';
import { inGroups, orderByKey, shareFault } from './relay-order';

const relay = (id: string, weight = 10): { id: string; weight: number } => ({ id, weight });
const keys = Array.from({ length: 3_000 }, (_, at) => `invitation ${at}`);
const firsts = (relays: ReturnType<typeof relay>[]): (string | undefined)[] =>
  keys.map((key) => orderByKey(relays, key)[0]?.id);
const count = (ids: (string | undefined)[], wanted: string): number => ids.filter((id) => id === wanted).length;

describe('relays in groups', () => {
  it('share with the one before them where they say so, else come one after the other', () => {
    const urls = ['smtp://a', 'smtp://b?share=1', 'smtp://c', 'smtps://u:p@d?maxConnections=3&share=1', 'smtp://e'];
    expect(inGroups(urls.map((url) => ({ url }))).map((group) => group.map(({ url }) => new URL(url).host))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e'],
    ]);
  });
});

describe('the order by key', () => {
  it('is the same each time, and gives each relay its part by weight', () => {
    const relays = [relay('a'), relay('b'), relay('c', 20)];
    const chosen = firsts(relays);
    expect(firsts([...relays].reverse())).toEqual(chosen);
    // A quarter, a quarter and a half of 3,000; five standard deviations are 119 and 137.
    for (const id of ['a', 'b']) expect(Math.abs(count(chosen, id) - 750)).toBeLessThan(119);
    expect(Math.abs(count(chosen, 'c') - 1_500)).toBeLessThan(137);
  });

  it('moves only the letters of a relay that is taken out, to all of the others', () => {
    const relays = [relay('a'), relay('b'), relay('c')];
    const [before, after] = [firsts(relays), firsts(relays.slice(1))];
    const moved = keys.flatMap((_, at) => (before[at] === after[at] ? [] : [[before[at], after[at]]]));
    expect(new Set(moved.map(([from]) => from))).toEqual(new Set(['a']));
    expect(new Set(moved.map(([, to]) => to))).toEqual(new Set(['b', 'c']));
  });
});

describe('share in SMTP_URL', () => {
  it.each([
    ['smtp://a?share=1', 0, 'has share=1, but no relay stands before it'],
    ['smtp://a?share=yes', 1, 'has a share that is not 1'],
    ['smtp://a?share=', 0, 'has a share that is not 1'],
    ['smtp://a?share=1', 1, undefined],
    ['smtp://a', 0, undefined],
  ])('%s at place %i: %s', (url, place, fault) => {
    expect(shareFault(url, place)).toBe(fault);
  });

  it('is refused with the number of the item', () => {
    expect(smtpUrls.safeParse('smtp://a,smtp://b?share=1,smtp://c').success).toBe(true);
    expect(smtpUrls.safeParse('smtp://a,smtp://b?share=2').error?.issues[0]?.message).toBe(
      'item 2 has a share that is not 1',
    );
    expect(smtpUrls.safeParse('smtp://a?share=1').error?.issues[0]?.message).toBe(
      'has share=1, but no relay stands before it',
    );
  });
});

describe('options in SMTP_URL', () => {
  const faultOf = (urls: string): string | undefined => smtpUrls.safeParse(urls).error?.issues[0]?.message;

  it.each([
    ['smtp://a,smtp://b?Share=1', 'item 2 has an option Share: it is written share'],
    ['smtp://a?maxconnections=3', 'has an option maxconnections: it is written maxConnections'],
    ['smtp://a?requiretls=true', 'has an option requiretls: it is written requireTLS'],
    [
      'smtp://a?TLS.rejectUnauthorized=false',
      'has an option TLS.rejectUnauthorized: it is written tls.rejectUnauthorized',
    ],
    ['smtp://a,smtp://b?share=1&share=2', 'item 2 has the option share more than once'],
    ['smtp://a?hidden=1&hidden=2', 'has an option more than once'],
  ])('%s is refused: %s', (urls, fault) => {
    expect(faultOf(urls)).toBe(fault);
  });

  it('are taken as nodemailer writes them, and so are those that only it may know', () => {
    expect(faultOf('smtp://a?name=x&tls.rejectUnauthorized=false&requireTLS=true&other=1&insecure=1')).toBeUndefined();
  });
});
