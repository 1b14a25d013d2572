// French: every text of the letters.
// Used by letters.ts; the type names every text that must be here.
import type { InvitationWords, LetterTexts } from '../letter-texts';

// "Hôte" is either gender, and "la personne invitée" agrees with nobody in particular.
const votre = { host: 'votre hôte', guest: 'la personne invitée' } as const;
const Votre = { host: 'Votre hôte', guest: 'La personne invitée' } as const;
const to = { host: 'à votre hôte', guest: 'à la personne invitée' } as const;

const changedWords = { title: 'le titre', location: 'le lieu', videoUrl: 'le lien en ligne' } as const;
const list = (words: string[]): string => new Intl.ListFormat('fr').format(words);

/** What the calendar entry of an invitation says; letters say it too. */
const invitation: InvitationWords = {
  howToAnswer: 'Veuillez accepter ou décliner avec les boutons de votre calendrier ou de votre messagerie.',
  organizerWrites: (reason) => `L’organisation écrit\u00a0: ${reason}`,
  join: 'Participer en ligne',
  askNewTime: (other) =>
    `L’horaire ne vous convient pas\u00a0? Ouvrez ce lien pour en proposer un autre\u00a0; nous poserons la question ${to[other]}, vous n’avez pas à vous identifier\u00a0:`,
};

