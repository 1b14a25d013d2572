// Swedish: what the calendar entry of an invitation says.
// Used by letters.ts here; the type names every text that must be here.
import type { InvitationWords } from '../letter-texts';

const your = { host: 'din värd', guest: 'din gäst' } as const;

export const invitation: InvitationWords = {
  howToAnswer: 'Svara ja eller nej med knapparna i din kalender eller ditt e-postprogram.',
  organizerWrites: (reason) => `Arrangören skriver: ${reason}`,
  join: 'Delta online',
  askNewTime: (other) =>
    `Passar inte tiden? Öppna den här länken och föreslå en annan; vi frågar ${your[other]}, ingen inloggning behövs:`,
};
