// Collects the sentences of every letter, in every language, so that a letter that somebody quotes is known by them.
// Called by imip-ingestor, which reads mails. A text that a language adds to a letter belongs here as well.
import type { Role } from '#contracts';
import { languages, letterTextsFor } from './letters';
import type { LetterTexts } from './letter-texts';

export interface LetterLines {
  /** Each a line of a letter, or the beginning of one that goes on with words of that letter only. */
  body: string[];
  /** What ends a letter. */
  last: string[];
}

const roles: readonly Role[] = ['host', 'guest'];

/** The sentences of all letters in all languages, as they are written. */
export function letterLines(): LetterLines {
  const texts = languages.map((language) => letterTextsFor(language).texts);
  return {
    body: texts.flatMap((each) => [...fixedLines(each), ...roles.flatMap((role) => linesAbout(each, role))]),
    last: texts.flatMap((each) => roles.map((role) => each.privacy(role))),
  };
}

function fixedLines(texts: LetterTexts): string[] {
  const { cancel, freshLink, heldAnswer, proposalDeclined, proposalExpired, textAnswer, update } = texts;
  const { notAllowed, stale, unfit } = proposalDeclined.byNobody;
  return [
    texts.invite.heading, update.heading, update.changedHeading, update.requestClosed, texts.howToAnswer,
    cancel.heading, cancel.declinedByYou, cancel.description, cancel.withdrawn, texts.proposalSent.heading,
    proposalDeclined.heading, notAllowed, stale, unfit, proposalDeclined.stays,
    proposalExpired.heading, proposalExpired.lapsed, proposalExpired.stays, freshLink.heading, freshLink.intro,
    heldAnswer.heading, heldAnswer.intro, heldAnswer.ask, heldAnswer.otherwise, textAnswer.heading,
    textAnswer.askTime, textAnswer.askNoTime, textAnswer.askYesNo, texts.answerLink.invited, texts.answerLink.text,
    texts.linksAreYours, texts.organizerWrites(''),
  ]; // prettier-ignore
}

function linesAbout(texts: LetterTexts, other: Role): string[] {
  const { cancel, invite, proposal, proposalDeclined, proposalExpired, proposalSent, textAnswer, update } = texts;
  const { ask } = texts.reschedule;
  return [
    invite.intro, update.intro, update.unchanged, cancel.intro, cancel.declinedByOther, proposal.heading,
    proposal.intro, proposal.introSeveral, proposal.undone, proposal.note, proposalSent.intro, proposalSent.undone,
    proposalDeclined.byOther, proposalExpired.unanswered, proposalExpired.otherChanged, textAnswer.intro,
    ...Object.values(textAnswer.unreadable), ask.invited, ask.pending, ask.again,
  ]
    .map((text) => text(other))
    .concat(update.changed(other, [])); // prettier-ignore
}
