// Italian: every text of the letters.
// Used by letters.ts; the type names every text that must be here.
import type { InvitationWords, LetterTexts } from '../letter-texts';

// "La persona" agrees with nobody in particular.
const la = { host: 'la persona ospitante', guest: 'la persona invitata' } as const;
const La = { host: 'La persona ospitante', guest: 'La persona invitata' } as const;
const alla = { host: 'alla persona ospitante', guest: 'alla persona invitata' } as const;
const della = { host: 'della persona ospitante', guest: 'della persona invitata' } as const;
const dalla = { host: 'dalla persona ospitante', guest: 'dalla persona invitata' } as const;

const changedWords = { title: 'il titolo', location: 'il luogo', videoUrl: 'il link online' } as const;
const list = (words: string[]): string => new Intl.ListFormat('it').format(words);

/** What the calendar entry of an invitation says; letters say it too. */
const invitation: InvitationWords = {
  howToAnswer: 'Accetti o rifiuti con i pulsanti del suo calendario o del suo programma di posta.',
  organizerWrites: (reason) => `Messaggio dell’organizzazione: ${reason}`,
  join: 'Partecipa online',
  askNewTime: (other) =>
    `L’orario non le va bene? Apra questo link e ne proponga un altro; lo chiederemo ${alla[other]}, non è necessario accedere:`,
};

