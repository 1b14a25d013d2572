// What letters say, in which language and which zone; one whole mail of every kind is kept as it leaves in
// test/corpus/letters.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noProposal } from '#contracts';
import {
  answerLink,
  event,
  invitation,
  link,
  proposal,
  room,
  senderSettings,
} from '../../../../test/support/sender-events';
import { IcsService } from './ics.service';
import type { Letter } from '../letters/letter';
import { type RoomsEvent, lettersFor } from '../letters/letters';
import { linkWriter } from '../letters/links';
import { renderLetter } from './render';
import { letterTextsFor } from '#words';
import type { Composition } from './blocks';
import { compose } from './compose';
import { htmlDocument } from './html';
import { plainText } from './plain';

const writer = linkWriter(senderSettings.PUBLIC_URL, { current: senderSettings.TOKEN_SECRET });
const first = (from: RoomsEvent, of = room()): Letter => {
  const [letter] = lettersFor(from, { room: of });
  if (!letter) throw new Error('no letter is owed');
  return letter;
};
const invite = (host: Parameters<typeof invitation>[1], changes: Parameters<typeof room>[0] = {}): Letter =>
  first(
    event('RoomBooked', { room: room({ invitations: [invitation('host', host), invitation('guest')], ...changes }) }),
  );
const plain = (letter: Letter): string => plainText(compose(letter, writer));

describe('times', () => {
  it("stand in the reader's zone with zone and offset named, and in UTC", () => {
    expect(plain(invite({ timeZone: 'Asia/Kathmandu' }))).toContain(
      'When:\n  Tuesday, 1 December 2026\n  14:45 to 15:45\n  Nepal Time, UTC+05:45\n  Tuesday, 1 December 2026, 09:00 to 10:00 UTC\n',
    );
  });

  it('stand once for a reader in UTC or in an unknown zone', () => {
    for (const timeZone of ['UTC', 'Not/AZone']) {
      expect(plain(invite({ timeZone }))).toContain('When:\n  Tuesday, 1 December 2026\n  09:00 to 10:00\n  UTC\n\n');
    }
  });

  it('name both days over midnight and both offsets over a change of the clocks', () => {
    const night = { startUtc: '2026-10-24T22:30:00.000Z', endUtc: '2026-10-25T01:30:00.000Z' };
    expect(plain(invite({ timeZone: 'Europe/Berlin' }, night))).toContain(
      '  Sunday, 25 October 2026\n  00:30 to 02:30\n  Central European Time, UTC+02:00 / UTC+01:00\n  Saturday, 24 ' +
        'October 2026, 22:30 to Sunday, 25 October 2026, 01:30 UTC',
    );
  });

  it("follow the reader's region where one is named", () => {
    expect(plain(invite({ locale: 'en-US', timeZone: 'America/New_York' }))).toContain(
      'Tuesday, December 1, 2026\n  4:00 AM to 5:00 AM',
    );
  });

  it('break in HTML only behind the weekday and before another day', () => {
    const html = (letter: Letter): string => htmlDocument(compose(letter, writer)).replaceAll('&#160;', '_');
    const us = { locale: 'en-US', timeZone: 'America/New_York' };
    expect(html(invite(us))).toContain('>Tuesday, December_1,_2026<br>\n4:00_AM_to_5:00_AM</div>');
    const night = { startUtc: '2026-12-01T04:30:00.000Z', endUtc: '2026-12-01T06:30:00.000Z' };
    expect(html(invite(us, night))).toContain('>11:30_PM_to Tuesday, December_1,_2026, 1:30_AM</div>'.slice(1));
  });
});

