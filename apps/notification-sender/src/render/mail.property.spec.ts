// What is true of every letter of every event, whoever the people are: nothing of the other party but the role, one
// attendee, one calendar in two identical copies, links that survive.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type ParsedMail, simpleParser } from 'mailparser';
import {
  type Claim,
  type InvitationSnapshot,
  type RoomSnapshot,
  counterpartyOf,
  letterId,
  letterMessageId,
  noProposal,
} from '#contracts';
import { holdsAddress } from '#privacy';
import { keyIdOf } from '#tokens';
import { languages } from '#words';
import {
  answerLink,
  event,
  invitation,
  link,
  proposal,
  room,
  senderSettings,
  tokenSecret,
} from '../../../../test/support/sender-events';
import { IcsService } from './ics.service';
import type { Letter } from '../letters/letter';
import { type RoomsEvent, lettersFor } from '../letters/letters';
import { type RenderSettings, renderLetter } from './render';

const letters = (alphabet: string, min: number, max: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength: min, maxLength: max }).map((parts) => parts.join(''));
const label = letters('abcdefghijklmnopqrstuvwxyz0123456789', 2, 10);
const localPart = fc.oneof(
  label,
  fc.tuple(label, label).map(([a, b]) => `${a}.${b}`),
  fc.tuple(label, label).map(([a, b]) => `${a}+${b}`),
  fc.tuple(label, label).map(([a, b]) => `${a}'${b}`),
  letters('!#$%&*/=?^_`{|}~abcABC', 2, 12),
  letters('äöüßéñ練習abc', 2, 6),
);
const domain = fc.constantFrom('x.org', 'mail.example', 'bücher.example', 'xn--bcher-kva.example', 'a-b.co.uk');
const email = fc.tuple(localPart, domain).map(([local, host]) => `${local}@${host}`);
/** Two people, often with addresses that nearly contain each other. */
const emails = fc
  .oneof(
    fc.tuple(email, email),
    email.chain((other) => fc.tuple(fc.constant(`jo${other}`), fc.constant(other))),
  )
  .filter(
    ([host, guest]) => !holdsAddress(Buffer.from(host), guest, []) && !holdsAddress(Buffer.from(guest), host, []),
  );
/** Names no text of ours and no title can contain by chance. */
const name = letters('ΩΨ', 6, 20);
const text = (maxLength: number) =>
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength }),
    fc.constantFrom('Practice Session', '=?utf-8?Q?x?=', '<script>', 'a; b, c\\n', '%40 &commat; =40'),
  );
const title = text(200)
  .map((words) => words.replace(/\p{Cc}/gu, ' ').trim() || 'Practice Session')
  .filter((words) => !/[ΩΨ]/.test(words));
const zone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Not/AZone',
);
const locale = fc.constantFrom(...languages, 'de-AT', 'en-US', 'pt-BR', 'fi', 'ar-EG', 'x-broken-', '');

const arbitraryRoom: fc.Arbitrary<RoomSnapshot> = fc
  .record({
    emails,
    names: fc.tuple(name, name),
    zones: fc.tuple(zone, zone),
    locales: fc.tuple(locale, locale),
    title,
    location: fc.option(title, { nil: null }),
    videoUrl: fc.constantFrom(null, 'https://video.example/room?x=1&y=2'),
    proposals: fc.constantFrom('both', 'host', 'guest', 'none'),
    partstat: fc.constantFrom('needs-action', 'accepted', 'declined', 'tentative'),
    sequence: fc.nat(20),
    start: fc.integer({ min: 1_780_000_000, max: 1_830_000_000 }),
  })
  .map((made) => {
    const person = (role: 'host' | 'guest', at: 0 | 1): InvitationSnapshot =>
      invitation(role, {
        email: made.emails[at],
        name: made.names[at],
        timeZone: made.zones[at],
        locale: made.locales[at],
        partstat: made.partstat,
        rescheduleLink: made.proposals === 'both' || made.proposals === role ? link('propose') : null,
      });
    return room({
      title: made.title,
      location: made.location,
      videoUrl: made.videoUrl,
      sequence: made.sequence,
      policy: { onDecline: 'strict', proposals: made.proposals, proposalTtlHours: 48 },
      startUtc: new Date(made.start * 1000).toISOString(),
      endUtc: new Date(made.start * 1000 + 3_600_000).toISOString(),
      invitations: [person('host', 0), person('guest', 1)],
    });
  })
  .filter(({ title: words, location, invitations }) =>
    invitations.every(({ email: address }) => !holdsAddress(Buffer.from(`${words}\n${location ?? ''}`), address, [])),
  );

