// Swedish: every text of the letters.
// Used by letters.ts; the type names every text that must be here.
import type { InvitationWords, LetterTexts } from '../letter-texts';

const your = { host: 'din värd', guest: 'din gäst' } as const;
const Your = { host: 'Din värd', guest: 'Din gäst' } as const;

const changedWords = { title: 'titeln', location: 'platsen', videoUrl: 'onlinelänken' } as const;
const list = new Intl.ListFormat('sv', { type: 'conjunction' });

/** What the calendar entry of an invitation says; letters say it too. */
const invitation: InvitationWords = {
  howToAnswer: 'Svara ja eller nej med knapparna i din kalender eller ditt e-postprogram.',
  organizerWrites: (reason) => `Arrangören skriver: ${reason}`,
  join: 'Delta online',
  askNewTime: (other) =>
    `Passar inte tiden? Öppna den här länken och föreslå en annan; vi frågar ${your[other]}, ingen inloggning behövs:`,
};

export const letters: LetterTexts = {
  invitation,
  subjects: {
    invite: (title) => `${title} — Inbjudan`,
    update: (title) => `${title} — Ny tid`,
    cancel: (title) => `${title} — Inställt`,
    proposal: (title) => `Godkänna ny tid för ${title}?`,
  },
  until: 'till',
  labels: {
    when: 'När',
    now: 'Mötets nuvarande tid',
    before: 'Tidigare tid',
    earlier: 'Tidigare förfrågan',
    declined: 'Avböjd',
    proposed: 'Föreslagen tid',
    newTime: 'Ny tid',
    where: 'Var',
    join: invitation.join,
  },
  invite: {
    heading: 'Du är inbjuden',
    intro: (other) => `Det här är inbjudan till ditt möte med ${your[other]}.`,
  },
  update: {
    heading: 'Tiden har ändrats',
    intro: (other) => `Ditt möte med ${your[other]} har fått en ny tid. Svara igen för den nya tiden.`,
    approvedByYou: (other) =>
      `Du har godkänt den nya tiden för ditt möte med ${your[other]}. Acceptera den nya tiden även i din kalender.`,
    approvedByOther: (other) =>
      `${Your[other]} har godkänt tiden som du föreslog. Acceptera den nya tiden i din kalender.`,
    unchanged: (other) => `Det här är de aktuella uppgifterna om ditt möte med ${your[other]}.`,
    changedHeading: 'Mötet har ändrats',
    changed: (other, what) =>
      `Detta är nytt i ditt möte med ${your[other]}: ${list.format(what.map((each) => changedWords[each]))}.`,
    titleBefore: 'Tidigare titel',
    whereBefore: 'Tidigare plats',
    requestClosed: 'Din förfrågan om en ny tid är därmed avslutad.',
  },
  organizerWrites: invitation.organizerWrites,
  cancel: {
    heading: 'Mötet är inställt',
    intro: (other) => `Ditt möte med ${your[other]} blir inte av.`,
    declinedByYou: 'Du tackade nej till inbjudan, därför är mötet inställt för er båda.',
    declinedByOther: (other) => `${Your[other]} tackade nej till inbjudan, därför är mötet inställt.`,
    description: 'Det här mötet har ställts in.',
    withdrawn: 'Arrangören har dragit tillbaka din inbjudan till det här mötet.',
  },
  proposal: {
    heading: (other) => `${Your[other]} ber om en ny tid`,
    intro: (other) =>
      `${Your[other]} vill flytta ert möte. Om du godkänner uppdateras båda kalendrarna. Om du avböjer ändras ingenting.`,
    undone: (other) =>
      `Du hade godkänt en tidigare förfrågan. ${Your[other]} har sedan dess bett om en annan tid, därför gäller ditt godkännande inte.`,
    note: (other) => `${Your[other]} skriver`,
    approve: 'Godkänn den nya tiden',
    decline: 'Avböj, behåll nuvarande tid',
    introSeveral: (other) =>
      `${Your[other]} vill flytta ert möte och föreslår flera tider. Om du godkänner en av dem uppdateras båda kalendrarna. Om du avböjer ändras ingenting.`,
    option: (number) => `Tid ${number}`,
    approveOption: (option) => `Godkänn: ${option}`,
    declineAll: 'Avböj alla, behåll nuvarande tid',
    validUntil: (moment) => `Du kan bestämma dig fram till ${moment}.`,
    instead: {
      heading: (other) => `${Your[other]} föreslår en annan tid`,
      intro: (other) =>
        `${Your[other]} kan inte den tid som du föreslog och föreslår en annan. Om du godkänner den uppdateras båda kalendrarna. Om du avböjer ändras ingenting.`,
      introSeveral: (other) =>
        `${Your[other]} kan inte den tid som du föreslog och föreslår andra. Om du godkänner en av dem uppdateras båda kalendrarna. Om du avböjer ändras ingenting.`,
    },
    suggest: {
      ask: 'Öppna den här länken för att i stället föreslå en annan tid; när du skickar den avböjs den här förfrågan:',
      button: 'Föreslå en annan tid',
    },
  },
  proposalSent: {
    subject: (title) => `Ny tid föreslagen för ${title}`,
    heading: 'Din förfrågan har skickats',
    intro: (other) =>
      `Vi har frågat ${your[other]} om den nya tiden. Mötet ligger kvar på nuvarande tid tills svaret är ja.`,
    undone: (other) =>
      `${Your[other]} hade godkänt din tidigare förfrågan. Din nya förfrågan har ersatt den, därför gäller det godkännandet inte.`,
    instead: (other) => `Därmed har du avböjt det som ${your[other]} hade bett om.`,
  },
  proposalDeclined: {
    subject: (title) => `Ny tid avböjd för ${title}`,
    heading: 'Den nya tiden avböjdes',
    byOther: (other) => `${Your[other]} kan inte den tid som du föreslog.`,
    byNobody: {
      unfit:
        'Tiden som du föreslog kunde inte användas: den har passerat eller saknar längd, eller så har mötet börjat.',
      stale: 'Tiden som du föreslog kunde inte användas: mötet har flyttats efter den inbjudan som du svarade på.',
      notAllowed: 'Tiden som du föreslog kunde inte användas: det går inte att föreslå nya tider för det här mötet.',
    },
    stays: 'Mötet ligger kvar på nuvarande tid.',
  },
  proposalExpired: {
    subject: (title) => `Inget svar ännu om ny tid för ${title}`,
    heading: 'Din förfrågan har gått ut',
    unanswered: (other) => `${Your[other]} svarade inte på din förfrågan om en ny tid.`,
    lapsed: 'Din förfrågan om en ny tid passar inte längre mötet och gäller därför inte.',
    otherChanged: (other) => `${Your[other]} har bytts ut, därför är din förfrågan om en ny tid avslutad.`,
    stays: 'Mötet ligger kvar på nuvarande tid.',
  },
  freshLink: {
    subject: (title) => `Din länk till ${title}`,
    heading: 'Här är din nya länk',
    intro: 'Du bad om en ny länk. Tidigare länkar kanske inte fungerar längre.',
  },
  claims: {
    accepted: 'Du tackar ja',
    declined: 'Du tackar nej',
    tentative: 'Du kommer kanske',
    newTime: 'Du föreslår en annan tid',
  },
  unconfirmedAnswer: {
    subject: (title) => `Bekräfta ditt svar för ${title}`,
    heading: 'Var det här ditt svar?',
    intro:
      'Vi har fått ett mejl med ditt svar om det här mötet, men vi kan inte vara säkra på att det kom från dig. Det har inte ändrat något än.',
    says: 'Svaret lyder',
    ask: 'Om det var ditt, öppna den här länken och bekräfta det där:',
    button: 'Visa svaret',
    otherwise: 'Om du inte skrev det behöver du inte göra något.',
  },
  textAnswer: {
    subject: (title) => `Om ditt meddelande om ${title}`,
    heading: 'Vi har fått ditt meddelande',
    intro: (other) =>
      `Den här brevlådan läses av ett program: det du skrev har inte skickats vidare till ${your[other]}, och ingenting har ändrats.`,
    unreadable: {
      encrypted: (other) =>
        `Ditt mejl är krypterat och vi kan inte läsa det. Ingenting har ändrats, och ingenting har skickats vidare till ${your[other]}. Svara utan kryptering, eller använd länken nedan.`,
      time: (other) =>
        `Din kalender föreslog en ny tid, men vi kunde inte avgöra vilken tid som menas. Ingenting har ändrats, och ingenting har skickats vidare till ${your[other]}. Välj tiden med länken nedan.`,
    },
    askTime: 'Om du vill ha den föreslagna tiden, öppna den här länken; den är redan ifylld i formuläret:',
    askNoTime: 'Om du vill ha en annan tid, öppna den här länken och be om den där:',
    confirm: {
      accepted: 'Öppna den här länken för att tacka ja till mötet och bekräfta det där:',
      tentative: 'Öppna den här länken för att svara ”kanske” och bekräfta det där:',
      declined: 'Öppna den här länken för att tacka nej till mötet och bekräfta det där:',
      declinedForBoth: 'Öppna den här länken för att tacka nej och ställa in mötet för er båda, och bekräfta det där:',
    },
    buttons: {
      time: 'Be om den här tiden',
      noTime: 'Föreslå ny tid',
      accepted: 'Tacka ja till mötet',
      tentative: 'Svara ”kanske”',
      declined: 'Tacka nej till mötet',
    },
  },
  howToAnswer: invitation.howToAnswer,
  answerLink: {
    invited: 'Om knapparna saknas, öppna den här länken för att svara ja, kanske eller nej, eller be om en annan tid:',
    text: 'Öppna den här länken för att i stället svara ja, kanske eller nej:',
    button: 'Svara här',
  },
  reschedule: {
    ask: {
      invited: invitation.askNewTime,
      pending: () =>
        'Öppna den här länken om du vill be om en annan tid i stället; den nya förfrågan ersätter den här:',
      again: (other) =>
        `Öppna den här länken för att föreslå en annan tid; vi frågar ${your[other]}, ingen inloggning behövs:`,
    },
    button: 'Föreslå ny tid',
  },
  colon: ':',
  buttonTrouble: 'Om en knapp inte fungerar, använd de här länkarna:',
  linksAreYours: 'Länkarna i det här mejlet är bara för dig, så vidarebefordra det inte.',
  privacy: (other) => `Varken du eller ${your[other]} ser den andras adress.`,
};
