// Dutch: everything that pages say.
// Used by languages.ts; the type names every text that must be here.
import type { Texts } from './texts';

const uw = { host: 'uw host', guest: 'uw gast' } as const;
const Uw = { host: 'Uw host', guest: 'Uw gast' } as const;

// Dutch counts hours in the singular: "2 uur".
const length = (minutes: number): string => {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const written = hours === 0 ? '' : `${hours} uur`;
  const short = rest === 0 ? '' : rest === 1 ? '1 minuut' : `${rest} minuten`;
  return [written, short].filter((each) => each !== '').join(' en ') || '0 minuten';
};

export const nl: Texts = {
  until: 'tot',
  or: (times) => new Intl.ListFormat('nl', { type: 'disjunction' }).format(times),
  labels: {
    now: 'Huidige tijd van de afspraak',
    wasPlanned: 'Was gepland op',
    proposed: 'Voorgestelde tijd',
    newTime: 'Nieuwe tijd',
    asked: 'Gevraagde tijd',
    notAgreed: 'Voorgesteld, niet afgesproken',
  },
  elsewhere: 'In andere tijdzones',
  addToCalendar: 'Aan agenda toevoegen',
  footer: (other) =>
    `Deze pagina is alleen voor u; geef de link niet door. U en ${uw[other]} zien elkaars e-mailadres niet.`,
  form: {
    heading: 'Een nieuwe tijd aanvragen',
    intro: (other) =>
      `Kies een tijd die u uitkomt. Wij vragen het aan ${uw[other]}; de afspraak houdt de huidige tijd tot er een akkoord is.`,
    likely: 'Snelle keuzes',
    newTime: 'Nieuwe tijd',
    date: 'Datum',
    start: 'Begin',
    length: 'Duur',
    sameLength: (minutes) => `${minutes}, zoals nu`,
    minutes: length,
    zone: (zone) => `De tijden gelden voor deze tijdzone: ${zone}.`,
    otherZone: 'Een andere tijdzone gebruiken',
    zoneLabel: 'Tijdzone',
    showZone: 'Deze tijdzone gebruiken',
    note: (other) => `Bericht aan ${uw[other]} (optioneel)`,
    noteHint: 'Hoogstens 500 tekens. E-mailadressen worden verwijderd.',
    submit: 'Deze tijd aanvragen',
    submitSeveral: 'Deze tijden aanvragen',
    addTime: 'Nog een tijd toevoegen',
    otherTime: 'Andere tijd (optioneel)',
    ownPending: (time) => `U hebt al gevraagd om: ${time}. Een nieuw verzoek vervangt dit.`,
    otherPending: (other, time) =>
      `${Uw[other]} heeft gevraagd om: ${time}. U kunt antwoorden met de links in onze e-mail.`,
    suggestIntro: (other, time) =>
      `${Uw[other]} heeft gevraagd om: ${time}. Als u een andere tijd voorstelt, wordt dat verzoek geweigerd en leggen wij uw voorstel voor aan ${uw[other]}; de afspraak houdt de huidige tijd tot er een akkoord is.`,
    faults: {
      'bad-date': 'Vul een datum in.',
      'bad-time': 'Vul een tijd in.',
      'skipped-time': 'Op dit uur gaat de klok vooruit, dus deze tijd bestaat niet op die dag. Kies een andere.',
      'repeated-time':
        'Op dit uur gaat de klok achteruit, dus deze tijd komt die dag twee keer voor. Kies welke u bedoelt.',
      'bad-length': 'Kies hoe lang de afspraak duurt.',
      'start-in-past': 'Deze tijd is al voorbij. Kies een latere.',
      'end-not-after-start': 'De afspraak moet na het begin eindigen.',
      'no-new-time': 'Dit is de huidige tijd van de afspraak. Kies een andere.',
      'times-alike': 'Deze tijd staat er twee keer. Kies een andere.',
      'too-long': 'Het bericht is langer dan 500 tekens.',
      'control-character': 'Het bericht bevat tekens die niet getoond kunnen worden.',
    },
    whichOne: 'Welke bedoelt u?',
    first: 'de eerste',
    second: 'de tweede',
    check: 'Controleer uw verzoek',
  },
  sent: {
    heading: 'Uw verzoek is onderweg',
    body: (other) =>
      `Wij vragen het per e-mail aan ${uw[other]}. De afspraak houdt de huidige tijd tot er een akkoord is.`,
    wrote: 'U schreef',
    until: (moment) => `Het verzoek staat open tot ${moment}.`,
    instead: (other, time) => `Daarmee hebt u het verzoek van ${uw[other]} geweigerd: ${time}.`,
  },
  decision: {
    heading: (other) => `${Uw[other]} vraagt om een nieuwe tijd`,
    body: 'Als u akkoord gaat, worden beide agenda’s bijgewerkt. Als u weigert, verandert er niets.',
    wrote: (other) => `${Uw[other]} schreef`,
    approve: 'Akkoord met de nieuwe tijd',
    decline: 'Weigeren, huidige tijd behouden',
    until: (moment) => `U kunt beslissen tot ${moment}.`,
    bodySeveral:
      'Als u met een van deze tijden akkoord gaat, worden beide agenda’s bijgewerkt. Als u weigert, verandert er niets.',
    option: (number) => `Tijd ${number}`,
    approveOption: 'Akkoord met deze tijd',
    declineAll: 'Alle weigeren, huidige tijd behouden',
    suggest: 'Andere tijd voorstellen',
    suggested: (other) => ({
      heading: 'U hebt een andere tijd voorgesteld',
      body: `Daarmee hebt u het verzoek van ${uw[other]} geweigerd.`,
    }),
    instead: (other) => ({
      heading: `${Uw[other]} stelt een andere tijd voor`,
      body: `De tijd waar u om had gevraagd, komt ${uw[other]} niet uit.`,
    }),
    ownOpen: (time) => `Uw eigen verzoek staat ook open: ${time}. Het vervalt als u met dit verzoek akkoord gaat.`,
    undone: 'Ongedaan gemaakt. Er is niets gewijzigd; u kunt opnieuw beslissen.',
    contested: 'Beide links zijn geopend, dus er is niets beslist. Maak uw keuze met een van de knoppen.',
    buttonsOnly: 'Er is nog niets beslist. Maak uw keuze met een van de knoppen.',
    held: {
      approve: () => ({
        heading: 'U gaat akkoord met de nieuwe tijd',
        body: 'Beide agenda’s worden per e-mail bijgewerkt.',
      }),
      decline: (other) => ({
        heading: 'U weigert de nieuwe tijd',
        body: `De afspraak houdt de huidige tijd en wij laten het ${uw[other]} weten.`,
      }),
    },
    effective: (seconds) =>
      `Uw beslissing gaat in over ongeveer ${seconds === 1 ? '1 seconde' : `${seconds} seconden`}. Tot dan kunt u die ongedaan maken, of deze pagina gewoon sluiten.`,
    undo: 'Ongedaan maken',
    approved: {
      heading: 'De nieuwe tijd is afgesproken',
      body: 'U bent akkoord gegaan. Beide agenda’s worden per e-mail bijgewerkt; accepteer de nieuwe tijd in uw eigen agenda.',
    },
    declined: (other) => ({
      heading: 'De nieuwe tijd is geweigerd',
      body: `U hebt geweigerd, dus er is niets gewijzigd. Wij laten het ${uw[other]} weten.`,
    }),
    decidedBefore: 'Dit was al beslist; deze laatste klik heeft niets gewijzigd.',
    nothingHeld: 'Er was niets ongedaan te maken.',
    lapsedHeading: 'Uw beslissing kon niet van kracht worden',
    lapsed: {
      'other-approved': 'Intussen is een andere nieuwe tijd afgesproken.',
      replaced: 'Intussen heeft een nieuwer verzoek dit vervangen.',
      'room-cancelled': 'Intussen is de afspraak geannuleerd.',
      'older-sequence': 'Intussen is de afspraak verzet.',
      'room-moved': 'Intussen heeft de organisatie de afspraak gewijzigd; daarom is dit verzoek vervallen.',
      'attendee-changed': 'Intussen is gewijzigd wie er deelneemt; daarom is dit verzoek vervallen.',
      'proposal-expired': 'De voorgestelde tijd was toen al voorbij.',
    },
  },
  answer: {
    heading: 'Neemt u deel?',
    body: 'Kies uw antwoord. Er wordt niets verzonden voordat u op een knop drukt.',
    soFar: {
      accepted: 'U hebt geaccepteerd. U kunt uw antwoord nog wijzigen.',
      tentative: 'U hebt geantwoord dat u misschien komt. U kunt uw antwoord nog wijzigen.',
      declined: 'U hebt geweigerd. U kunt uw antwoord nog wijzigen.',
    },
    strict: (other) => `Als u weigert, wordt de afspraak voor u en ${uw[other]} geannuleerd.`,
    buttons: { accepted: 'Accepteren', tentative: 'Misschien', declined: 'Weigeren' },
    note: 'Bericht aan de organisatie (optioneel)',
    noteHint: 'Hoogstens 300 tekens. Alleen de organisatie ziet het. E-mailadressen worden verwijderd.',
    faults: {
      choose: 'Kies een van de antwoorden.',
      note: 'Het bericht kon niet worden opgeslagen. Maak het korter.',
    },
    done: {
      accepted: { heading: 'U hebt geaccepteerd', body: 'Dank u wel. Uw antwoord is vastgelegd.' },
      tentative: { heading: 'U hebt geantwoord: misschien', body: 'Uw antwoord is vastgelegd.' },
      declined: { heading: 'U hebt geweigerd', body: 'Uw antwoord is vastgelegd. De afspraak blijft gepland.' },
    },
    cancelled: (other) => `U hebt geweigerd, dus de afspraak is voor u en ${uw[other]} geannuleerd.`,
    mayChange: 'U kunt uw antwoord wijzigen tot de afspraak begint.',
    change: 'Mijn antwoord wijzigen',
    otherTimeAsk: 'Komt de tijd u niet uit?',
    otherTime: 'Nieuwe tijd aanvragen',
  },
  notices: {
    used: (other, waiting) => ({
      heading: waiting ? 'Uw verzoek is verzonden' : 'Deze link is gebruikt',
      body: waiting
        ? `U hoort van ons zodra ${uw[other]} heeft beslist.`
        : 'U hebt er een verzoek mee verzonden, en elke link werkt één keer.',
    }),
    expiredLink: {
      heading: 'Deze link is verlopen',
      body: 'Hij werkt niet meer, maar een nieuwe is zo gemaakt.',
    },
    expiredProposal: (other) => ({
      heading: 'Dit verzoek is verlopen',
      body: `De tijd om ${uw[other]} te antwoorden is voorbij. De afspraak houdt de huidige tijd.`,
    }),
    replaced: (other) => ({
      heading: 'Er is een nieuwer verzoek',
      body: `${Uw[other]} heeft daarna om een andere tijd gevraagd. Gebruik de links in onze nieuwste e-mail.`,
    }),
    older: {
      heading: 'De afspraak is intussen verzet',
      body: 'Dit verzoek ging over een eerdere tijd van de afspraak en kan niet meer worden beantwoord.',
    },
    optionPassed: {
      heading: 'Deze tijd is voorbij',
      body: 'Akkoord geven kan niet meer. De afspraak houdt de huidige tijd.',
    },
    answerOutdated: {
      heading: 'De afspraak is intussen verzet',
      body: 'Deze link ging over een eerdere tijd van de afspraak. Gebruik de link in onze nieuwste e-mail.',
    },
    answerTooLate: {
      heading: 'De afspraak is begonnen',
      body: 'Met deze link kunt u de uitnodiging niet meer beantwoorden.',
    },
    cancelled: {
      heading: 'De afspraak is geannuleerd',
      body: 'Die gaat niet door, dus er valt niets meer te beslissen.',
    },
    cancelledSince: 'De afspraak is intussen geannuleerd.',
    started: { heading: 'De afspraak is begonnen', body: 'De tijd kan niet meer worden gewijzigd.' },
    notAllowed: {
      heading: 'De tijd staat vast',
      body: 'Voor deze afspraak kunt u geen andere tijd voorstellen. U kunt de uitnodiging nog wel in uw agenda accepteren of weigeren.',
    },
    own: (other) => ({
      heading: 'Dit is uw eigen verzoek',
      body: `Alleen ${uw[other]} kan ermee akkoord gaan of het weigeren.`,
    }),
    notBooked: {
      heading: 'Er heeft nog niemand geboekt',
      body: 'Er is niemand aan wie wij een nieuwe tijd kunnen voorleggen.',
    },
    former: {
      heading: 'Deze link is verlopen',
      body: 'Deze uitnodiging is ingetrokken. U hoeft niets meer te doen.',
    },
    unknown: {
      heading: 'Deze link werkt niet',
      body: 'Controleer of u de hele link uit onze e-mail hebt geopend; e-mailprogramma’s breken een link soms af. Werkt het dan nog niet, beantwoord onze e-mail dan met een paar woorden: wij sturen u een nieuwe link.',
    },
    nowhere: {
      heading: 'Op dit adres staat niets',
      body: 'Open nogmaals de hele link uit onze e-mail. Werkt het dan nog niet, beantwoord onze e-mail dan met een paar woorden: wij sturen u een nieuwe link.',
    },
    crossSite: {
      heading: 'Open de link uit onze e-mail',
      body: 'Dit verzoek kwam van een andere website, dus er is niets gewijzigd.',
    },
    tooMany: {
      heading: 'Een ogenblik geduld',
      body: 'Er waren zojuist te veel pogingen. Open de link over een minuut opnieuw.',
    },
    tooManyProposals: (until) => ({
      heading: 'Voorlopig geen verzoeken meer',
      body: `U hebt het maximale aantal verzoeken per dag verzonden. U kunt weer een verzoek verzenden vanaf ${until}.`,
    }),
    mailLimit: (other, until) => ({
      heading: 'Voorlopig geen verzoeken meer',
      body: `${Uw[other]} heeft voorlopig het maximale aantal e-mails over deze afspraak ontvangen; daarom is uw verzoek niet verzonden. U kunt weer een verzoek verzenden vanaf ${until}.`,
    }),
    trouble: {
      heading: 'Er is iets misgegaan',
      body: 'Er is niets gewijzigd. Probeer het zo meteen opnieuw.',
    },
  },
  fresh: {
    ask: 'Wilt u een tijd voorstellen? Wij sturen een nieuwe link naar het adres waarvoor deze is gemaakt.',
    button: 'Nieuwe tijd aanvragen',
    done: {
      heading: 'Kijk in uw mailbox',
      body: 'Er gaat een nieuwe link naar het adres waarvoor deze is gemaakt. Dat kan een minuut duren. Hebt u er net om gevraagd, of vandaag al vaak, gebruik dan de e-mail die u al hebt.',
    },
  },
};
