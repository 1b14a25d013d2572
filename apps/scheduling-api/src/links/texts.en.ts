// English: everything that pages say.
// Used by languages.ts; the type names every text that must be here.
import type { Texts } from './texts';

const your = { host: 'your host', guest: 'your guest' } as const;
const Your = { host: 'Your host', guest: 'Your guest' } as const;

const length = (minutes: number): string => {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const written = hours === 0 ? '' : hours === 1 ? '1 hour' : `${hours} hours`;
  const short = rest === 0 ? '' : rest === 1 ? '1 minute' : `${rest} minutes`;
  return [written, short].filter((each) => each !== '').join(' ') || '0 minutes';
};

export const en: Texts = {
  until: 'to',
  or: (times) => new Intl.ListFormat('en', { type: 'disjunction' }).format(times),
  labels: {
    now: 'Current time of the session',
    wasPlanned: 'Was planned for',
    proposed: 'Proposed time',
    newTime: 'New time',
    asked: 'Requested time',
    notAgreed: 'Proposed, not agreed',
  },
  elsewhere: 'In other time zones',
  addToCalendar: 'Add to calendar',
  footer: (other) =>
    `This page is yours alone, please do not share its link. Neither you nor ${your[other]} sees the other's address.`,
  form: {
    heading: 'Request a new time',
    intro: (other) =>
      `Choose a time that suits you. We ask ${your[other]}; the session stays where it is until the answer is yes.`,
    likely: 'Quick choices',
    newTime: 'New time',
    date: 'Date',
    start: 'Start',
    length: 'Length',
    sameLength: (minutes) => `${minutes}, as now`,
    minutes: length,
    zone: (zone) => `Times are in ${zone}.`,
    otherZone: 'Use another time zone',
    zoneLabel: 'Time zone',
    showZone: 'Use this zone',
    note: (other) => `Message to ${your[other]} (optional)`,
    noteHint: 'Up to 500 characters. Mail addresses are removed.',
    submit: 'Request this time',
    submitSeveral: 'Request these times',
    addTime: 'Add another time',
    otherTime: 'Another time (optional)',
    ownPending: (time) => `You have already asked for ${time}. A new request replaces it.`,
    otherPending: (other, time) => `${Your[other]} has asked for ${time}. You can answer with the links in our mail.`,
    suggestIntro: (other, time) =>
      `${Your[other]} has asked for ${time}. If you send another time, theirs is declined and we ask ${your[other]} about yours; the session stays where it is until the answer is yes.`,
    faults: {
      'bad-date': 'Enter a date.',
      'bad-time': 'Enter a time of day.',
      'skipped-time':
        'The clocks go forward at this hour, so this time does not exist on that day. Choose another one.',
      'repeated-time':
        'The clocks go back at this hour, so this time occurs twice on that day. Choose which one you mean.',
      'bad-length': 'Choose how long the session lasts.',
      'start-in-past': 'This time is in the past. Choose a later one.',
      'end-not-after-start': 'The session must end after it starts.',
      'no-new-time': 'This is the current time of the session. Choose another one.',
      'times-alike': 'This time is listed twice. Choose another one.',
      'too-long': 'The message is longer than 500 characters.',
      'control-character': 'The message contains characters that cannot be shown.',
    },
    whichOne: 'Which one do you mean?',
    first: 'first',
    second: 'second',
    check: 'Please check your request',
  },
  sent: {
    heading: 'Your request is on its way',
    body: (other) => `We ask ${your[other]} by mail. The session stays at its current time until the answer is yes.`,
    wrote: 'You wrote',
    until: (moment) => `The request is open until ${moment}.`,
    instead: (other, time) => `With it you have declined what ${your[other]} had asked for: ${time}.`,
  },
  decision: {
    heading: (other) => `${Your[other]} asks for a new time`,
    body: 'If you approve, both calendars are updated. If you decline, nothing changes.',
    wrote: (other) => `${Your[other]} wrote`,
    approve: 'Approve the new time',
    decline: 'Decline, keep the current time',
    until: (moment) => `You can decide until ${moment}.`,
    bodySeveral: 'Approve one of these times and both calendars are updated. If you decline, nothing changes.',
    option: (number) => `Time ${number}`,
    approveOption: 'Approve this time',
    declineAll: 'Decline all, keep the current time',
    suggest: 'Suggest another time',
    suggested: (other) => ({
      heading: 'You suggested another time',
      body: `With it you have declined what ${your[other]} had asked for.`,
    }),
    instead: (other) => ({
      heading: `${Your[other]} suggests another time`,
      body: `${Your[other]} cannot make the time that you asked for.`,
    }),
    ownOpen: (time) => `Your own request is open too: ${time}. It ends if this one is approved.`,
    undone: 'Undone. Nothing has changed; you can decide again.',
    contested: 'Both links were opened, so nothing was decided. Please choose with a button.',
    buttonsOnly: 'Nothing is decided yet. Please choose with a button.',
    held: {
      approve: () => ({ heading: 'You approve the new time', body: 'Both calendars will be updated by mail.' }),
      decline: (other) => ({
        heading: 'You decline the new time',
        body: `The session stays at its current time and ${your[other]} will be told.`,
      }),
    },
    effective: (seconds) =>
      `Takes effect in about ${seconds === 1 ? '1 second' : `${seconds} seconds`}. You can undo it until then, or simply close this page.`,
    undo: 'Undo',
    approved: {
      heading: 'The new time is agreed',
      body: 'You approved it. Both calendars are updated by mail; please accept the new time in yours.',
    },
    declined: (other) => ({
      heading: 'The new time was declined',
      body: `You declined it, so nothing has changed. We tell ${your[other]}.`,
    }),
    decidedBefore: 'This was decided before; the click just now has changed nothing.',
    nothingHeld: 'There was nothing to undo.',
    lapsedHeading: 'Your decision could not take effect',
    lapsed: {
      'other-approved': 'Another new time was agreed in the meantime.',
      replaced: 'A newer request has replaced this one in the meantime.',
      'room-cancelled': 'The session was cancelled in the meantime.',
      'older-sequence': 'The session was moved in the meantime.',
      'room-moved': 'The organizer has changed the session in the meantime, so this request is closed.',
      'attendee-changed': 'One of the participants has changed in the meantime, so this request is closed.',
      'proposal-expired': 'The proposed time had passed by then.',
    },
  },
  answer: {
    heading: 'Will you take part?',
    body: 'Choose your answer. Nothing is sent until you press a button.',
    soFar: {
      accepted: 'You have accepted. You can still change your answer.',
      tentative: 'You have answered that you might come. You can still change your answer.',
      declined: 'You have declined. You can still change your answer.',
    },
    strict: (other) => `If you decline, the session is cancelled for you and ${your[other]}.`,
    buttons: { accepted: 'Accept', tentative: 'Maybe', declined: 'Decline' },
    note: 'Message to the organizer (optional)',
    noteHint: 'Up to 300 characters. Only the organizer sees it. Mail addresses are removed.',
    faults: { choose: 'Please choose one of the answers.', note: 'The message could not be saved. Please shorten it.' },
    done: {
      accepted: { heading: 'You have accepted', body: 'Thank you. Your answer is recorded.' },
      tentative: { heading: 'You have answered: maybe', body: 'Your answer is recorded.' },
      declined: { heading: 'You have declined', body: 'Your answer is recorded. The session stays as planned.' },
    },
    cancelled: (other) => `You have declined, so the session is cancelled for you and ${your[other]}.`,
    mayChange: 'You can change your answer until the session starts.',
    change: 'Change my answer',
    otherTimeAsk: 'Does the time not suit you?',
    otherTime: 'Request new time',
  },
  notices: {
    used: (other, waiting) => ({
      heading: waiting ? 'Your request was sent' : 'This link was used',
      body: waiting
        ? `We will let you know when ${your[other]} has decided.`
        : 'You have sent a request with it, and each link works once.',
    }),
    expiredLink: { heading: 'This link has expired', body: 'It no longer works, but a fresh one is quickly made.' },
    expiredProposal: (other) => ({
      heading: 'This request has expired',
      body: `The time to answer ${your[other]} is over. The session stays at its current time.`,
    }),
    replaced: (other) => ({
      heading: 'There is a newer request',
      body: `${Your[other]} has asked for another time since. Please use the links in our newest mail.`,
    }),
    older: {
      heading: 'The session has since been moved',
      body: 'This request was made for an earlier time of the session and can no longer be answered.',
    },
    optionPassed: {
      heading: 'This time has passed',
      body: 'It can no longer be approved. The session stays at its current time.',
    },
    answerOutdated: {
      heading: 'The session has since been moved',
      body: 'This link was made for an earlier time of the session. Please use the link in our newest mail.',
    },
    answerTooLate: { heading: 'The session has started', body: 'This link can no longer answer the invitation.' },
    cancelled: {
      heading: 'The session is cancelled',
      body: 'It will not take place, so there is nothing left to decide.',
    },
    cancelledSince: 'The session has since been cancelled.',
    started: { heading: 'The session has started', body: 'Its time can no longer be changed.' },
    notAllowed: {
      heading: 'The time is fixed',
      body: 'You cannot propose another time for this session. You can still accept or decline the invitation in your calendar.',
    },
    own: (other) => ({ heading: 'This is your own request', body: `Only ${your[other]} can approve or decline it.` }),
    notBooked: { heading: 'Nobody has booked yet', body: 'There is nobody to ask for a new time.' },
    former: {
      heading: 'This link has expired',
      body: 'This invitation was withdrawn. There is nothing left to do.',
    },
    unknown: {
      heading: 'This link does not work',
      body: 'Please check that you have opened the whole link from our mail; mail programs sometimes cut it in two. If it still does not work, answer our mail with a few words: we will send you a new link.',
    },
    nowhere: {
      heading: 'There is nothing at this address',
      body: 'Please open the link from our mail again, the whole of it. If it still does not work, answer our mail with a few words: we will send you a new link.',
    },
    crossSite: {
      heading: 'Please open the link from our mail',
      body: 'This request came from another website, so nothing was changed.',
    },
    tooMany: {
      heading: 'One moment, please',
      body: 'There were too many requests just now. Please open the link again in a minute.',
    },
    tooManyProposals: (until) => ({
      heading: 'No more requests for now',
      body: `You have asked for as many new times as are possible in a day. You can ask again from ${until}.`,
    }),
    mailLimit: (other, until) => ({
      heading: 'No more requests for now',
      body: `${Your[other]} has already had as many mails about this session as are possible for now, so your request was not sent. You can ask again from ${until}.`,
    }),
    trouble: { heading: 'Something went wrong', body: 'Nothing was changed. Please try again in a moment.' },
  },
  fresh: {
    ask: 'Would you like to propose a time? We mail a fresh link to the address that this one was made for.',
    button: 'Request new time',
    done: {
      heading: 'Check your mailbox',
      body: 'A fresh link goes to the address that this one was made for. It can take a minute. If you have just asked, or asked often today, please use the mail that you already have.',
    },
  },
};