describe('the language', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['DE-de', 'de'],
    ['en-US', 'en'],
    ['fr-CA', 'fr'],
    ['pt-BR', 'pt'],
    ['fi', 'en'],
    ['', 'en'],
    ['not a locale', 'en'],
    ['constructor', 'en'],
  ])('for %j is %s', (locale, language) => {
    expect(letterTextsFor(locale).language).toBe(language);
    expect(compose(invite({ locale }), writer).language).toBe(language);
  });

  it('changes the words, never the subjects of the contract', () => {
    const german = compose(invite({ locale: 'de' }), writer);
    expect(german.heading).toBe('Sie sind eingeladen');
    expect(german.subject).toBe('Practice Session — Invitation');
  });

  it('changes them too where SUBJECTS is localized', () => {
    expect(compose(invite({ locale: 'de' }), writer, 'localized').subject).toBe('Practice Session — Einladung');
    expect(compose(invite({ locale: 'en' }), writer, 'localized').subject).toBe('Practice Session — Invitation');
  });
});

describe('the subjects', () => {
  const of = room({ title: 'Scales & chords' });
  const links = { approveLink: link('approve'), declineLink: link('decline') };
  it.each<[RoomsEvent, string]>([
    [event('RoomBooked', { room: of }), 'Scales & chords — Invitation'],
    [
      event('RoomRescheduled', {
        room: of,
        proposalId: proposal().proposalId,
        previousStartUtc: of.startUtc,
        previousEndUtc: of.endUtc,
      }),
      'Scales & chords — Updated Time',
    ],
    [event('RoomCancelled', { room: of, cause: 'deleted', by: null, reason: null }), 'Scales & chords — Cancelled'],
    [
      event('ProposalCreated', { room: of, proposal: proposal(), ...links, replaced: null }),
      'Approve new time for Scales & chords?',
    ],
  ])('are those of the contract: $name', (from, subject) => {
    expect(compose(first(from), writer).subject).toBe(subject);
  });
});

