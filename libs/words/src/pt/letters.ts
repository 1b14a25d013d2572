// Portuguese (European, in words that Brazil shares where there is a choice): every text of the letters.
// Used by letters.ts; the type names every text that must be here.
import type { InvitationWords, LetterTexts } from '../letter-texts';

// "A pessoa" agrees with nobody in particular.
const a = { host: 'a pessoa anfitriã', guest: 'a pessoa convidada' } as const;
const A = { host: 'A pessoa anfitriã', guest: 'A pessoa convidada' } as const;
const to = { host: 'à pessoa anfitriã', guest: 'à pessoa convidada' } as const;
const by = { host: 'pela pessoa anfitriã', guest: 'pela pessoa convidada' } as const;
const from = { host: 'da pessoa anfitriã', guest: 'da pessoa convidada' } as const;

const changedWords = { title: 'o título', location: 'o local', videoUrl: 'o link online' } as const;
const list = (words: string[]): string => new Intl.ListFormat('pt').format(words);

/** What the calendar entry of an invitation says; letters say it too. */
const invitation: InvitationWords = {
  howToAnswer: 'Aceite ou recuse com os botões do seu calendário ou programa de e-mail.',
  organizerWrites: (reason) => `Mensagem da organização: ${reason}`,
  join: 'Participar online',
  askNewTime: (other) =>
    `O horário não lhe convém? Abra este link e proponha outro; perguntaremos ${to[other]}, não é preciso iniciar sessão:`,
};

