// Italian: what the pages about an unconfirmed answer say.
// Used by texts.ts; the type names every text that must be here.
import type { ConfirmTexts } from './confirm-texts';

const alla = { host: 'alla persona ospitante', guest: 'alla persona invitata' } as const;

export const it: ConfirmTexts = {
  heading: 'È sua questa risposta?',
  body: 'Finora nulla è cambiato. Confermi la risposta solo se è sua.',
  claims: {
    accepted: () => 'Lei accetta questo appuntamento.',
    declined: () => 'Lei rifiuta questo appuntamento.',
    tentative: () => 'Lei forse parteciperà a questo appuntamento.',
    'new-time': (other) =>
      `Lei propone un altro orario. Lo chiederemo ${alla[other]}; nulla si sposta finché la risposta non è positiva.`,
  },
  yes: {
    accepted: 'Sì, accetto',
    declined: 'Sì, rifiuto',
    tentative: 'Sì, forse parteciperò',
    'new-time': 'Sì, chiedo questo orario',
  },
  no: 'No, lascia tutto com’è',
  done: {
    accepted: {
      heading: 'Ha accettato l’appuntamento',
      body: () => 'Grazie. L’appuntamento avrà luogo come previsto.',
    },
    declined: { heading: 'Ha rifiutato l’appuntamento', body: () => 'La sua risposta è stata registrata.' },
    tentative: { heading: 'La sua risposta è registrata', body: () => 'L’appuntamento resta come previsto.' },
    'new-time': {
      heading: 'La sua richiesta è stata inviata',
      body: (other) =>
        `Inoltriamo la sua richiesta ${alla[other]}. L’appuntamento non si sposta finché la risposta non è positiva.`,
    },
  },
  dropped: { heading: 'Nulla è stato modificato', body: 'La risposta che non era sua è stata scartata.' },
  overtaken: {
    heading: 'Questa risposta non è più attuale',
    body: 'L’appuntamento è stato modificato, oppure lei ha risposto nel frattempo. Questa risposta non ha cambiato nulla.',
  },
  used: { heading: 'Ha già risposto', body: 'Ha già risposto a questa domanda; ora non è cambiato nulla.' },
};
