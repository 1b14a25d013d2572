// Proves what our letters' calendars say and that no field can make them say anything else.
// Golden files in test/corpus/ics are the bytes that leave; ical.js and our own reader read them back.
import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { InviteFields } from './calendar-message';
import { unescapeText } from './content-lines';
import { buildDeclineCounter } from './decline-counter';
import { buildInvite } from './invite';
import { invite, physicalLines, readByIcalJs } from './invite.fixture';
import { readCalendar } from './read';
import { printable } from './text';

const golden = (name: string): string => readFileSync(join(__dirname, '../../../test/corpus/ics', name), 'utf8');

const ann = invite().attendee;

const moved: Partial<InviteFields> = {
  sequence: 1,
  dtstamp: new Date('2026-11-24T10:15:00Z'),
  startUtc: new Date('2026-12-03T15:30:00Z'),
  endUtc: new Date('2026-12-03T16:30:00Z'),
};

const longTitle =
  'Quartettprobe „Der Tod und das Mädchen“ — 弦楽四重奏第14番ニ短調 🎻🎻🎻 ' +
  'Струнный квартет № 14; first, second, viola, cello \\ all four movements';

describe('the bytes that leave', () => {
  it.each([
    ['request.ics', buildInvite(invite())],
    [
      'request-update.ics',
      buildInvite(invite({ ...moved, disallowCounter: true, attendee: { ...ann, partstat: 'accepted' } })),
    ],
    [
      'cancel.ics',
      buildInvite(
        invite({ ...moved, method: 'CANCEL', sequence: 2, description: 'This meeting is cancelled.', location: null }),
      ),
    ],
    [
      'request-unicode-title.ics',
      buildInvite(invite({ summary: longTitle, attendee: { ...ann, name: 'Zoë "Zo" Ångström; Jr.' } })),
    ],
    ['request-zone-berlin.ics', buildInvite(invite({ timeZone: 'Europe/Berlin' }))],
    ['request-zone-jerusalem.ics', buildInvite(invite({ timeZone: 'Asia/Jerusalem' }))],
    [
      'decline-counter.ics',
      buildDeclineCounter({
        uid: invite().uid,
        sequence: 1,
        dtstamp: new Date('2026-11-25T07:00:00Z'),
        startUtc: new Date('2026-12-04T09:00:00Z'),
        endUtc: new Date('2026-12-04T10:00:00Z'),
        summary: 'Practice Session',
        organizer: invite().organizer,
        attendee: invite().attendee,
        comment: 'The proposed time was declined; the meeting stays as it was.',
      }),
    ],
  ])('are those of %s', (name, text) => {
    expect(text).toBe(golden(name));
  });
});

