// Polish: what the calendar entry of an invitation says.
// Used by letters.ts here; the type names every text that must be here.
import type { InvitationWords } from '../letter-texts';

const gen = { host: 'gospodarza', guest: 'gościa' } as const;

export const invitation: InvitationWords = {
  howToAnswer: 'Prosimy przyjąć lub odrzucić zaproszenie przyciskami w kalendarzu lub programie pocztowym.',
  organizerWrites: (reason) => `Organizator pisze: ${reason}`,
  join: 'Dołącz online',
  askNewTime: (other) =>
    `Termin nie pasuje? Prosimy otworzyć ten link i zaproponować inny; zapytamy ${gen[other]}, logowanie nie jest potrzebne:`,
};
