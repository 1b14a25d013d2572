// When a letter is tried again, when it is given up, and what a relay's answer means.
import fc from 'fast-check';
import { classify, retryPolicy, waitAfter } from './retry-policy';

const { transient: policy } = retryPolicy(30_000);

describe('the wait', () => {
  it('doubles from the base up to an hour', () => {
    const longest = [1, 2, 3, 4, 7, 8, 9, 60].map((attempts) => waitAfter(policy, attempts, 0, 0));
    expect(longest).toEqual([30_000, 60_000, 120_000, 240_000, 1_920_000, 3_600_000, 3_600_000, 3_600_000]);
  });

  it('is by default between half and the whole of that, and never goes past the deadline of two days', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.nat(172_799_999),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempts, ageMs, random) => {
          const wait = waitAfter(policy, attempts, ageMs, random) ?? -1;
          const ceiling = Math.min(3_600_000, 30_000 * 2 ** (attempts - 1));
          expect(wait).toBeGreaterThanOrEqual(Math.min(ceiling / 2, 172_800_000 - ageMs));
          expect(wait).toBeLessThanOrEqual(ceiling);
          expect(ageMs + wait).toBeLessThanOrEqual(172_800_000);
        },
      ),
    );
  });

  it.each([
    [0, 60_000, 60_000],
    [0.25, 60_000, 45_000],
    [1, 60_000, 0],
  ])('with a jitter of %d lies between %d and %d', (jitter, longest, shortest) => {
    expect([0, 1].map((random) => waitAfter({ ...policy, jitter }, 2, 0, random))).toEqual([longest, shortest]);
  });

  it('is none after two days', () => {
    expect(waitAfter(policy, 60, 172_800_000, 0.5)).toBeNull();
  });
});

describe('an answer of the relay', () => {
  it.each([
    [{ code: 'EENVELOPE', responseCode: 550, response: '550 no such user', command: 'RCPT TO' }, 'permanent', '550'],
    [{ code: 'EMESSAGE', responseCode: 554, response: '554 spam', command: 'DATA' }, 'permanent', '554'],
    [{ code: 'EENVELOPE', responseCode: 552, response: '552 too big', command: 'MAIL FROM' }, 'permanent', '552'],
    [{ code: 'EENVELOPE', responseCode: 451, response: '451 greylisted', command: 'RCPT TO' }, 'transient', '451'],
    [{ code: 'EMESSAGE', responseCode: 421, response: '421 closing', command: 'DATA' }, 'transient', '421'],
    [{ code: 'EMESSAGE', responseCode: 503, response: '503 bad sequence', command: 'DATA' }, 'transient', '503'],
    [{ code: 'ESOCKET', message: 'connect ECONNREFUSED' }, 'unreachable', 'ESOCKET'],
    [{ code: 'ETIMEDOUT', message: 'Greeting never received' }, 'unreachable', 'ETIMEDOUT'],
    [{ code: 'EDNS', message: 'getaddrinfo ENOTFOUND' }, 'unreachable', 'EDNS'],
    [{ code: 'EAUTH', responseCode: 535, response: '535 no', command: 'AUTH PLAIN' }, 'relay', '535'],
    [
      { code: 'EENVELOPE', responseCode: 530, response: '530 authenticate first', command: 'MAIL FROM' },
      'relay',
      '530',
    ],
    [{ code: 'EPROTOCOL', responseCode: 554, response: '554 no service', command: 'CONN' }, 'relay', '554'],
    [{ code: 'ETLS', message: 'self-signed certificate' }, 'relay', 'ETLS'],
    [{ code: 'ENOAUTH', message: 'no credentials' }, 'relay', 'ENOAUTH'],
    [new TypeError('unforeseen'), 'transient', 'EUNKNOWN'],
    [undefined, 'transient', 'EUNKNOWN'],
  ] as const)('%j is %s', (error, kind, code) => {
    expect(classify(error)).toMatchObject({ class: kind, code });
  });
});
