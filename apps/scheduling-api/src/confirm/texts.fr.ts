// French: what the pages about an unconfirmed answer say.
// Used by texts.ts; the type names every text that must be here.
import type { ConfirmTexts } from './confirm-texts';

const votre = { host: 'votre hôte', guest: 'la personne invitée' } as const;

export const fr: ConfirmTexts = {
  heading: 'Cette réponse est-elle de vous\u00a0?',
  body: 'Rien n’a changé pour l’instant. Ne confirmez la réponse que si elle est de vous.',
  claims: {
    accepted: () => 'Vous acceptez ce rendez-vous.',
    declined: () => 'Vous déclinez ce rendez-vous.',
    tentative: () => 'Vous viendrez peut-être à ce rendez-vous.',
    'new-time': (other) =>
      `Vous proposez un autre horaire. Nous poserons la question à ${votre[other]}\u00a0; rien ne change sans son accord.`,
  },
  yes: {
    accepted: 'Oui, j’accepte',
    declined: 'Oui, je décline',
    tentative: 'Oui, je viendrai peut-être',
    'new-time': 'Oui, demander cet horaire',
  },
  no: 'Non, ne rien changer',
  done: {
    accepted: { heading: 'Vous avez accepté', body: () => 'Merci. Le rendez-vous aura lieu comme prévu.' },
    declined: { heading: 'Vous avez décliné', body: () => 'Votre réponse a été enregistrée.' },
    tentative: { heading: 'Votre réponse est enregistrée', body: () => 'Le rendez-vous est maintenu.' },
    'new-time': {
      heading: 'Votre demande a été envoyée',
      body: (other) =>
        `Nous demandons à ${votre[other]} si le nouvel horaire convient. Le rendez-vous ne change pas sans son accord.`,
    },
  },
  dropped: { heading: 'Rien n’a été modifié', body: 'La réponse qui n’était pas de vous est écartée.' },
  overtaken: {
    heading: 'Cette réponse n’est plus d’actualité',
    body: 'Le rendez-vous a été modifié, ou vous avez répondu depuis. Cette réponse n’a rien changé.',
  },
  used: {
    heading: 'Vous avez déjà répondu',
    body: 'Vous avez déjà répondu à cette question\u00a0; rien n’a changé à l’instant.',
  },
};
