// Dutch: the texts of an invitation's calendar entry.
// Used by letters.ts here; the type names every text that must be here.
import type { InvitationWords } from '../letter-texts';

const uw = { host: 'uw host', guest: 'uw gast' } as const;

export const invitation: InvitationWords = {
  howToAnswer: 'Accepteer of weiger met de knoppen van uw agenda of e-mailprogramma.',
  organizerWrites: (reason) => `Bericht van de organisatie: ${reason}`,
  join: 'Online deelnemen',
  askNewTime: (other) =>
    `Komt de tijd u niet uit? Open deze link en stel een andere voor; wij vragen het aan ${uw[other]}, inloggen is niet nodig:`,
};
