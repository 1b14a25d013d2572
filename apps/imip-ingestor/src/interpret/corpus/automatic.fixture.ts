// Mails that machines write for people — absence notes, confirmations, receipts — and mails of people that only look so.
// Read by the figures spec; all texts are our own.
import { guest, type Headers, mail, multipart, organizer, part } from './mail-text.fixture';

export interface MadeMail {
  name: string;
  raw: Buffer;
}

const from = (more: Headers, subject: string): Headers => [
  ['From', `Gil Guest <${guest}>`],
  ['To', organizer],
  ['Subject', subject],
  ['Date', 'Mon, 23 Nov 2026 09:20:00 +0100'],
  ['Message-ID', '<a1@guest.example>'],
  ['In-Reply-To', '<5f0c7a52-9d1e-4c1b-8f57-2f6f0d4f6a11@meet.example>'],
  ...more,
  ['MIME-Version', '1.0'],
  ['Content-Type', 'text/plain; charset=utf-8'],
  ['Content-Transfer-Encoding', '8bit'],
];
const away = 'I am out of the office until Monday with limited access to my mail.';

/** Each of these headers is enough, whatever the words. */
const telling: Headers = [
  ['Auto-Submitted', 'auto-replied'],
  ['Auto-Submitted', 'auto-generated (vacation)'],
  ['auto-submitted', 'Auto-Replied; owner-email="gil@guest.example"'],
  ['X-Autoreply', 'yes'],
  ['X-Autorespond', ''],
  ['X-Auto-Reply', '1'],
  ['X-Mail-Autoreply', 'True'],
  ['X-Autoreply-From', guest],
  ['X-Autoresponder', 'plesk'],
  ['X-Vacation-Reply', 'yes'],
  ['Precedence', 'auto_reply'],
  ['X-Precedence', 'auto-reply'],
  ['X-Mailer', 'vacation 1.2.7'],
  ['X-FC-MachineGenerated', 'true'],
  ['Return-Path', '<>'],
].filter(([name, value]) => name !== 'X-Autorespond' || value !== '') as Headers;

/** Subjects that programs write, with the words they come with; the header proves nothing alone. */
const announced: [subject: string, text: string, hint?: Headers[number]][] = [
  ['Automatisk svar: Practice Session', 'Jeg har fri til mandag.'],
  ['Ausência temporária: Practice Session', 'Estou de férias até segunda-feira.'],
  ['Poissaolo: Practice Session', 'Olen poissa maanantaihin.'],
  ['Away from my mail', 'Your mail will be read when I return.', ['X-Auto-Response-Suppress', 'All']],
  ['Automatic reply: Practice Session', away, ['X-Auto-Response-Suppress', 'All']],
  ['Out of Office: Practice Session', away, ['X-Auto-Response-Suppress', 'All']],
  [
    'AUTO: Gil Guest is out of the office (returning 30/11/2026)',
    `${away}\n\nNote: This is an automated response to your message "Practice Session". This is the only notification you will receive while this person is away.`,
  ],
  [
    'Abwesenheitsnotiz: Practice Session',
    'Ich bin bis Montag nicht im Büro und lese keine E-Mails.',
    ['X-Auto-Response-Suppress', 'DR, OOF, AutoReply'],
  ],
  ['Automatische Antwort: Practice Session', 'Vielen Dank für Ihre Nachricht. Ich bin derzeit im Urlaub.'],
  ['Réponse automatique : Practice Session', "Je suis absent du bureau jusqu'à lundi."],
  ['Respuesta automática: Practice Session', 'Estoy fuera de la oficina hasta el lunes.'],
  ['Risposta automatica: Practice Session', 'Sono fuori ufficio fino a lunedì.'],
  ['Resposta automática: Practice Session', 'Estou fora do escritório até segunda-feira.'],
  ['Automatisch antwoord: Practice Session', 'Ik ben op vakantie en lees mijn mail niet.'],
  ['Autosvar: Practice Session', 'Jag är på semester till måndag.'],
  ['Automatisk svar: Practice Session', 'Jeg er på ferie til mandag.'],
  ['Automaattinen vastaus: Practice Session', 'Tämä on automaattinen viesti. Autoresponse.'],
  ['Odpowiedź automatyczna: Practice Session', 'Jestem na urlopie do poniedziałku.'],
  ['Automatická odpověď: Practice Session', 'Jsem mimo kancelář, čerpám dovolenou.'],
  ['Автоматический ответ: Practice Session', 'Я в отпуске до понедельника.'],
  ['自動応答: Practice Session', '申し訳ありませんが、休暇で不在にしております。'],
  ['自动回复: Practice Session', '您好,我正在休假,星期一回来。'],
  ['자동 회신: Practice Session', '휴가 중이라 메일을 확인할 수 없습니다.'],
  ['[Auto-Reply] Practice Session', 'Thanks.'],
  ['Practice Session (Automatic Response)', away],
  [
    'We got your mail',
    'Your message has been received. This is an automated reply, please do not reply to this mail.',
    ['Precedence', 'bulk'],
  ],
  [
    'Ticket 4711',
    'This is an automatically generated response: your request was received.',
    ['X-Auto-Response-Suppress', 'All'],
  ],
];

const receipt = (() => {
  const { type, body } = multipart('report; report-type=disposition-notification', [
    part('text/plain', 'Your message was displayed. There is no guarantee that it was read.'),
    part(
      'message/disposition-notification',
      `Final-Recipient: rfc822; ${guest}\nDisposition: manual-action/MDN-sent-manually; displayed\n`,
    ),
  ]);
  return mail(
    [...from([], 'Read: Practice Session').filter(([name]) => name !== 'Content-Type'), ['Content-Type', type]],
    body,
  );
})();

