// Italian: everything that pages say.
// Used by languages.ts; the type names every text that must be here.
import type { Texts } from './texts';

// "La persona" agrees with nobody in particular.
const la = { host: 'la persona ospitante', guest: 'la persona invitata' } as const;
const La = { host: 'La persona ospitante', guest: 'La persona invitata' } as const;
const alla = { host: 'alla persona ospitante', guest: 'alla persona invitata' } as const;
const dalla = { host: 'dalla persona ospitante', guest: 'dalla persona invitata' } as const;
const della = { host: 'della persona ospitante', guest: 'della persona invitata' } as const;
const perLa = { host: 'per la persona ospitante', guest: 'per la persona invitata' } as const;

const length = (minutes: number): string => {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const written = hours === 0 ? '' : hours === 1 ? '1 ora' : `${hours} ore`;
  const short = rest === 0 ? '' : rest === 1 ? '1 minuto' : `${rest} minuti`;
  return [written, short].filter((each) => each !== '').join(' e ') || '0 minuti';
};

export const it: Texts = {
  until: '–',
  or: (times) => new Intl.ListFormat('it', { type: 'disjunction' }).format(times),
  labels: {
    now: 'Orario attuale dell’appuntamento',
    wasPlanned: 'Era previsto per',
    proposed: 'Orario proposto',
    newTime: 'Nuovo orario',
    asked: 'Orario richiesto',
    notAgreed: 'Proposto, non concordato',
  },
  elsewhere: 'In altri fusi orari',
  addToCalendar: 'Aggiungi al calendario',
  footer: (other) =>
    `Questa pagina è solo per lei; non ne condivida il link, per favore. Né lei né ${la[other]} vedono l’indirizzo e-mail dell’altra parte.`,
  form: {
    heading: 'Richiesta di un nuovo orario',
    intro: (other) =>
      `Scelga un orario che le vada bene. Lo chiederemo ${alla[other]}; l’appuntamento non si sposta finché la risposta non è positiva.`,
    likely: 'Scelte rapide',
    newTime: 'Nuovo orario',
    date: 'Data',
    start: 'Inizio',
    length: 'Durata',
    sameLength: (minutes) => `${minutes}, come ora`,
    minutes: length,
    zone: (zone) => `Gli orari sono in questo fuso: ${zone}.`,
    otherZone: 'Usa un altro fuso orario',
    zoneLabel: 'Fuso orario',
    showZone: 'Usa questo fuso',
    note: (other) => `Messaggio ${perLa[other]} (facoltativo)`,
    noteHint: 'Al massimo 500 caratteri. Gli indirizzi e-mail vengono rimossi.',
    submit: 'Chiedi questo orario',
    submitSeveral: 'Chiedi questi orari',
    addTime: 'Aggiungi un altro orario',
    otherTime: 'Altro orario (facoltativo)',
    ownPending: (time) => `Ha già chiesto: ${time}. Una nuova richiesta sostituirà questa.`,
    otherPending: (other, time) => `${La[other]} ha chiesto: ${time}. Può rispondere con i link della nostra e-mail.`,
    suggestIntro: (other, time) =>
      `${La[other]} ha chiesto: ${time}. Se invia un altro orario, quella richiesta sarà rifiutata e proporremo il nuovo orario ${alla[other]}; l’appuntamento non si sposta finché la risposta non è positiva.`,
    faults: {
      'bad-date': 'Indichi una data.',
      'bad-time': 'Indichi un’ora.',
      'skipped-time':
        'A quest’ora gli orologi vanno avanti, quindi in quel giorno l’ora indicata non esiste. Ne scelga un’altra.',
      'repeated-time':
        'A quest’ora gli orologi tornano indietro, quindi in quel giorno l’ora indicata si ripete. Scelga quale delle due intende.',
      'bad-length': 'Scelga quanto dura l’appuntamento.',
      'start-in-past': 'Questo orario è già passato. Ne scelga uno successivo.',
      'end-not-after-start': 'L’appuntamento deve finire dopo l’inizio.',
      'no-new-time': 'Questo è l’orario attuale dell’appuntamento. Ne scelga un altro.',
      'times-alike': 'Questo orario compare due volte. Ne scelga un altro.',
      'too-long': 'Il messaggio supera i 500 caratteri.',
      'control-character': 'Il messaggio contiene caratteri che non si possono mostrare.',
    },
    whichOne: 'Quale intende?',
    first: 'la prima',
    second: 'la seconda',
    check: 'Controlli la sua richiesta, per favore',
  },
  sent: {
    heading: 'La sua richiesta è stata inviata',
    body: (other) =>
      `Lo chiediamo ${alla[other]} per e-mail. L’appuntamento mantiene l’orario attuale finché la risposta non è positiva.`,
    wrote: 'Ha scritto',
    until: (moment) => `La richiesta è aperta fino a ${moment}.`,
    instead: (other, time) => `Con questo ha rifiutato la richiesta ${della[other]}: ${time}.`,
  },
  decision: {
    heading: (other) => `${La[other]} chiede un nuovo orario`,
    body: 'Se accetta, entrambi i calendari saranno aggiornati. Se rifiuta, non cambia nulla.',
    wrote: (other) => `Messaggio ${dalla[other]}`,
    approve: 'Accetta il nuovo orario',
    decline: 'Rifiuta e mantieni l’orario attuale',
    until: (moment) => `Può decidere fino a ${moment}.`,
    bodySeveral:
      'Se accetta uno di questi orari, entrambi i calendari saranno aggiornati. Se rifiuta, non cambia nulla.',
    option: (number) => `Orario ${number}`,
    approveOption: 'Accetta questo orario',
    declineAll: 'Rifiuta tutti e mantieni l’orario attuale',
    suggest: 'Proponi un altro orario',
    suggested: (other) => ({
      heading: 'Ha proposto un altro orario',
      body: `Con questo ha rifiutato la richiesta ${della[other]}.`,
    }),
    instead: (other) => ({
      heading: `${La[other]} propone un altro orario`,
      body: `L’orario che aveva chiesto non va bene ${alla[other]}.`,
    }),
    ownOpen: (time) => `Anche la sua richiesta è aperta: ${time}. Si chiude se viene accettata questa.`,
    undone: 'Scelta annullata. Nulla è cambiato; può decidere di nuovo.',
    contested:
      'Sono stati aperti entrambi i link, quindi nulla è stato deciso. Scelga con uno dei pulsanti, per favore.',
    buttonsOnly: 'Nulla è ancora deciso. Scelga con uno dei pulsanti, per favore.',
    held: {
      approve: () => ({
        heading: 'Lei accetta il nuovo orario',
        body: 'Entrambi i calendari saranno aggiornati per e-mail.',
      }),
      decline: (other) => ({
        heading: 'Lei rifiuta il nuovo orario',
        body: `L’appuntamento mantiene l’orario attuale e lo comunicheremo ${alla[other]}.`,
      }),
    },
    effective: (seconds) =>
      `La sua decisione avrà effetto tra circa ${seconds === 1 ? '1 secondo' : `${seconds} secondi`}. Fino ad allora può annullare la scelta o semplicemente chiudere la pagina.`,
    undo: 'Annulla la scelta',
    approved: {
      heading: 'Il nuovo orario è concordato',
      body: 'Lo ha accettato. Entrambi i calendari vengono aggiornati per e-mail; accetti il nuovo orario nel suo, per favore.',
    },
    declined: (other) => ({
      heading: 'Il nuovo orario è stato rifiutato',
      body: `Lo ha rifiutato, quindi nulla è cambiato. Lo comunichiamo ${alla[other]}.`,
    }),
    decidedBefore: 'Era già deciso; quest’ultimo clic non ha cambiato nulla.',
    nothingHeld: 'Non c’era nulla da annullare.',
    lapsedHeading: 'La sua decisione non ha potuto avere effetto',
    lapsed: {
      'other-approved': 'Nel frattempo è stato concordato un altro orario.',
      replaced: 'Nel frattempo una richiesta più recente ha sostituito questa.',
      'room-cancelled': 'Nel frattempo l’appuntamento è stato annullato.',
      'older-sequence': 'Nel frattempo l’appuntamento è stato spostato.',
      'room-moved': 'Nel frattempo l’organizzazione ha modificato l’appuntamento, quindi questa richiesta è chiusa.',
      'attendee-changed': 'Nel frattempo le persone che partecipano sono cambiate, quindi questa richiesta è chiusa.',
      'proposal-expired': 'L’orario proposto era ormai passato.',
    },
  },
  answer: {
    heading: 'Parteciperà?',
    body: 'Scelga la sua risposta. Nulla viene inviato finché non preme un pulsante.',
    soFar: {
      accepted: 'Ha accettato l’appuntamento. Può ancora cambiare la sua risposta.',
      tentative: 'Ha risposto che forse parteciperà. Può ancora cambiare la sua risposta.',
      declined: 'Ha rifiutato l’appuntamento. Può ancora cambiare la sua risposta.',
    },
    strict: (other) => `Se rifiuta, l’appuntamento viene annullato per lei e ${perLa[other]}.`,
    buttons: { accepted: 'Accetta', tentative: 'Forse', declined: 'Rifiuta' },
    note: 'Messaggio per l’organizzazione (facoltativo)',
    noteHint: 'Al massimo 300 caratteri. Lo vede solo l’organizzazione. Gli indirizzi e-mail vengono rimossi.',
    faults: {
      choose: 'Scelga una delle risposte, per favore.',
      note: 'Non è stato possibile registrare il messaggio. Lo accorci, per favore.',
    },
    done: {
      accepted: { heading: 'Ha accettato l’appuntamento', body: 'Grazie. La sua risposta è registrata.' },
      tentative: { heading: 'Ha risposto: forse', body: 'La sua risposta è registrata.' },
      declined: {
        heading: 'Ha rifiutato l’appuntamento',
        body: 'La sua risposta è registrata. L’appuntamento resta in programma.',
      },
    },
    cancelled: (other) => `Ha rifiutato, quindi l’appuntamento è annullato per lei e ${perLa[other]}.`,
    mayChange: 'Può cambiare la sua risposta fino all’inizio dell’appuntamento.',
    change: 'Cambia la risposta',
    otherTimeAsk: 'L’orario non le va bene?',
    otherTime: 'Chiedi un nuovo orario',
  },
  notices: {
    used: (other, waiting) => ({
      heading: waiting ? 'La sua richiesta è stata inviata' : 'Questo link è già stato usato',
      body: waiting
        ? `La avviseremo quando ${la[other]} avrà deciso.`
        : 'Lo ha usato per inviare una richiesta, e ogni link vale una sola volta.',
    }),
    expiredLink: {
      heading: 'Questo link è scaduto',
      body: 'Non funziona più, ma se ne crea subito uno nuovo.',
    },
    expiredProposal: (other) => ({
      heading: 'Questa richiesta è scaduta',
      body: `Il termine per rispondere ${alla[other]} è scaduto. L’appuntamento mantiene l’orario attuale.`,
    }),
    replaced: (other) => ({
      heading: 'C’è una richiesta più recente',
      body: `Nel frattempo ${la[other]} ha chiesto un altro orario. Usi i link della nostra e-mail più recente, per favore.`,
    }),
    older: {
      heading: 'Nel frattempo l’appuntamento è stato spostato',
      body: 'Questa richiesta riguardava un orario precedente dell’appuntamento e non può più ricevere risposta.',
    },
    optionPassed: {
      heading: 'Questo orario è già passato',
      body: 'Non si può più accettare. L’appuntamento mantiene l’orario attuale.',
    },
    answerOutdated: {
      heading: 'Nel frattempo l’appuntamento è stato spostato',
      body: 'Questo link riguardava un orario precedente dell’appuntamento. Usi il link della nostra e-mail più recente, per favore.',
    },
    answerTooLate: {
      heading: 'L’appuntamento è iniziato',
      body: 'Con questo link non si può più rispondere all’invito.',
    },
    cancelled: {
      heading: 'L’appuntamento è annullato',
      body: 'Non avrà luogo, quindi non c’è più nulla da decidere.',
    },
    cancelledSince: 'Nel frattempo l’appuntamento è stato annullato.',
    started: { heading: 'L’appuntamento è iniziato', body: 'Il suo orario non si può più cambiare.' },
    notAllowed: {
      heading: 'L’orario è fisso',
      body: 'Per questo appuntamento non può proporre un altro orario. Può comunque accettare o rifiutare l’invito nel suo calendario.',
    },
    own: (other) => ({
      heading: 'Questa richiesta è sua',
      body: `Solo ${la[other]} può accettarla o rifiutarla.`,
    }),
    notBooked: {
      heading: 'Nessuno ha ancora prenotato',
      body: 'Non c’è nessuno a cui chiedere un nuovo orario.',
    },
    former: {
      heading: 'Questo link è scaduto',
      body: 'Questo invito è stato ritirato. Non c’è più nulla da fare.',
    },
    unknown: {
      heading: 'Questo link non funziona',
      body: 'Controlli di aver aperto il link completo della nostra e-mail; a volte i programmi di posta lo tagliano in due. Se ancora non funziona, risponda alla nostra e-mail con qualche parola: le invieremo un nuovo link.',
    },
    nowhere: {
      heading: 'A questo indirizzo non c’è nulla',
      body: 'Apra di nuovo il link completo della nostra e-mail, per favore. Se ancora non funziona, risponda alla nostra e-mail con qualche parola: le invieremo un nuovo link.',
    },
    crossSite: {
      heading: 'Apra il link della nostra e-mail, per favore',
      body: 'Questa richiesta veniva da un altro sito web, quindi nulla è stato modificato.',
    },
    tooMany: {
      heading: 'Un momento, per favore',
      body: 'Ci sono state troppe richieste. Apra di nuovo il link tra un minuto.',
    },
    tooManyProposals: (until) => ({
      heading: 'Per ora nessun’altra richiesta',
      body: `Ha raggiunto il numero di richieste possibile in un giorno. Potrà inviarne un’altra a partire da ${until}.`,
    }),
    mailLimit: (other, until) => ({
      heading: 'Per ora nessun’altra richiesta',
      body: `${La[other]} ha già ricevuto il numero massimo di e-mail su questo appuntamento, quindi la sua richiesta non è stata inviata. Potrà inviarla di nuovo a partire da ${until}.`,
    }),
    trouble: {
      heading: 'Qualcosa è andato storto',
      body: 'Nulla è stato modificato. Riprovi tra un momento, per favore.',
    },
  },
  fresh: {
    ask: 'Vuole proporre un orario? Invieremo un nuovo link all’indirizzo per cui è stato creato questo.',
    button: 'Chiedi un nuovo orario',
    done: {
      heading: 'Controlli la sua casella di posta',
      body: 'Un nuovo link viene inviato all’indirizzo per cui è stato creato questo. Può volerci un minuto. Se lo ha appena chiesto, o lo ha chiesto spesso oggi, usi l’e-mail che ha già, per favore.',
    },
  },
};
