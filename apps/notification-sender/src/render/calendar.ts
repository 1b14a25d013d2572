// Decides which calendar object a letter has, if any; libs/ics writes it.
// Called by IcsService, its injectable.
import { counterpartyOf } from '#contracts';
import { type CalendarParty, buildDeclineCounter, buildInvite } from '#ics';
import { invitationDescription, invitationWordsFor, knownZone, letterTextsFor, refusedWords } from '#words';
import type { Letter, LetterFacts } from '../letters/letter';
import type { LinkWriter } from '../letters/links';

export interface CalendarChoices {
  organizer: CalendarParty;
  /** `zone` writes local times with the attendee's own VTIMEZONE. */
  times: 'utc' | 'zone';
}

/** The calendar text of a letter, or null for a plain mail. */
export function calendarOf(
  letter: Letter,
  facts: LetterFacts,
  choices: CalendarChoices,
  link: LinkWriter,
): string | null {
  const { method, room, to } = letter;
  const times = { startUtc: new Date(room.startUtc), endUtc: new Date(room.endUtc) };
  const shared = {
    uid: room.uid,
    sequence: letter.sequence,
    dtstamp: facts.dtstamp,
    summary: room.title,
    organizer: choices.organizer,
  };
  const attendee = { email: to.email, name: to.name };
  switch (method) {
    case 'none':
      return null;
    case 'DECLINECOUNTER':
      return buildDeclineCounter({ ...shared, ...refusedTimes(letter), attendee, comment: refusal(letter) });
    case 'REQUEST':
    case 'CANCEL':
      return buildInvite({
        ...shared,
        ...times,
        method,
        description: description(letter, link),
        location: room.location ?? room.videoUrl,
        attendee: { ...attendee, partstat: to.partstat },
        disallowCounter: !letter.mayPropose,
        timeZone: choices.times === 'zone' ? zoneOf(to.timeZone) : null,
      });
  }
}

const zoneOf = (timeZone: string): string | null => (knownZone(timeZone) === 'UTC' ? null : timeZone);

function refusedTimes({ matter, room }: Letter): { startUtc: Date; endUtc: Date } {
  const refused =
    matter.kind === 'proposal' ? matter.insteadOf : matter.kind === 'proposal-declined' ? matter.proposed : null;
  const { startUtc, endUtc } = refused ?? room;
  return { startUtc: new Date(startUtc), endUtc: new Date(endUtc) };
}

function refusal({ matter, to }: Letter): string {
  const { proposalDeclined } = letterTextsFor(to.locale).texts;
  const { byParty, why } =
    matter.kind === 'proposal-declined' ? matter : { byParty: matter.kind === 'proposal', why: null };
  const what = byParty
    ? proposalDeclined.byOther(counterpartyOf(to.role))
    : refusedWords(proposalDeclined.byNobody, why);
  return `${what} ${proposalDeclined.stays}`;
}

function description(letter: Letter, link: LinkWriter): string {
  const { texts } = letterTextsFor(letter.to.locale);
  const { location, videoUrl } = letter.room;
  const { matter } = letter;
  const reason = matter.kind === 'update' || matter.kind === 'cancel' ? matter.reason : null;
  if (letter.method === 'CANCEL')
    return [texts.cancel.description, ...(reason === null ? [] : [texts.organizerWrites(reason)])].join('\n\n');
  return invitationDescription(invitationWordsFor(letter.to.locale), {
    reason,
    joinUrl: location === null ? null : videoUrl,
    other: counterpartyOf(letter.to.role),
    rescheduleUrl: letter.rescheduleLink === null ? null : link(letter.rescheduleLink, letter),
  });
}
