// French: the texts of an invitation's calendar entry.
// Used by letters.ts here; the type names every text that must be here.
import type { InvitationWords } from '../letter-texts';

const to = { host: 'à votre hôte', guest: 'à la personne invitée' } as const;

export const invitation: InvitationWords = {
  howToAnswer: 'Veuillez accepter ou décliner avec les boutons de votre calendrier ou de votre messagerie.',
  organizerWrites: (reason) => `L’organisation écrit\u00a0: ${reason}`,
  join: 'Participer en ligne',
  askNewTime: (other) =>
    `L’horaire ne vous convient pas\u00a0? Ouvrez ce lien pour en proposer un autre\u00a0; nous poserons la question ${to[other]}, vous n’avez pas à vous identifier\u00a0:`,
};