export const automaticMails: MadeMail[] = [
  ...telling.map((header): MadeMail => ({
    name: header.join(': '),
    raw: mail(from([header], 'Re: Practice Session'), 'Thank you for your message.'),
  })),
  ...announced.map(([subject, text, hint]): MadeMail => ({
    name: subject,
    raw: mail(from(hint ? [hint] : [], subject), text),
  })),
  { name: 'a receipt', raw: receipt },
  {
    name: 'a mail system without a failure',
    raw: mail(
      [
        ['From', 'postmaster@guest.example'],
        ['To', organizer],
        ['Subject', 'Notice'],
        ['Content-Type', 'text/plain'],
      ],
      'Maintenance on Sunday.',
    ),
  },
];

/** Every one of these is a person's: `people` of the figures spec. */
const personal: [name: string, headers: Headers, subject: string, text: string][] = [
  ['X-Auto-Response-Suppress alone', [['X-Auto-Response-Suppress', 'All']], 'Re: Practice Session', 'Works for me.'],
  [
    'X-Auto-Response-Suppress and a word about being away',
    [['X-Auto-Response-Suppress', 'OOF']],
    'Re: Practice Session',
    'I am out of the office on Monday, can we do Tuesday?',
  ],
  ['Auto-Submitted: no', [['Auto-Submitted', 'no']], 'Re: Practice Session', 'See you then.'],
  ['X-Autoreply: no', [['X-Autoreply', 'no']], 'Re: Practice Session', 'See you then.'],
  ['Precedence: normal', [['Precedence', 'normal']], 'Re: Practice Session', 'See you then.'],
  [
    'an answer to an automatic reply',
    [],
    'Re: Automatic reply: Practice Session',
    'Sorry about that notice, I am back. 3pm is fine.',
  ],
  [
    'a reply to an absence note in German',
    [['X-Auto-Response-Suppress', 'All']],
    'AW: Abwesenheitsnotiz: Practice Session',
    'Bin wieder da, passt.',
  ],
  ['being away as the subject', [], 'Out of office', 'Thursday then?'],
  [
    'holidays as the subject, with a question',
    [],
    'Urlaub: Termin verschieben?',
    'Ich bin ab Montag im Urlaub, geht auch Dienstag danach?',
  ],
  [
    'an absence, and a wish without a question',
    [],
    'Out of office: another time please',
    'I am out of the office on Friday. Please move it to Monday 10:00.',
  ],
  [
    'holidays, and a wish without a question',
    [],
    'Urlaub: anderer Termin',
    'Ich bin bis 5.12. im Urlaub, bitte auf den 8. um 10 Uhr verschieben.',
  ],
  [
    'a receipt by a person',
    [['X-Auto-Response-Suppress', 'DR, RN, NRN, OOF, AutoReply']],
    'Re: Practice Session',
    'Thanks, your message was received. See you then.',
  ],
  [
    'a mailbox named after holidays',
    [['Delivered-To', 'vacation-desk@meet.example']],
    'Re: Practice Session',
    'Works.',
  ],
  [
    'a question about an automatic message',
    [['X-MS-Exchange-Inbox-Rules-Loop', 'gil@guest.example']],
    'Re: Practice Session',
    'Is your automatic message right? I am away until the 5th.',
  ],
  ['an absence as a reason', [], 'Absence : je dois reporter', 'Je suis absent lundi. Peut-on dire mardi à 15h ?'],
  ['X-Loop of a group', [['X-Loop', 'group@guest.example']], 'Re: Practice Session', 'Fine.'],
  [
    'talk of automatic replies',
    [],
    'Re: Practice Session',
    'My last mail was an automatic reply, please ignore it. 10:00 works.',
  ],
  [
    'a question about a bounce',
    [],
    'Undeliverable?',
    'Your last mail could not be delivered to my other address, please use this one.',
  ],
  [
    'a forwarded bounce',
    [],
    'Fwd: Undelivered Mail Returned to Sender',
    'What does this mean?\n\n---------- Forwarded message ---------\nFrom: Mail Delivery System <MAILER-DAEMON@relay.example>\nSubject: Undelivered Mail Returned to Sender\n\n<gil@guest.example>: host said: 550 5.1.1 User unknown',
  ],
  [
    'an answer to a bounce',
    [],
    'Re: Delivery Status Notification (Failure)',
    'I had a full mailbox, sorry. 550 5.2.2 is gone now.',
  ],
  [
    'a talk named like a report',
    [],
    'Re: Delivery failure review',
    'The delivery failed last week, so let us talk at 3pm about what failed to be delivered.',
  ],
  ['a mailbox called support', [['Reply-To', 'support@guest.example']], 'Re: Practice Session', 'Works for us.'],
  ['codes in the text', [], 'Re: Practice Session', 'Room 550 5.1.1 is mine; meet me there.'],
  ['no subject', [], '', 'yes'],
  [
    'through a list',
    [
      ['List-Id', '<team.guest.example>'],
      ['Precedence', 'list'],
    ],
    'Re: Practice Session',
    'Fine with the whole team.',
  ],
  ['sent by a calendar program', [['X-Mailer', 'Microsoft Outlook 16.0']], 'Re: Practice Session', 'ok'],
  [
    'an unknown sender of the envelope',
    [['Return-Path', '<bounces+gil@guest.example>']],
    'Re: Practice Session',
    'ok, see you',
  ],
];

export const personalMails: (MadeMail & { text: string })[] = personal.map(([name, headers, subject, text]) => ({
  name,
  raw: mail(from(headers, subject), text),
  text: text.split('\n\n---------- Forwarded')[0] ?? text,
}));