export const letters: LetterTexts = {
  invitation,
  subjects: {
    invite: (title) => `${title} — Invitation au rendez-vous`,
    update: (title) => `${title} — Nouvel horaire`,
    cancel: (title) => `${title} — Annulation`,
    proposal: (title) => `Accepter le nouvel horaire pour ${title}\u00a0?`,
  },
  until: 'à',
  labels: {
    when: 'Quand',
    now: 'Horaire actuel du rendez-vous',
    before: 'Auparavant',
    earlier: 'Demande précédente',
    declined: 'Refusé',
    proposed: 'Horaire proposé',
    newTime: 'Nouvel horaire',
    where: 'Lieu',
    join: invitation.join,
  },
  invite: {
    heading: 'Vous avez reçu une invitation',
    intro: (other) => `Voici l’invitation à votre rendez-vous avec ${votre[other]}.`,
  },
  update: {
    heading: 'L’horaire a changé',
    intro: (other) =>
      `Votre rendez-vous avec ${votre[other]} a un nouvel horaire. Veuillez répondre à nouveau pour ce nouvel horaire.`,
    approvedByYou: (other) =>
      `Vous avez accepté le nouvel horaire de votre rendez-vous avec ${votre[other]}\u00a0; veuillez aussi accepter ce nouvel horaire dans votre calendrier.`,
    approvedByOther: (other) =>
      `${Votre[other]} a accepté l’horaire que vous avez proposé\u00a0; veuillez accepter ce nouvel horaire dans votre calendrier.`,
    unchanged: (other) => `Voici l’état actuel de votre rendez-vous avec ${votre[other]}.`,
    changedHeading: 'Le rendez-vous a changé',
    changed: (other, what) =>
      `Votre rendez-vous avec ${votre[other]} a changé\u00a0: ${list(what.map((each) => changedWords[each]))}.`,
    titleBefore: 'Ancien titre',
    whereBefore: 'Ancien lieu',
    requestClosed: 'Ce changement met fin à votre demande de nouvel horaire.',
  },
  organizerWrites: invitation.organizerWrites,
  cancel: {
    heading: 'Le rendez-vous est annulé',
    intro: (other) => `Votre rendez-vous avec ${votre[other]} n’aura pas lieu.`,
    declinedByYou: 'Vous avez décliné l’invitation\u00a0; le rendez-vous est donc annulé pour vous deux.',
    declinedByOther: (other) => `${Votre[other]} a décliné l’invitation\u00a0; le rendez-vous est donc annulé.`,
    description: 'Ce rendez-vous a été annulé.',
    withdrawn: 'L’organisation a retiré votre invitation à ce rendez-vous.',
  },
  proposal: {
    heading: (other) => `${Votre[other]} demande un nouvel horaire`,
    intro: (other) =>
      `${Votre[other]} souhaite déplacer votre rendez-vous. Si vous acceptez, les deux calendriers seront mis à jour. Si vous refusez, rien ne change.`,
    undone: (other) =>
      `Vous aviez accepté une demande précédente. ${Votre[other]} a demandé un autre horaire depuis\u00a0; votre accord n’a donc pas pris effet.`,
    note: (other) => `Message de ${votre[other]}`,
    approve: 'Accepter le nouvel horaire',
    decline: 'Refuser et garder l’horaire actuel',
    introSeveral: (other) =>
      `${Votre[other]} souhaite déplacer votre rendez-vous et propose plusieurs horaires. Si vous en acceptez un, les deux calendriers seront mis à jour. Si vous refusez, rien ne change.`,
    option: (number) => `Horaire ${number}`,
    approveOption: (option) => `Accepter\u00a0: ${option}`,
    declineAll: 'Tout refuser et garder l’horaire actuel',
    validUntil: (moment) => `Vous pouvez décider jusqu’au ${moment}.`,
    instead: {
      heading: (other) => `${Votre[other]} propose un autre horaire`,
      intro: (other) =>
        `L’horaire que vous avez proposé ne convient pas à ${votre[other]}, qui en propose un autre. Si vous l’acceptez, les deux calendriers seront mis à jour. Si vous refusez, rien ne change.`,
      introSeveral: (other) =>
        `L’horaire que vous avez proposé ne convient pas à ${votre[other]}, qui en propose d’autres. Si vous en acceptez un, les deux calendriers seront mis à jour. Si vous refusez, rien ne change.`,
    },
    suggest: {
      ask: 'Pour proposer plutôt un autre horaire, ouvrez ce lien\u00a0; dès que vous aurez envoyé votre proposition, cette demande sera refusée\u00a0:',
      button: 'Proposer un autre horaire',
    },
  },
  proposalSent: {
    subject: (title) => `Nouvel horaire demandé pour ${title}`,
    heading: 'Votre demande a été envoyée',
    intro: (other) =>
      `Nous avons transmis votre demande de nouvel horaire. Le rendez-vous garde son horaire actuel tant que ${votre[other]} n’a pas accepté.`,
    undone: (other) =>
      `${Votre[other]} avait accepté votre demande précédente. Votre nouvelle demande l’a remplacée\u00a0; cet accord n’a donc pas pris effet.`,
    instead: (other) => `Vous avez ainsi refusé ce que ${votre[other]} avait demandé.`,
  },
  proposalDeclined: {
    subject: (title) => `Nouvel horaire refusé pour ${title}`,
    heading: 'Le nouvel horaire a été refusé',
    byOther: (other) => `L’horaire que vous avez proposé ne convient pas à ${votre[other]}.`,
    byNobody: {
      unfit:
        'L’horaire que vous avez proposé n’a pas pu être retenu\u00a0: il est passé ou n’a pas de durée, ou le rendez-vous a commencé.',
      stale:
        'L’horaire que vous avez proposé n’a pas pu être retenu\u00a0: le rendez-vous a été déplacé depuis l’invitation à laquelle vous avez répondu.',
      notAllowed:
        'L’horaire que vous avez proposé n’a pas pu être retenu\u00a0: il n’est pas possible de proposer un autre horaire pour ce rendez-vous.',
    },
    stays: 'Le rendez-vous garde son horaire actuel.',
  },
  proposalExpired: {
    subject: (title) => `Pas encore de réponse sur le nouvel horaire pour ${title}`,
    heading: 'Votre demande a expiré',
    unanswered: (other) => `${Votre[other]} n’a pas répondu à votre demande de nouvel horaire.`,
    lapsed: 'Votre demande de nouvel horaire ne correspond plus au rendez-vous et n’est plus valable.',
    otherChanged: () =>
      'La personne qui participe avec vous a changé\u00a0; votre demande de nouvel horaire est donc close.',
    stays: 'Le rendez-vous garde son horaire actuel.',
  },
  freshLink: {
    subject: (title) => `Votre lien pour ${title}`,
    heading: 'Voici votre nouveau lien',
    intro: 'Vous avez demandé un nouveau lien. Les liens précédents ne fonctionnent peut-être plus.',
  },
  claims: {
    accepted: 'Vous acceptez',
    declined: 'Vous déclinez',
    tentative: 'Vous viendrez peut-être',
    newTime: 'Vous proposez un autre horaire',
  },
  unconfirmedAnswer: {
    subject: (title) => `Veuillez confirmer votre réponse pour ${title}`,
    heading: 'Cette réponse est-elle de vous\u00a0?',
    intro:
      'Nous avons reçu un e-mail contenant votre réponse pour ce rendez-vous, mais nous n’avons pas la certitude qu’il vienne de vous. Il n’a rien changé pour l’instant.',
    says: 'La réponse indique',
    ask: 'Si elle est de vous, ouvrez ce lien et confirmez-la\u00a0:',
    button: 'Voir la réponse',
    otherwise: 'Si vous ne l’avez pas écrite, vous n’avez rien à faire.',
  },
  textAnswer: {
    subject: (title) => `À propos de votre message sur ${title}`,
    heading: 'Nous avons bien reçu votre message',
    intro: (other) =>
      `Cette boîte e-mail est lue par un programme\u00a0: votre message n’a pas été transmis à ${votre[other]} et rien n’a changé.`,
    unreadable: {
      encrypted: (other) =>
        `Votre e-mail est chiffré et nous ne pouvons pas le lire. Rien n’a changé et rien n’a été transmis à ${votre[other]}. Veuillez répondre sans chiffrement ou utiliser le lien ci-dessous.`,
      time: (other) =>
        `Votre calendrier a proposé un nouvel horaire, mais nous n’avons pas pu déterminer lequel. Rien n’a changé et rien n’a été transmis à ${votre[other]}. Veuillez choisir l’horaire avec le lien ci-dessous.`,
    },
    askTime: 'Si vous souhaitez l’horaire proposé, ouvrez ce lien\u00a0; le formulaire est déjà rempli\u00a0:',
    askNoTime: 'Si vous souhaitez un autre horaire, ouvrez ce lien pour le demander\u00a0:',
    confirm: {
      accepted: 'Pour accepter le rendez-vous, ouvrez ce lien et confirmez votre réponse\u00a0:',
      tentative: 'Pour répondre que vous viendrez peut-être, ouvrez ce lien et confirmez votre réponse\u00a0:',
      declined: 'Pour décliner le rendez-vous, ouvrez ce lien et confirmez votre réponse\u00a0:',
      declinedForBoth:
        'Pour décliner et annuler le rendez-vous pour vous deux, ouvrez ce lien et confirmez votre réponse\u00a0:',
    },
    buttons: {
      time: 'Demander cet horaire',
      noTime: 'Demander un nouvel horaire',
      accepted: 'Accepter le rendez-vous',
      tentative: 'Répondre «\u00a0peut-être\u00a0»',
      declined: 'Décliner le rendez-vous',
    },
  },
  howToAnswer: invitation.howToAnswer,
  answerLink: {
    invited:
      'Vous ne voyez pas ces boutons\u00a0? Ouvrez ce lien pour accepter, répondre «\u00a0peut-être\u00a0», décliner ou demander un autre horaire\u00a0:',
    text: 'Pour accepter, répondre «\u00a0peut-être\u00a0» ou décliner, ouvrez plutôt ce lien\u00a0:',
    button: 'Répondre ici',
  },
  reschedule: {
    ask: {
      invited: invitation.askNewTime,
      pending: () =>
        'Pour demander encore un autre horaire, ouvrez ce lien\u00a0; la nouvelle demande remplacera celle-ci\u00a0:',
      again: (other) =>
        `Pour proposer un autre horaire, ouvrez ce lien\u00a0; nous poserons la question à ${votre[other]}, vous n’avez pas à vous identifier\u00a0:`,
    },
    button: 'Demander un nouvel horaire',
  },
  colon: '\u00a0:',
  buttonTrouble: 'Un bouton ne fonctionne pas\u00a0? Voici les liens\u00a0:',
  linksAreYours: 'Les liens de cet e-mail vous sont réservés, merci de ne pas le transférer.',
  privacy: (other) => `Ni vous ni ${votre[other]} ne voyez l’adresse e-mail de l’autre.`,
};
