// German: what the calendar entry of an invitation says.
// Used by letters.ts here; the type names every text that must be here.
import type { InvitationWords } from '../letter-texts';

const akkusativ = { host: 'Ihren Gastgeber', guest: 'Ihren Gast' } as const;
export const invitation: InvitationWords = {
  howToAnswer: 'Bitte sagen Sie mit den Schaltflächen Ihres Kalender- oder Mailprogramms zu oder ab.',
  organizerWrites: (reason) => `Der Veranstalter schreibt: ${reason}`,
  join: 'Online teilnehmen',
  askNewTime: (other) =>
    `Passt die Zeit nicht? Öffnen Sie diesen Link und schlagen Sie eine andere vor; wir fragen ${akkusativ[other]}, eine Anmeldung ist nicht nötig:`,
};
