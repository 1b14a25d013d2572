// Swedish: everything that pages say.
// Used by languages.ts; the type names every text that must be here.
import { lengthIn } from '#words';
import type { Texts } from './texts';

const your = { host: 'din värd', guest: 'din gäst' } as const;
const Your = { host: 'Din värd', guest: 'Din gäst' } as const;

export const sv: Texts = {
  until: 'till',
  or: (times) => new Intl.ListFormat('sv', { type: 'disjunction' }).format(times),
  labels: {
    now: 'Mötets nuvarande tid',
    wasPlanned: 'Var planerat till',
    proposed: 'Föreslagen tid',
    newTime: 'Ny tid',
    asked: 'Önskad tid',
    notAgreed: 'Föreslagen, inte överenskommen',
  },
  elsewhere: 'I andra tidszoner',
  addToCalendar: 'Lägg till i kalendern',
  footer: (other) =>
    `Den här sidan är bara för dig, så skicka inte länken vidare. Varken du eller ${your[other]} ser den andras adress.`,
  form: {
    heading: 'Föreslå en ny tid',
    intro: (other) =>
      `Välj en tid som passar dig. Vi frågar ${your[other]}; mötet ligger kvar på nuvarande tid tills svaret är ja.`,
    likely: 'Snabbval',
    newTime: 'Ny tid',
    date: 'Datum',
    start: 'Början',
    length: 'Längd',
    sameLength: (minutes) => `${minutes}, som nu`,
    minutes: lengthIn('sv'),
    zone: (zone) => `Tiderna anges i ${zone}.`,
    otherZone: 'Använd en annan tidszon',
    zoneLabel: 'Tidszon',
    showZone: 'Använd den här tidszonen',
    note: (other) => `Meddelande till ${your[other]} (valfritt)`,
    noteHint: 'Högst 500 tecken. E-postadresser tas bort.',
    submit: 'Be om den här tiden',
    submitSeveral: 'Be om de här tiderna',
    addTime: 'Lägg till en tid',
    otherTime: 'En tid till (valfritt)',
    ownPending: (time) => `Du har redan bett om ${time}. En ny förfrågan ersätter den.`,
    otherPending: (other, time) => `${Your[other]} har bett om ${time}. Du kan svara med länkarna i vårt mejl.`,
    suggestIntro: (other, time) =>
      `${Your[other]} har bett om ${time}. Om du skickar en annan tid avböjs den förfrågan, och vi frågar ${your[other]} om din tid; mötet ligger kvar på nuvarande tid tills svaret är ja.`,
    faults: {
      'bad-date': 'Ange ett datum.',
      'bad-time': 'Ange ett klockslag.',
      'skipped-time': 'Klockorna ställs fram den här timmen, så tiden finns inte den dagen. Välj en annan.',
      'repeated-time':
        'Klockorna ställs tillbaka den här timmen, så tiden kommer två gånger den dagen. Välj vilken du menar.',
      'bad-length': 'Välj hur länge mötet varar.',
      'start-in-past': 'Tiden har passerat. Välj en senare.',
      'end-not-after-start': 'Mötet måste sluta senare än det börjar.',
      'no-new-time': 'Det är mötets nuvarande tid. Välj en annan.',
      'times-alike': 'Den här tiden står två gånger. Välj en annan.',
      'too-long': 'Meddelandet är längre än 500 tecken.',
      'control-character': 'Meddelandet innehåller tecken som inte kan visas.',
    },
    whichOne: 'Vilken menar du?',
    first: 'den första',
    second: 'den andra',
    check: 'Kontrollera din förfrågan',
  },
  sent: {
    heading: 'Din förfrågan är på väg',
    body: (other) => `Vi frågar ${your[other]} via mejl. Mötet ligger kvar på nuvarande tid tills svaret är ja.`,
    wrote: 'Du skrev',
    until: (moment) => `Förfrågan är öppen till ${moment}.`,
    instead: (other, time) => `Därmed har du avböjt det som ${your[other]} hade bett om: ${time}.`,
  },
  decision: {
    heading: (other) => `${Your[other]} ber om en ny tid`,
    body: 'Om du godkänner uppdateras båda kalendrarna. Om du avböjer ändras ingenting.',
    wrote: (other) => `${Your[other]} skriver`,
    approve: 'Godkänn den nya tiden',
    decline: 'Avböj, behåll nuvarande tid',
    until: (moment) => `Du kan bestämma dig fram till ${moment}.`,
    bodySeveral: 'Godkänn en av tiderna så uppdateras båda kalendrarna. Om du avböjer ändras ingenting.',
    option: (number) => `Tid ${number}`,
    approveOption: 'Godkänn den här tiden',
    declineAll: 'Avböj alla, behåll nuvarande tid',
    suggest: 'Föreslå en annan tid',
    suggested: (other) => ({
      heading: 'Du har föreslagit en annan tid',
      body: `Därmed har du avböjt det som ${your[other]} hade bett om.`,
    }),
    instead: (other) => ({
      heading: `${Your[other]} föreslår en annan tid`,
      body: `${Your[other]} kan inte den tid som du bad om.`,
    }),
    ownOpen: (time) => `Din egen förfrågan är också öppen: ${time}. Den avslutas om du godkänner den här.`,
    undone: 'Ångrat. Ingenting har ändrats; du kan bestämma dig på nytt.',
    contested: 'Båda länkarna öppnades, därför har inget bestämts. Välj med en av knapparna.',
    buttonsOnly: 'Inget är bestämt än. Välj med en av knapparna.',
    held: {
      approve: () => ({ heading: 'Du godkänner den nya tiden', body: 'Båda kalendrarna uppdateras via mejl.' }),
      decline: (other) => ({
        heading: 'Du avböjer den nya tiden',
        body: `Mötet ligger kvar på nuvarande tid, och ${your[other]} får veta det.`,
      }),
    },
    effective: (seconds) =>
      `Ditt beslut börjar gälla om ungefär ${seconds === 1 ? '1 sekund' : `${seconds} sekunder`}. Fram till dess kan du ångra det, eller helt enkelt stänga sidan.`,
    undo: 'Ångra',
    approved: {
      heading: 'Den nya tiden är bestämd',
      body: 'Du har godkänt den. Båda kalendrarna uppdateras via mejl; acceptera den nya tiden i din egen kalender.',
    },
    declined: (other) => ({
      heading: 'Den nya tiden avböjdes',
      body: `Du avböjde den, så ingenting har ändrats. Vi meddelar ${your[other]}.`,
    }),
    decidedBefore: 'Det var redan avgjort; klicket nyss har inte ändrat något.',
    nothingHeld: 'Det fanns inget att ångra.',
    lapsedHeading: 'Ditt beslut hann inte börja gälla',
    lapsed: {
      'other-approved': 'En annan ny tid har bestämts under tiden.',
      replaced: 'En nyare förfrågan har ersatt den här under tiden.',
      'room-cancelled': 'Mötet har ställts in under tiden.',
      'older-sequence': 'Mötet har flyttats under tiden.',
      'room-moved': 'Arrangören har ändrat mötet under tiden, därför är den här förfrågan avslutad.',
      'attendee-changed': 'Deltagarna har ändrats under tiden, därför är den här förfrågan avslutad.',
      'proposal-expired': 'Den föreslagna tiden hade då redan passerat.',
    },
  },
  answer: {
    heading: 'Deltar du?',
    body: 'Välj ditt svar. Inget skickas förrän du trycker på en knapp.',
    soFar: {
      accepted: 'Du har tackat ja. Du kan fortfarande ändra ditt svar.',
      tentative: 'Du har svarat ”kanske”. Du kan fortfarande ändra ditt svar.',
      declined: 'Du har tackat nej. Du kan fortfarande ändra ditt svar.',
    },
    strict: (other) => `Om du tackar nej ställs mötet in för dig och ${your[other]}.`,
    buttons: { accepted: 'Ja', tentative: 'Kanske', declined: 'Nej' },
    note: 'Meddelande till arrangören (valfritt)',
    noteHint: 'Högst 300 tecken. Bara arrangören ser det. E-postadresser tas bort.',
    faults: { choose: 'Välj ett av svaren.', note: 'Meddelandet kunde inte tas emot. Korta ner det.' },
    done: {
      accepted: { heading: 'Du har tackat ja', body: 'Tack. Ditt svar är registrerat.' },
      tentative: { heading: 'Du har svarat: kanske', body: 'Ditt svar är registrerat.' },
      declined: { heading: 'Du har tackat nej', body: 'Ditt svar är registrerat. Mötet är fortfarande planerat.' },
    },
    cancelled: (other) => `Du har tackat nej, så mötet är inställt för dig och ${your[other]}.`,
    mayChange: 'Du kan ändra ditt svar tills mötet börjar.',
    change: 'Ändra mitt svar',
    otherTimeAsk: 'Passar inte tiden?',
    otherTime: 'Föreslå ny tid',
  },
  notices: {
    used: (other, waiting) => ({
      heading: waiting ? 'Din förfrågan har skickats' : 'Den här länken har använts',
      body: waiting
        ? `Vi hör av oss när ${your[other]} har bestämt sig.`
        : 'Du har skickat en förfrågan med den, och varje länk fungerar en gång.',
    }),
    expiredLink: {
      heading: 'Den här länken har gått ut',
      body: 'Den fungerar inte längre, men du kan snabbt få en ny.',
    },
    expiredProposal: (other) => ({
      heading: 'Den här förfrågan har gått ut',
      body: `Tiden för att svara ${your[other]} är ute. Mötet ligger kvar på nuvarande tid.`,
    }),
    replaced: (other) => ({
      heading: 'Det finns en nyare förfrågan',
      body: `${Your[other]} har sedan dess bett om en annan tid. Använd länkarna i vårt senaste mejl.`,
    }),
    older: {
      heading: 'Mötet har flyttats',
      body: 'Den här förfrågan gällde en tidigare tid för mötet och kan inte längre besvaras.',
    },
    optionPassed: {
      heading: 'Den här tiden har passerat',
      body: 'Den kan inte längre godkännas. Mötet ligger kvar på nuvarande tid.',
    },
    answerOutdated: {
      heading: 'Mötet har flyttats',
      body: 'Den här länken gällde en tidigare tid för mötet. Använd länken i vårt senaste mejl.',
    },
    answerTooLate: {
      heading: 'Mötet har börjat',
      body: 'Det går inte längre att svara på inbjudan med den här länken.',
    },
    cancelled: { heading: 'Mötet är inställt', body: 'Det blir inte av, så det finns inget mer att bestämma.' },
    cancelledSince: 'Mötet har ställts in sedan dess.',
    started: { heading: 'Mötet har börjat', body: 'Tiden kan inte längre ändras.' },
    notAllowed: {
      heading: 'Tiden ligger fast',
      body: 'Du kan inte föreslå en annan tid för det här mötet. Du kan fortfarande tacka ja eller nej i din kalender.',
    },
    own: (other) => ({
      heading: 'Det här är din egen förfrågan',
      body: `Bara ${your[other]} kan godkänna eller avböja den.`,
    }),
    notBooked: { heading: 'Ingen har bokat än', body: 'Det finns ingen att fråga om en ny tid.' },
    former: {
      heading: 'Den här länken har gått ut',
      body: 'Inbjudan har dragits tillbaka. Du behöver inte göra något mer.',
    },
    unknown: {
      heading: 'Den här länken fungerar inte',
      body: 'Kontrollera att du har öppnat hela länken från vårt mejl; e-postprogram delar den ibland i två. Om den ändå inte fungerar, svara på vårt mejl med några ord, så skickar vi en ny länk.',
    },
    nowhere: {
      heading: 'Det finns inget på den här adressen',
      body: 'Öppna hela länken från vårt mejl en gång till. Om den ändå inte fungerar, svara på vårt mejl med några ord, så skickar vi en ny länk.',
    },
    crossSite: {
      heading: 'Öppna länken från vårt mejl',
      body: 'Den här begäran kom från en annan webbplats, därför har inget ändrats.',
    },
    tooMany: {
      heading: 'Ett ögonblick',
      body: 'Det blev för många försök alldeles nyss. Öppna länken igen om en minut.',
    },
    tooManyProposals: (until) => ({
      heading: 'Inga fler förfrågningar just nu',
      body: `Du har bett om så många nya tider som man kan på en dag. Du kan be om en ny tid igen från ${until}.`,
    }),
    mailLimit: (other, until) => ({
      heading: 'Inga fler förfrågningar just nu',
      body: `${Your[other]} har redan fått så många mejl om det här mötet som vi kan skicka just nu, därför skickades inte din förfrågan. Du kan be om en ny tid igen från ${until}.`,
    }),
    trouble: { heading: 'Något gick fel', body: 'Ingenting har ändrats. Försök igen om en stund.' },
  },
  fresh: {
    ask: 'Vill du föreslå en tid? Vi mejlar en ny länk till den adress som den här länken skapades för.',
    button: 'Föreslå ny tid',
    done: {
      heading: 'Titta i din inkorg',
      body: 'En ny länk skickas till den adress som den här länken skapades för. Det kan ta en minut. Om du nyss har bett om en länk, eller ofta i dag, använd det mejl som du redan har fått.',
    },
  },
};
