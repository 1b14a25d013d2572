// Polish: what the pages about an unconfirmed answer say.
// Used by texts.ts; the type names every text that must be here.
import type { ConfirmTexts } from './confirm-texts';

const gen = { host: 'gospodarza', guest: 'gościa' } as const;

export const pl: ConfirmTexts = {
  heading: 'Czy to Państwa odpowiedź?',
  body: 'Na razie nic się nie zmieniło. Prosimy potwierdzić odpowiedź tylko wtedy, gdy pochodzi od Państwa.',
  claims: {
    accepted: () => 'Przyjmują Państwo zaproszenie na to spotkanie.',
    declined: () => 'Odrzucają Państwo zaproszenie.',
    tentative: () => 'Być może wezmą Państwo udział w tym spotkaniu.',
    'new-time': (other) => `Proponują Państwo inny termin. Zapytamy ${gen[other]}; do czasu zgody nic się nie zmieni.`,
  },
  yes: {
    accepted: 'Tak, przyjmuję',
    declined: 'Tak, odrzucam',
    tentative: 'Tak, może wezmę udział',
    'new-time': 'Tak, proszę o ten termin',
  },
  no: 'Nie, niech wszystko zostanie bez zmian',
  done: {
    accepted: { heading: 'Zaproszenie przyjęte', body: () => 'Dziękujemy. Spotkanie odbędzie się zgodnie z planem.' },
    declined: { heading: 'Zaproszenie odrzucone', body: () => 'Państwa odpowiedź została zapisana.' },
    tentative: { heading: 'Odpowiedź została zapisana', body: () => 'Plan spotkania się nie zmienia.' },
    'new-time': {
      heading: 'Prośba została wysłana',
      body: (other) => `Zapytamy ${gen[other]} o nowy termin. Do czasu zgody spotkanie pozostaje w obecnym terminie.`,
    },
  },
  dropped: { heading: 'Nic się nie zmieniło', body: 'Odpowiedź, która nie pochodziła od Państwa, została pominięta.' },
  overtaken: {
    heading: 'Ta odpowiedź jest już nieaktualna',
    body: 'Spotkanie zostało zmienione albo odpowiedzieli Państwo później. Ta odpowiedź niczego nie zmieniła.',
  },
  used: {
    heading: 'Na to już odpowiedziano',
    body: 'Odpowiedzieli już Państwo na to pytanie; teraz nic się nie zmieniło.',
  },
};