describe('an invitation', () => {
  it('begins with what clients look for first', () => {
    expect(physicalLines(buildInvite(invite())).slice(0, 5)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Hybrid Scheduling//Invitations//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:REQUEST',
    ]);
  });

  it('keeps ORGANIZER and ATTENDEE of a request in the cancel, letter for letter', () => {
    const parties = (method: InviteFields['method']): string[] =>
      buildInvite(invite({ method }))
        .replaceAll('\r\n ', '')
        .split('\r\n')
        .filter((line) => /^(ORGANIZER|ATTENDEE)/.test(line));
    expect(parties('CANCEL')).toEqual(parties('REQUEST'));
    expect(parties('CANCEL')).toHaveLength(2);
  });

  it('leaves out name, location and description where there is none', () => {
    const text = buildInvite(
      invite({ location: null, description: '', organizer: { email: 'a@example.org', name: null } }),
    );
    expect(text).not.toMatch(/LOCATION|DESCRIPTION|CN=.*a@example/);
    expect(text).toContain('\r\nORGANIZER:mailto:a@example.org\r\n');
  });

  it('is the same bytes for the same fields', () => {
    expect(buildInvite(invite({ timeZone: 'America/New_York' }))).toBe(
      buildInvite(invite({ timeZone: 'America/New_York' })),
    );
  });

  it('refuses a sequence that is no whole number, an invalid date and an unknown zone', () => {
    expect(() => buildInvite(invite({ sequence: -1 }))).toThrow(RangeError);
    expect(() => buildInvite(invite({ sequence: 1.5 }))).toThrow(RangeError);
    expect(() => buildInvite(invite({ endUtc: new Date(Number.NaN) }))).toThrow(RangeError);
    expect(() => buildInvite(invite({ timeZone: 'Mars/Olympus' }))).toThrow(RangeError);
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.constantFrom(
    'x\r\nATTENDEE:mailto:eve@example.com',
    'x\nEND:VEVENT\nBEGIN:VEVENT\nUID:2',
    '\\nATTENDEE:mailto:eve@example.com',
    '";X-EVIL=1:mailto:eve@example.com',
    "^n^'^^;RSVP=FALSE",
    '\u2028BEGIN:VALARM\u2029',
    'a\u000bb\u000cc\u0085d',
    ' leading and trailing ',
  ),
);
/** Addresses too: nothing checks them on the way here but the API. */
const anyFields: fc.Arbitrary<InviteFields> = fc
  .record({
    method: fc.constantFrom('REQUEST', 'CANCEL'),
    uid: anyText,
    sequence: fc.nat(),
    startUtc: fc.date({ min: new Date('2026-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
    minutes: fc.integer({ min: 1, max: 3000 }),
    summary: anyText,
    description: anyText,
    location: fc.option(anyText),
    organizerName: fc.option(anyText),
    attendeeName: fc.option(anyText),
    email: fc.oneof(fc.emailAddress(), anyText),
    partstat: fc.constantFrom('needs-action', 'accepted', 'declined', 'tentative'),
    disallowCounter: fc.boolean(),
    timeZone: fc.constantFrom(
      null,
      'Europe/Berlin',
      'America/Sao_Paulo',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Asia/Kathmandu',
    ),
  })
  .map(({ minutes, organizerName, attendeeName, email, partstat, ...fields }) =>
    invite({
      ...fields,
      endUtc: new Date(fields.startUtc.getTime() + minutes * 60_000),
      organizer: { email: 'scheduling@example.org', name: organizerName },
      attendee: { email, name: attendeeName, partstat },
    }),
  );

describe('whatever the fields hold', () => {
  const toTheSecond = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000);
  const expectedText = (text: string | null): string | null => (text === null || text === '' ? null : printable(text));

  it('ical.js reads back every text, both times, the one attendee, and no property that was not written', () => {
    const texts = ['uid', 'summary', 'description', 'location', 'organizer', 'attendee'];
    const fixed = [
      'sequence',
      'dtstamp',
      'last-modified',
      'dtstart',
      'dtend',
      'status',
      'transp',
      'class',
      'x-microsoft-disallow-counter',
    ];
    const allowed = [...texts, ...fixed];
    fc.assert(
      fc.property(anyFields, (fields) => {
        const { event, calendar, attendees, value, instant } = readByIcalJs(buildInvite(fields));
        expect(attendees).toHaveLength(1);
        expect(attendees[0]?.getParameter('partstat')).toBe(fields.attendee.partstat.toUpperCase());
        // ical.js takes backslashes in parameters for escapes, which RFC 5545 3.2 knows nothing of.
        expect(attendees[0]?.getParameter('cn') ?? '').toBe(unescapeText(printable(fields.attendee.name ?? '')));
        expect(value('summary') ?? '').toBe(printable(fields.summary));
        expect(value('description')).toBe(expectedText(fields.description));
        expect(value('location')).toBe(expectedText(fields.location) || null);
        expect(value('uid') ?? '').toBe(printable(fields.uid));
        expect(instant('dtstart')).toEqual(toTheSecond(fields.startUtc));
        expect(instant('dtend')).toEqual(toTheSecond(fields.endUtc));
        const names = event.getAllProperties().map(({ name }) => name);
        expect(names.filter((name) => !allowed.includes(name))).toEqual([]);
        expect(new Set(names).size).toBe(names.length);
        expect(event.getAllSubcomponents()).toEqual([]);
        expect(
          calendar
            .getAllSubcomponents()
            .map(({ name }) => name)
            .filter((name) => name !== 'vtimezone'),
        ).toEqual(['vevent']);
      }),
      { numRuns: 300 },
    );
  });

  it('our own reader reads back the same', () => {
    fc.assert(
      fc.property(anyFields, (fields) => {
        const reading = readCalendar(Buffer.from(buildInvite(fields), 'utf8'));
        if (printable(fields.uid).trim() === '') return expect(reading).toMatchObject({ ok: false, code: 'no-uid' });
        if (!reading.ok) throw new Error(reading.code);
        expect(reading.message).toMatchObject({
          method: fields.method,
          uid: printable(fields.uid).trim(),
          eventCount: 1,
          sequence: fields.sequence < 1e9 ? fields.sequence : null,
          dtstamp: fields.dtstamp,
          organizer: 'scheduling@example.org',
          start: { instant: toTheSecond(fields.startUtc) },
          end: { instant: toTheSecond(fields.endUtc) },
          summary: printable(fields.summary),
          description: expectedText(fields.description),
          status: fields.method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED',
        });
        expect(reading.message.attendees).toHaveLength(1);
        expect(reading.message.attendees[0]?.name ?? '').toBe(printable(fields.attendee.name ?? ''));
      }),
      { numRuns: 300 },
    );
  });

  it('every line is valid UTF-8 of at most 75 octets and ends in CRLF', () => {
    fc.assert(
      fc.property(anyFields, (fields) => {
        const octets = Buffer.from(buildInvite(fields), 'utf8');
        expect(octets.toString('latin1')).toMatch(/END:VCALENDAR\r\n$/);
        const bad = octets
          .toString('latin1')
          .split('\r\n')
          .filter((line) => /[\r\n]/.test(line) || line.length > 75 || !isUtf8(Buffer.from(line, 'latin1')));
        expect(bad).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a refused counter-proposal', () => {
  const refused = {
    uid: invite().uid,
    sequence: 3,
    dtstamp: new Date('2026-11-25T07:00:00Z'),
    startUtc: new Date('2026-12-04T09:00:00Z'),
    endUtc: new Date('2026-12-04T10:00:00Z'),
    summary: 'x\r\nMETHOD:REQUEST',
    organizer: invite().organizer,
    attendee: invite().attendee,
  };

  it('echoes UID, SEQUENCE and the refused time, to the one who proposed it', () => {
    expect(readCalendar(buildDeclineCounter({ ...refused, comment: 'no; "sorry"' }))).toMatchObject({
      ok: true,
      message: {
        method: 'DECLINECOUNTER',
        uid: refused.uid,
        sequence: 3,
        start: { instant: refused.startUtc },
        end: { instant: refused.endUtc },
        summary: 'x\nMETHOD:REQUEST',
        comment: 'no; "sorry"',
        attendees: [{ email: 'ann+music@example.net', partstat: null }],
      },
    });
  });

  it('has no comment where there is none', () => {
    expect(buildDeclineCounter(refused)).not.toContain('COMMENT');
    expect(buildDeclineCounter({ ...refused, comment: null })).toBe(buildDeclineCounter(refused));
  });
});
