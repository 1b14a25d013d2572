// Decides the content of a letter: subject, heading and the blocks in their order, in the reader's language.
// Called by the renderer; plain.ts and html.ts write the blocks down. Letters about proposals: compose-proposals.ts.
import { counterpartyOf } from '#contracts';
import { fixedSubjects, isolated, letterTextsFor, type LetterTexts, sentences, writeMoment, writeTime } from '#words';
import type { Letter } from '../letters/letter';
import type { LinkWriter } from '../letters/links';
import {
  action,
  type Block,
  type Body,
  type Composition,
  type Draft,
  type MatterOf,
  rescheduleLink,
  text,
} from './blocks';
import { proposal, proposalDeclined, proposalExpired, proposalSent } from './compose-proposals';

/**
 * The whole content of a letter; `subjects` as the setting SUBJECTS says. Throws LinkSecretMissing for a link that can no longer be signed.
 */
export function compose(letter: Letter, link: LinkWriter, subjects: 'fixed' | 'localized' = 'fixed'): Composition {
  const { texts, language, dates } = letterTextsFor(letter.to.locale);
  const zone = letter.to.timeZone;
  const draft: Draft = {
    letter,
    texts,
    language,
    subjects: subjects === 'localized' ? texts.subjects : fixedSubjects,
    other: counterpartyOf(letter.to.role),
    time: (label, times, look = 'main') => ({
      kind: 'time',
      label,
      time: writeTime(times, zone, dates, texts.until),
      look,
    }),
    moment: (instant) => writeMoment(instant, zone, dates),
    link,
  };
  const title = isolated(letter.room.title);
  const written = body(draft);
  const linked = written.blocks.some((block) => block.kind === 'action');
  return {
    language,
    title,
    colon: texts.colon,
    buttonTrouble: linked ? texts.buttonTrouble : null,
    footer: sentences(language, ...(linked ? [texts.linksAreYours] : []), texts.privacy(draft.other)),
    ...written,
  };
}

function body(draft: Draft): Body {
  const { matter } = draft.letter;
  switch (matter.kind) {
    case 'invite':
      return invite(draft);
    case 'update':
      return update(draft, matter);
    case 'cancel':
      return cancel(draft, matter);
    case 'proposal':
      return proposal(draft, matter);
    case 'proposal-sent':
      return proposalSent(draft, matter);
    case 'proposal-declined':
      return proposalDeclined(draft, matter);
    case 'proposal-expired':
      return proposalExpired(draft, matter);
    case 'fresh-link':
      return freshLink(draft);
    case 'held-answer':
      return unconfirmedAnswer(draft, matter);
    case 'text-answer':
      return textAnswer(draft, matter);
  }
}

function invite(draft: Draft): Body {
  const { letter, texts, other } = draft;
  return {
    subject: draft.subjects.invite(letter.room.title),
    heading: texts.invite.heading,
    blocks: [
      text(texts.invite.intro(other)),
      draft.time(texts.labels.when, letter.room),
      ...places(draft),
      text(texts.howToAnswer),
      ...answerLink(draft, 'invited'),
      ...rescheduleLink(draft, 'invited'),
    ],
  };
}

function update(draft: Draft, matter: MatterOf<'update'>): Body {
  const { letter, texts } = draft;
  const { previous, reason, requestClosed, changed } = matter;
  return {
    subject: draft.subjects.update(letter.room.title),
    heading: previous === null && changed.length > 0 ? texts.update.changedHeading : texts.update.heading,
    blocks: [
      text(updateIntro(draft, matter)),
      ...organizerWrites(draft, reason),
      ...(requestClosed ? [text(texts.update.requestClosed)] : []),
      draft.time(previous ? texts.labels.newTime : texts.labels.when, letter.room),
      ...(previous ? [draft.time(texts.labels.before, previous, 'gone')] : []),
      ...places(draft),
      ...before(texts.update.titleBefore, matter.titleBefore),
      ...before(texts.update.whereBefore, matter.locationBefore),
      text(texts.howToAnswer),
      ...answerLink(draft, 'invited'),
      ...rescheduleLink(draft, 'invited'),
    ],
  };
}

function updateIntro({ texts, other }: Draft, { previous, changed, approvedBy }: MatterOf<'update'>): string {
  if (approvedBy !== null)
    return approvedBy === other ? texts.update.approvedByOther(other) : texts.update.approvedByYou(other);
  if (previous !== null) return texts.update.intro(other);
  return changed.length > 0 ? texts.update.changed(other, changed) : texts.update.unchanged(other);
}

const before = (label: string, words: string | null): Block[] =>
  words === null ? [] : [{ kind: 'fact', label, text: isolated(words) }];

const organizerWrites = ({ texts }: Draft, reason: string | null): Block[] =>
  reason === null ? [] : [text(texts.organizerWrites(isolated(reason)))];

