// A name with quotes, a semicolon and letters of two scripts, as each program writes it: seen of the real ones in
// `npm run interop` (docs/interop.md).
import ICAL from 'ical.js';
import addressparser from 'nodemailer/lib/addressparser';
import { buildInvite } from '#ics';
import { words } from '#mime';
import { interpret } from '../../../imip-ingestor/src/interpret/interpret';
import { header, readMail } from '../../../imip-ingestor/src/interpret/mail';
import { canPropose, type Client, clients, replyAs } from './reply-as';
import { writeAs } from './write-as';

const name = 'Gil "Gi" Müller; שלום';
const now = new Date('2026-11-23T08:15:00Z');
const address = 'gil@guest.example';

function letter(attendeeName: string | null = name, organizerName: string | null = null): Buffer {
  const calendar = buildInvite({
    method: 'REQUEST',
    uid: 'a3c6de10-7a1f-4a3e-9c53-0f6c0a0f1e11@meet.example',
    sequence: 0,
    dtstamp: now,
    startUtc: new Date('2026-12-10T10:00:00Z'),
    endUtc: new Date('2026-12-10T11:00:00Z'),
    summary: 'Übungsstunde; "Deutsch"',
    description: 'Practice',
    location: null,
    organizer: { email: 'scheduling@meet.example', name: organizerName },
    attendee: { email: address, name: attendeeName, partstat: 'needs-action' },
    disallowCounter: false,
    timeZone: null,
  });
  return Buffer.from(
    [
      'From: <scheduling@meet.example>',
      `To: =?utf-8?B?${Buffer.from(name).toString('base64')}?= <${address}>`,
      'Message-ID: <m1@meet.example>',
      'Subject: Invitation',
      'Content-Type: text/calendar; method=REQUEST; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(calendar).toString('base64'),
    ].join('\r\n'),
  );
}

function accepted(client: Client, received = letter()) {
  const mail = readMail(replyAs(client, received, { kind: 'accept' }, { now, id: 'a1-b2' }).raw);
  const calendar = mail.parts.find((part) => part.type === 'text/calendar')?.body.toString('utf8') ?? '';
  const lines = calendar.replaceAll(/\r\n[ \t]/g, '').split('\r\n');
  const line = (property: string): string => lines.find((each) => each.startsWith(property)) ?? '';
  return { mail, calendar, line };
}

const attendeeIn = (calendar: string): ICAL.Property | null =>
  new ICAL.Component(ICAL.parse(calendar) as unknown[]).getFirstSubcomponent('vevent')?.getFirstProperty('attendee') ??
  null;

describe('a name that needs care', () => {
  it.each(clients)('%s: ical.js reads the attendee, the product an acceptance', (client) => {
    const { mail, calendar } = accepted(client);
    const attendee = attendeeIn(calendar);
    expect(attendee?.getParameter('partstat')).toBe('ACCEPTED');
    // iCloud routes to an address of its own; Exchange writes MAILTO in upper case.
    if (client === 'icloud') expect(attendee?.getParameter('email')).toBe(address);
    else expect(String(attendee?.getFirstValue()).toLowerCase()).toBe(`mailto:${address}`);
    expect(mail.faults).toEqual([]);
    expect(interpret(mail)).toMatchObject({ kind: 'reply', attendee: address, partstat: 'accepted' });
  });

  const whole: Client[] = ['thunderbird', 'kde', 'gnus', 'apple', 'icloud'];
  const unquoted: Client[] = ['horde', 'google', 'google-notification', 'outlook', 'exchange-2010'];
  it.each(whole)('%s: the name comes back whole, in the codes of RFC 6868', (client) => {
    const { calendar, line } = accepted(client);
    expect(line('ATTENDEE')).toContain(`;CN="Gil ^'Gi^' Müller; שלום"`);
    expect(attendeeIn(calendar)?.getParameter('cn')).toBe(name);
  });

  it.each(unquoted)('%s: the name comes back without its quotes', (client) => {
    expect(attendeeIn(accepted(client).calendar)?.getParameter('cn')).toBe('Gil Gi Müller; שלום');
  });

  it('leaves the value unquoted as aerc does, and escapes the semicolon as SOGo does', () => {
    expect(accepted('aerc').line('ATTENDEE')).toContain(`;CN=Gil ^'Gi^' Müller; שלום:mailto:${address}`);
    expect(accepted('sogo').line('ATTENDEE')).toContain(`;CN=Gil ^'Gi^' Müller\\; שלום;CUTYPE=INDIVIDUAL`);
  });

  it.each(['thunderbird', 'kde', 'gnus', 'horde', 'aerc', 'sogo', 'apple', 'icloud'] as const)(
    '%s: gives ORGANIZER a name only where the letter does',
    (client) => {
      expect(accepted(client).line('ORGANIZER')).not.toContain('CN=');
      expect(accepted(client, letter(name, 'Meet')).line('ORGANIZER')).toMatch(/;CN="?Meet"?[;:]/);
      expect(accepted(client, letter(name, 'Meet "us"')).calendar).not.toMatch(/CN="Meet "us/);
    },
  );

  it.each(clients)('%s: a name without special characters and no name at all are read', (client) => {
    expect(attendeeIn(accepted(client, letter('Gil Müller')).calendar)?.getParameter('cn')).toBe(
      client === 'samsung' ? undefined : 'Gil Müller',
    );
    expect(interpret(accepted(client, letter(null)).mail)).toMatchObject({ attendee: address, partstat: 'accepted' });
  });
});