describe('the bodies', () => {
  const texts = (composition: Composition): string[] => [plainText(composition), htmlDocument(composition)];

  it('say to both that an approval ended with its request, and the time of it; the receipt quotes no note', () => {
    const undone = { startUtc: '2026-12-03T13:00:00.000Z', endUtc: '2026-12-03T14:00:00.000Z' };
    const links = { approveLink: link('approve'), declineLink: link('decline'), replaced: null };
    const [host, guest] = [invitation('host'), invitation('guest', { rescheduleLink: null })];
    const of = room({ invitations: [host, guest] });
    const asked = { room: of, proposal: proposal({ note: 'after lunch' }), ...links };
    const letters = lettersFor(event('ProposalCreated', { ...asked, undone }), { room: of });
    const texts = letters.map((letter) => [letter.to.role, plain(letter)] as const);
    expect(texts.map(([role]) => role)).toEqual(['host', 'guest']);
    expect(texts[0]?.[1]).toMatch(
      /You had approved an earlier request[^]*Earlier request:\n {2}Thursday, 3 December 2026/,
    );
    expect(texts[1]?.[1]).toMatch(
      /Your host had approved your earlier request[^]*Earlier request:\n {2}Thursday, 3 Dec/,
    );
    expect(texts.map(([, words]) => words.includes('after lunch'))).toEqual([true, false]);
    // A COUNTER gets no receipt, and nothing of this stands in a letter without it.
    const plainly = lettersFor(event('ProposalCreated', asked), { room: of });
    expect(plainly.map((letter) => plain(letter).includes('earlier request'))).toEqual([false]);
  });

  it('contain approve and decline, old and new time, and the note as plain text', () => {
    const note = 'I am <b>late</b>\nhttps://evil.example "quoted"';
    const asked = event('ProposalCreated', {
      room: room(),
      proposal: proposal({ note }),
      approveLink: link('approve'),
      declineLink: link('decline'),
      replaced: null,
    });
    const [text = '', html = ''] = texts(compose(first(asked), writer));
    expect(text).toContain('Your guest asks for a new time');
    expect(text).toMatch(/^https:\/\/meet\.central\.example\/approve\?t=\S+$/m);
    expect(text).toMatch(/^https:\/\/meet\.central\.example\/decline\?t=\S+$/m);
    expect(text).toContain('Proposed:\n  Wednesday, 2 December 2026\n  14:00 to 15:00');
    expect(text).toContain('Current time of the session:\n  Tuesday, 1 December 2026\n  10:00 to 11:00');
    expect(text).toContain('> I am <b>late</b>\n> https://evil.example "quoted"');
    expect(html).toContain(
      'I am &lt;b&gt;late&lt;/b&gt;</div>\n<div dir="auto">https://evil.example &quot;quoted&quot;</div>',
    );
    expect(html).not.toContain('href="https://evil.example');
  });

  it('escape everything in a title or a place', () => {
    const [, html = ''] = texts(
      compose(invite({}, { title: '<img src=x onerror=alert(1)>"\'&', location: '</td><script>' }), writer),
    );
    expect(html).not.toMatch(/<img|<script/);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;');
  });

  it('offer no link where the policy leaves none', () => {
    for (const text of texts(compose(invite({ rescheduleLink: null }), writer)))
      expect(text).not.toContain('/reschedule');
  });

  it('mention links only where there are some', () => {
    const cancelled = event('RoomCancelled', { room: room(), cause: 'deleted', by: null, reason: null });
    for (const text of texts(compose(first(cancelled), writer))) expect(text).not.toContain('The links in this mail');
    for (const text of texts(compose(invite({}), writer)))
      expect(text).toContain('The links in this mail are yours alone');
  });

  it.each([
    ['en', 'Your calendar proposed a new time, but we could not tell which time it means.', 'Your mail is encrypted'],
    ['de', 'Ihr Kalender hat eine neue Zeit vorgeschlagen, aber wir konnten nicht', 'Ihre Mail ist verschlüsselt'],
  ])('name the part of a mail that could not be read, in %s', (locale, time, encrypted) => {
    const invitations = [invitation('host'), invitation('guest', { locale })];
    const of = room({ invitations });
    const { invitationId, role } = invitations[1] ?? invitation('guest');
    const offer = {
      ...{ roomId: of.roomId, invitationId, role, occasion: proposal().proposalId, why: 'text' as const },
      claim: { partstat: null, sequence: 0, startUtc: null, endUtc: null, note: null },
      link: link('propose'),
    };
    const textFor = (unreadable?: 'encrypted' | 'time'): string =>
      plain(first(event('LinkOffered', { ...offer, ...(unreadable && { unreadable }) }), of)).replaceAll('\n', ' ');
    expect(textFor('time')).toContain(time);
    expect(textFor('time')).toContain('/reschedule?');
    expect(textFor('encrypted')).toContain(encrypted);
    expect(textFor()).not.toContain(time);
    expect(textFor()).not.toContain(encrypted);
  });

  it('show each link in full once, at the foot of the HTML', () => {
    const html = htmlDocument(compose(invite({}), writer));
    const [body = '', foot = ''] = html.split('Button not working?');
    for (const path of ['/answer?a=', '/reschedule?r=']) {
      expect([body.split(path).length, foot.split(path).length]).toEqual([2, 3]);
      expect(foot).toContain(`>https://meet.central.example${path}`);
    }
    expect(body).not.toContain('>https://meet.central.example/');
  });

  it('tell the one who approved a new time, and the one who proposed it, to accept it in their calendar', () => {
    const times = { previousStartUtc: '2026-11-30T09:00:00.000Z', previousEndUtc: '2026-11-30T10:00:00.000Z' };
    const ids = { proposalId: proposal().proposalId, approvedBy: 'host' as const };
    const letters = lettersFor(event('RoomRescheduled', { room: room({ sequence: 1 }), ...ids, ...times }), {
      room: null,
    });
    expect(letters.map((letter) => plain(letter).replaceAll(/\s+/g, ' '))).toEqual([
      expect.stringContaining(
        'You approved the new time of your session with your guest; please accept the new time in your calendar.',
      ),
      expect.stringContaining(
        'Your host approved the new time that you proposed; please accept the new time in your calendar.',
      ),
    ]);
  });

  it.each([
    ['strict', 'declined', 'To decline and cancel the session for both, open this link'],
    ['soft', 'declined', 'To decline the session, open this link'],
    ['strict', 'accepted', 'To accept the session, open this link'],
  ] as const)('say in text and HTML what the link of an answer does: %s, %s', (onDecline, partstat, words) => {
    const of = room({ policy: { onDecline, proposals: 'both', proposalTtlHours: 48 } });
    const { invitationId, role } = of.invitations[1] ?? invitation('guest');
    const offer = event('LinkOffered', {
      ...{ roomId: of.roomId, invitationId, role, occasion: proposal().proposalId, why: 'text' },
      claim: { partstat, sequence: 0, startUtc: null, endUtc: null, note: null, own: true },
      link: link('confirm'),
      answerLink: answerLink(),
    });
    for (const text of texts(compose(first(offer, of), writer))) expect(text.replace(/\s+/g, ' ')).toContain(words);
  });

  it('say who declined by role only', () => {
    const of = room();
    const letters = lettersFor(event('RoomCancelled', { room: of, cause: 'declined', by: 'guest', reason: null }), {
      room: null,
    });
    expect(letters.map((letter) => plain(letter))).toEqual([
      expect.stringContaining('Your guest declined the invitation'),
      expect.stringContaining('You declined the invitation'),
    ]);
  });

  it.each([
    ['start-in-past', 'it has passed'],
    ['older-sequence', 'has been moved since'],
    ['proposals-not-allowed', 'new times cannot be proposed'],
  ])('say why a COUNTER was refused: %s', (why, words) => {
    const counter = proposal({ source: 'counter', counterSequence: 0 });
    const letter = first(event('ProposalDeclined', { room: room(), proposal: counter, by: null, why }));
    expect(plain(letter).replace(/\s+/g, ' ')).toContain(words);
    const at = new Date('2026-11-23T12:00:00Z');
    const facts = {
      letterId: '00000000-0000-4000-8000-000000000001',
      messageId: '<a@central.example>',
      firstMessageId: null,
      dtstamp: at,
      writtenAt: at,
    };
    expect(new IcsService(senderSettings).textOf(letter, facts)?.replace(/\r\n /g, '')).toContain(words);
  });
});