function everyEvent(of: RoomSnapshot, note: string | null, by: 'host' | 'guest'): RoomsEvent[] {
  const asked = proposal({ proposedBy: by, note });
  const { startUtc, endUtc } = asked;
  const options = [startUtc, '2026-12-04T13:00:00.000Z'].map((each) => ({ startUtc: each, endUtc }));
  const several = { ...asked, options: options.map((each) => ({ optionId: randomUUID(), ...each })) };
  const answered = { source: 'counter', counterSequence: of.sequence } as const;
  const counter = { ...asked, ...answered };
  const times = { previousStartUtc: '2026-11-30T09:00:00.000Z', previousEndUtc: '2026-11-30T10:00:00.000Z' };
  const former = invitation('host', { email: 'former@old-side.example', name: 'ΩΩΨΨΩΩ' });
  const changed = { invitationId: of.invitations[0]?.invitationId ?? '', role: 'host' as const };
  const party = { roomId: of.roomId, invitationId: of.invitations[0]?.invitationId ?? '', role: 'host' as const };
  const offered = { ...party, occasion: asked.proposalId };
  return [
    event('RoomBooked', { room: of }),
    event('RoomRescheduled', { room: of, proposalId: asked.proposalId, ...times }),
    event('RoomRescheduled', { room: of, proposalId: asked.proposalId, ...times, approvedBy: by }),
    event('RoomRescheduled', { room: of, proposalId: noProposal, ...times, reason: note, closed: [by] }),
    event('RoomUpdated', {
      room: of,
      changed: ['title', 'location', 'videoUrl'],
      previous: { title: 'Before', location: 'Room 9', videoUrl: null, externalId: null },
      closed: [by],
    }),
    event('AttendeeChanged', { room: of, ...changed, previous: former, cancelSequence: of.sequence + 1 }),
    event('RoomCancelled', { room: { ...of, status: 'cancelled' }, cause: 'declined', by, reason: null }),
    event('RoomCancelled', { room: { ...of, status: 'cancelled' }, cause: 'deleted', by: null, reason: note }),
    event('ProposalCreated', {
      room: of,
      proposal: asked,
      approveLink: link('approve'),
      declineLink: link('decline'),
      replaced: null,
    }),
    event('ProposalCreated', {
      room: of,
      proposal: several,
      approveLink: link('approve'),
      approveLinks: several.options.map(({ optionId }) => ({ optionId, link: link('approve') })),
      declineLink: link('decline'),
      replaced: null,
    }),
    ...[asked, { ...several, ...answered }].map((insteadOf) =>
      event('ProposalCreated', {
        room: of,
        proposal: { ...several, proposedBy: counterpartyOf(by) },
        approveLink: link('approve'),
        approveLinks: several.options.map(({ optionId }) => ({ optionId, link: link('approve') })),
        declineLink: link('decline'),
        suggestLink: link('propose'),
        replaced: null,
        insteadOf: { ...insteadOf, status: 'declined' },
      }),
    ),
    event('ProposalDeclined', { room: of, proposal: several, by, why: null, cause: 'countered' }),
    event('ProposalDeclined', { room: of, proposal: several, by, why: null }),
    event('ProposalDeclined', { room: of, proposal: asked, by, why: null }),
    event('ProposalDeclined', { room: of, proposal: counter, by: null, why: 'in-the-past' }),
    event('ProposalExpired', { room: of, proposal: asked, cause: 'time' }),
    event('ProposalExpired', { room: of, proposal: several, cause: 'time' }),
    event('ProposalExpired', { room: of, proposal: asked, cause: 'lapsed' }),
    event('ResendRequested', {
      ...party,
      occasion: '',
      why: 'platform',
      link: link('propose'),
      answerLink: answerLink(),
    }),
    event('FreshLinkRequested', { ...party, occasion: asked.proposalId, link: link('propose') }),
    ...[claim('declined', note), claim(null, note)].map((claimed) =>
      event('LinkOffered', { ...offered, why: 'held', claim: claimed, link: link('confirm') }),
    ),
    ...(
      [
        { claim: claim('accepted', null), link: link('confirm') },
        { claim: claim(null, null), link: link('propose') },
        { claim: claim('declined', null), link: link('confirm') },
        { claim: claim(null, null), link: link('propose'), unreadable: 'encrypted' },
      ] as const
    ).map((offer) => event('LinkOffered', { ...offered, why: 'text', answerLink: answerLink(), ...offer })),
  ];
}

