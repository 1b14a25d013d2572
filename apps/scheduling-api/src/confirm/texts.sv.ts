// Swedish: what the pages about an unconfirmed answer say.
// Used by texts.ts; the type names every text that must be here.
import type { ConfirmTexts } from './confirm-texts';

const your = { host: 'din värd', guest: 'din gäst' } as const;

export const sv: ConfirmTexts = {
  heading: 'Är det här ditt svar?',
  body: 'Ingenting har ändrats än. Bekräfta svaret bara om det är ditt.',
  claims: {
    accepted: () => 'Du tackar ja till mötet.',
    declined: () => 'Du tackar nej till mötet.',
    tentative: () => 'Du kommer kanske till mötet.',
    'new-time': (other) => `Du föreslår en annan tid. Vi frågar ${your[other]}; inget flyttas förrän svaret är ja.`,
  },
  yes: {
    accepted: 'Ja, jag tackar ja',
    declined: 'Ja, jag tackar nej',
    tentative: 'Ja, jag kommer kanske',
    'new-time': 'Ja, be om den här tiden',
  },
  no: 'Nej, låt allt vara som det är',
  done: {
    accepted: { heading: 'Du har tackat ja', body: () => 'Tack. Mötet blir av som planerat.' },
    declined: { heading: 'Du har tackat nej', body: () => 'Ditt svar är registrerat.' },
    tentative: { heading: 'Ditt svar är registrerat', body: () => 'Mötet ligger kvar som planerat.' },
    'new-time': {
      heading: 'Din förfrågan har skickats',
      body: (other) =>
        `Vi frågar ${your[other]} om den nya tiden. Mötet ligger kvar på nuvarande tid tills svaret är ja.`,
    },
  },
  dropped: { heading: 'Ingenting har ändrats', body: 'Svaret som inte var ditt har lagts åt sidan.' },
  overtaken: {
    heading: 'Svaret är inte längre aktuellt',
    body: 'Mötet har ändrats, eller så har du svarat sedan dess. Det här svaret har inte ändrat något.',
  },
  used: { heading: 'Det här är redan besvarat', body: 'Du har redan svarat på den här frågan; inget har ändrats nu.' },
};
