// Decides the content of the letters about proposals: the question, its receipt, a decline and an expiry.
// Called by compose.ts.
import { refusedWords, sentences } from '#words';
import type { Times } from '../letters/letter';
import { action, type Block, type Body, type Draft, type MatterOf, quote, rescheduleLink, text } from './blocks';

export function proposal(draft: Draft, matter: MatterOf<'proposal'>): Body {
  const { proposed, expiresAt, approveLink, declineLink, undone, insteadOf } = matter;
  const { letter, texts, other, link } = draft;
  const several = proposed.alternatives.length > 0;
  const words = insteadOf === null ? texts.proposal : texts.proposal.instead;
  return {
    subject: draft.subjects.proposal(letter.room.title),
    heading: words.heading(other),
    blocks: [
      text(several ? words.introSeveral(other) : words.intro(other)),
      ...declinedTimes(draft, insteadOf),
      ...endedApproval(draft, texts.proposal.undone(other), undone),
      ...(several
        ? eachTime(draft, matter)
        : [
            ...bothTimes(draft, proposed),
            ...quote(texts.proposal.note(other), proposed.note),
            action(texts.proposal.approve, link(approveLink, letter)),
          ]),
      action(several ? texts.proposal.declineAll : texts.proposal.decline, link(declineLink, letter), {
        quiet: true,
      }),
      ...suggestLink(draft, matter),
      text(texts.proposal.validUntil(draft.moment(expiresAt))),
    ],
  };
}

function suggestLink(draft: Draft, { suggestLink }: MatterOf<'proposal'>): Block[] {
  if (suggestLink === null) return [];
  const { ask, button } = draft.texts.proposal.suggest;
  return [action(button, draft.link(suggestLink, draft.letter), { ask, quiet: true })];
}

/** What this proposal was sent instead of. */
const declinedTimes = ({ time, texts }: Draft, insteadOf: MatterOf<'proposal'>['insteadOf']): Block[] =>
  insteadOf === null
    ? []
    : [insteadOf, ...insteadOf.alternatives].map((each) => time(texts.labels.declined, each, 'gone'));

/** Every time with its own link under it. */
function eachTime(draft: Draft, matter: MatterOf<'proposal'>): Block[] {
  const { proposed, approveLink, moreApproveLinks } = matter;
  const { letter, texts, other, link, time } = draft;
  const links = [approveLink, ...moreApproveLinks];
  const options = [proposed, ...proposed.alternatives].flatMap((each, order): Block[] => {
    const own = links[order];
    const label = texts.proposal.option(order + 1);
    return own === undefined ? [] : [time(label, each), action(texts.proposal.approveOption(label), link(own, letter))];
  });
  return [
    ...quote(texts.proposal.note(other), proposed.note),
    ...options,
    time(texts.labels.now, letter.room, 'aside'),
  ];
}

/** Without the note: it would show the proposer which part of their text was removed as the other party's address. */
export function proposalSent(draft: Draft, { proposed, undone, insteadOf }: MatterOf<'proposal-sent'>): Body {
  const { letter, texts, other } = draft;
  return {
    subject: texts.proposalSent.subject(letter.room.title),
    heading: texts.proposalSent.heading,
    blocks: [
      text(texts.proposalSent.intro(other)),
      ...endedApproval(draft, texts.proposalSent.undone(other), undone),
      ...bothTimes(draft, proposed),
      ...(insteadOf === null ? [] : [text(texts.proposalSent.instead(other)), ...declinedTimes(draft, insteadOf)]),
      ...rescheduleLink(draft, 'pending'),
    ],
  };
}

/** For both: an approval that was given and ended before it took effect. */
const endedApproval = ({ texts, time }: Draft, words: string, undone: Times | null): Block[] =>
  undone === null ? [] : [text(words), time(texts.labels.earlier, undone, 'gone')];

export function proposalDeclined(draft: Draft, { proposed, byParty, why }: MatterOf<'proposal-declined'>): Body {
  const { letter, texts, other } = draft;
  const { subject, heading, byOther, byNobody, stays } = texts.proposalDeclined;
  return {
    subject: subject(letter.room.title),
    heading,
    blocks: [
      text(sentences(draft.language, byParty ? byOther(other) : refusedWords(byNobody, why), stays)),
      ...bothTimes(draft, proposed),
      ...rescheduleLink(draft, 'again'),
    ],
  };
}

export function proposalExpired(draft: Draft, { proposed, lapsed, otherChanged }: MatterOf<'proposal-expired'>): Body {
  const { letter, texts, other } = draft;
  const { subject, heading, stays } = texts.proposalExpired;
  const ended = otherChanged ? texts.proposalExpired.otherChanged(other) : texts.proposalExpired.lapsed;
  const why = lapsed ? ended : texts.proposalExpired.unanswered(other);
  return {
    subject: subject(letter.room.title),
    heading,
    blocks: [
      text(sentences(draft.language, why, stays)),
      ...bothTimes(draft, proposed),
      ...rescheduleLink(draft, 'again'),
    ],
  };
}

/** All that was asked for, and what is decided. */
const bothTimes = ({ time, texts, letter }: Draft, proposed: Times & { alternatives: Times[] }): Block[] => [
  ...[proposed, ...proposed.alternatives].map((each) => time(texts.labels.proposed, each)),
  time(texts.labels.now, letter.room, 'aside'),
];