describe('one whole mail of every kind', () => {
  const folder = join(__dirname, '../../../../test/corpus/letters');
  const uuid = (digit: number): string => `00000000-0000-4000-8000-${String(digit).padStart(12, '0')}`;
  const host = invitation('host', {
    invitationId: uuid(1),
    rescheduleLink: link('propose', uuid(2)),
    answerLink: answerLink(uuid(13)),
    locale: 'de',
  });
  const guest = invitation('guest', {
    invitationId: uuid(3),
    rescheduleLink: link('propose', uuid(4)),
    answerLink: answerLink(uuid(14)),
    partstat: 'accepted',
  });
  const of = room({
    roomId: uuid(5),
    invitations: [host, guest],
    videoUrl: 'https://video.example/room-5',
    location: 'Hall 2',
  });
  const asked = proposal({ proposalId: uuid(6), note: 'Could we start later?\nThanks!' });
  const links = {
    approveLink: link('approve', uuid(7)),
    declineLink: link('decline', uuid(8)),
    suggestLink: link('propose', uuid(23)),
    replaced: null,
  };
  const instead = proposal({
    proposalId: uuid(24),
    proposedBy: 'host',
    startUtc: '2026-12-05T13:00:00.000Z',
    endUtc: '2026-12-05T14:00:00.000Z',
  });
  const options = [2, 3, 4].map((day) => ({
    optionId: uuid(15 + day),
    startUtc: `2026-12-0${day}T13:00:00.000Z`,
    endUtc: `2026-12-0${day}T14:00:00.000Z`,
  }));
  const party = { roomId: of.roomId, invitationId: guest.invitationId, role: 'guest' as const };
  const times = { previousStartUtc: '2026-11-30T09:00:00.000Z', previousEndUtc: '2026-11-30T10:00:00.000Z' };
  const claim = {
    partstat: null,
    sequence: 0,
    startUtc: '2026-12-02T13:00:00.000Z',
    endUtc: null,
    note: null,
  } as const;
  const events: Record<string, RoomsEvent> = {
    invite: event('RoomBooked', { room: of }),
    update: event('RoomRescheduled', {
      room: { ...of, sequence: 1 },
      proposalId: uuid(6),
      ...times,
      approvedBy: 'host',
    }),
    cancel: event('RoomCancelled', {
      room: { ...of, sequence: 1, status: 'cancelled' },
      cause: 'declined',
      by: 'guest',
      reason: null,
    }),
    proposal: event('ProposalCreated', { room: of, proposal: asked, ...links }),
    'proposal-several': event('ProposalCreated', {
      room: of,
      proposal: { ...asked, options },
      ...links,
      approveLinks: options.map(({ optionId }, order) => ({ optionId, link: link('approve', uuid(20 + order)) })),
    }),
    // The guest asked, by the form and by a COUNTER, and the host suggests another time instead.
    'proposal-instead': event('ProposalCreated', {
      room: of,
      proposal: instead,
      ...links,
      insteadOf: { ...asked, status: 'declined' },
    }),
    'counter-instead': event('ProposalCreated', {
      room: { ...of, invitations: [{ ...host, rescheduleLink: null }, guest] },
      proposal: instead,
      ...links,
      insteadOf: { ...asked, status: 'declined', source: 'counter', counterSequence: 0 },
    }),
    'proposal-declined': event('ProposalDeclined', { room: of, proposal: asked, by: 'host', why: null }),
    'counter-declined': event('ProposalDeclined', {
      room: of,
      proposal: { ...asked, source: 'counter', counterSequence: 0 },
      by: 'host',
      why: null,
    }),
    'proposal-expired': event('ProposalExpired', { room: of, proposal: asked, cause: 'time' }),
    'fresh-link': event('FreshLinkRequested', { ...party, occasion: uuid(9), link: link('propose', uuid(10)) }),
    'held-answer': event('LinkOffered', {
      ...party,
      occasion: uuid(9),
      why: 'held',
      claim: { ...claim, partstat: 'declined' },
      link: link('confirm', uuid(10)),
    }),
    'held-new-time': event('LinkOffered', {
      ...party,
      invitationId: host.invitationId,
      role: 'host',
      occasion: uuid(9),
      why: 'held',
      claim,
      link: link('confirm', uuid(10)),
    }),
    'text-new-time': event('LinkOffered', {
      ...party,
      occasion: uuid(9),
      why: 'text',
      claim,
      link: link('propose', uuid(10)),
      answerLink: answerLink(uuid(15)),
    }),
    'text-maybe': event('LinkOffered', {
      ...party,
      occasion: uuid(9),
      why: 'text',
      claim: { ...claim, partstat: 'tentative', startUtc: null, own: true },
      link: link('confirm', uuid(10)),
      answerLink: answerLink(uuid(15)),
    }),
    'text-no': event('LinkOffered', {
      ...party,
      invitationId: host.invitationId,
      role: 'host',
      occasion: uuid(9),
      why: 'text',
      claim: { ...claim, partstat: 'declined', startUtc: null },
      link: link('confirm', uuid(10)),
      answerLink: answerLink(uuid(15)),
    }),
  };

  it('has its calendar as a file as well, but a DECLINECOUNTER, whose file would bring the refused time into a calendar', () => {
    const facts = { letterId: uuid(11), messageId: '<1@central.example>', firstMessageId: null };
    const at = { dtstamp: new Date('2026-11-23T12:00:00Z'), writtenAt: new Date('2026-11-23T12:00:00Z') };
    const methods = Object.values(events)
      .flatMap((each) => lettersFor(each, { room: of }))
      .map((letter) => {
        const { bytes } = renderLetter(letter, { ...facts, ...at }, 'BEGIN:VCALENDAR\r\n', senderSettings);
        return [letter.method, bytes.includes('filename="invite.ics"')].join(' ');
      });
    const kinds = [...new Set(methods.filter((each) => !each.startsWith('none')))].sort();
    expect(kinds).toEqual(['CANCEL true', 'DECLINECOUNTER false', 'REQUEST true']);
  });

  it.each(Object.keys(events))('is as it was: %s', (name) => {
    const ics = new IcsService(senderSettings);
    const at = new Date('2026-11-23T12:00:00Z');
    for (const letter of lettersFor(events[name] ?? event('RoomBooked', { room: of }), { room: of })) {
      const facts = {
        letterId: uuid(11),
        messageId: `<${uuid(11)}@central.example>`,
        firstMessageId: `<${uuid(12)}@central.example>`,
        dtstamp: at,
        writtenAt: at,
      };
      const bytes = renderLetter(letter, facts, ics.textOf(letter, facts), senderSettings).bytes;
      const file = join(
        folder,
        `${letter.matter.kind === 'proposal-sent' ? name.replace('proposal', 'proposal-sent') : name}.${letter.to.role}.eml`,
      );
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, bytes);
      expect(bytes.toString()).toBe(readFileSync(file, 'utf8'));
    }
  });
});