export const letters: LetterTexts = {
  invitation,
  subjects: {
    invite: (title) => `${title} — Invito`,
    update: (title) => `${title} — Nuovo orario`,
    cancel: (title) => `${title} — Annullato`,
    proposal: (title) => `Accetta il nuovo orario per ${title}?`,
  },
  until: '–',
  labels: {
    when: 'Quando',
    now: 'Orario attuale dell’appuntamento',
    before: 'Prima',
    earlier: 'Richiesta precedente',
    declined: 'Rifiutato',
    proposed: 'Orario proposto',
    newTime: 'Nuovo orario',
    where: 'Luogo',
    join: invitation.join,
  },
  invite: {
    heading: 'Ha ricevuto un invito',
    intro: (other) => `Questo è l’invito al suo appuntamento con ${la[other]}.`,
  },
  update: {
    heading: 'L’orario è cambiato',
    intro: (other) =>
      `Il suo appuntamento con ${la[other]} ha un nuovo orario. Risponda di nuovo per il nuovo orario, per favore.`,
    approvedByYou: (other) =>
      `Lei ha accettato il nuovo orario del suo appuntamento con ${la[other]}; accetti il nuovo orario anche nel suo calendario, per favore.`,
    approvedByOther: (other) =>
      `L’orario che ha proposto è stato accettato ${dalla[other]}; accetti il nuovo orario nel suo calendario, per favore.`,
    unchanged: (other) => `Questo è lo stato attuale del suo appuntamento con ${la[other]}.`,
    changedHeading: 'L’appuntamento è cambiato',
    changed: (other, what) =>
      `Il suo appuntamento con ${la[other]} è cambiato: ${list(what.map((each) => changedWords[each]))}.`,
    titleBefore: 'Titolo precedente',
    whereBefore: 'Luogo precedente',
    requestClosed: 'Con questa modifica la sua richiesta di un nuovo orario è chiusa.',
  },
  organizerWrites: invitation.organizerWrites,
  cancel: {
    heading: 'L’appuntamento è annullato',
    intro: (other) => `Il suo appuntamento con ${la[other]} non avrà luogo.`,
    declinedByYou: 'Lei ha rifiutato l’invito, quindi l’appuntamento è annullato per entrambe le parti.',
    declinedByOther: (other) => `${La[other]} ha rifiutato l’invito, quindi l’appuntamento è annullato.`,
    description: 'Questo appuntamento è stato annullato.',
    withdrawn: 'L’organizzazione ha ritirato il suo invito a questo appuntamento.',
  },
  proposal: {
    heading: (other) => `${La[other]} chiede un nuovo orario`,
    intro: (other) =>
      `${La[other]} vorrebbe spostare il vostro appuntamento. Se accetta, entrambi i calendari saranno aggiornati. Se rifiuta, non cambia nulla.`,
    undone: (other) =>
      `Lei aveva accettato una richiesta precedente. Nel frattempo ${la[other]} ha chiesto un altro orario, quindi la sua accettazione non ha avuto effetto.`,
    note: (other) => `Messaggio ${dalla[other]}`,
    approve: 'Accetta il nuovo orario',
    decline: 'Rifiuta e mantieni l’orario attuale',
    introSeveral: (other) =>
      `${La[other]} vorrebbe spostare il vostro appuntamento e propone più orari. Se ne accetta uno, entrambi i calendari saranno aggiornati. Se rifiuta, non cambia nulla.`,
    option: (number) => `Orario ${number}`,
    approveOption: (option) => `Accetta: ${option}`,
    declineAll: 'Rifiuta tutti e mantieni l’orario attuale',
    validUntil: (moment) => `Può decidere fino a ${moment}.`,
    instead: {
      heading: (other) => `${La[other]} propone un altro orario`,
      intro: (other) =>
        `L’orario che ha proposto non va bene ${alla[other]}, che ne propone un altro. Se lo accetta, entrambi i calendari saranno aggiornati. Se rifiuta, non cambia nulla.`,
      introSeveral: (other) =>
        `L’orario che ha proposto non va bene ${alla[other]}, che ne propone altri. Se ne accetta uno, entrambi i calendari saranno aggiornati. Se rifiuta, non cambia nulla.`,
    },
    suggest: {
      ask: 'Per proporre invece un altro orario, apra questo link; quando lo invierà, questa richiesta sarà rifiutata:',
      button: 'Proponi un altro orario',
    },
  },
  proposalSent: {
    subject: (title) => `Nuovo orario richiesto per ${title}`,
    heading: 'La sua richiesta è stata inviata',
    intro: (other) =>
      `Abbiamo inoltrato la sua richiesta ${alla[other]}. L’appuntamento mantiene l’orario attuale finché la risposta non è positiva.`,
    undone: (other) =>
      `${La[other]} aveva accettato la sua richiesta precedente. La sua nuova richiesta l’ha sostituita, quindi quell’accettazione non ha avuto effetto.`,
    instead: (other) => `Con questo ha rifiutato la richiesta ${della[other]}.`,
  },
  proposalDeclined: {
    subject: (title) => `Nuovo orario rifiutato per ${title}`,
    heading: 'Il nuovo orario è stato rifiutato',
    byOther: (other) => `L’orario che ha proposto non va bene ${alla[other]}.`,
    byNobody: {
      unfit:
        'Non è stato possibile considerare l’orario che ha proposto: è già passato o non ha durata, oppure l’appuntamento è iniziato.',
      stale:
        'Non è stato possibile considerare l’orario che ha proposto: l’appuntamento è stato spostato dopo l’invito a cui ha risposto.',
      notAllowed:
        'Non è stato possibile considerare l’orario che ha proposto: per questo appuntamento non si possono proporre nuovi orari.',
    },
    stays: 'L’appuntamento mantiene l’orario attuale.',
  },
  proposalExpired: {
    subject: (title) => `Ancora nessuna risposta sul nuovo orario per ${title}`,
    heading: 'La sua richiesta è scaduta',
    unanswered: (other) => `${La[other]} non ha risposto alla sua richiesta di un nuovo orario.`,
    lapsed: 'La sua richiesta di un nuovo orario non corrisponde più all’appuntamento e non è più valida.',
    otherChanged: () =>
      'La persona che partecipa con lei è cambiata, quindi la sua richiesta di un nuovo orario è chiusa.',
    stays: 'L’appuntamento mantiene l’orario attuale.',
  },
  freshLink: {
    subject: (title) => `Il suo link per ${title}`,
    heading: 'Ecco il suo nuovo link',
    intro: 'Ha chiesto un nuovo link. I link precedenti potrebbero non funzionare più.',
  },
  claims: {
    accepted: 'Lei accetta l’appuntamento',
    declined: 'Lei rifiuta l’appuntamento',
    tentative: 'Lei forse parteciperà',
    newTime: 'Lei propone un altro orario',
  },
  unconfirmedAnswer: {
    subject: (title) => `Confermi la sua risposta per ${title}`,
    heading: 'È sua questa risposta?',
    intro:
      'Abbiamo ricevuto un’e-mail con la sua risposta per questo appuntamento, ma non possiamo avere la certezza che sia sua. Finora non ha cambiato nulla.',
    says: 'La risposta dice',
    ask: 'Se è sua, apra questo link e la confermi lì:',
    button: 'Vedi la risposta',
    otherwise: 'Se non l’ha scritta lei, non deve fare nulla.',
  },
  textAnswer: {
    subject: (title) => `Sul suo messaggio riguardo a ${title}`,
    heading: 'Abbiamo ricevuto il suo messaggio',
    intro: (other) =>
      `Questa casella è letta da un programma: il suo messaggio non è stato inoltrato ${alla[other]} e nulla è cambiato.`,
    unreadable: {
      encrypted: (other) =>
        `La sua e-mail è cifrata e non possiamo leggerla. Nulla è cambiato e nulla è stato inoltrato ${alla[other]}. Risponda senza cifratura o usi il link qui sotto, per favore.`,
      time: (other) =>
        `Il suo calendario ha proposto un nuovo orario, ma non siamo riusciti a capire quale. Nulla è cambiato e nulla è stato inoltrato ${alla[other]}. Scelga l’orario con il link qui sotto, per favore.`,
    },
    askTime: 'Se desidera l’orario proposto, apra questo link; il modulo è già compilato:',
    askNoTime: 'Se desidera un altro orario, apra questo link e lo chieda:',
    confirm: {
      accepted: 'Per accettare l’appuntamento, apra questo link e lo confermi lì:',
      tentative: 'Per rispondere «forse», apra questo link e lo confermi lì:',
      declined: 'Per rifiutare l’appuntamento, apra questo link e lo confermi lì:',
      declinedForBoth:
        'Per rifiutare e annullare l’appuntamento per entrambe le parti, apra questo link e lo confermi lì:',
    },
    buttons: {
      time: 'Chiedi questo orario',
      noTime: 'Chiedi un nuovo orario',
      accepted: 'Accetta l’appuntamento',
      tentative: 'Rispondi «forse»',
      declined: 'Rifiuta l’appuntamento',
    },
  },
  howToAnswer: invitation.howToAnswer,
  answerLink: {
    invited:
      'Non vede questi pulsanti? Apra questo link per accettare, rispondere «forse», rifiutare o chiedere un altro orario:',
    text: 'Se invece vuole accettare, rispondere «forse» o rifiutare, apra questo link:',
    button: 'Rispondi qui',
  },
  reschedule: {
    ask: {
      invited: invitation.askNewTime,
      pending: () => 'Per chiedere un altro orario ancora, apra questo link; la nuova richiesta sostituirà questa:',
      again: (other) =>
        `Per proporre un altro orario, apra questo link; lo chiederemo ${alla[other]}, non è necessario accedere:`,
    },
    button: 'Chiedi un nuovo orario',
  },
  colon: ':',
  buttonTrouble: 'Un pulsante non funziona? Ecco i link:',
  linksAreYours: 'I link in questa e-mail sono solo per lei; non la inoltri, per favore.',
  privacy: (other) => `Né lei né ${la[other]} vedono l’indirizzo e-mail dell’altra parte.`,
};
