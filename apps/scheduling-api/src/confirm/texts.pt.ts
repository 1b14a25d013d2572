// Portuguese: what the pages about an unconfirmed answer say.
// Used by texts.ts; the type names every text that must be here.
import type { ConfirmTexts } from './confirm-texts';

const to = { host: 'à pessoa anfitriã', guest: 'à pessoa convidada' } as const;

export const pt: ConfirmTexts = {
  heading: 'Esta resposta é sua?',
  body: 'Até agora, nada mudou. Confirme a resposta só se for sua.',
  claims: {
    accepted: () => 'Aceita esta reunião.',
    declined: () => 'Recusa esta reunião.',
    tentative: () => 'Talvez participe nesta reunião.',
    'new-time': (other) =>
      `Propõe outro horário. Perguntaremos ${to[other]}; nada muda enquanto a resposta não for positiva.`,
  },
  yes: {
    accepted: 'Sim, aceito',
    declined: 'Sim, recuso',
    tentative: 'Sim, talvez participe',
    'new-time': 'Sim, pedir este horário',
  },
  no: 'Não, deixar tudo como está',
  done: {
    accepted: { heading: 'Aceitou o convite', body: () => 'Agradecemos. A reunião realiza-se como previsto.' },
    declined: { heading: 'Recusou o convite', body: () => 'A sua resposta foi registada.' },
    tentative: { heading: 'A sua resposta está registada', body: () => 'A reunião mantém-se como previsto.' },
    'new-time': {
      heading: 'O seu pedido foi enviado',
      body: (other) => `Enviamos o seu pedido ${to[other]}. A reunião não muda enquanto a resposta não for positiva.`,
    },
  },
  dropped: { heading: 'Nada foi alterado', body: 'A resposta que não era sua foi posta de parte.' },
  overtaken: {
    heading: 'Esta resposta já não é atual',
    body: 'A reunião foi alterada, ou respondeu entretanto. Esta resposta não mudou nada.',
  },
  used: { heading: 'Já respondeu', body: 'Já respondeu a esta pergunta; agora nada mudou.' },
};
