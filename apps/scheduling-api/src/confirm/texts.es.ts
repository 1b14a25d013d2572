// Spanish: what the pages about an unconfirmed answer say.
// Used by texts.ts; the type names every text that must be here.
import type { ConfirmTexts } from './confirm-texts';

const la = { host: 'la persona anfitriona', guest: 'la persona invitada' } as const;

export const es: ConfirmTexts = {
  heading: '¿Es suya esta respuesta?',
  body: 'Hasta ahora no ha cambiado nada. Confirme la respuesta solo si es suya.',
  claims: {
    accepted: () => 'Usted acepta esta cita.',
    declined: () => 'Usted rechaza esta cita.',
    tentative: () => 'Usted quizás asista a esta cita.',
    'new-time': (other) =>
      `Usted propone otra hora. Preguntaremos a ${la[other]}; nada cambia hasta que la respuesta sea afirmativa.`,
  },
  yes: {
    accepted: 'Sí, acepto la cita',
    declined: 'Sí, rechazo la cita',
    tentative: 'Sí, quizás asista',
    'new-time': 'Sí, solicitar esta hora',
  },
  no: 'No, dejar todo como está',
  done: {
    accepted: { heading: 'Ha aceptado la cita', body: () => 'Gracias. La cita tendrá lugar como estaba previsto.' },
    declined: { heading: 'Ha rechazado la cita', body: () => 'Su respuesta ha quedado registrada.' },
    tentative: { heading: 'Su respuesta está registrada', body: () => 'La cita se mantiene según lo previsto.' },
    'new-time': {
      heading: 'Su solicitud se ha enviado',
      body: (other) =>
        `Preguntamos a ${la[other]} por la nueva hora. La cita no cambia hasta que la respuesta sea afirmativa.`,
    },
  },
  dropped: { heading: 'No se ha cambiado nada', body: 'La respuesta que no era suya queda descartada.' },
  overtaken: {
    heading: 'Esta respuesta ya no es válida',
    body: 'La cita se ha cambiado, o usted ha respondido después. Esta respuesta no ha cambiado nada.',
  },
  used: { heading: 'Esto ya tiene respuesta', body: 'Usted ya respondió a esta pregunta; ahora no ha cambiado nada.' },
};