const claim = (partstat: 'accepted' | 'declined' | null, note: string | null): Claim => ({
  partstat,
  sequence: 0,
  startUtc: '2026-12-02T13:00:00.000Z',
  endUtc: null,
  note,
});

const settingsArbitrary: fc.Arbitrary<RenderSettings> = fc
  .record({
    ICS_TIMES: fc.constantFrom('utc', 'zone'),
    ICS_ATTACHMENT: fc.constantFrom('text/calendar', 'application/ics', 'none'),
    SUBJECTS: fc.constantFrom('fixed', 'localized'),
    BRAND_NAME: fc.constantFrom(undefined, 'Music & More'),
    ORGANIZER_NAME: fc.constantFrom(undefined, 'The desk'),
  })
  .map((choices) => ({ ...senderSettings, ...choices }));

function render(letter: Letter, settings: RenderSettings): Buffer {
  const id = letterId({ ...letter, uid: letter.room.uid, invitationId: letter.to.invitationId });
  const at = new Date('2026-11-23T12:00:00Z');
  const messageId = letterMessageId(id, settings.ORGANIZER_EMAIL);
  const facts = { letterId: id, messageId, firstMessageId: null, dtstamp: at, writtenAt: at };
  return renderLetter(letter, facts, new IcsService(settings).textOf(letter, facts), settings).bytes;
}

/** Everything a reader could see, decoded by somebody else's reader of mails. */
const seen = (mail: ParsedMail): string =>
  [
    mail.subject,
    mail.text,
    String(mail.html),
    JSON.stringify([...mail.headers]),
    ...mail.attachments.map((part) => part.content.toString().replaceAll('\r\n ', '')),
  ].join('\n');

interface WrittenLetter {
  letter: Letter;
  bytes: Buffer;
}

/** A room, and all that decides about its letters. */
const arbitraryCase = fc
  .record({
    of: arbitraryRoom,
    note: fc.option(
      text(500).filter((note) => !/[ΩΨ]/.test(note)),
      { nil: null },
    ),
    by: fc.constantFrom('host' as const, 'guest' as const),
    settings: settingsArbitrary,
    tagged: fc.boolean(),
  })
  .filter(
    ({ of, note }) =>
      note === null || of.invitations.every(({ email: address }) => !holdsAddress(Buffer.from(note), address, [])),
  );
type Case = typeof arbitraryCase extends fc.Arbitrary<infer T> ? T : never;

/** The letters of every event of a room, as they leave. */
function written({ of, note, by, settings, tagged }: Case): WrittenLetter[] {
  const tagKeys = new Map(tagged ? of.invitations.map(({ invitationId }) => [invitationId, keyIdOf(tokenSecret)]) : []);
  return everyEvent(of, note, by)
    .flatMap((each) => lettersFor(each, { room: of, tagKeys }))
    .map((letter) => ({ letter, bytes: render(letter, settings) }));
}

type Check = (letter: Letter, bytes: Buffer) => void | Promise<void>;

/** Written once for all the properties below: writing them is most of the time. */
const cases = fc.sample(arbitraryCase, 50);
const writtenOf = cases.map(() => undefined as WrittenLetter[] | undefined);

/** Checks the letters of the first rooms; where one fails, looks for the smallest room whose letters fail. */
async function eachLetter(check: Check, rooms: number): Promise<void> {
  const checkAll = async (all: WrittenLetter[]): Promise<void> => {
    for (const { letter, bytes } of all) await check(letter, bytes);
  };
  try {
    for (const [at, each] of cases.slice(0, rooms).entries()) await checkAll((writtenOf[at] ??= written(each)));
  } catch (error) {
    await fc.assert(
      fc.asyncProperty(arbitraryCase, (each) => checkAll(written(each))),
      { numRuns: rooms },
    );
    throw error;
  }
}

