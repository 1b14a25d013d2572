// Spanish: the texts of an invitation's calendar entry.
// Used by letters.ts here; the type names every text that must be here.
import type { InvitationWords } from '../letter-texts';

const to = { host: 'a la persona anfitriona', guest: 'a la persona invitada' } as const;

export const invitation: InvitationWords = {
  howToAnswer: 'Acepte o rechace con los botones de su calendario o de su programa de correo.',
  organizerWrites: (reason) => `Mensaje de la organización: ${reason}`,
  join: 'Participar en línea',
  askNewTime: (other) =>
    `¿No le conviene la hora? Abra este enlace y proponga otra; preguntaremos ${to[other]}, no hace falta iniciar sesión:`,
};
