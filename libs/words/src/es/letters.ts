// Spanish: every text of the letters.
// Used by letters.ts; the type names every text that must be here.
import type { InvitationWords, LetterTexts } from '../letter-texts';

// "La persona" agrees with nobody in particular.
const la = { host: 'la persona anfitriona', guest: 'la persona invitada' } as const;
const La = { host: 'La persona anfitriona', guest: 'La persona invitada' } as const;
const to = { host: 'a la persona anfitriona', guest: 'a la persona invitada' } as const;

const changedWords = { title: 'el título', location: 'el lugar', videoUrl: 'el enlace en línea' } as const;
const list = (words: string[]): string => new Intl.ListFormat('es').format(words);

/** What the calendar entry of an invitation says; letters say it too. */
const invitation: InvitationWords = {
  howToAnswer: 'Acepte o rechace con los botones de su calendario o de su programa de correo.',
  organizerWrites: (reason) => `Mensaje de la organización: ${reason}`,
  join: 'Participar en línea',
  askNewTime: (other) =>
    `¿No le conviene la hora? Abra este enlace y proponga otra; preguntaremos ${to[other]}, no hace falta iniciar sesión:`,
};

export const letters: LetterTexts = {
  invitation,
  subjects: {
    invite: (title) => `${title} — Invitación`,
    update: (title) => `${title} — Nueva hora`,
    cancel: (title) => `${title} — Cita cancelada`,
    proposal: (title) => `¿Acepta la nueva hora de ${title}?`,
  },
  until: 'a',
  labels: {
    when: 'Cuándo',
    now: 'Hora actual de la cita',
    before: 'Antes',
    earlier: 'Solicitud anterior',
    declined: 'Rechazada',
    proposed: 'Hora propuesta',
    newTime: 'Nueva hora',
    where: 'Lugar',
    join: invitation.join,
  },
  invite: {
    heading: 'Ha recibido una invitación',
    intro: (other) => `Esta es la invitación a su cita con ${la[other]}.`,
  },
  update: {
    heading: 'La hora ha cambiado',
    intro: (other) => `Su cita con ${la[other]} tiene una nueva hora. Responda de nuevo para la nueva hora, por favor.`,
    approvedByYou: (other) =>
      `Usted ha aceptado la nueva hora de su cita con ${la[other]}; acepte también la nueva hora en su calendario, por favor.`,
    approvedByOther: (other) =>
      `${La[other]} ha aceptado la hora que usted propuso; acepte la nueva hora en su calendario, por favor.`,
    unchanged: (other) => `Este es el estado actual de su cita con ${la[other]}.`,
    changedHeading: 'La cita ha cambiado',
    changed: (other, what) => `Cambios en su cita con ${la[other]}: ${list(what.map((each) => changedWords[each]))}.`,
    titleBefore: 'Título anterior',
    whereBefore: 'Lugar anterior',
    requestClosed: 'Con este cambio, su solicitud de una nueva hora queda cerrada.',
  },
  organizerWrites: invitation.organizerWrites,
  cancel: {
    heading: 'La cita se ha cancelado',
    intro: (other) => `Su cita con ${la[other]} no tendrá lugar.`,
    declinedByYou: 'Usted ha rechazado la invitación; por eso la cita queda cancelada para ambas partes.',
    declinedByOther: (other) => `${La[other]} ha rechazado la invitación; por eso la cita queda cancelada.`,
    description: 'Esta cita se ha cancelado.',
    withdrawn: 'La organización ha retirado su invitación a esta cita.',
  },
  proposal: {
    heading: (other) => `${La[other]} pide una nueva hora`,
    intro: (other) =>
      `${La[other]} desea cambiar la hora de su cita. Si la acepta, se actualizarán ambos calendarios. Si la rechaza, no cambia nada.`,
    undone: (other) =>
      `Usted había aceptado una solicitud anterior. ${La[other]} ha pedido después otra hora; por eso su aceptación no llegó a tener efecto.`,
    note: (other) => `Mensaje de ${la[other]}`,
    approve: 'Aceptar la nueva hora',
    decline: 'Rechazar y mantener la hora actual',
    introSeveral: (other) =>
      `${La[other]} desea cambiar la hora de su cita y ofrece varias horas. Si acepta una, se actualizarán ambos calendarios. Si las rechaza, no cambia nada.`,
    option: (number) => `Hora ${number}`,
    approveOption: (option) => `Aceptar: ${option}`,
    declineAll: 'Rechazar todas y mantener la hora actual',
    validUntil: (moment) => `Puede decidir hasta el ${moment}.`,
    instead: {
      heading: (other) => `${La[other]} propone otra hora`,
      intro: (other) =>
        `A ${la[other]} no le conviene la hora que usted propuso; por eso propone otra. Si la acepta, se actualizarán ambos calendarios. Si la rechaza, no cambia nada.`,
      introSeveral: (other) =>
        `A ${la[other]} no le conviene la hora que usted propuso; por eso propone otras. Si acepta una, se actualizarán ambos calendarios. Si las rechaza, no cambia nada.`,
    },
    suggest: {
      ask: 'Si prefiere proponer otra hora, abra este enlace; al enviarla, esta solicitud quedará rechazada:',
      button: 'Proponer otra hora',
    },
  },
  proposalSent: {
    subject: (title) => `Nueva hora solicitada para ${title}`,
    heading: 'Su solicitud se ha enviado',
    intro: (other) =>
      `Hemos preguntado a ${la[other]} por la nueva hora. La cita mantiene su hora actual hasta que la respuesta sea afirmativa.`,
    undone: (other) =>
      `${La[other]} había aceptado su solicitud anterior. Su nueva solicitud la sustituyó; por eso aquella aceptación no llegó a tener efecto.`,
    instead: (other) => `Con ello ha rechazado la solicitud de ${la[other]}.`,
  },
  proposalDeclined: {
    subject: (title) => `Nueva hora rechazada para ${title}`,
    heading: 'La nueva hora se ha rechazado',
    byOther: (other) => `A ${la[other]} no le conviene la hora que usted propuso.`,
    byNobody: {
      unfit:
        'No se ha podido tener en cuenta la hora que usted propuso: ya ha pasado o no tiene duración, o la cita ya ha empezado.',
      stale:
        'No se ha podido tener en cuenta la hora que usted propuso: la hora de la cita ha cambiado desde la invitación a la que respondió.',
      notAllowed:
        'No se ha podido tener en cuenta la hora que usted propuso: en esta cita no se pueden proponer nuevas horas.',
    },
    stays: 'La cita mantiene su hora actual.',
  },
  proposalExpired: {
    subject: (title) => `Aún sin respuesta sobre la nueva hora de ${title}`,
    heading: 'Su solicitud ha caducado',
    unanswered: (other) => `${La[other]} no ha respondido a su solicitud de una nueva hora.`,
    lapsed: 'Su solicitud de una nueva hora ya no corresponde a la cita y ha quedado sin efecto.',
    otherChanged: () =>
      'La persona que participa con usted ha cambiado; por eso su solicitud de una nueva hora queda cerrada.',
    stays: 'La cita mantiene su hora actual.',
  },
  freshLink: {
    subject: (title) => `Su enlace para ${title}`,
    heading: 'Aquí tiene su nuevo enlace',
    intro: 'Ha pedido un nuevo enlace. Es posible que los enlaces anteriores ya no funcionen.',
  },
  claims: {
    accepted: 'Usted acepta la cita',
    declined: 'Usted rechaza la cita',
    tentative: 'Usted quizás asista',
    newTime: 'Usted propone otra hora',
  },
  unconfirmedAnswer: {
    subject: (title) => `Confirme su respuesta para ${title}`,
    heading: '¿Es suya esta respuesta?',
    intro:
      'Hemos recibido un correo con su respuesta a esta cita, pero no podemos saber con certeza si es suyo. Hasta ahora no ha cambiado nada.',
    says: 'La respuesta dice',
    ask: 'Si es suya, abra este enlace y confírmela allí:',
    button: 'Ver la respuesta',
    otherwise: 'Si no la ha escrito usted, no tiene que hacer nada.',
  },
  textAnswer: {
    subject: (title) => `Sobre su mensaje acerca de ${title}`,
    heading: 'Hemos recibido su mensaje',
    intro: (other) =>
      `Este buzón lo lee un programa: su mensaje no se ha transmitido a ${la[other]} y no ha cambiado nada.`,
    unreadable: {
      encrypted: (other) =>
        `Su correo está cifrado y no podemos leerlo. No ha cambiado nada y no se ha transmitido nada a ${la[other]}. Responda sin cifrado o utilice el enlace de abajo, por favor.`,
      time: (other) =>
        `Su calendario ha propuesto una nueva hora, pero no hemos podido determinar cuál. No ha cambiado nada y no se ha transmitido nada a ${la[other]}. Elija la hora con el enlace de abajo, por favor.`,
    },
    askTime: 'Si desea la hora propuesta, abra este enlace; el formulario ya está rellenado con ella:',
    askNoTime: 'Si desea otra hora, abra este enlace y solicítela:',
    confirm: {
      accepted: 'Para aceptar la cita, abra este enlace y confírmelo allí:',
      tentative: 'Para responder «quizás», abra este enlace y confírmelo allí:',
      declined: 'Para rechazar la cita, abra este enlace y confírmelo allí:',
      declinedForBoth: 'Para rechazar y cancelar la cita para ambas partes, abra este enlace y confírmelo allí:',
    },
    buttons: {
      time: 'Solicitar esta hora',
      noTime: 'Solicitar una nueva hora',
      accepted: 'Aceptar la cita',
      tentative: 'Responder «quizás»',
      declined: 'Rechazar la cita',
    },
  },
  howToAnswer: invitation.howToAnswer,
  answerLink: {
    invited: '¿No ve esos botones? Abra este enlace para aceptar, responder «quizás», rechazar o pedir otra hora:',
    text: 'Si prefiere aceptar, responder «quizás» o rechazar, abra este enlace:',
    button: 'Responder aquí',
  },
  reschedule: {
    ask: {
      invited: invitation.askNewTime,
      pending: () => 'Para pedir otra hora distinta, abra este enlace; la nueva solicitud sustituirá a esta:',
      again: (other) =>
        `Para proponer otra hora, abra este enlace; preguntaremos a ${la[other]}, no hace falta iniciar sesión:`,
    },
    button: 'Solicitar una nueva hora',
  },
  colon: ':',
  buttonTrouble: '¿Algún botón no funciona? Estos son los enlaces:',
  linksAreYours: 'Los enlaces de este correo son solo para usted; no lo reenvíe, por favor.',
  privacy: (other) => `Ni usted ni ${la[other]} ven la dirección de correo de la otra parte.`,
};