const unfolded = (calendar: string): string[] => calendar.replaceAll('\r\n ', '').split('\r\n');

describe('every letter', () => {
  it("passes the gate: it never holds the other party's address in any encoding, and no legitimate one is stopped", async () => {
    await eachLetter((letter, bytes) => {
      const own = [letter.to.email, senderSettings.ORGANIZER_EMAIL];
      expect(holdsAddress(bytes, letter.otherEmail ?? '', own)).toBe(false);
      expect(holdsAddress(bytes, letter.to.email, [])).toBe(true);
    }, 30);
  });

  it('never names the other party', async () => {
    await eachLetter(async (letter, bytes) => {
      const words = seen(await simpleParser(bytes));
      expect(words.match(/[ΩΨ]{4,}/g)?.filter((found) => found !== letter.to.name) ?? []).toEqual([]);
      expect(words).toContain(letter.to.name);
    }, 14);
  });

  it('has exactly one attendee, its reader, and the organizer of its From', async () => {
    await eachLetter((letter, bytes) => {
      const calendars = [
        ...bytes
          .toString()
          .matchAll(/^Content-Type: (?:text\/calendar|application\/ics)[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+?)\r\n--/gm),
      ];
      const texts = calendars.map(([, base64 = '']) => Buffer.from(base64, 'base64').toString());
      expect(texts.length > 0).toBe(letter.method !== 'none');
      expect(new Set(texts).size).toBeLessThanOrEqual(1);
      for (const calendar of texts) {
        const lines = unfolded(calendar);
        expect(lines.filter((line) => /^ATTENDEE[;:]/.test(line))).toHaveLength(1);
        expect(
          lines.filter((line) => /^ORGANIZER.*:mailto:scheduling(?:\+[a-z2-7]{20})?@central\.example$/.test(line)),
        ).toHaveLength(1);
        expect(lines).toContain(`METHOD:${letter.method}`);
        expect(lines).toContain(`SEQUENCE:${letter.sequence}`);
      }
    }, 24);
  });

  it('carries its reschedule link in text, HTML and DESCRIPTION, its answer link in text and HTML, alone on a short line', async () => {
    await eachLetter(async (letter, bytes) => {
      const mail = await simpleParser(bytes);
      const links = (mail.text ?? '').split('\n').filter((line) => line.startsWith(senderSettings.PUBLIC_URL));
      expect(
        links.every(
          (line) => line.length <= 250 && /^\S+[?][rta]=[A-Za-z0-9._-]*[A-Za-z0-9_-](?:&start=[\dT:-]+Z)?$/.test(line),
        ),
      ).toBe(true);
      const { matter } = letter;
      const leads = matter.kind === 'proposal' ? matter.suggestLink : letter.rescheduleLink;
      expect(links.filter((line) => line.includes('/reschedule?r=')).length).toBe(leads === null ? 0 : 1);
      expect(links.filter((line) => line.includes('/answer?a=')).length).toBe(letter.answerLink === null ? 0 : 1);
      if (letter.method === 'REQUEST') expect(letter.answerLink).not.toBeNull();
      for (const each of links) expect(String(mail.html)).toContain(`href="${each.replaceAll('&', '&amp;')}"`);
      const description =
        unfolded(mail.attachments[0]?.content.toString() ?? '').find((line) => line.startsWith('DESCRIPTION:')) ?? '';
      const inCalendar = description.split(/\\n|^DESCRIPTION:/).filter((line) => line.includes('/reschedule?r='));
      if (letter.method === 'REQUEST')
        expect(inCalendar).toEqual(links.filter((line) => line.includes('/reschedule?r=')));
      else expect(inCalendar).toEqual([]);
    }, 14);
  });

  it('is the same bytes whenever it is written', async () => {
    await eachLetter((letter, bytes) => {
      const settings = { ...senderSettings };
      expect(render(letter, settings).equals(render(letter, settings))).toBe(true);
      expect(bytes.includes('\n\n')).toBe(false);
    }, 8);
  });
});
