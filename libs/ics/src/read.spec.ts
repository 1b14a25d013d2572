// Proves that the reader understands what real clients send and refuses what is not one message about one event.
// The shapes follow what Google, Exchange, Apple and Thunderbird write; the people in them are made up.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ICAL from 'ical.js';
import fc from 'fast-check';
import type { CalendarMessage } from './calendar-message';
import { readCalendar } from './read';

const uid = '0b9c1c52-6a3e-4d0f-9a57-3f1de2b7c4aa@example.org';

/** A calendar with CRLF lines around the given ones. */
const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');

const reply = (...lines: string[]): string =>
  calendar('METHOD:REPLY', 'BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20261124T120000Z', ...lines, 'END:VEVENT');

function read(source: string | Buffer, charset?: string): CalendarMessage {
  const reading = readCalendar(source, charset);
  if (!reading.ok) throw new Error(`${reading.code}: ${reading.why}`);
  return reading.message;
}

const instant = (iso: string) => ({ instant: new Date(iso) });

describe('answers as clients write them', () => {
  it('Google: everything echoed, an escaped comment in a parameter', () => {
    const message = read(
      calendar(
        'PRODID:-//Google Inc//Google Calendar 70.9054//EN',
        'CALSCALE:GREGORIAN',
        'METHOD:REPLY',
        'BEGIN:VEVENT',
        'DTSTART:20261201T090000Z',
        'DTEND:20261201T100000Z',
        'DTSTAMP:20261124T120000Z',
        'ORGANIZER;CN=Scheduling:mailto:scheduling+r7k2@example.org',
        `UID:${uid}`,
        'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED;CN=ann@ex',
        ' ample.net;X-NUM-GUESTS=0;X-RESPONSE-COMMENT="I can&#39\\;t &lt\\;sorry&gt\\;\\, no":mai',
        ' lto:ann@example.net',
        'CREATED:20261123T080000Z',
        'DESCRIPTION:Accept or decline\\, please.\\nhttps://example.org/x',
        'LAST-MODIFIED:20261124T120000Z',
        'SEQUENCE:2',
        'STATUS:CONFIRMED',
        'SUMMARY:Practice Session',
        'TRANSP:OPAQUE',
        'END:VEVENT',
      ),
    );
    expect(message).toEqual({
      method: 'REPLY',
      uid,
      eventCount: 1,
      sequence: 2,
      cdoSequence: null,
      dtstamp: new Date('2026-11-24T12:00:00Z'),
      organizer: 'scheduling+r7k2@example.org',
      attendees: [
        {
          email: 'ann@example.net',
          partstat: 'DECLINED',
          sentBy: null,
          name: 'ann@example.net',
          responseComment: "I can't <sorry>, no",
          proposedNewTime: null,
        },
      ],
      start: instant('2026-12-01T09:00:00Z'),
      end: instant('2026-12-01T10:00:00Z'),
      originalStart: null,
      comment: "I can't <sorry>, no",
      summary: 'Practice Session',
      description: 'Accept or decline, please.\nhttps://example.org/x',
      status: 'CONFIRMED',
      requestStatus: [],
      recurrenceId: false,
    } satisfies CalendarMessage);
  });

  it('Exchange: no ORGANIZER, Windows zone without VTIMEZONE, sequence in its own property, comment with a line end', () => {
    const message = read(
      calendar(
        'PRODID:Microsoft Exchange Server 2010',
        'METHOD:REPLY',
        'BEGIN:VEVENT',
        'ATTENDEE;PARTSTAT=ACCEPTED;CN=Ann Doe:MAILTO:ann@example.net',
        'COMMENT;LANGUAGE=en-US:See you there\\n',
        `UID:${uid}`,
        'SUMMARY;LANGUAGE=en-US:Accepted: Practice Session',
        'DTSTART;TZID=W. Europe Standard Time:20261201T100000',
        'DTEND;TZID=W. Europe Standard Time:20261201T110000',
        'DTSTAMP:20261124T120000Z',
        'SEQUENCE:0',
        'X-MICROSOFT-CDO-APPT-SEQUENCE:3',
        'X-MICROSOFT-CDO-ALLDAYEVENT:FALSE',
        'END:VEVENT',
      ),
    );
    expect(message).toMatchObject({
      organizer: null,
      attendees: [{ email: 'ann@example.net', partstat: 'ACCEPTED', name: 'Ann Doe' }],
      comment: 'See you there',
      sequence: 0,
      cdoSequence: 3,
      start: instant('2026-12-01T09:00:00Z'),
      end: instant('2026-12-01T10:00:00Z'),
    });
  });

  it('an Exchange counter-proposal: DTSTART is the proposal, X-MS-OLK-ORIGINALSTART the time before', () => {
    const message = read(
      calendar(
        'METHOD:COUNTER',
        'BEGIN:VTIMEZONE',
        'TZID:Eastern Standard Time',
        'BEGIN:STANDARD',
        'DTSTART:16010101T020000',
        'TZOFFSETFROM:-0400',
        'TZOFFSETTO:-0500',
        'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11',
        'END:STANDARD',
        'BEGIN:DAYLIGHT',
        'DTSTART:16010101T020000',
        'TZOFFSETFROM:-0500',
        'TZOFFSETTO:-0400',
        'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3',
        'END:DAYLIGHT',
        'END:VTIMEZONE',
        'BEGIN:VEVENT',
        'ATTENDEE;PARTSTAT=TENTATIVE;CN=Ann:mailto:ann@example.net',
        `UID:${uid}`,
        'DTSTART;TZID=Eastern Standard Time:20270705T110000',
        'DTEND;TZID=Eastern Standard Time:20270705T120000',
        'X-MS-OLK-ORIGINALSTART;TZID=Eastern Standard Time:20270105T110000',
        'X-MS-OLK-ORIGINALEND;TZID=Eastern Standard Time:20270105T120000',
        'SEQUENCE:1',
        'END:VEVENT',
      ),
    );
    expect(message).toMatchObject({
      method: 'COUNTER',
      dtstamp: null,
      start: instant('2027-07-05T15:00:00Z'),
      end: instant('2027-07-05T16:00:00Z'),
      originalStart: instant('2027-01-05T16:00:00Z'),
    });
  });

  it('iOS: a proposed time inside the ATTENDEE of a reply', () => {
    const [attendee] = read(
      reply(
        'ATTENDEE;CN=Ann;CUTYPE=INDIVIDUAL;EMAIL=ann@example.net;PARTSTAT=TENTATIVE;ROLE=REQ-PARTICIPANT;',
        ' TO-ALL-PROPOSED-NEW-TIME="DTSTART:20261203T150000Z;STATUS:NEEDS-ACTION":/a1b2c3/principal/',
      ),
    ).attendees;
    expect(attendee).toMatchObject({
      email: 'ann@example.net',
      partstat: 'TENTATIVE',
      proposedNewTime: { start: instant('2026-12-03T15:00:00Z'), end: null },
    });
  });

  it.each([
    [
      '"DTSTART:20261203T150000Z;DTEND:20261203T160000Z"',
      { start: instant('2026-12-03T15:00:00Z'), end: instant('2026-12-03T16:00:00Z') },
    ],
    ['"DTSTART:20261203T150000"', { start: { unresolved: 'floating' }, end: null }],
    ['"DTSTART:20261203"', { start: { unresolved: 'all-day' }, end: null }],
    ['"DTSTART:soon"', { start: { unresolved: 'malformed' }, end: null }],
    ['"STATUS:NEEDS-ACTION"', null],
  ])('a proposal in a reply that says %s', (value, expected) => {
    const line = `ATTENDEE;PARTSTAT=TENTATIVE;TO-ALL-PROPOSED-NEW-TIME=${value}:mailto:ann@example.net`;
    expect(read(reply(line)).attendees[0]?.proposedNewTime).toEqual(expected);
  });

  it('a delegate who answers for another, an answer no standard knows, and a delivery report', () => {
    const message = read(
      reply(
        'ATTENDEE;PARTSTAT=deleted;SENT-BY="MAILTO:desk@example.net":Mailto:ann%2Bmusic@example.net',
        'REQUEST-STATUS:3.7;Invalid calendar user;ATTENDEE:mailto:ann@example.net',
        'REQUEST-STATUS:2.0;Success',
      ),
    );
    expect(message.attendees[0]).toMatchObject({
      email: 'ann+music@example.net',
      partstat: 'DELETED',
      sentBy: 'desk@example.net',
    });
    expect(message.requestStatus).toEqual(['3.7;Invalid calendar user;ATTENDEE:mailto:ann@example.net', '2.0;Success']);
  });

  it('a refresh has neither times nor sequence', () => {
    const text = calendar(
      'METHOD:refresh',
      'BEGIN:VEVENT',
      `UID:${uid}`,
      'ATTENDEE:mailto:ann@example.net',
      'END:VEVENT',
    );
    expect(read(text)).toMatchObject({ method: 'REFRESH', start: null, end: null, sequence: null, summary: null });
  });

  it('several attendees stay several, and one without a readable address stays visible', () => {
    const message = read(
      reply('ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@example.net', 'ATTENDEE;PARTSTAT=DECLINED:invalid:nomail'),
    );
    expect(message.attendees.map(({ email, partstat }) => [email, partstat])).toEqual([
      ['ann@example.net', 'ACCEPTED'],
      [null, 'DECLINED'],
    ]);
  });

  it('an attendee of an alarm inside the event does not count', () => {
    const alarm = [
      'BEGIN:VALARM',
      'ACTION:EMAIL',
      'SUMMARY:no',
      'ATTENDEE;PARTSTAT=DECLINED:mailto:eve@example.com',
      'END:VALARM',
    ];
    const message = read(reply(...alarm, 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@example.net', 'SUMMARY:yes'));
    expect(message.attendees.map(({ email }) => email)).toEqual(['ann@example.net']);
    expect(message.summary).toBe('yes');
  });
});

describe('malformed text', () => {
  const text = reply('ATTENDEE;PARTSTAT=ACCEPTED;CN="Zoë 🎻":mailto:zoe@example.net', 'SUMMARY:Übung\\; alle');
  const lowerCaseNames = (calendarText: string): string =>
    calendarText
      .replace(/^([A-Z-]+)(?=[;:])/gm, (name) => name.toLowerCase())
      .replaceAll('VEVENT', 'vevent')
      .replace('PARTSTAT', 'partstat');
  const expected = { uid, attendees: [{ email: 'zoe@example.net', name: 'Zoë 🎻' }], summary: 'Übung; alle' };

  it.each([
    ['bare LF', text.replaceAll('\r\n', '\n')],
    ['bare CR', text.replaceAll('\r\n', '\r')],
    ['doubled CR', text.replaceAll('\r\n', '\r\r\n')],
    ['a byte order mark', `\ufeff${text}`],
    ['lower-case names', lowerCaseNames(text)],
    ['blank lines', text.replaceAll('\r\n', '\r\n\r\n')],
    ['text before and after', `This is a multi-part message.\r\n${text}-- \r\nSent from my phone: yes\r\n`],
    ['no END:VCALENDAR', text.replace('END:VCALENDAR\r\n', '')],
    ['no line end after the last line', text.trimEnd()],
    ['junk between the properties', text.replace('SUMMARY', 'no property at all\r\n=20\r\n:empty\r\nSUMMARY')],
    ['an END of nothing', text.replace('SUMMARY', 'END:VALARM\r\nSUMMARY')],
    ['NULs', text.replaceAll(':', ':\0')],
  ])('is read with %s', (_, malformed) => {
    expect(read(malformed)).toMatchObject(expected);
    expect(read(Buffer.from(malformed, 'utf8'))).toMatchObject(expected);
  });

  it('bytes are unfolded before they are decoded, so a character cut in two comes back whole', () => {
    const octets = Buffer.from(text, 'utf8').toString('latin1');
    const cut = octets.replace('\xc3\x9c', '\xc3\r\n \x9c').replace('\xf0\x9f\x8e\xbb', '\xf0\x9f\r\n\t\x8e\r\n \xbb');
    expect(read(Buffer.from(cut, 'latin1'))).toMatchObject(expected);
  });

  it('bytes that are no UTF-8 are read as the mail says, else as Windows-1252', () => {
    const western = text.replace(' 🎻', '');
    const wanted = { summary: 'Übung; alle', attendees: [{ name: 'Zoë' }] };
    expect(read(Buffer.from(western, 'latin1'), 'iso-8859-1')).toMatchObject(wanted);
    expect(read(Buffer.from(western, 'latin1'))).toMatchObject(wanted);
    expect(read(Buffer.from(western, 'latin1'), 'x-unheard-of')).toMatchObject(wanted);
    const cyrillic = Buffer.from(
      reply('SUMMARY:').replace('SUMMARY:', 'SUMMARY:\xd0\xe5\xef\xe5\xf2\xe8\xf6\xe8\xff'),
      'latin1',
    );
    expect(read(cyrillic, 'windows-1251').summary).toBe('Репетиция');
    expect(read(Buffer.from(reply('SUMMARY:\x1b$B2;3Z\x1b(B'), 'latin1'), 'ISO-2022-JP').summary).toBe('音楽');
  });

  it('UTF-8 under a wrong label is still UTF-8, and UTF-16 is known by its mark', () => {
    expect(read(Buffer.from(text, 'utf8'), 'iso-8859-1')).toMatchObject(expected);
    expect(read(Buffer.from(`\ufeff${text}`, 'utf16le'))).toMatchObject(expected);
    expect(read(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())).toMatchObject(expected);
  });

  it('of a property given twice the first counts', () => {
    expect(read(reply('SEQUENCE:1', 'SEQUENCE:7')).sequence).toBe(1);
  });

  it.each(['-1', '1.5', 'x', '', '99999999999'])('a SEQUENCE of %j is none', (value) => {
    expect(read(reply(`SEQUENCE:${value}`)).sequence).toBeNull();
  });

  it('a CN with a colon and without quotes does not hide the address', () => {
    expect(read(reply('ATTENDEE;PARTSTAT=ACCEPTED;CN=Doe: Ann:mailto:ann@example.net')).attendees[0]).toMatchObject({
      email: 'ann@example.net',
      name: 'Doe: Ann',
    });
  });

  it('an ATTENDEE broken in two by a relay is one', () => {
    expect(
      read(reply('ATTENDEE;PARTSTAT=ACCEPTED;CN=Ann of the very long', 'name:mailto:ann@example.net')).attendees,
    ).toMatchObject([{ email: 'ann@example.net', partstat: 'ACCEPTED' }]);
  });

  it('vCalendar 1.0 says STATUS, and some say mailto: twice', () => {
    expect(read(reply('ATTENDEE;STATUS=declined:MAILTO:mailto:ann@example.net')).attendees).toMatchObject([
      { email: 'ann@example.net', partstat: 'DECLINED' },
    ]);
  });

  it('an unclosed quote does not swallow the address', () => {
    expect(read(reply('ATTENDEE;PARTSTAT=ACCEPTED;CN="Ann:mailto:ann@example.net')).attendees[0]).toMatchObject({
      email: 'ann@example.net',
    });
  });
});

describe('dates', () => {
  const times = (...lines: string[]): Pick<CalendarMessage, 'start' | 'end'> => {
    const { start, end } = read(reply(...lines));
    return { start, end };
  };

  const impossible = [
    '20261399T250000Z',
    '20260230T100000Z',
    '20261201T240000Z',
    '20261201T106000Z',
    '00000101T000000Z',
  ];

  const unknown = ['2026-12-01T10:00:00Z', '20261201T1000Z', 'soon', ''];

  it.each([...impossible, ...unknown])('a DTSTART of %j is malformed and rolls over into no other day', (value) => {
    expect(times(`DTSTART:${value}`).start).toEqual({ unresolved: 'malformed' });
  });

  it.each([
    ['DTSTART:20261201T100000', 'floating'],
    ['DTSTART;VALUE=DATE:20261201', 'all-day'],
    ['DTSTART;TZID=Customized Time Zone:20261201T100000', 'unknown-zone'],
    ['DTSTART;TZID=tzone://Microsoft/Custom:20261201T100000', 'unknown-zone'],
    ['DTSTART;TZID=(UTC+00:00) Atlantis, Lemuria:20261201T100000', 'unknown-zone'],
    ['DTSTART;TZID=EST:20261201T100000', 'unknown-zone'],
    ['DTSTART;TZID=BST:20261201T100000', 'unknown-zone'],
    ['DTSTART;TZID=+0100:20261201T100000', 'unknown-zone'],
    ['DTSTART;TZID=Europe/Berlin:20261025T023000', 'ambiguous'],
    ['DTSTART;TZID=Europe/Berlin:20260329T023000', 'non-existent'],
    ['DTSTART;TZID=W. Europe Standard Time:20261025T023000', 'ambiguous'],
  ])('%s is %s', (line, unresolved) => {
    expect(times(line).start).toEqual({ unresolved });
  });

  it.each([
    ['DTSTART:20261201T100000z', '2026-12-01T10:00:00Z'],
    ['DTSTART:20280229T235960Z', '2028-02-29T23:59:59Z'],
    ['DTSTART;TZID=Europe/Berlin:20261201T100000', '2026-12-01T09:00:00Z'],
    ['DTSTART;TZID="europe/berlin":20261201T100000', '2026-12-01T09:00:00Z'],
    ['DTSTART;TZID=Europe/Berlin:20261201T100000Z', '2026-12-01T10:00:00Z'],
    ['DTSTART;TZID=UTC:20261201T100000', '2026-12-01T10:00:00Z'],
    ['DTSTART;TZID=GMT:20260701T100000', '2026-07-01T10:00:00Z'],
    ['DTSTART;TZID=GMT Standard Time:20260701T100000', '2026-07-01T09:00:00Z'],
    ['DTSTART;TZID=Pacific Daylight Time:20261201T100000', '2026-12-01T18:00:00Z'],
    ['DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20261201T100000', '2026-12-01T09:00:00Z'],
    ['DTSTART;TZID=/mozilla.org/20050126_1/America/Argentina/Buenos_Aires:20261201T100000', '2026-12-01T13:00:00Z'],
  ])('%s is %s', (line, iso) => {
    expect(times(line).start).toEqual(instant(iso));
  });

  it('DURATION counts its days by the calendar and the rest by the clock', () => {
    const berlin = 'DTSTART;TZID=Europe/Berlin:20261024T120000';
    expect(times(berlin, 'DURATION:P1D').end).toEqual(instant('2026-10-25T11:00:00Z'));
    expect(times(berlin, 'DURATION:PT24H').end).toEqual(instant('2026-10-25T10:00:00Z'));
    expect(times(berlin, 'DURATION:P1WT1H30M').end).toEqual(instant('2026-10-31T12:30:00Z'));
    expect(times('DTSTART:20261201T100000Z', 'DURATION:-PT15M').end).toEqual(instant('2026-12-01T09:45:00Z'));
    for (const nonsense of ['P', 'PT', '1H', 'PT1X', 'PT9999999999S']) {
      expect(times(berlin, `DURATION:${nonsense}`).end).toEqual({ unresolved: 'malformed' });
    }
  });

  it('DTEND counts before DURATION, and with neither there is no end', () => {
    expect(times('DTSTART:20261201T100000Z', 'DURATION:PT5H', 'DTEND:20261201T110000Z').end).toEqual(
      instant('2026-12-01T11:00:00Z'),
    );
    expect(times('DTSTART:20261201T100000Z').end).toBeNull();
  });

  it('a DTSTAMP that is no instant is none', () => {
    const stamped = (stamp: string) => read(reply('X-A:1').replace('DTSTAMP:20261124T120000Z', stamp)).dtstamp;
    expect(stamped('DTSTAMP:20261124T130000')).toBeNull();
    expect(stamped('DTSTAMP:20261324T130000Z')).toBeNull();
    // As Claws Mail 4.1.1 writes it in every answer.
    expect(stamped('DTSTAMP:00000000T000000')).toBeNull();
    expect(stamped('DTSTAMP;TZID=Europe/Berlin:20261124T130000')).toEqual(new Date('2026-11-24T12:00:00Z'));
  });
});

describe('what is not one message about one event', () => {
  const event = (id: string, ...lines: string[]): string[] => ['BEGIN:VEVENT', `UID:${id}`, ...lines, 'END:VEVENT'];
  const refused = (source: string | Buffer): string => {
    const reading = readCalendar(source);
    return reading.ok ? 'ok' : reading.code;
  };

  it.each([
    ['not-a-calendar', ''],
    ['not-a-calendar', 'Can we do 3pm?'],
    ['not-a-calendar', 'BEGIN:VCARD\r\nEND:VCARD\r\n'],
    ['several-calendars', calendar(...event('1')) + calendar(...event('1'))],
    ['several-calendars', calendar('BEGIN:VCALENDAR', ...event('1'), 'END:VCALENDAR')],
    ['no-event', calendar('METHOD:REPLY')],
    ['no-event', calendar('BEGIN:VTODO', 'UID:1', 'END:VTODO')],
    ['no-event', calendar('BEGIN:VFREEBUSY', 'UID:1', 'END:VFREEBUSY')],
    ['mixed-components', calendar(...event('1'), 'BEGIN:VTODO', 'UID:1', 'END:VTODO')],
    ['no-uid', calendar('BEGIN:VEVENT', 'DTSTAMP:20261124T120000Z', 'END:VEVENT')],
    ['no-uid', calendar(...event(' '))],
    ['no-uid', calendar(...event('1'), 'BEGIN:VEVENT', 'END:VEVENT')],
    ['several-uids', calendar(...event('1'), ...event('2'))],
    ['several-uids', calendar(...event('1', 'UID:2'))],
    ['several-methods', calendar('METHOD:REPLY', 'METHOD:COUNTER', ...event('1'))],
    ['too-many-components', calendar(...Array.from({ length: 11 }, () => event('1')).flat())],
    ['broken', calendar('BEGIN:VEVENT', 'UID:1').replace('END:VCALENDAR\r\n', '')],
    ['broken', calendar('BEGIN:VEVENT', 'UID:1')],
    ['broken', calendar('BEGIN:VEVENT', 'UID:1', ...event('1'), 'END:VEVENT')],
    [
      'broken',
      calendar(...Array.from({ length: 50 }, () => 'BEGIN:X-DEEP'), ...Array.from({ length: 50 }, () => 'END:X-DEEP')),
    ],
    ['too-large', calendar(...event('1', `DESCRIPTION:${'é'.repeat(128 * 1024)}`))],
  ])('is refused: %s', (code, text) => {
    expect(refused(text)).toBe(code);
    expect(refused(Buffer.from(text, 'utf8'))).toBe(code);
  });

  it('exactly 256 KiB and exactly ten components are still read', () => {
    const frame = calendar(...event('1', 'DESCRIPTION:'));
    expect(refused(calendar(...event('1', `DESCRIPTION:${'x'.repeat(256 * 1024 - frame.length)}`)))).toBe('ok');
    expect(refused(calendar(...event('1', `DESCRIPTION:${'x'.repeat(256 * 1024 - frame.length + 1)}`)))).toBe(
      'too-large',
    );
    expect(refused(calendar(...Array.from({ length: 10 }, () => event('1')).flat()))).toBe('ok');
  });

  it('certain fields of an unreadable calendar are given', () => {
    const readingOf = (text: string) => {
      const reading = readCalendar(text);
      if (reading.ok) throw new Error('it was readable');
      return reading.fields;
    };
    expect(readingOf(calendar('METHOD:COUNTER', ...event('1'), ...event('2')))).toEqual({ method: 'COUNTER' });
    expect(readingOf(calendar('METHOD:COUNTER', ...event('1')).repeat(2))).toEqual({});
    expect(readingOf(calendar('METHOD:REPLY', 'BEGIN:VEVENT', 'UID:1', 'SEQUENCE:4'))).toMatchObject({
      method: 'REPLY',
      uid: '1',
      sequence: 4,
    });
  });

  it('exceptions of a series count as events of it; the series itself is read', () => {
    const text = calendar(
      ...event('1', 'RECURRENCE-ID:20261201T090000Z', 'SUMMARY:one'),
      ...event('1', 'RRULE:FREQ=SECONDLY', 'SUMMARY:all'),
    );
    expect(read(text)).toMatchObject({ eventCount: 2, summary: 'all', recurrenceId: false });
    expect(read(calendar(...event('1', 'RECURRENCE-ID:20261201T090000Z')))).toMatchObject({
      eventCount: 1,
      recurrenceId: true,
    });
  });
});

it('what ical.js makes of a well-formed line our reader makes of it too', () => {
  // A name of blanks is no name to us, and blanks around one are no part of it.
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((each) => each.trim() !== '');
  fc.assert(
    fc.property(name, name, fc.emailAddress(), (cn, summary, email) => {
      const event = new ICAL.Component('vevent');
      event.addPropertyWithValue('uid', uid);
      event.addPropertyWithValue('summary', summary);
      const attendee = event.addPropertyWithValue(
        'attendee',
        `mailto:${encodeURIComponent(email).replace('%40', '@')}`,
      );
      attendee.setParameter('partstat', 'ACCEPTED');
      attendee.setParameter('cn', cn);
      const whole = new ICAL.Component('vcalendar');
      whole.addSubcomponent(event);
      const message = read(whole.toString());
      expect(message.summary).toBe(summary);
      expect(message.attendees).toMatchObject([{ email, name: cn.trim(), partstat: 'ACCEPTED' }]);
    }),
  );
});

const folder = join(__dirname, '../../../test/corpus/ics');

it.each(readdirSync(folder).filter((name) => name.endsWith('.ics')))('our own %s is read as it was meant', (name) => {
  const message = read(readFileSync(join(folder, name)));
  expect(message).toMatchObject({
    uid,
    organizer: 'scheduling@example.org',
    attendees: [{ email: 'ann+music@example.net' }],
  });
  expect(message.start).toHaveProperty('instant');
});
