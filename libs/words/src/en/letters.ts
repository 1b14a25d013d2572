// English: every text of the letters.
// Used by letters.ts; the type names every text that must be here.
import { fixedSubjects, type InvitationWords, type LetterTexts } from '../letter-texts';

const your = { host: 'your host', guest: 'your guest' } as const;
const Your = { host: 'Your host', guest: 'Your guest' } as const;

const changedWords = { title: 'the title', location: 'the place', videoUrl: 'the online link' } as const;
const list = (words: string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** What the calendar entry of an invitation says; letters say it too. */
const invitation: InvitationWords = {
  howToAnswer: 'Please accept or decline with the buttons of your calendar or mail program.',
  organizerWrites: (reason) => `The organizer writes: ${reason}`,
  join: 'Join online',
  askNewTime: (other) =>
    `Does the time not suit you? Open this link and propose another one; ${your[other]} is asked, no login is needed:`,
};

export const letters: LetterTexts = {
  invitation,
  subjects: fixedSubjects,
  until: 'to',
  labels: {
    when: 'When',
    now: 'Current time of the session',
    before: 'Before',
    earlier: 'Earlier request',
    declined: 'Declined',
    proposed: 'Proposed',
    newTime: 'New time',
    where: 'Where',
    join: invitation.join,
  },
  invite: {
    heading: 'You are invited',
    intro: (other) => `This is the invitation to your session with ${your[other]}.`,
  },
  update: {
    heading: 'The time has changed',
    intro: (other) => `Your session with ${your[other]} has a new time. Please answer again for the new time.`,
    approvedByYou: (other) =>
      `You approved the new time of your session with ${your[other]}; please accept the new time in your calendar.`,
    approvedByOther: (other) =>
      `${Your[other]} approved the new time that you proposed; please accept the new time in your calendar.`,
    unchanged: (other) => `This is the current state of your session with ${your[other]}.`,
    changedHeading: 'The session has changed',
    changed: (other, what) =>
      `Your session with ${your[other]} has changed: ${list(what.map((each) => changedWords[each]))}.`,
    titleBefore: 'Title before',
    whereBefore: 'Place before',
    requestClosed: 'Your request for a new time is closed by this change.',
  },
  organizerWrites: invitation.organizerWrites,
  cancel: {
    heading: 'The session is cancelled',
    intro: (other) => `Your session with ${your[other]} will not take place.`,
    declinedByYou: 'You declined the invitation, so the session is cancelled for both of you.',
    declinedByOther: (other) => `${Your[other]} declined the invitation, so the session is cancelled.`,
    description: 'This session was cancelled.',
    withdrawn: 'The organizer has withdrawn your invitation to this session.',
  },
  proposal: {
    heading: (other) => `${Your[other]} asks for a new time`,
    intro: (other) =>
      `${Your[other]} would like to move your session. If you approve, both calendars are updated. If you decline, nothing changes.`,
    undone: (other) =>
      `You had approved an earlier request. ${Your[other]} has asked for another time since, so your approval did not take effect.`,
    note: (other) => `${Your[other]} wrote`,
    approve: 'Approve the new time',
    decline: 'Decline, keep the current time',
    introSeveral: (other) =>
      `${Your[other]} would like to move your session and offers several times. If you approve one, both calendars are updated. If you decline, nothing changes.`,
    option: (number) => `Time ${number}`,
    approveOption: (option) => `Approve: ${option}`,
    declineAll: 'Decline all, keep the current time',
    validUntil: (moment) => `You can decide until ${moment}.`,
    instead: {
      heading: (other) => `${Your[other]} suggests another time`,
      intro: (other) =>
        `${Your[other]} cannot make the time that you proposed and suggests another one. If you approve it, both calendars are updated. If you decline, nothing changes.`,
      introSeveral: (other) =>
        `${Your[other]} cannot make the time that you proposed and suggests others. If you approve one, both calendars are updated. If you decline, nothing changes.`,
    },
    suggest: {
      ask: 'To suggest another time instead, open this link; when you send it, this request is declined:',
      button: 'Suggest another time',
    },
  },
  proposalSent: {
    subject: (title) => `New time requested for ${title}`,
    heading: 'Your request was sent',
    intro: (other) =>
      `We asked ${your[other]} about the new time. The session stays at its current time until the answer is yes.`,
    undone: (other) =>
      `${Your[other]} had approved your earlier request. Your new request replaced it, so that approval did not take effect.`,
    instead: (other) => `With it you have declined what ${your[other]} had asked for.`,
  },
  proposalDeclined: {
    subject: (title) => `New time declined for ${title}`,
    heading: 'The new time was declined',
    byOther: (other) => `${Your[other]} cannot make the time that you proposed.`,
    byNobody: {
      unfit:
        'The time that you proposed could not be taken up: it has passed or has no length, or the session has begun.',
      stale:
        'The time that you proposed could not be taken up: the session has been moved since the invitation that you answered.',
      notAllowed: 'The time that you proposed could not be taken up: new times cannot be proposed for this session.',
    },
    stays: 'The session stays at its current time.',
  },
  proposalExpired: {
    subject: (title) => `No answer yet about the new time for ${title}`,
    heading: 'Your request has expired',
    unanswered: (other) => `${Your[other]} did not answer your request for a new time.`,
    lapsed: 'Your request for a new time no longer fits the session and has lapsed.',
    otherChanged: (other) => `${Your[other]} has changed, so your request for a new time is closed.`,
    stays: 'The session stays at its current time.',
  },
  freshLink: {
    subject: (title) => `Your link for ${title}`,
    heading: 'Here is your new link',
    intro: 'You asked for a new link. Earlier links may no longer work.',
  },
  claims: {
    accepted: 'You accept',
    declined: 'You decline',
    tentative: 'You might come',
    newTime: 'You propose another time',
  },
  unconfirmedAnswer: {
    subject: (title) => `Please confirm your answer for ${title}`,
    heading: 'Was this your answer?',
    intro:
      'A mail with your answer to this session reached us, but we cannot be sure that it came from you. So far it has changed nothing.',
    says: 'The answer says',
    ask: 'If it was yours, open this link and confirm it there:',
    button: 'Look at the answer',
    otherwise: 'If you did not write it, there is nothing to do.',
  },
  textAnswer: {
    subject: (title) => `About your message on ${title}`,
    heading: 'We received your message',
    intro: (other) =>
      `This mailbox is read by a program: your words were not passed on to ${your[other]}, and nothing was changed.`,
    unreadable: {
      encrypted: (other) =>
        `Your mail is encrypted, and we cannot read it. Nothing was changed, and nothing was passed on to ${your[other]}. Please answer without encryption, or use the link below.`,
      time: (other) =>
        `Your calendar proposed a new time, but we could not tell which time it means. Nothing was changed, and nothing was passed on to ${your[other]}. Please choose the time with the link below.`,
    },
    askTime: 'If you would like the proposed time, open this link; the form is filled in with it already:',
    askNoTime: 'If you would like another time, open this link and ask for it:',
    confirm: {
      accepted: 'To accept the session, open this link and confirm it there:',
      tentative: 'To answer maybe, open this link and confirm it there:',
      declined: 'To decline the session, open this link and confirm it there:',
      declinedForBoth: 'To decline and cancel the session for both, open this link and confirm it there:',
    },
    buttons: {
      time: 'Ask for this time',
      noTime: 'Request new time',
      accepted: 'Accept the session',
      tentative: 'Answer maybe',
      declined: 'Decline the session',
    },
  },
  howToAnswer: invitation.howToAnswer,
  answerLink: {
    invited: 'No such buttons? Open this link to accept, say maybe, decline or ask for another time:',
    text: 'To accept, say maybe or decline instead, open this link:',
    button: 'Answer here',
  },
  reschedule: {
    ask: {
      invited: invitation.askNewTime,
      pending: () => 'To ask for yet another time, open this link; the newer request replaces this one:',
      again: (other) => `To propose another time, open this link; ${your[other]} is asked, no login is needed:`,
    },
    button: 'Request new time',
  },
  colon: ':',
  buttonTrouble: 'Button not working? These are the links:',
  linksAreYours: 'The links in this mail are yours alone, please do not forward it.',
  privacy: (other) => `Neither you nor ${your[other]} sees the other's address.`,
};
