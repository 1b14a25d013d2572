// German: what the pages about an unconfirmed answer say.
// Used by texts.ts; the type names every text that must be here.
import type { ConfirmTexts } from './confirm-texts';

const akkusativ = { host: 'Ihren Gastgeber', guest: 'Ihren Gast' } as const;

export const de: ConfirmTexts = {
  heading: 'Ist das Ihre Antwort?',
  body: 'Bisher hat sich nichts geändert. Bestätigen Sie die Antwort nur, wenn sie von Ihnen ist.',
  claims: {
    accepted: () => 'Sie sagen für diesen Termin zu.',
    declined: () => 'Sie sagen für diesen Termin ab.',
    tentative: () => 'Sie kommen vielleicht.',
    'new-time': (other) =>
      `Sie schlagen eine andere Zeit vor. Wir fragen ${akkusativ[other]}; bis zur Zusage bleibt alles, wie es ist.`,
  },
  yes: {
    accepted: 'Ja, ich sage zu',
    declined: 'Ja, ich sage ab',
    tentative: 'Ja, vielleicht',
    'new-time': 'Ja, um diese Zeit bitten',
  },
  no: 'Nein, alles so lassen',
  done: {
    accepted: { heading: 'Sie haben zugesagt', body: () => 'Danke. Der Termin findet wie geplant statt.' },
    declined: { heading: 'Sie haben abgesagt', body: () => 'Ihre Antwort ist vermerkt.' },
    tentative: { heading: 'Ihre Antwort ist vermerkt', body: () => 'Der Termin bleibt wie geplant.' },
    'new-time': {
      heading: 'Ihre Anfrage wurde verschickt',
      body: (other) =>
        `Wir fragen ${akkusativ[other]} nach der neuen Zeit. Bis zur Zusage bleibt der Termin bei seiner bisherigen Zeit.`,
    },
  },
  dropped: { heading: 'Nichts wurde geändert', body: 'Die Antwort, die nicht von Ihnen war, wurde verworfen.' },
  overtaken: {
    heading: 'Diese Antwort passt nicht mehr',
    body: 'Der Termin wurde geändert, oder Sie haben inzwischen geantwortet. Durch diese Antwort hat sich nichts geändert.',
  },
  used: {
    heading: 'Das ist schon beantwortet',
    body: 'Sie haben diese Frage schon beantwortet; jetzt hat sich nichts geändert.',
  },
};