describe('the same name in From', () => {
  const from = (client: Client): string => header(accepted(client).mail.headers, 'from') ?? '';
  const nameIn = (value: string): string => words(addressparser(value, { flatten: true })[0]?.name ?? '');
  const names: [Client, string][] = [
    ['thunderbird', 'Gil Gi Müllerשלום'],
    ['gnus', 'Gil \\"Gi\\" Müller; שלום'],
    ['aerc', "Gil 'Gi' Müller; שלום"],
    ['sogo', 'Gil ^Gi^ Müller; שלום'],
    ['kde', ''],
    ['horde', name],
    ['google', name],
    ['outlook', name],
    ['apple', name],
    ['samsung', name],
  ];

  it.each(names)('%s: is read as %s', (client, expected) => expect(nameIn(from(client))).toBe(expected));

  it('has SOGo’s encoding: always Q, and the circumflex as it is', () => {
    expect(from('sogo')).toBe('=?utf-8?q?Gil_^Gi^_M=C3=BCller=3B_=D7=A9=D7=9C=D7=95=D7=9D?= <gil@guest.example>');
  });

  it('has an encoded word inside quotes in Horde’s alone', () => {
    expect(clients.filter((client) => /"[^"]*=\?.*"/.test(from(client)))).toEqual(['horde']);
    expect(from('horde')).toMatch(/^"Gil \\"Gi\\" =\?UTF-8\?B\?[\w+/=]+\?=" <gil@guest\.example>$/);
  });
});

describe.each(clients)('every act through %s, of a person with that name', (client) => {
  const sending = { now, id: 'a1-b2' };
  const read = (raw: Buffer, envelopeFrom: string) => {
    const mail = readMail(raw, envelopeFrom);
    return { faults: mail.faults, from: mail.from, kind: interpret(mail).kind };
  };
  const startUtc = new Date('2026-12-11T14:00:00Z');
  const endUtc = new Date('2026-12-11T15:00:00Z');

  it.each(['accept', 'tentative', 'decline', 'counter', 'refresh'] as const)('%s', (kind) => {
    const act = () => replyAs(client, letter(), kind === 'counter' ? { kind, startUtc, endUtc } : { kind }, sending);
    if (kind === 'counter' && !canPropose(client)) return expect(act).toThrow('cannot propose a time');
    const { raw, envelopeFrom } = act();
    const expected = kind === 'counter' || kind === 'refresh' ? kind : 'reply';
    expect(read(raw, envelopeFrom)).toMatchObject({ faults: [], kind: expected });
  });

  it.each([
    [{ kind: 'text', text: 'can we do 3pm?' }, 'text'],
    [{ kind: 'out-of-office' }, 'auto-reply'],
    [{ kind: 'bounce' }, 'bounce'],
  ] as const)('%p', (writing, kind) => {
    const { raw, envelopeFrom } = writeAs(client, letter(), writing, sending);
    expect(read(raw, envelopeFrom)).toMatchObject({ faults: [], kind });
    if (kind !== 'bounce') expect(read(raw, envelopeFrom).from).toEqual([address]);
  });
});
