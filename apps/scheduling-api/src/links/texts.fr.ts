// French: everything that pages say.
// Used by languages.ts; the type names every text that must be here.
import type { Texts } from './texts';

// "Hôte" is either gender, and "la personne invitée" agrees with nobody in particular.
const votre = { host: 'votre hôte', guest: 'la personne invitée' } as const;
const Votre = { host: 'Votre hôte', guest: 'La personne invitée' } as const;

// French counts nought as singular.
const length = (minutes: number): string => {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const written = hours === 0 ? '' : hours === 1 ? '1 heure' : `${hours} heures`;
  const short = rest === 0 ? '' : rest === 1 ? '1 minute' : `${rest} minutes`;
  return [written, short].filter((each) => each !== '').join(' ') || '0 minute';
};

export const fr: Texts = {
  until: 'à',
  or: (times) => new Intl.ListFormat('fr', { type: 'disjunction' }).format(times),
  labels: {
    now: 'Horaire actuel du rendez-vous',
    wasPlanned: 'Était prévu',
    proposed: 'Horaire proposé',
    newTime: 'Nouvel horaire',
    asked: 'Horaire demandé',
    notAgreed: 'Proposé, pas convenu',
  },
  elsewhere: 'Dans d’autres fuseaux horaires',
  addToCalendar: 'Ajouter au calendrier',
  footer: (other) =>
    `Cette page vous est réservée, merci de ne pas communiquer son lien. Ni vous ni ${votre[other]} ne voyez l’adresse e-mail de l’autre.`,
  form: {
    heading: 'Demander un nouvel horaire',
    intro: (other) =>
      `Choisissez un horaire qui vous convient. Nous poserons la question à ${votre[other]}\u00a0; le rendez-vous ne change pas sans son accord.`,
    likely: 'Choix rapides',
    newTime: 'Nouvel horaire',
    date: 'Date',
    start: 'Début',
    length: 'Durée',
    sameLength: (minutes) => `${minutes}, comme maintenant`,
    minutes: length,
    zone: (zone) => `Les heures sont indiquées dans ce fuseau\u00a0: ${zone}.`,
    otherZone: 'Utiliser un autre fuseau horaire',
    zoneLabel: 'Fuseau horaire',
    showZone: 'Utiliser ce fuseau',
    note: (other) => `Message pour ${votre[other]} (facultatif)`,
    noteHint: '500 caractères au maximum. Les adresses e-mail sont retirées.',
    submit: 'Demander cet horaire',
    submitSeveral: 'Demander ces horaires',
    addTime: 'Ajouter un autre horaire',
    otherTime: 'Autre horaire (facultatif)',
    ownPending: (time) => `Vous avez déjà demandé\u00a0: ${time}. Une nouvelle demande remplacera celle-ci.`,
    otherPending: (other, time) =>
      `${Votre[other]} a demandé\u00a0: ${time}. Vous pouvez répondre avec les liens de notre e-mail.`,
    suggestIntro: (other, time) =>
      `${Votre[other]} a demandé\u00a0: ${time}. Si vous envoyez un autre horaire, cette demande sera refusée et nous poserons la question à ${votre[other]}\u00a0; le rendez-vous ne change pas sans son accord.`,
    faults: {
      'bad-date': 'Indiquez une date.',
      'bad-time': 'Indiquez une heure.',
      'skipped-time':
        'À cette heure, les horloges avancent\u00a0: l’heure indiquée n’existe pas ce jour-là. Choisissez-en une autre.',
      'repeated-time':
        'À cette heure, les horloges reculent\u00a0: l’heure indiquée existe deux fois ce jour-là. Choisissez celle que vous voulez dire.',
      'bad-length': 'Choisissez la durée du rendez-vous.',
      'start-in-past': 'Cet horaire est déjà passé. Choisissez un horaire à venir.',
      'end-not-after-start': 'Le rendez-vous doit se terminer après son début.',
      'no-new-time': 'C’est déjà l’horaire du rendez-vous. Choisissez-en un autre.',
      'times-alike': 'Cet horaire figure deux fois. Choisissez-en un autre.',
      'too-long': 'Le message dépasse 500 caractères.',
      'control-character': 'Le message contient des caractères qui ne peuvent pas être affichés.',
    },
    whichOne: 'De quelle heure s’agit-il\u00a0?',
    first: 'la première',
    second: 'la seconde',
    check: 'Veuillez vérifier votre demande',
  },
  sent: {
    heading: 'Votre demande a été envoyée',
    body: (other) =>
      `Nous posons la question à ${votre[other]} par e-mail. Sans son accord, le rendez-vous garde son horaire actuel.`,
    wrote: 'Vous avez écrit',
    until: (moment) => `La demande est ouverte jusqu’au ${moment}.`,
    instead: (other, time) => `Vous avez ainsi refusé ce que ${votre[other]} avait demandé\u00a0: ${time}.`,
  },
  decision: {
    heading: (other) => `${Votre[other]} demande un nouvel horaire`,
    body: 'Si vous acceptez, les deux calendriers seront mis à jour. Si vous refusez, rien ne change.',
    wrote: (other) => `Message de ${votre[other]}`,
    approve: 'Accepter le nouvel horaire',
    decline: 'Refuser et garder l’horaire actuel',
    until: (moment) => `Vous pouvez décider jusqu’au ${moment}.`,
    bodySeveral:
      'Si vous acceptez l’un de ces horaires, les deux calendriers seront mis à jour. Si vous refusez, rien ne change.',
    option: (number) => `Horaire ${number}`,
    approveOption: 'Accepter cet horaire',
    declineAll: 'Tout refuser et garder l’horaire actuel',
    suggest: 'Proposer un autre horaire',
    suggested: (other) => ({
      heading: 'Vous avez proposé un autre horaire',
      body: `Vous avez ainsi refusé ce que ${votre[other]} avait demandé.`,
    }),
    instead: (other) => ({
      heading: `${Votre[other]} propose un autre horaire`,
      body: `L’horaire que vous aviez demandé ne convient pas à ${votre[other]}.`,
    }),
    ownOpen: (time) =>
      `Votre propre demande est également ouverte\u00a0: ${time}. Elle prendra fin si celle-ci est acceptée.`,
    undone: 'Votre choix est annulé. Rien n’a changé\u00a0; vous pouvez décider à nouveau.',
    contested: 'Les deux liens ont été ouverts, donc rien n’a été décidé. Veuillez choisir avec l’un des boutons.',
    buttonsOnly: 'Rien n’est encore décidé. Veuillez choisir avec l’un des boutons.',
    held: {
      approve: () => ({
        heading: 'Vous acceptez le nouvel horaire',
        body: 'Les deux calendriers seront mis à jour par e-mail.',
      }),
      decline: (other) => ({
        heading: 'Vous refusez le nouvel horaire',
        body: `Le rendez-vous garde son horaire actuel et nous en informerons ${votre[other]}.`,
      }),
    },
    effective: (seconds) =>
      `Votre décision prendra effet dans environ ${seconds === 1 ? '1 seconde' : `${seconds} secondes`}. Jusque-là, vous pouvez revenir sur votre choix, ou simplement fermer cette page.`,
    undo: 'Revenir sur ce choix',
    approved: {
      heading: 'Le nouvel horaire est convenu',
      body: 'Vous l’avez accepté. Les deux calendriers sont mis à jour par e-mail\u00a0; veuillez accepter le nouvel horaire dans le vôtre.',
    },
    declined: (other) => ({
      heading: 'Le nouvel horaire a été refusé',
      body: `Vous l’avez refusé, rien n’a donc changé. Nous en informons ${votre[other]}.`,
    }),
    decidedBefore: 'C’était déjà décidé\u00a0; ce dernier clic n’a rien changé.',
    nothingHeld: 'Il n’y avait rien à annuler.',
    lapsedHeading: 'Votre décision n’a pas pu prendre effet',
    lapsed: {
      'other-approved': 'Entre-temps, un autre horaire a été convenu.',
      replaced: 'Entre-temps, une demande plus récente a remplacé celle-ci.',
      'room-cancelled': 'Entre-temps, le rendez-vous a été annulé.',
      'older-sequence': 'Entre-temps, le rendez-vous a été déplacé.',
      'room-moved': 'Entre-temps, l’organisation a modifié le rendez-vous\u00a0; cette demande est donc close.',
      'attendee-changed': 'Entre-temps, les personnes qui participent ont changé\u00a0; cette demande est donc close.',
      'proposal-expired': 'L’horaire proposé était déjà passé.',
    },
  },
  answer: {
    heading: 'Participerez-vous\u00a0?',
    body: 'Choisissez votre réponse. Rien n’est envoyé tant que vous n’appuyez pas sur un bouton.',
    soFar: {
      accepted: 'Vous avez accepté. Vous pouvez encore changer votre réponse.',
      tentative: 'Vous avez répondu que vous viendrez peut-être. Vous pouvez encore changer votre réponse.',
      declined: 'Vous avez décliné. Vous pouvez encore changer votre réponse.',
    },
    strict: (other) => `Si vous déclinez, le rendez-vous est annulé pour vous et pour ${votre[other]}.`,
    buttons: { accepted: 'Accepter', tentative: 'Peut-être', declined: 'Décliner' },
    note: 'Message pour l’organisation (facultatif)',
    noteHint: '300 caractères au maximum. Seule l’organisation le voit. Les adresses e-mail sont retirées.',
    faults: {
      choose: 'Veuillez choisir l’une des réponses.',
      note: 'Le message n’a pas pu être enregistré. Veuillez le raccourcir.',
    },
    done: {
      accepted: { heading: 'Vous avez accepté', body: 'Merci. Votre réponse est enregistrée.' },
      tentative: { heading: 'Vous avez répondu\u00a0: peut-être', body: 'Votre réponse est enregistrée.' },
      declined: { heading: 'Vous avez décliné', body: 'Votre réponse est enregistrée. Le rendez-vous est maintenu.' },
    },
    cancelled: (other) => `Vous avez décliné\u00a0; le rendez-vous est donc annulé pour vous et pour ${votre[other]}.`,
    mayChange: 'Vous pouvez changer votre réponse jusqu’au début du rendez-vous.',
    change: 'Changer ma réponse',
    otherTimeAsk: 'L’horaire ne vous convient pas\u00a0?',
    otherTime: 'Demander un nouvel horaire',
  },
  notices: {
    used: (other, waiting) => ({
      heading: waiting ? 'Votre demande a été envoyée' : 'Ce lien a déjà servi',
      body: waiting
        ? `Nous vous préviendrons dès que ${votre[other]} aura décidé.`
        : 'Vous l’avez utilisé pour envoyer une demande, et chaque lien ne sert qu’une fois.',
    }),
    expiredLink: {
      heading: 'Ce lien a expiré',
      body: 'Il ne fonctionne plus, mais vous pouvez en recevoir un nouveau en un instant.',
    },
    expiredProposal: (other) => ({
      heading: 'Cette demande a expiré',
      body: `Le délai pour répondre à ${votre[other]} est dépassé. Le rendez-vous garde son horaire actuel.`,
    }),
    replaced: (other) => ({
      heading: 'Il y a une demande plus récente',
      body: `${Votre[other]} a demandé un autre horaire depuis. Veuillez utiliser les liens de notre dernier e-mail.`,
    }),
    older: {
      heading: 'Le rendez-vous a été déplacé depuis',
      body: 'Cette demande portait sur un horaire précédent du rendez-vous et ne peut plus recevoir de réponse.',
    },
    optionPassed: {
      heading: 'Cet horaire est passé',
      body: 'Il ne peut plus être accepté. Le rendez-vous garde son horaire actuel.',
    },
    answerOutdated: {
      heading: 'Le rendez-vous a été déplacé depuis',
      body: 'Ce lien portait sur un horaire précédent du rendez-vous. Veuillez utiliser le lien de notre dernier e-mail.',
    },
    answerTooLate: {
      heading: 'Le rendez-vous a commencé',
      body: 'Ce lien ne permet plus de répondre à l’invitation.',
    },
    cancelled: {
      heading: 'Le rendez-vous est annulé',
      body: 'Il n’aura pas lieu\u00a0; il n’y a plus rien à décider.',
    },
    cancelledSince: 'Le rendez-vous a été annulé depuis.',
    started: { heading: 'Le rendez-vous a commencé', body: 'Son horaire ne peut plus être modifié.' },
    notAllowed: {
      heading: 'L’horaire est fixe',
      body: 'Vous ne pouvez pas proposer d’autre horaire pour ce rendez-vous. Vous pouvez toujours accepter ou décliner l’invitation dans votre calendrier.',
    },
    own: (other) => ({
      heading: 'C’est votre propre demande',
      body: `La décision de l’accepter ou de la refuser revient à ${votre[other]}.`,
    }),
    notBooked: {
      heading: 'Personne n’a encore réservé',
      body: 'Il n’y a personne à qui demander un nouvel horaire.',
    },
    former: {
      heading: 'Ce lien a expiré',
      body: 'Cette invitation a été retirée. Il n’y a plus rien à faire.',
    },
    unknown: {
      heading: 'Ce lien ne fonctionne pas',
      body: 'Veuillez vérifier que vous avez ouvert le lien complet de notre e-mail\u00a0; les messageries le coupent parfois en deux. Si cela ne fonctionne toujours pas, répondez à notre e-mail en quelques mots\u00a0: nous vous enverrons un nouveau lien.',
    },
    nowhere: {
      heading: 'Il n’y a rien à cette adresse',
      body: 'Veuillez ouvrir à nouveau le lien complet de notre e-mail. Si cela ne fonctionne toujours pas, répondez à notre e-mail en quelques mots\u00a0: nous vous enverrons un nouveau lien.',
    },
    crossSite: {
      heading: 'Veuillez ouvrir le lien de notre e-mail',
      body: 'Cette demande venait d’un autre site web, donc rien n’a été modifié.',
    },
    tooMany: {
      heading: 'Un instant, s’il vous plaît',
      body: 'Il vient d’y avoir trop de demandes. Veuillez rouvrir le lien dans une minute.',
    },
    tooManyProposals: (until) => ({
      heading: 'Aucune autre demande possible pour le moment',
      body: `Vous avez atteint le nombre de demandes possible en une journée. Vous pourrez en envoyer une autre à partir du ${until}.`,
    }),
    mailLimit: (other, until) => ({
      heading: 'Aucune autre demande possible pour le moment',
      body: `${Votre[other]} a déjà reçu le nombre maximal d’e-mails pour ce rendez-vous\u00a0; votre demande n’a donc pas été envoyée. Vous pourrez demander à nouveau à partir du ${until}.`,
    }),
    trouble: {
      heading: 'Un problème est survenu',
      body: 'Rien n’a été modifié. Veuillez réessayer dans un instant.',
    },
  },
  fresh: {
    ask: 'Souhaitez-vous proposer un horaire\u00a0? Nous enverrons un nouveau lien à l’adresse pour laquelle celui-ci a été créé.',
    button: 'Demander un nouvel horaire',
    done: {
      heading: 'Consultez votre messagerie',
      body: 'Un nouveau lien est envoyé à l’adresse pour laquelle celui-ci a été créé. Cela peut prendre une minute. Si vous venez d’en demander un, ou en avez demandé souvent aujourd’hui, veuillez utiliser l’e-mail que vous avez déjà.',
    },
  },
};
