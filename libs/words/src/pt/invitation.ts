// Portuguese: the texts of an invitation's calendar entry.
// Used by letters.ts here; the type names every text that must be here.
import type { InvitationWords } from '../letter-texts';

const to = { host: 'à pessoa anfitriã', guest: 'à pessoa convidada' } as const;

export const invitation: InvitationWords = {
  howToAnswer: 'Aceite ou recuse com os botões do seu calendário ou programa de e-mail.',
  organizerWrites: (reason) => `Mensagem da organização: ${reason}`,
  join: 'Participar online',
  askNewTime: (other) =>
    `O horário não lhe convém? Abra este link e proponha outro; perguntaremos ${to[other]}, não é preciso iniciar sessão:`,
};
