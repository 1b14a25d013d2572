// Proves that ATTENDEE and ORGANIZER keep the bytes of letters that are out, and that no line of a library's own
// leaves.
import fc from 'fast-check';
import { mailtoUri } from './address';
import { buildDeclineCounter } from './decline-counter';
import { buildInvite } from './invite';
import { invite } from './invite.fixture';
import { inOurForm } from './our-form';
import { printable } from './text';

const unfolded = (calendar: string): string[] => calendar.replaceAll('\r\n ', '').split('\r\n');
const partiesIn = (calendar: string): string[] =>
  unfolded(calendar).filter((line) => /^(?:ORGANIZER|ATTENDEE)\b/.test(line));

const names = fc.oneof(
  fc.constant(null),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    'Doe, Ann',
    'Ann: "alto"; 2nd',
    '^n',
    '\0',
    '+',
    '-',
    ':mailto:eve@example.com',
    'a\r\nb',
    '";RSVP=FALSE;X="',
  ),
);
const addresses = fc.oneof(fc.emailAddress(), fc.string({ unit: 'binary', maxLength: 60 }));
const fields = fc.record({ email: addresses, name: names }).map((party) => ({
  ...invite(),
  organizer: party,
  attendee: { ...party, partstat: 'tentative' as const },
}));

/** RFC 5545 3.2 and RFC 6868: always in quotes. */
const cn = (name: string | null): string =>
  name === null || name === ''
    ? ''
    : `;CN="${printable(name).replaceAll('^', '^^').replaceAll('"', "^'").replaceAll('\n', '^n')}"`;

it('both parties of an invitation stand as in every letter before, whatever their names and addresses', () => {
  fc.assert(
    fc.property(fields, (given) => {
      const { email, name } = given.attendee;
      expect(partiesIn(buildInvite(given))).toEqual([
        `ORGANIZER${cn(name)}:${mailtoUri(email)}`,
        `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE;RSVP=TRUE${cn(name)}:${mailtoUri(email)}`,
      ]);
    }),
  );
});

it('both parties of a refused counter-proposal too', () => {
  fc.assert(
    fc.property(fields, (given) => {
      const { email, name } = given.attendee;
      expect(partiesIn(buildDeclineCounter(given))).toEqual([
        `ORGANIZER${cn(name)}:${mailtoUri(email)}`,
        `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT${cn(name)}:${mailtoUri(email)}`,
      ]);
    }),
  );
});

const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');

it('the lines of an event are put in order, unfolded and folded again, and the last one ended', () => {
  const text = calendar('SUMMARY:a\r\n b', 'UID:1');
  expect(inOurForm(text)).toBe(`${calendar('UID:1', 'SUMMARY:ab')}\r\n`);
});

it('a line that no event of ours holds, or one that comes twice, does not leave', () => {
  expect(() => inOurForm(calendar('UID:1', 'X-APPLE-RADIUS:1'))).toThrow('X-APPLE-RADIUS');
  expect(() => inOurForm(calendar('UID:1', 'ATTENDEE:mailto:a@b.c', 'ATTENDEE:mailto:d@e.f'))).toThrow('ATTENDEE');
});
