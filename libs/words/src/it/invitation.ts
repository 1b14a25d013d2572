// Italian: the texts of an invitation's calendar entry.
// Used by letters.ts here; the type names every text that must be here.
import type { InvitationWords } from '../letter-texts';

const to = { host: 'alla persona ospitante', guest: 'alla persona invitata' } as const;

export const invitation: InvitationWords = {
  howToAnswer: 'Accetti o rifiuti con i pulsanti del suo calendario o del suo programma di posta.',
  organizerWrites: (reason) => `Messaggio dell’organizzazione: ${reason}`,
  join: 'Partecipa online',
  askNewTime: (other) =>
    `L’orario non le va bene? Apra questo link e ne proponga un altro; lo chiederemo ${to[other]}, non è necessario accedere:`,
};