export const letters: LetterTexts = {
  invitation,
  subjects: {
    invite: (title) => `${title} — Convite`,
    update: (title) => `${title} — Novo horário`,
    cancel: (title) => `${title} — Reunião cancelada`,
    proposal: (title) => `Aceita o novo horário de ${title}?`,
  },
  until: '–',
  labels: {
    when: 'Quando',
    now: 'Horário atual da reunião',
    before: 'Antes',
    earlier: 'Pedido anterior',
    declined: 'Recusado',
    proposed: 'Horário proposto',
    newTime: 'Novo horário',
    where: 'Local',
    join: invitation.join,
  },
  invite: {
    heading: 'Recebeu um convite',
    intro: (other) => `Este é o convite para a sua reunião com ${a[other]}.`,
  },
  update: {
    heading: 'O horário mudou',
    intro: (other) =>
      `A sua reunião com ${a[other]} tem um novo horário. Responda novamente para o novo horário, por favor.`,
    approvedByYou: (other) =>
      `Aceitou o novo horário da sua reunião com ${a[other]}; aceite também o novo horário no seu calendário, por favor.`,
    approvedByOther: (other) =>
      `O horário que propôs foi aceite ${by[other]}; aceite o novo horário no seu calendário, por favor.`,
    unchanged: (other) => `Este é o estado atual da sua reunião com ${a[other]}.`,
    changedHeading: 'A reunião mudou',
    changed: (other, what) =>
      `Mudanças na sua reunião com ${a[other]}: ${list(what.map((each) => changedWords[each]))}.`,
    titleBefore: 'Título anterior',
    whereBefore: 'Local anterior',
    requestClosed: 'Com esta mudança, o seu pedido de um novo horário fica encerrado.',
  },
  organizerWrites: invitation.organizerWrites,
  cancel: {
    heading: 'A reunião foi cancelada',
    intro: (other) => `A sua reunião com ${a[other]} não se realizará.`,
    declinedByYou: 'Recusou o convite; por isso, a reunião fica cancelada para ambas as partes.',
    declinedByOther: (other) => `${A[other]} recusou o convite; por isso, a reunião fica cancelada.`,
    description: 'Esta reunião foi cancelada.',
    withdrawn: 'A organização retirou o seu convite para esta reunião.',
  },
  proposal: {
    heading: (other) => `${A[other]} pede um novo horário`,
    intro: (other) =>
      `${A[other]} gostaria de mudar o horário da reunião. Se aceitar, ambos os calendários serão atualizados. Se recusar, nada muda.`,
    undone: (other) =>
      `Tinha aceitado um pedido anterior. Entretanto, ${a[other]} pediu outro horário; por isso, a sua aceitação não teve efeito.`,
    note: (other) => `Mensagem ${from[other]}`,
    approve: 'Aceitar o novo horário',
    decline: 'Recusar e manter o horário atual',
    introSeveral: (other) =>
      `${A[other]} gostaria de mudar o horário da reunião e propõe vários horários. Se aceitar um, ambos os calendários serão atualizados. Se recusar, nada muda.`,
    option: (number) => `Horário ${number}`,
    approveOption: (option) => `Aceitar: ${option}`,
    declineAll: 'Recusar todos e manter o horário atual',
    validUntil: (moment) => `Pode decidir até ${moment}.`,
    instead: {
      heading: (other) => `${A[other]} propõe outro horário`,
      intro: (other) =>
        `O horário que propôs não convém ${to[other]}, que propõe outro. Se o aceitar, ambos os calendários serão atualizados. Se recusar, nada muda.`,
      introSeveral: (other) =>
        `O horário que propôs não convém ${to[other]}, que propõe outros. Se aceitar um, ambos os calendários serão atualizados. Se recusar, nada muda.`,
    },
    suggest: {
      ask: 'Para propor antes outro horário, abra este link; quando o enviar, este pedido fica recusado:',
      button: 'Propor outro horário',
    },
  },
  proposalSent: {
    subject: (title) => `Novo horário pedido para ${title}`,
    heading: 'O seu pedido foi enviado',
    intro: (other) =>
      `O seu pedido foi enviado ${to[other]}. A reunião mantém o horário atual enquanto a resposta não for positiva.`,
    undone: (other) =>
      `${A[other]} tinha aceitado o seu pedido anterior. O seu novo pedido substituiu-o; por isso, essa aceitação não teve efeito.`,
    instead: (other) => `Assim, recusou o pedido ${from[other]}.`,
  },
  proposalDeclined: {
    subject: (title) => `Novo horário recusado para ${title}`,
    heading: 'O novo horário foi recusado',
    byOther: (other) => `O horário que propôs não convém ${to[other]}.`,
    byNobody: {
      unfit: 'O horário que propôs não pôde ser considerado: já passou ou não tem duração, ou a reunião já começou.',
      stale:
        'O horário que propôs não pôde ser considerado: a reunião mudou de horário depois do convite a que respondeu.',
      notAllowed:
        'O horário que propôs não pôde ser considerado: para esta reunião não é possível propor novos horários.',
    },
    stays: 'A reunião mantém o horário atual.',
  },
  proposalExpired: {
    subject: (title) => `Ainda sem resposta sobre o novo horário de ${title}`,
    heading: 'O seu pedido expirou',
    unanswered: (other) => `${A[other]} não respondeu ao seu pedido de um novo horário.`,
    lapsed: 'O seu pedido de um novo horário já não corresponde à reunião e ficou sem efeito.',
    otherChanged: () =>
      'A pessoa que participa consigo mudou; por isso, o seu pedido de um novo horário fica encerrado.',
    stays: 'A reunião mantém o horário atual.',
  },
  freshLink: {
    subject: (title) => `O seu link para ${title}`,
    heading: 'Aqui está o seu novo link',
    intro: 'Pediu um novo link. Os links anteriores podem já não funcionar.',
  },
  claims: {
    accepted: 'Aceita a reunião',
    declined: 'Recusa a reunião',
    tentative: 'Talvez participe',
    newTime: 'Propõe outro horário',
  },
  unconfirmedAnswer: {
    subject: (title) => `Confirme a sua resposta para ${title}`,
    heading: 'Esta resposta é sua?',
    intro:
      'Recebemos um e-mail com a sua resposta para esta reunião, mas não podemos ter a certeza de que é seu. Até agora, nada mudou.',
    says: 'A resposta diz',
    ask: 'Se for sua, abra este link e confirme-a:',
    button: 'Ver a resposta',
    otherwise: 'Se não escreveu esta resposta, não precisa de fazer nada.',
  },
  textAnswer: {
    subject: (title) => `Sobre a sua mensagem acerca de ${title}`,
    heading: 'Recebemos a sua mensagem',
    intro: (other) =>
      `Esta caixa de correio é lida por um programa: a sua mensagem não foi transmitida ${to[other]} e nada mudou.`,
    unreadable: {
      encrypted: (other) =>
        `O seu e-mail está cifrado e não o podemos ler. Nada mudou e nada foi transmitido ${to[other]}. Responda sem cifra ou utilize o link abaixo, por favor.`,
      time: (other) =>
        `O seu calendário propôs um novo horário, mas não conseguimos perceber qual. Nada mudou e nada foi transmitido ${to[other]}. Escolha o horário com o link abaixo, por favor.`,
    },
    askTime: 'Se pretende o horário proposto, abra este link; o formulário já está preenchido com ele:',
    askNoTime: 'Se pretende outro horário, abra este link e peça-o:',
    confirm: {
      accepted: 'Para aceitar a reunião, abra este link e confirme a sua resposta:',
      tentative: 'Para responder «talvez», abra este link e confirme a sua resposta:',
      declined: 'Para recusar a reunião, abra este link e confirme a sua resposta:',
      declinedForBoth:
        'Para recusar e cancelar a reunião para ambas as partes, abra este link e confirme a sua resposta:',
    },
    buttons: {
      time: 'Pedir este horário',
      noTime: 'Pedir um novo horário',
      accepted: 'Aceitar a reunião',
      tentative: 'Responder «talvez»',
      declined: 'Recusar a reunião',
    },
  },
  howToAnswer: invitation.howToAnswer,
  answerLink: {
    invited: 'Não vê esses botões? Abra este link para aceitar, responder «talvez», recusar ou pedir outro horário:',
    text: 'Se preferir aceitar, responder «talvez» ou recusar, abra este link:',
    button: 'Responder aqui',
  },
  reschedule: {
    ask: {
      invited: invitation.askNewTime,
      pending: () => 'Para pedir ainda outro horário, abra este link; o novo pedido substituirá este:',
      again: (other) =>
        `Para propor outro horário, abra este link; perguntaremos ${to[other]}, não é preciso iniciar sessão:`,
    },
    button: 'Pedir um novo horário',
  },
  colon: ':',
  buttonTrouble: 'Algum botão não funciona? Aqui estão os links:',
  linksAreYours: 'Os links deste e-mail são só para si; não o reencaminhe, por favor.',
  privacy: (other) => `Não vê o endereço de e-mail ${from[other]}, e o seu também não é mostrado ${to[other]}.`,
};
