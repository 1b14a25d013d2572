// Dutch: what the pages about an unconfirmed answer say.
// Used by texts.ts; the type names every text that must be here.
import type { ConfirmTexts } from './confirm-texts';

const uw = { host: 'uw host', guest: 'uw gast' } as const;

export const nl: ConfirmTexts = {
  heading: 'Is dit uw antwoord?',
  body: 'Er is nog niets gewijzigd. Bevestig het antwoord alleen als het van u is.',
  claims: {
    accepted: () => 'U accepteert deze afspraak.',
    declined: () => 'U weigert deze afspraak.',
    tentative: () => 'U komt misschien naar deze afspraak.',
    'new-time': (other) =>
      `U stelt een andere tijd voor. Wij vragen het aan ${uw[other]}; er verandert niets tot er een akkoord is.`,
  },
  yes: {
    accepted: 'Ja, ik accepteer',
    declined: 'Ja, ik weiger',
    tentative: 'Ja, ik kom misschien',
    'new-time': 'Ja, deze tijd aanvragen',
  },
  no: 'Nee, alles zo laten',
  done: {
    accepted: { heading: 'U hebt geaccepteerd', body: () => 'Dank u wel. De afspraak gaat door zoals gepland.' },
    declined: { heading: 'U hebt geweigerd', body: () => 'Uw antwoord is vastgelegd.' },
    tentative: { heading: 'Uw antwoord is vastgelegd', body: () => 'De afspraak blijft zoals gepland.' },
    'new-time': {
      heading: 'Uw verzoek is verzonden',
      body: (other) =>
        `Wij leggen de nieuwe tijd voor aan ${uw[other]}. De afspraak houdt de huidige tijd tot er een akkoord is.`,
    },
  },
  dropped: { heading: 'Er is niets gewijzigd', body: 'Het antwoord dat niet van u was, is terzijde gelegd.' },
  overtaken: {
    heading: 'Dit antwoord is niet meer actueel',
    body: 'De afspraak is gewijzigd, of u hebt intussen geantwoord. Door dit antwoord is niets gewijzigd.',
  },
  used: { heading: 'Dit is al beantwoord', body: 'U hebt deze vraag al beantwoord; er is nu niets veranderd.' },
};
