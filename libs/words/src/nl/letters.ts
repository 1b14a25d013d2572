// Dutch: every text of the letters.
// Used by letters.ts; the type names every text that must be here.
import type { InvitationWords, LetterTexts } from '../letter-texts';

const uw = { host: 'uw host', guest: 'uw gast' } as const;
const Uw = { host: 'Uw host', guest: 'Uw gast' } as const;

const changedWords = { title: 'de titel', location: 'de plaats', videoUrl: 'de onlinelink' } as const;
const list = (words: string[]): string => new Intl.ListFormat('nl').format(words);

/** What the calendar entry of an invitation says; letters say it too. */
const invitation: InvitationWords = {
  howToAnswer: 'Accepteer of weiger met de knoppen van uw agenda of e-mailprogramma.',
  organizerWrites: (reason) => `Bericht van de organisatie: ${reason}`,
  join: 'Online deelnemen',
  askNewTime: (other) =>
    `Komt de tijd u niet uit? Open deze link en stel een andere voor; wij vragen het aan ${uw[other]}, inloggen is niet nodig:`,
};

export const letters: LetterTexts = {
  invitation,
  subjects: {
    invite: (title) => `${title} — Uitnodiging`,
    update: (title) => `${title} — Nieuwe tijd`,
    cancel: (title) => `${title} — Geannuleerd`,
    proposal: (title) => `Akkoord met de nieuwe tijd voor ${title}?`,
  },
  until: 'tot',
  labels: {
    when: 'Wanneer',
    now: 'Huidige tijd van de afspraak',
    before: 'Vorige tijd',
    earlier: 'Eerder verzoek',
    declined: 'Geweigerd',
    proposed: 'Voorgestelde tijd',
    newTime: 'Nieuwe tijd',
    where: 'Waar',
    join: invitation.join,
  },
  invite: {
    heading: 'U bent uitgenodigd',
    intro: (other) => `Dit is de uitnodiging voor uw afspraak met ${uw[other]}.`,
  },
  update: {
    heading: 'De tijd is gewijzigd',
    intro: (other) =>
      `Uw afspraak met ${uw[other]} heeft een nieuwe tijd. Laat voor de nieuwe tijd opnieuw weten of u komt.`,
    approvedByYou: (other) =>
      `U bent akkoord gegaan met de nieuwe tijd van uw afspraak met ${uw[other]}; accepteer de nieuwe tijd ook in uw agenda.`,
    approvedByOther: (other) =>
      `${Uw[other]} is akkoord gegaan met de tijd die u hebt voorgesteld; accepteer de nieuwe tijd in uw agenda.`,
    unchanged: (other) => `Dit is de huidige stand van uw afspraak met ${uw[other]}.`,
    changedHeading: 'De afspraak is gewijzigd',
    changed: (other, what) =>
      `Nieuw bij uw afspraak met ${uw[other]}: ${list(what.map((each) => changedWords[each]))}.`,
    titleBefore: 'Vorige titel',
    whereBefore: 'Vorige plaats',
    requestClosed: 'Met deze wijziging is uw verzoek om een nieuwe tijd vervallen.',
  },
  organizerWrites: invitation.organizerWrites,
  cancel: {
    heading: 'De afspraak is geannuleerd',
    intro: (other) => `Uw afspraak met ${uw[other]} gaat niet door.`,
    declinedByYou: 'U hebt de uitnodiging geweigerd; daarmee is de afspraak voor u beiden geannuleerd.',
    declinedByOther: (other) => `${Uw[other]} heeft de uitnodiging geweigerd; daarmee is de afspraak geannuleerd.`,
    description: 'Deze afspraak is geannuleerd.',
    withdrawn: 'De organisatie heeft uw uitnodiging voor deze afspraak ingetrokken.',
  },
  proposal: {
    heading: (other) => `${Uw[other]} vraagt om een nieuwe tijd`,
    intro: (other) =>
      `${Uw[other]} wil uw afspraak graag verzetten. Als u akkoord gaat, worden beide agenda’s bijgewerkt. Als u weigert, verandert er niets.`,
    undone: (other) =>
      `U was akkoord gegaan met een eerder verzoek. ${Uw[other]} heeft daarna om een andere tijd gevraagd; daarom is uw akkoord niet van kracht geworden.`,
    note: (other) => `${Uw[other]} schreef`,
    approve: 'Akkoord met de nieuwe tijd',
    decline: 'Weigeren, huidige tijd behouden',
    introSeveral: (other) =>
      `${Uw[other]} wil uw afspraak graag verzetten en biedt meerdere tijden aan. Als u met een ervan akkoord gaat, worden beide agenda’s bijgewerkt. Als u weigert, verandert er niets.`,
    option: (number) => `Tijd ${number}`,
    approveOption: (option) => `Akkoord: ${option}`,
    declineAll: 'Alle weigeren, huidige tijd behouden',
    validUntil: (moment) => `U kunt beslissen tot ${moment}.`,
    instead: {
      heading: (other) => `${Uw[other]} stelt een andere tijd voor`,
      intro: (other) =>
        `De tijd die u hebt voorgesteld, komt ${uw[other]} niet uit; daarom ontvangt u een ander voorstel. Als u akkoord gaat, worden beide agenda’s bijgewerkt. Als u weigert, verandert er niets.`,
      introSeveral: (other) =>
        `De tijd die u hebt voorgesteld, komt ${uw[other]} niet uit; daarom ontvangt u andere voorstellen. Als u met een ervan akkoord gaat, worden beide agenda’s bijgewerkt. Als u weigert, verandert er niets.`,
    },
    suggest: {
      ask: 'Wilt u liever een andere tijd voorstellen? Open deze link; zodra u uw voorstel verzendt, wordt dit verzoek geweigerd:',
      button: 'Andere tijd voorstellen',
    },
  },
  proposalSent: {
    subject: (title) => `Nieuwe tijd gevraagd voor ${title}`,
    heading: 'Uw verzoek is verzonden',
    intro: (other) =>
      `Wij hebben de nieuwe tijd voorgelegd aan ${uw[other]}. De afspraak houdt de huidige tijd tot er een akkoord is.`,
    undone: (other) =>
      `${Uw[other]} was akkoord gegaan met uw eerdere verzoek. Uw nieuwe verzoek heeft dat vervangen; daarom is dat akkoord niet van kracht geworden.`,
    instead: (other) => `Daarmee hebt u het verzoek van ${uw[other]} geweigerd.`,
  },
  proposalDeclined: {
    subject: (title) => `Nieuwe tijd geweigerd voor ${title}`,
    heading: 'De nieuwe tijd is geweigerd',
    byOther: (other) => `De tijd die u hebt voorgesteld, komt ${uw[other]} niet uit.`,
    byNobody: {
      unfit:
        'De tijd die u hebt voorgesteld, kon niet worden overgenomen: die is voorbij of heeft geen duur, of de afspraak is begonnen.',
      stale:
        'De tijd die u hebt voorgesteld, kon niet worden overgenomen: de afspraak is verzet sinds de uitnodiging waarop u hebt geantwoord.',
      notAllowed:
        'De tijd die u hebt voorgesteld, kon niet worden overgenomen: voor deze afspraak kunnen geen nieuwe tijden worden voorgesteld.',
    },
    stays: 'De afspraak houdt de huidige tijd.',
  },
  proposalExpired: {
    subject: (title) => `Nog geen antwoord over de nieuwe tijd voor ${title}`,
    heading: 'Uw verzoek is verlopen',
    unanswered: (other) => `${Uw[other]} heeft niet geantwoord op uw verzoek om een nieuwe tijd.`,
    lapsed: 'Uw verzoek om een nieuwe tijd past niet meer bij de afspraak en is vervallen.',
    otherChanged: (other) => `${Uw[other]} is nu iemand anders; daarom is uw verzoek om een nieuwe tijd vervallen.`,
    stays: 'De afspraak houdt de huidige tijd.',
  },
  freshLink: {
    subject: (title) => `Uw link voor ${title}`,
    heading: 'Hier is uw nieuwe link',
    intro: 'U hebt om een nieuwe link gevraagd. Eerdere links werken mogelijk niet meer.',
  },
  claims: {
    accepted: 'U accepteert',
    declined: 'U weigert',
    tentative: 'U komt misschien',
    newTime: 'U stelt een andere tijd voor',
  },
  unconfirmedAnswer: {
    subject: (title) => `Bevestig uw antwoord voor ${title}`,
    heading: 'Was dit uw antwoord?',
    intro:
      'Wij hebben een e-mail met uw antwoord voor deze afspraak ontvangen, maar wij weten niet zeker of die van u kwam. Er is nog niets gewijzigd.',
    says: 'Het antwoord luidt',
    ask: 'Als het van u was, open dan deze link en bevestig het daar:',
    button: 'Antwoord bekijken',
    otherwise: 'Als u het niet hebt geschreven, hoeft u niets te doen.',
  },
  textAnswer: {
    subject: (title) => `Over uw bericht bij ${title}`,
    heading: 'Wij hebben uw bericht ontvangen',
    intro: (other) =>
      `Deze mailbox wordt door een programma gelezen: uw bericht is niet doorgegeven aan ${uw[other]} en er is niets gewijzigd.`,
    unreadable: {
      encrypted: (other) =>
        `Uw e-mail is versleuteld en wij kunnen die niet lezen. Er is niets gewijzigd en niets doorgegeven aan ${uw[other]}. Antwoord zonder versleuteling of gebruik de link hieronder.`,
      time: (other) =>
        `Uw agenda heeft een nieuwe tijd voorgesteld, maar wij konden niet zien welke tijd bedoeld is. Er is niets gewijzigd en niets doorgegeven aan ${uw[other]}. Kies de tijd met de link hieronder.`,
    },
    askTime: 'Als u de voorgestelde tijd wilt, open dan deze link; het formulier is al met die tijd ingevuld:',
    askNoTime: 'Als u een andere tijd wilt, open dan deze link en vraag erom:',
    confirm: {
      accepted: 'Wilt u de afspraak accepteren? Open deze link en bevestig het daar:',
      tentative: 'Wilt u met ‘misschien’ antwoorden? Open deze link en bevestig het daar:',
      declined: 'Wilt u de afspraak weigeren? Open deze link en bevestig het daar:',
      declinedForBoth: 'Wilt u weigeren en de afspraak voor u beiden annuleren? Open deze link en bevestig het daar:',
    },
    buttons: {
      time: 'Deze tijd aanvragen',
      noTime: 'Nieuwe tijd aanvragen',
      accepted: 'Afspraak accepteren',
      tentative: 'Met ‘misschien’ antwoorden',
      declined: 'Afspraak weigeren',
    },
  },
  howToAnswer: invitation.howToAnswer,
  answerLink: {
    invited:
      'Ziet u die knoppen niet? Open deze link om te accepteren, met ‘misschien’ te antwoorden, te weigeren of om een andere tijd te vragen:',
    text: 'Wilt u in plaats daarvan accepteren, met ‘misschien’ antwoorden of weigeren? Open dan deze link:',
    button: 'Hier antwoorden',
  },
  reschedule: {
    ask: {
      invited: invitation.askNewTime,
      pending: () => 'Wilt u om nog een andere tijd vragen? Open deze link; het nieuwe verzoek vervangt het huidige:',
      again: (other) =>
        `Wilt u een andere tijd voorstellen? Open deze link; wij vragen het aan ${uw[other]}, inloggen is niet nodig:`,
    },
    button: 'Nieuwe tijd aanvragen',
  },
  colon: ':',
  buttonTrouble: 'Werkt een knop niet? Dit zijn de links:',
  linksAreYours: 'De links in deze e-mail zijn alleen voor u; stuur hem niet door.',
  privacy: (other) => `U en ${uw[other]} zien elkaars e-mailadres niet.`,
};
