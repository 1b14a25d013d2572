// Reasons are written into headers, rows and logs: nobody's address and no token may be among them.
import fc from 'fast-check';
import { UnreadableEvent } from '#contracts';
import { PermanentFault, isPermanent, reasonOf } from './faults';
import { leastCpuMsOf } from '../../../test/support/cpu';

it('a reason names the error and what it says, on one line', () => {
  expect(reasonOf(new Error('boom'))).toBe('boom');
  expect(reasonOf(new TypeError('x\n  of y'))).toBe('TypeError: x of y');
  expect(reasonOf('a text')).toBe('a text');
  expect(reasonOf(undefined)).toBe('undefined');
});

it('a refused connection, whose message Node leaves empty, is still named', () => {
  expect(reasonOf(Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }))).toBe(
    'AggregateError: ECONNREFUSED',
  );
});

it('no address is left in a reason, wherever it stands', () => {
  fc.assert(
    fc.property(
      fc.emailAddress(),
      fc.string(),
      fc.constantFrom(' ', '<', '"', '=', ':', "'", '(', ','),
      (address, before, quote) => {
        const reason = reasonOf(new Error(`${before}${quote}${address}${quote} was refused`));
        return !reason.includes(address);
      },
    ),
    { examples: [['ann@example.com', 'Key (attendee_email)', '=']] },
  );
});

it('no magic-link token is left in a reason', () => {
  const token = `${'a'.repeat(22)}.${'B'.repeat(43)}`;
  expect(reasonOf(new Error(`GET /approve?t=${token} failed`))).toBe('GET /approve?t=[token] failed');
});

it('queue names stay readable', () => {
  expect(reasonOf(new Error('no queue test-0123456789ab.notification-sender.deliveries.retry'))).toContain(
    'notification-sender.deliveries.retry',
  );
});

it('only a fault that no further attempt can fix is permanent', () => {
  expect([new PermanentFault('x'), new UnreadableEvent('x'), new Error('x'), 'x'].map(isPermanent)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it('an address in a URL goes too, and a long text takes no long time', () => {
  expect(reasonOf(new Error('GET https://x.test/?rcpt=gil%40guests.test failed'))).not.toContain('guests');
  const long = new Error('a'.repeat(200_000));
  expect(reasonOf(long)).toBe('a'.repeat(300));
  expect(leastCpuMsOf(() => reasonOf(long), 1_000)).toBeLessThan(1_000);
});