function cancel(draft: Draft, { declinedBy, reason, withdrawn }: MatterOf<'cancel'>): Body {
  const { letter, texts, other, time } = draft;
  const why = declinedBy === other ? texts.cancel.declinedByOther(other) : texts.cancel.declinedByYou;
  return {
    subject: draft.subjects.cancel(letter.room.title),
    heading: texts.cancel.heading,
    blocks: [
      text(withdrawn ? texts.cancel.withdrawn : texts.cancel.intro(other)),
      ...(declinedBy ? [text(why)] : []),
      ...organizerWrites(draft, reason),
      time(texts.labels.when, letter.room, 'gone'),
    ],
  };
}

function freshLink(draft: Draft): Body {
  const { letter, texts } = draft;
  return {
    subject: texts.freshLink.subject(letter.room.title),
    heading: texts.freshLink.heading,
    blocks: [
      text(texts.freshLink.intro),
      draft.time(texts.labels.when, letter.room),
      ...rescheduleLink(draft, 'again'),
    ],
  };
}

/** A mail to the attendee of an unconfirmed reply: the page behind the link asks, this mail changes nothing. */
function unconfirmedAnswer(draft: Draft, { partstat, startUtc, link }: MatterOf<'held-answer'>): Body {
  const { letter, texts } = draft;
  const { subject, heading, intro, says, ask, button, otherwise } = texts.unconfirmedAnswer;
  // A REPLY names the time that it answers; only a COUNTER proposes one.
  const proposed = partstat === null || partstat === 'needs-action' ? startUtc : null;
  return {
    subject: subject(letter.room.title),
    heading,
    blocks: [
      text(intro),
      { kind: 'fact', label: says, text: claimText(texts, partstat) },
      ...proposedStart(draft, proposed),
      draft.time(texts.labels.now, letter.room, proposed === null ? 'main' : 'aside'),
      action(button, draft.link(link, letter), { ask }),
      text(otherwise),
    ],
  };
}

function textAnswer(draft: Draft, matter: MatterOf<'text-answer'>): Body {
  const { partstat, startUtc, link, unreadable } = matter;
  const { letter, texts, other } = draft;
  const { subject, heading, intro, unreadable: cannotRead } = texts.textAnswer;
  const url = draft.link(link, letter);
  const timed = startUtc === null ? url : filledIn(url, startUtc);
  const proposed = partstat === null ? startUtc : null;
  const { ask, label } = wordsOfLink(texts.textAnswer, matter);
  return {
    subject: subject(letter.room.title),
    heading,
    blocks: [
      text((unreadable === undefined ? intro : cannotRead[unreadable])(other)),
      ...proposedStart(draft, proposed),
      draft.time(texts.labels.now, letter.room, proposed === null ? 'main' : 'aside'),
      action(label, timed, { ask }),
      ...answerLink(draft, 'text'),
    ],
  };
}

/** What the link in the answer to a person's words does, and its button. */
function wordsOfLink(
  { askTime, askNoTime, confirm, buttons }: LetterTexts['textAnswer'],
  { partstat, startUtc, strict }: MatterOf<'text-answer'>,
): { ask: string; label: string } {
  if (partstat === 'accepted' || partstat === 'tentative') return { ask: confirm[partstat], label: buttons[partstat] };
  if (partstat === 'declined')
    return { ask: strict ? confirm.declinedForBoth : confirm.declined, label: buttons.declined };
  return startUtc === null ? { ask: askNoTime, label: buttons.noTime } : { ask: askTime, label: buttons.time };
}

const claimText = ({ claims }: LetterTexts, partstat: MatterOf<'held-answer'>['partstat']): string =>
  partstat === null || partstat === 'needs-action' ? claims.newTime : claims[partstat];

/** A proposed start keeps the session's length. */
function proposedStart({ letter, texts, time }: Draft, startUtc: string | null): Block[] {
  if (startUtc === null) return [];
  const lengthMs = Date.parse(letter.room.endUtc) - Date.parse(letter.room.startUtc);
  return [time(texts.labels.proposed, { startUtc, endUtc: new Date(Date.parse(startUtc) + lengthMs).toISOString() })];
}

/**
 * Contract, section 2: a whole link is at most 250 characters; one that is too long for its time leads to the empty
 * form.
 */
function filledIn(url: string, startUtc: string): string {
  const whole = `${url}&start=${startUtc.replace('.000Z', 'Z')}`;
  return whole.length <= 250 ? whole : url;
}

function places({ letter, texts }: Draft): Block[] {
  const { location, videoUrl } = letter.room;
  return [
    ...(location === null ? [] : [{ kind: 'fact', label: texts.labels.where, text: isolated(location) } as const]),
    ...(videoUrl === null ? [] : [{ kind: 'fact', label: texts.labels.join, text: isolated(videoUrl) } as const]),
  ];
}

function answerLink(draft: Draft, when: 'invited' | 'text'): Block[] {
  const { letter, texts, link } = draft;
  if (letter.answerLink === null) return [];
  const { button } = texts.answerLink;
  return [action(button, link(letter.answerLink, letter), { ask: texts.answerLink[when], quiet: true })];
}
