// English: what the calendar entry of an invitation says.
// Used by letters.ts here; the type names every text that must be here.
import type { InvitationWords } from '../letter-texts';

const your = { host: 'your host', guest: 'your guest' } as const;
export const invitation: InvitationWords = {
  howToAnswer: 'Please accept or decline with the buttons of your calendar or mail program.',
  organizerWrites: (reason) => `The organizer writes: ${reason}`,
  join: 'Join online',
  askNewTime: (other) =>
    `Does the time not suit you? Open this link and propose another one; ${your[other]} is asked, no login is needed:`,
};
