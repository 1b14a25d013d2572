// Portuguese (European, in words that Brazil shares where there is a choice): everything that pages say.
// Used by languages.ts; the type names every text that must be here.
import type { Texts } from './texts';

// "A pessoa" agrees with nobody in particular.
const a = { host: 'a pessoa anfitriã', guest: 'a pessoa convidada' } as const;
const A = { host: 'A pessoa anfitriã', guest: 'A pessoa convidada' } as const;
const to = { host: 'à pessoa anfitriã', guest: 'à pessoa convidada' } as const;
const from = { host: 'da pessoa anfitriã', guest: 'da pessoa convidada' } as const;

const length = (minutes: number): string => {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const written = hours === 0 ? '' : hours === 1 ? '1 hora' : `${hours} horas`;
  const short = rest === 0 ? '' : rest === 1 ? '1 minuto' : `${rest} minutos`;
  return [written, short].filter((each) => each !== '').join(' e ') || '0 minutos';
};

export const pt: Texts = {
  until: '–',
  or: (times) => new Intl.ListFormat('pt', { type: 'disjunction' }).format(times),
  labels: {
    now: 'Horário atual da reunião',
    wasPlanned: 'Estava prevista para',
    proposed: 'Horário proposto',
    newTime: 'Novo horário',
    asked: 'Horário pedido',
    notAgreed: 'Proposto, não combinado',
  },
  elsewhere: 'Noutros fusos horários',
  addToCalendar: 'Adicionar ao calendário',
  footer: (other) =>
    `Esta página é só para si; não partilhe o link, por favor. Não vê o endereço de e-mail ${from[other]}, e o seu também não é mostrado ${to[other]}.`,
  form: {
    heading: 'Pedir um novo horário',
    intro: (other) =>
      `Escolha um horário que lhe convenha. Perguntaremos ${to[other]}; a reunião não muda enquanto a resposta não for positiva.`,
    likely: 'Escolhas rápidas',
    newTime: 'Novo horário',
    date: 'Data',
    start: 'Início',
    length: 'Duração',
    sameLength: (minutes) => `${minutes}, como agora`,
    minutes: length,
    zone: (zone) => `As horas referem-se a este fuso: ${zone}.`,
    otherZone: 'Utilizar outro fuso horário',
    zoneLabel: 'Fuso horário',
    showZone: 'Utilizar este fuso',
    note: (other) => `Mensagem para ${a[other]} (opcional)`,
    noteHint: 'Até 500 caracteres. Os endereços de e-mail são retirados.',
    submit: 'Pedir este horário',
    submitSeveral: 'Pedir estes horários',
    addTime: 'Adicionar outro horário',
    otherTime: 'Outro horário (opcional)',
    ownPending: (time) => `Já pediu: ${time}. Um novo pedido substituirá este.`,
    otherPending: (other, time) => `${A[other]} pediu: ${time}. Pode responder com os links do nosso e-mail.`,
    suggestIntro: (other, time) =>
      `${A[other]} pediu: ${time}. Se enviar outro horário, esse pedido fica recusado e proporemos o seu horário ${to[other]}; a reunião não muda enquanto a resposta não for positiva.`,
    faults: {
      'bad-date': 'Indique uma data.',
      'bad-time': 'Indique uma hora.',
      'skipped-time': 'A esta hora os relógios são adiantados, por isso essa hora não existe nesse dia. Escolha outra.',
      'repeated-time':
        'A esta hora os relógios são atrasados, por isso essa hora repete-se nesse dia. Escolha a qual das duas se refere.',
      'bad-length': 'Escolha quanto tempo dura a reunião.',
      'start-in-past': 'Este horário já passou. Escolha um posterior.',
      'end-not-after-start': 'A reunião tem de terminar depois de começar.',
      'no-new-time': 'Este é o horário atual da reunião. Escolha outro.',
      'times-alike': 'Este horário aparece duas vezes. Escolha outro.',
      'too-long': 'A mensagem tem mais de 500 caracteres.',
      'control-character': 'A mensagem contém caracteres que não podem ser mostrados.',
    },
    whichOne: 'A qual se refere?',
    first: 'a primeira',
    second: 'a segunda',
    check: 'Verifique o seu pedido, por favor',
  },
  sent: {
    heading: 'O seu pedido está a caminho',
    body: (other) =>
      `Perguntamos ${to[other]} por e-mail. A reunião mantém o horário atual enquanto a resposta não for positiva.`,
    wrote: 'A sua mensagem',
    until: (moment) => `O pedido está aberto até ${moment}.`,
    instead: (other, time) => `Assim, recusou o pedido ${from[other]}: ${time}.`,
  },
  decision: {
    heading: (other) => `${A[other]} pede um novo horário`,
    body: 'Se aceitar, ambos os calendários serão atualizados. Se recusar, nada muda.',
    wrote: (other) => `Mensagem ${from[other]}`,
    approve: 'Aceitar o novo horário',
    decline: 'Recusar e manter o horário atual',
    until: (moment) => `Pode decidir até ${moment}.`,
    bodySeveral: 'Se aceitar um destes horários, ambos os calendários serão atualizados. Se recusar, nada muda.',
    option: (number) => `Horário ${number}`,
    approveOption: 'Aceitar este horário',
    declineAll: 'Recusar todos e manter o horário atual',
    suggest: 'Propor outro horário',
    suggested: (other) => ({ heading: 'Propôs outro horário', body: `Assim, recusou o pedido ${from[other]}.` }),
    instead: (other) => ({
      heading: `${A[other]} propõe outro horário`,
      body: `O horário que pediu não convém ${to[other]}.`,
    }),
    ownOpen: (time) => `O seu próprio pedido também está aberto: ${time}. Termina se este for aceite.`,
    undone: 'Escolha anulada. Nada mudou; pode decidir novamente.',
    contested: 'Ambos os links foram abertos, por isso nada foi decidido. Escolha com um dos botões, por favor.',
    buttonsOnly: 'Ainda nada foi decidido. Escolha com um dos botões, por favor.',
    held: {
      approve: () => ({
        heading: 'Aceita o novo horário',
        body: 'Ambos os calendários serão atualizados por e-mail.',
      }),
      decline: (other) => ({
        heading: 'Recusa o novo horário',
        body: `A reunião mantém o horário atual e a decisão será comunicada ${to[other]}.`,
      }),
    },
    effective: (seconds) =>
      `A sua decisão terá efeito dentro de cerca de ${seconds === 1 ? '1 segundo' : `${seconds} segundos`}. Até lá pode anular a escolha ou simplesmente fechar esta página.`,
    undo: 'Anular a escolha',
    approved: {
      heading: 'O novo horário está combinado',
      body: 'Aceitou o novo horário. Ambos os calendários são atualizados por e-mail; aceite o novo horário no seu, por favor.',
    },
    declined: (other) => ({
      heading: 'O novo horário foi recusado',
      body: `Recusou o novo horário, por isso nada mudou. Comunicamos a decisão ${to[other]}.`,
    }),
    decidedBefore: 'Isto já estava decidido; este último clique não mudou nada.',
    nothingHeld: 'Não havia nada para anular.',
    lapsedHeading: 'A sua decisão não pôde ter efeito',
    lapsed: {
      'other-approved': 'Entretanto, foi combinado outro horário.',
      replaced: 'Entretanto, um pedido mais recente substituiu este.',
      'room-cancelled': 'Entretanto, a reunião foi cancelada.',
      'older-sequence': 'Entretanto, a reunião mudou de horário.',
      'room-moved': 'Entretanto, a organização alterou a reunião; por isso, este pedido fica encerrado.',
      'attendee-changed': 'Entretanto, as pessoas que participam mudaram; por isso, este pedido fica encerrado.',
      'proposal-expired': 'O horário proposto já tinha passado.',
    },
  },
  answer: {
    heading: 'Vai participar?',
    body: 'Escolha a sua resposta. Nada é enviado antes de premir um botão.',
    soFar: {
      accepted: 'Aceitou. Ainda pode mudar a sua resposta.',
      tentative: 'Respondeu que talvez participe. Ainda pode mudar a sua resposta.',
      declined: 'Recusou. Ainda pode mudar a sua resposta.',
    },
    strict: (other) => `Se recusar, a reunião é cancelada para si e para ${a[other]}.`,
    buttons: { accepted: 'Aceitar', tentative: 'Talvez', declined: 'Recusar' },
    note: 'Mensagem para a organização (opcional)',
    noteHint: 'Até 300 caracteres. Só a organização a vê. Os endereços de e-mail são retirados.',
    faults: {
      choose: 'Escolha uma das respostas, por favor.',
      note: 'Não foi possível guardar a mensagem. Encurte-a, por favor.',
    },
    done: {
      accepted: { heading: 'Aceitou o convite', body: 'Agradecemos. A sua resposta está registada.' },
      tentative: { heading: 'Respondeu: talvez', body: 'A sua resposta está registada.' },
      declined: { heading: 'Recusou o convite', body: 'A sua resposta está registada. A reunião mantém-se.' },
    },
    cancelled: (other) => `Recusou o convite, por isso a reunião fica cancelada para si e para ${a[other]}.`,
    mayChange: 'Pode mudar a sua resposta até ao início da reunião.',
    change: 'Mudar a minha resposta',
    otherTimeAsk: 'O horário não lhe convém?',
    otherTime: 'Pedir um novo horário',
  },
  notices: {
    used: (other, waiting) => ({
      heading: waiting ? 'O seu pedido foi enviado' : 'Este link já foi utilizado',
      body: waiting
        ? `Avisaremos quando ${a[other]} tiver decidido.`
        : 'Enviou um pedido com ele, e cada link só serve uma vez.',
    }),
    expiredLink: {
      heading: 'Este link expirou',
      body: 'Já não funciona, mas pode receber um novo num instante.',
    },
    expiredProposal: (other) => ({
      heading: 'Este pedido expirou',
      body: `O prazo para responder ${to[other]} terminou. A reunião mantém o horário atual.`,
    }),
    replaced: (other) => ({
      heading: 'Há um pedido mais recente',
      body: `Entretanto, ${a[other]} pediu outro horário. Utilize os links do nosso e-mail mais recente, por favor.`,
    }),
    older: {
      heading: 'Entretanto, a reunião mudou de horário',
      body: 'Este pedido era para um horário anterior da reunião e já não é possível responder-lhe.',
    },
    optionPassed: {
      heading: 'Este horário já passou',
      body: 'Já não pode ser aceite. A reunião mantém o horário atual.',
    },
    answerOutdated: {
      heading: 'Entretanto, a reunião mudou de horário',
      body: 'Este link era para um horário anterior da reunião. Utilize o link do nosso e-mail mais recente, por favor.',
    },
    answerTooLate: {
      heading: 'A reunião já começou',
      body: 'Com este link já não é possível responder ao convite.',
    },
    cancelled: {
      heading: 'A reunião foi cancelada',
      body: 'Não se realizará, por isso já não há nada a decidir.',
    },
    cancelledSince: 'Entretanto, a reunião foi cancelada.',
    started: { heading: 'A reunião já começou', body: 'O horário já não pode ser mudado.' },
    notAllowed: {
      heading: 'O horário é fixo',
      body: 'Não pode propor outro horário para esta reunião. Ainda pode aceitar ou recusar o convite no seu calendário.',
    },
    own: (other) => ({
      heading: 'Este pedido é seu',
      body: `Só ${a[other]} o pode aceitar ou recusar.`,
    }),
    notBooked: {
      heading: 'Ainda ninguém reservou',
      body: 'Não há ninguém a quem perguntar por um novo horário.',
    },
    former: {
      heading: 'Este link expirou',
      body: 'Este convite foi retirado. Já não há nada a fazer.',
    },
    unknown: {
      heading: 'Este link não funciona',
      body: 'Verifique se abriu o link completo do nosso e-mail; por vezes os programas de e-mail cortam-no em dois. Se continuar a não funcionar, responda ao nosso e-mail com algumas palavras: enviaremos um novo link.',
    },
    nowhere: {
      heading: 'Não há nada neste endereço',
      body: 'Abra novamente o link completo do nosso e-mail, por favor. Se continuar a não funcionar, responda ao nosso e-mail com algumas palavras: enviaremos um novo link.',
    },
    crossSite: {
      heading: 'Abra o link do nosso e-mail, por favor',
      body: 'Este pedido veio de outro site, por isso nada foi alterado.',
    },
    tooMany: {
      heading: 'Um momento, por favor',
      body: 'Houve demasiados pedidos. Abra o link novamente dentro de um minuto.',
    },
    tooManyProposals: (until) => ({
      heading: 'Por agora não são possíveis mais pedidos',
      body: `Atingiu o número de pedidos possível num dia. Poderá voltar a pedir a partir de ${until}.`,
    }),
    mailLimit: (other, until) => ({
      heading: 'Por agora não são possíveis mais pedidos',
      body: `${A[other]} já recebeu, por agora, o máximo de e-mails sobre esta reunião; por isso, o seu pedido não foi enviado. Poderá voltar a pedir a partir de ${until}.`,
    }),
    trouble: {
      heading: 'Algo correu mal',
      body: 'Nada foi alterado. Tente novamente dentro de momentos, por favor.',
    },
  },
  fresh: {
    ask: 'Pretende propor um horário? Enviaremos um novo link para o endereço para o qual este foi criado.',
    button: 'Pedir um novo horário',
    done: {
      heading: 'Veja a sua caixa de correio',
      body: 'É enviado um novo link para o endereço para o qual este foi criado. Pode demorar um minuto. Se acabou de pedir, ou já pediu muitas vezes hoje, utilize o e-mail que já tem, por favor.',
    },
  },
};
