// English: what the pages about an unconfirmed answer say.
// Used by texts.ts; the type names every text that must be here.
import type { ConfirmTexts } from './confirm-texts';

const your = { host: 'your host', guest: 'your guest' } as const;
const Your = { host: 'Your host', guest: 'Your guest' } as const;

export const en: ConfirmTexts = {
  heading: 'Is this your answer?',
  body: 'Nothing has changed so far. Confirm the answer only if it is yours.',
  claims: {
    accepted: () => 'You accept this session.',
    declined: () => 'You decline this session.',
    tentative: () => 'You might come to this session.',
    'new-time': (other) => `You propose another time. ${Your[other]} is asked; nothing moves before the answer is yes.`,
  },
  yes: {
    accepted: 'Yes, I accept',
    declined: 'Yes, I decline',
    tentative: 'Yes, I might come',
    'new-time': 'Yes, ask for this time',
  },
  no: 'No, leave everything as it is',
  done: {
    accepted: { heading: 'You have accepted', body: () => 'Thank you. The session takes place as planned.' },
    declined: { heading: 'You have declined', body: () => 'Your answer was recorded.' },
    tentative: { heading: 'Your answer is recorded', body: () => 'The session stays as planned.' },
    'new-time': {
      heading: 'Your request was sent',
      body: (other) =>
        `We ask ${your[other]} about the new time. The session stays where it is until the answer is yes.`,
    },
  },
  dropped: { heading: 'Nothing was changed', body: 'The answer that was not yours is set aside.' },
  overtaken: {
    heading: 'This answer no longer fits',
    body: 'The session was changed, or you have answered since. Nothing was changed by this answer.',
  },
  used: {
    heading: 'This was already answered',
    body: 'You have answered this question before; nothing was changed just now.',
  },
};