describe('the question about an answer that was not believed', () => {
  const guest = invitation('guest');
  const of = room({ invitations: [invitation('host'), guest] });
  const asked = (partstat: 'declined' | null): string =>
    plain(
      first(
        event('LinkOffered', {
          roomId: of.roomId,
          invitationId: guest.invitationId,
          role: 'guest',
          occasion: of.roomId,
          why: 'held',
          claim: { partstat, sequence: 0, startUtc: of.startUtc, endUtc: null, note: null },
          link: link('confirm'),
        }),
        of,
      ),
    );

  it('shows a proposed time where the mail proposed one, not the time that a reply answers', () => {
    expect(asked(null)).toContain('Proposed:');
    expect(asked('declined')).toContain('The answer says:\n  You decline\n\nCurrent time of the session:');
  });
});

describe('what the platform changed', () => {
  const moved = (locale: string, over: Record<string, unknown> = {}): string =>
    plain(
      first(
        event('RoomRescheduled', {
          room: room({ sequence: 1, invitations: [invitation('host', { locale }), invitation('guest')] }),
          proposalId: noProposal,
          previousStartUtc: '2026-11-30T09:00:00.000Z',
          previousEndUtc: '2026-11-30T10:00:00.000Z',
          reason: 'the hall is taken',
          closed: ['host'],
          ...over,
        }),
      ),
    );
  const updated = (locale: string): Composition =>
    compose(
      first(
        event('RoomUpdated', {
          room: room({ title: 'Dry Run', invitations: [invitation('host', { locale }), invitation('guest')] }),
          changed: ['title', 'location', 'videoUrl'],
          previous: { title: 'Practice Session', location: 'Hall 1', videoUrl: null, externalId: null },
          closed: [],
        }),
      ),
      writer,
    );

  it('of the time stands with the reason and the closed request, in either language', () => {
    expect(moved('en')).toContain('The organizer writes: the hall is taken');
    expect(moved('en')).toContain('Your request for a new time is closed by this change.');
    expect(moved('de')).toContain('Der Veranstalter schreibt: the hall is taken');
    expect(moved('de')).toContain('Ihre Bitte um eine neue Zeit ist damit erledigt.');
    expect(moved('en', { reason: null, closed: [] })).not.toMatch(/organizer writes|request for a new time/);
  });

  it('of title and place is named, with what was before, under the subject that programs thread by', () => {
    const en = updated('en');
    expect([en.subject, en.heading]).toEqual(['Dry Run — Updated Time', 'The session has changed']);
    expect(plainText(en).replaceAll(/\s+/g, ' ')).toContain('has changed: the title, the place and the online link.');
    expect(plainText(en)).toContain('Title before:\n  Practice Session');
    expect(plainText(en)).toContain('Place before:\n  Hall 1');
    expect(plainText(updated('de'))).toContain('Titel bisher:\n  Practice Session');
  });
});
