// Spanish: everything that pages say.
// Used by languages.ts; the type names every text that must be here.
import type { Texts } from './texts';

// "La persona" agrees with nobody in particular.
const la = { host: 'la persona anfitriona', guest: 'la persona invitada' } as const;
const La = { host: 'La persona anfitriona', guest: 'La persona invitada' } as const;

const length = (minutes: number): string => {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const written = hours === 0 ? '' : hours === 1 ? '1 hora' : `${hours} horas`;
  const short = rest === 0 ? '' : rest === 1 ? '1 minuto' : `${rest} minutos`;
  return [written, short].filter((each) => each !== '').join(' y ') || '0 minutos';
};

export const es: Texts = {
  until: 'a',
  or: (times) => new Intl.ListFormat('es', { type: 'disjunction' }).format(times),
  labels: {
    now: 'Hora actual de la cita',
    wasPlanned: 'Estaba prevista para',
    proposed: 'Hora propuesta',
    newTime: 'Nueva hora',
    asked: 'Hora solicitada',
    notAgreed: 'Propuesta, no acordada',
  },
  elsewhere: 'En otras zonas horarias',
  addToCalendar: 'Añadir al calendario',
  footer: (other) =>
    `Esta página es solo para usted; no comparta su enlace, por favor. Ni usted ni ${la[other]} ven la dirección de correo de la otra parte.`,
  form: {
    heading: 'Solicitar una nueva hora',
    intro: (other) =>
      `Elija una hora que le convenga. Preguntaremos a ${la[other]}; la cita no cambia hasta que la respuesta sea afirmativa.`,
    likely: 'Opciones rápidas',
    newTime: 'Nueva hora',
    date: 'Fecha',
    start: 'Inicio',
    length: 'Duración',
    sameLength: (minutes) => `${minutes}, como ahora`,
    minutes: length,
    zone: (zone) => `Las horas corresponden a esta zona: ${zone}.`,
    otherZone: 'Usar otra zona horaria',
    zoneLabel: 'Zona horaria',
    showZone: 'Usar esta zona',
    note: (other) => `Mensaje para ${la[other]} (opcional)`,
    noteHint: 'Hasta 500 caracteres. Las direcciones de correo se eliminan.',
    submit: 'Solicitar esta hora',
    submitSeveral: 'Solicitar estas horas',
    addTime: 'Añadir otra hora',
    otherTime: 'Otra hora (opcional)',
    ownPending: (time) => `Ya ha solicitado: ${time}. Una nueva solicitud sustituirá a esta.`,
    otherPending: (other, time) =>
      `${La[other]} ha solicitado: ${time}. Puede responder con los enlaces de nuestro correo.`,
    suggestIntro: (other, time) =>
      `${La[other]} ha solicitado: ${time}. Si envía otra hora, esa solicitud quedará rechazada y preguntaremos a ${la[other]} por la que usted proponga; la cita no cambia hasta que la respuesta sea afirmativa.`,
    faults: {
      'bad-date': 'Indique una fecha.',
      'bad-time': 'Indique una hora.',
      'skipped-time': 'A esa hora se adelantan los relojes, así que esa hora no existe ese día. Elija otra.',
      'repeated-time':
        'A esa hora se atrasan los relojes, así que esa hora se repite ese día. Elija a cuál de las dos se refiere.',
      'bad-length': 'Elija cuánto dura la cita.',
      'start-in-past': 'Esa hora ya ha pasado. Elija una posterior.',
      'end-not-after-start': 'La cita debe terminar después de empezar.',
      'no-new-time': 'Esa es la hora actual de la cita. Elija otra.',
      'times-alike': 'Esta hora aparece dos veces. Elija otra.',
      'too-long': 'El mensaje tiene más de 500 caracteres.',
      'control-character': 'El mensaje contiene caracteres que no se pueden mostrar.',
    },
    whichOne: '¿A cuál se refiere?',
    first: 'la primera',
    second: 'la segunda',
    check: 'Revise su solicitud, por favor',
  },
  sent: {
    heading: 'Su solicitud está en camino',
    body: (other) =>
      `Preguntamos a ${la[other]} por correo. La cita mantiene su hora actual hasta que la respuesta sea afirmativa.`,
    wrote: 'Usted escribió',
    until: (moment) => `La solicitud está abierta hasta el ${moment}.`,
    instead: (other, time) => `Con ello ha rechazado la solicitud de ${la[other]}: ${time}.`,
  },
  decision: {
    heading: (other) => `${La[other]} pide una nueva hora`,
    body: 'Si la acepta, se actualizarán ambos calendarios. Si la rechaza, no cambia nada.',
    wrote: (other) => `Mensaje de ${la[other]}`,
    approve: 'Aceptar la nueva hora',
    decline: 'Rechazar y mantener la hora actual',
    until: (moment) => `Puede decidir hasta el ${moment}.`,
    bodySeveral: 'Si acepta una de estas horas, se actualizarán ambos calendarios. Si las rechaza, no cambia nada.',
    option: (number) => `Hora ${number}`,
    approveOption: 'Aceptar esta hora',
    declineAll: 'Rechazar todas y mantener la hora actual',
    suggest: 'Proponer otra hora',
    suggested: (other) => ({
      heading: 'Ha propuesto otra hora',
      body: `Con ello ha rechazado la solicitud de ${la[other]}.`,
    }),
    instead: (other) => ({
      heading: `${La[other]} propone otra hora`,
      body: `A ${la[other]} no le conviene la hora que usted solicitó.`,
    }),
    ownOpen: (time) => `Su propia solicitud también está abierta: ${time}. Terminará si se acepta esta.`,
    undone: 'Deshecho. No ha cambiado nada; puede decidir de nuevo.',
    contested:
      'Se han abierto los dos enlaces, así que no se ha decidido nada. Elija con uno de los botones, por favor.',
    buttonsOnly: 'Aún no se ha decidido nada. Elija con uno de los botones, por favor.',
    held: {
      approve: () => ({
        heading: 'Usted acepta la nueva hora',
        body: 'Ambos calendarios se actualizarán por correo.',
      }),
      decline: (other) => ({
        heading: 'Usted rechaza la nueva hora',
        body: `La cita mantiene su hora actual y avisaremos a ${la[other]}.`,
      }),
    },
    effective: (seconds) =>
      `Su decisión tendrá efecto en ${seconds === 1 ? '1 segundo' : `unos ${seconds} segundos`}. Hasta entonces puede deshacerlo o simplemente cerrar esta página.`,
    undo: 'Deshacer',
    approved: {
      heading: 'La nueva hora está acordada',
      body: 'Usted la ha aceptado. Ambos calendarios se actualizan por correo; acepte la nueva hora en el suyo, por favor.',
    },
    declined: (other) => ({
      heading: 'La nueva hora se ha rechazado',
      body: `Usted la ha rechazado, así que no ha cambiado nada. Avisamos a ${la[other]}.`,
    }),
    decidedBefore: 'Esto ya estaba decidido; este último clic no ha cambiado nada.',
    nothingHeld: 'No había nada que deshacer.',
    lapsedHeading: 'Su decisión no pudo tener efecto',
    lapsed: {
      'other-approved': 'Entretanto se ha acordado otra hora.',
      replaced: 'Entretanto una solicitud más reciente ha sustituido a esta.',
      'room-cancelled': 'Entretanto la cita se ha cancelado.',
      'older-sequence': 'Entretanto ha cambiado la hora de la cita.',
      'room-moved': 'Entretanto la organización ha cambiado la cita; por eso esta solicitud queda cerrada.',
      'attendee-changed': 'Entretanto han cambiado las personas que participan; por eso esta solicitud queda cerrada.',
      'proposal-expired': 'Para entonces, la hora propuesta ya había pasado.',
    },
  },
  answer: {
    heading: '¿Va a participar?',
    body: 'Elija su respuesta. No se envía nada hasta que pulse un botón.',
    soFar: {
      accepted: 'Ha aceptado la cita. Todavía puede cambiar su respuesta.',
      tentative: 'Ha respondido que quizás asista. Todavía puede cambiar su respuesta.',
      declined: 'Ha rechazado la cita. Todavía puede cambiar su respuesta.',
    },
    strict: (other) => `Si rechaza la cita, se cancela para usted y para ${la[other]}.`,
    buttons: { accepted: 'Aceptar', tentative: 'Quizás', declined: 'Rechazar' },
    note: 'Mensaje para la organización (opcional)',
    noteHint: 'Hasta 300 caracteres. Solo lo ve la organización. Las direcciones de correo se eliminan.',
    faults: {
      choose: 'Elija una de las respuestas, por favor.',
      note: 'No se ha podido guardar el mensaje. Acórtelo, por favor.',
    },
    done: {
      accepted: { heading: 'Ha aceptado la cita', body: 'Gracias. Su respuesta queda registrada.' },
      tentative: { heading: 'Ha respondido: quizás', body: 'Su respuesta queda registrada.' },
      declined: { heading: 'Ha rechazado la cita', body: 'Su respuesta queda registrada. La cita se mantiene.' },
    },
    cancelled: (other) => `Ha rechazado la cita, así que queda cancelada para usted y para ${la[other]}.`,
    mayChange: 'Puede cambiar su respuesta hasta que empiece la cita.',
    change: 'Cambiar mi respuesta',
    otherTimeAsk: '¿No le conviene la hora?',
    otherTime: 'Solicitar una nueva hora',
  },
  notices: {
    used: (other, waiting) => ({
      heading: waiting ? 'Su solicitud se ha enviado' : 'Este enlace ya se ha usado',
      body: waiting
        ? `Le avisaremos cuando ${la[other]} haya decidido.`
        : 'Con él ha enviado una solicitud, y cada enlace sirve una sola vez.',
    }),
    expiredLink: {
      heading: 'Este enlace ha caducado',
      body: 'Ya no funciona, pero se puede crear uno nuevo enseguida.',
    },
    expiredProposal: (other) => ({
      heading: 'Esta solicitud ha caducado',
      body: `El plazo para responder a ${la[other]} ha terminado. La cita mantiene su hora actual.`,
    }),
    replaced: (other) => ({
      heading: 'Hay una solicitud más reciente',
      body: `${La[other]} ha pedido después otra hora. Utilice los enlaces de nuestro último correo, por favor.`,
    }),
    older: {
      heading: 'La hora de la cita ha cambiado desde entonces',
      body: 'Esta solicitud era para una hora anterior de la cita y ya no se puede responder.',
    },
    optionPassed: {
      heading: 'Esta hora ya ha pasado',
      body: 'Ya no se puede aceptar. La cita mantiene su hora actual.',
    },
    answerOutdated: {
      heading: 'La hora de la cita ha cambiado desde entonces',
      body: 'Este enlace era para una hora anterior de la cita. Utilice el enlace de nuestro último correo, por favor.',
    },
    answerTooLate: {
      heading: 'La cita ya ha empezado',
      body: 'Con este enlace ya no se puede responder a la invitación.',
    },
    cancelled: {
      heading: 'La cita está cancelada',
      body: 'No tendrá lugar, así que ya no hay nada que decidir.',
    },
    cancelledSince: 'La cita se ha cancelado desde entonces.',
    started: { heading: 'La cita ya ha empezado', body: 'Su hora ya no se puede cambiar.' },
    notAllowed: {
      heading: 'La hora es fija',
      body: 'En esta cita no puede proponer otra hora. Todavía puede aceptar o rechazar la invitación en su calendario.',
    },
    own: (other) => ({
      heading: 'Esta es su propia solicitud',
      body: `Solo ${la[other]} puede aceptarla o rechazarla.`,
    }),
    notBooked: {
      heading: 'Aún no ha reservado nadie',
      body: 'No hay nadie a quien preguntar por una nueva hora.',
    },
    former: {
      heading: 'Este enlace ha caducado',
      body: 'Esta invitación se ha retirado. Ya no hay nada que hacer.',
    },
    unknown: {
      heading: 'Este enlace no funciona',
      body: 'Compruebe que ha abierto el enlace completo de nuestro correo; a veces los programas de correo lo cortan en dos. Si sigue sin funcionar, responda a nuestro correo con unas palabras: le enviaremos un nuevo enlace.',
    },
    nowhere: {
      heading: 'No hay nada en esta dirección',
      body: 'Vuelva a abrir el enlace completo de nuestro correo. Si sigue sin funcionar, responda a nuestro correo con unas palabras: le enviaremos un nuevo enlace.',
    },
    crossSite: {
      heading: 'Abra el enlace de nuestro correo, por favor',
      body: 'Esta petición venía de otro sitio web, así que no se ha cambiado nada.',
    },
    tooMany: {
      heading: 'Un momento, por favor',
      body: 'Ha habido demasiadas peticiones. Vuelva a abrir el enlace dentro de un minuto.',
    },
    tooManyProposals: (until) => ({
      heading: 'Por ahora no se admiten más solicitudes',
      body: `Ha alcanzado el número de solicitudes posible en un día. Podrá enviar otra a partir del ${until}.`,
    }),
    mailLimit: (other, until) => ({
      heading: 'Por ahora no se admiten más solicitudes',
      body: `${La[other]} ya ha recibido por ahora el máximo de correos sobre esta cita; por eso su solicitud no se ha enviado. Podrá volver a enviarla a partir del ${until}.`,
    }),
    trouble: {
      heading: 'Algo ha fallado',
      body: 'No se ha cambiado nada. Inténtelo de nuevo dentro de un momento, por favor.',
    },
  },
  fresh: {
    ask: '¿Desea proponer una hora? Enviaremos un nuevo enlace a la dirección para la que se creó este.',
    button: 'Solicitar una nueva hora',
    done: {
      heading: 'Revise su buzón',
      body: 'Se envía un nuevo enlace a la dirección para la que se creó este. Puede tardar un minuto. Si acaba de pedirlo, o lo ha pedido muchas veces hoy, utilice el correo que ya tiene, por favor.',
    },
  },
};
