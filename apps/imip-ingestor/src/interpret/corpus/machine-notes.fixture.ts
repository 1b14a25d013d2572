// What programs write of a mail without anybody's words: rules, recipes, recalls, reactions, filters, list software.
// Read by machines.corpus.spec.ts; made after what each program writes, in our own words where it has none of its own.
import { guest, type Headers, letter, mail, multipart, organizer, part } from './mail-text.fixture';
import type { Note } from './absence.fixture';

const thread: Headers = [['In-Reply-To', '<5f0c7a52-9d1e-4c1b-8f57-2f6f0d4f6a11@meet.example>']];
const plain: Headers = [
  ['MIME-Version', '1.0'],
  ['Content-Type', 'text/plain; charset=utf-8'],
  ['Content-Transfer-Encoding', '8bit'],
];
const encoded = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
const from = (subject: string, more: Headers = [], sender = `Gil Guest <${guest}>`): Headers => [
  ['From', sender],
  ['To', organizer],
  ['Subject', encoded(subject)],
  ['Date', 'Fri, 27 Nov 2026 09:15:00 +0100'],
  ['Message-ID', '<a1@guest.example>'],
  ...more,
];
const note = (subject: string, text: string, more: Headers = []): Buffer =>
  mail(from(subject, [...more, ...plain]), text);

/** As GNU Mailutils writes a reply; its sieve adds no more, its mail program User-Agent. */
const byMailutils = (text: string, more: Headers = []): Buffer =>
  mail(
    from('Re: Practice Session', [
      [
        'In-Reply-To',
        'Your message of Fri, 27 Nov 2026 08:00:00 +0000\r\n\t<5f0c7a52-9d1e-4c1b-8f57-2f6f0d4f6a11@meet.example>',
      ],
      ...more,
      ['MIME-Version', '1.0'],
      ['Content-Type', 'text/plain;charset=UTF-8'],
      ['Content-Transfer-Encoding', '8bit'],
    ]),
    text,
  );

const recalls: Record<string, [subject: string, text: string]> = {
  en: ['Recall: Practice Session', 'Guest, Gil would like to recall the message, "Practice Session".'],
  de: ['Zurückrufen: Practice Session', 'Guest, Gil möchte die Nachricht "Practice Session" zurückrufen.'],
  fr: ['Rappel : Practice Session', 'Guest, Gil souhaite rappeler le message « Practice Session ».'],
  es: ['Recuperar: Practice Session', 'Guest, Gil desea recuperar el mensaje "Practice Session".'],
  it: ['Richiamo: Practice Session', 'Guest, Gil desidera richiamare il messaggio "Practice Session".'],
  pt: ['Cancelar: Practice Session', 'Guest, Gil gostaria de cancelar a mensagem "Practice Session".'],
  nl: ['Intrekken: Practice Session', 'Guest, Gil wil het bericht Practice Session intrekken.'],
  pl: ['Wycofanie: Practice Session', 'Guest, Gil chce wycofać wiadomość Practice Session.'],
  sv: ['Återkalla: Practice Session', 'Guest, Gil vill återkalla meddelandet Practice Session.'],
  ja: ['取り消し: Practice Session', 'Guest さんがメッセージ "Practice Session" を取り消そうとしています。'],
  ar: ['استدعاء: Practice Session', 'Guest, Gil يرغب في استدعاء الرسالة "Practice Session".'],
};
const reactions: Record<string, string> = {
  en: 'Gil Guest reacted to your message:',
  de: 'Gil Guest hat auf Ihre Nachricht reagiert:',
  fr: 'Gil Guest a réagi à votre message :',
  es: 'Gil Guest ha reaccionado a tu mensaje:',
  it: 'Gil Guest ha reagito al tuo messaggio:',
  pt: 'Gil Guest reagiu à sua mensagem:',
  nl: 'Gil Guest heeft via Gmail gereageerd',
  pl: 'Gil Guest zareagował na twoją wiadomość:',
  sv: 'Gil Guest reagerade på ditt meddelande:',
  ja: 'Gil Guest さんがあなたのメッセージにリアクションしました',
  ar: 'تفاعل Gil Guest مع رسالتك:',
};

const reaction = multipart('alternative', [
  part('text/plain; charset=utf-8', '👍 Gil Guest reacted via Gmail <https://www.google.com/gmail/about/>'),
  part('text/vnd.google.email-reaction+json; charset=utf-8', '{"emoji":"👍","version":1}'),
]);
const filterReport = (marked: boolean): Buffer => {
  const { type, body } = multipart('mixed', [
    part(
      'text/plain; charset=utf-8',
      'Spam detection software, running on the system "mx.meet.example",\nhas identified this incoming email as possible spam.\n\nContent preview:  Could we do it at 3pm tomorrow?',
    ),
    part(marked ? 'message/rfc822; x-spam-type=original' : 'message/rfc822', letter()),
  ]);
  return mail(from('Re: Practice Session', [...thread, ['Content-Type', type]]), body);
};
const mailbot = (type: string, report: string): Buffer => {
  const made = multipart(`report; report-type=${type}`, [
    part('text/plain; charset=utf-8', `Meet writes:\n\n> You are invited\n\nI am on vacation until Monday.`),
    part(`message/${type}`, report),
    part('text/rfc822-headers', letter()),
  ]);
  const marks: Headers = [
    ['Precedence', 'junk'],
    ['Auto-Submitted', 'auto-replied'],
  ];
  return mail(from('Re: Practice Session', [...marks, ...thread, ['Content-Type', made.type]]), made.body);
};
const bare = (subject: string, text: string, more: Headers = []): Buffer =>
  mail(
    [
      ['To', organizer],
      ['From', guest],
      ['Subject', subject],
      ...more,
      ['Date', 'Fri, 27 Nov 2026 09:15:00 +0100'],
      ['Message-ID', '<20261127091500.4A@mx.guest.example>'],
    ],
    text,
  );
/** mlmmj names itself in its Message-ID only. The list is the invited address, and its letter is below. */
const byMlmmj = (local: string, subject: string, text: string): Buffer => {
  const { type, body } = multipart('mixed', [
    part('text/plain; charset=utf8', text),
    part('message/rfc822', letter('team@guest.example')),
  ]);
  const headers = from(subject, [['Content-Type', type]], `team+${local}@guest.example`);
  return mail(
    headers.map(([name, value]) => [name, name === 'Message-ID' ? '<17959-19-mlmmj-0d87d8cf@guest.example>' : value]),
    body,
  );
};
const list = (local: string, subject: string, text: string): Buffer =>
  mail(
    from(
      subject,
      [['Precedence', 'bulk'], ['X-Mailman-Version', '3.3.8'], ['List-Id', '<team.guest.example>'], ...plain],
      `${local}@guest.example`,
    ),
    text,
  );

/** Each is an automatic reply, or ignored; never a person's words. */
export const machineNotes: Note[] = [
  {
    name: 'Outlook’s report on a message that was called back',
    raw: note('Message Recall Report for message [Practice Session]', 'One recipient. Succeeded: one. Failed: none.'),
  },
  {
    name: 'a rule of an Exchange mailbox',
    raw: note('Re: Practice Session', 'Thank you for your mail. The front desk answers within two days.', [
      ...thread,
      ['X-Auto-Response-Suppress', 'All'],
      ['X-MS-Exchange-Inbox-Rules-Loop', guest],
    ]),
  },
  {
    name: 'a recipe of procmail',
    raw: note('Re: Practice Session', 'I am on vacation until 11 January. Please call me then.', [
      ...thread,
      ['X-Loop', guest],
      ['Precedence', 'junk'],
    ]),
  },
  {
    name: 'gnarwl, whose note asks its reader a question',
    raw: note('Re: Practice Session', 'I cannot come to anything before Monday. Can it wait until then?', [
      ['X-mailer', 'GNARWL'],
    ]),
  },
  {
    name: 'vacation(1) with its own message',
    raw: bare(
      'away from my mail',
      'I will not be reading my mail for a while.\nYour mail regarding "=?utf-8?B?UHJhY3RpY2U=?=" will be read when I return.',
      [['Precedence', 'bulk']],
    ),
  },
  ...['I am on vacation until Monday.', 'Ich bin bis Montag nicht da.', 'Je suis absent jusqu’à lundi.'].map(
    (text) => ({
      name: `Debian's vacation without any header: ${text}`,
      raw: bare('Re: =?utf-8?B?UHJhY3RpY2UgU2Vzc2lvbg==?=', text),
    }),
  ),
  ...[
    ['I am on vacation', 'I am out of the office until Monday. Can we reschedule when I am back?'],
    ['Ich bin im Urlaub', 'Ich bin bis Montag nicht im Büro. Können wir danach einen neuen Termin finden?'],
    ['Je suis absent', 'Je suis absent jusqu’à lundi. Pouvons-nous nous voir après ?'],
  ].map(([subject = '', text = '']) => ({
    name: `Debian's vacation, with a question to everybody: ${subject}`,
    raw: bare(subject, text),
  })),
  ...['I am away until Monday.', 'Ich bin bis Montag nicht da.'].map((text) => ({
    name: `the vacation action of GNU Mailutils’ sieve: ${text}`,
    raw: byMailutils(text),
  })),
  {
    name: 'a report by mailbot that something was delivered',
    raw: mailbot(
      'delivery-status',
      `Arrival-Date: Fri, 27 Nov 2026 08:00:00 +0000\n\nFinal-Recipient: rfc822; ${guest}\nAction: delivered\nStatus: 2.0.0\n`,
    ),
  },
  {
    name: 'a feedback report by mailbot',
    raw: mailbot('feedback-report', 'User-Agent: librfc2045 maildrop/2.9.3\nVersion: 1\n'),
  },
  ...Object.entries(recalls).map(([language, [subject, text]]) => ({
    name: `a recall, ${language}`,
    raw: note(subject, text),
  })),
  ...Object.entries(reactions).map(([language, text]) => ({
    name: `a reaction, ${language}`,
    raw: note(
      'Re: Practice Session',
      `👍\n${text}\n\nFrom: Meet\nSent: Friday\nSubject: Practice Session`.replace('👍\n', ''),
      thread,
    ),
  })),
  {
    name: 'a reaction of Gmail',
    raw: mail(from('Re: Practice Session', [...thread, ['Content-Type', reaction.type]]), reaction.body),
  },
  { name: 'a filter’s report', raw: filterReport(true) },
  { name: 'a filter’s report that lost its mark', raw: filterReport(false) },
  {
    name: 'a post that is held',
    raw: list(
      'team-bounces',
      'Your message to team@guest.example awaits moderator approval',
      'Your mail is being held.',
    ),
  },
  {
    name: 'results of commands',
    raw: list(
      'team-bounces',
      'The results of your email commands',
      '- Results:\n\n- Unprocessed:\n    You are invited',
    ),
  },
  ...[
    [
      'Awaiting release to team@guest.example: Practice Session',
      'The moderators are asked to look at your mail first.',
    ],
    ['En attente de réponse à team@guest.example: Practice Session', 'Votre message attend les modérateurs.'],
  ].map(([subject = '', text = '']) => ({ name: `mlmmj: ${subject}`, raw: byMlmmj('owner', subject, text) })),
  { name: 'a request to confirm', raw: list('team-request', 'confirm 0a1b2c3d', 'Reply to this message to confirm.') },
];

/** People who write of the same things. */
export const peopleOfTheSame: (Note & { text: string })[] = (
  [
    ['Re: Recall: Practice Session', 'You recalled the message, is the session still on?', thread],
    ['Re: Practice Session', 'I reacted to your message too fast, 3pm is fine.', thread],
    ['Re: Practice Session', 'Gil reacted to your message. He cannot come.', thread],
    ['Cancel: Practice Session', 'I would like to cancel, sorry.', []],
    ['Re: Practice Session', 'Your mail was in my spam folder, sorry. Yes, I come.', thread],
    ['Auto: which one do I take?', 'Is there parking?', []],
    ['Re: Practice Session', 'This is an automatic yes from me: I am always free on Fridays.', thread],
  ] as [subject: string, text: string, more: Headers][]
).map(([subject, text, more]) => ({ name: `${subject}: ${text}`, raw: note(subject, text, more), text }));

peopleOfTheSame.push(
  ...[
    { text: 'Yes, I come.', more: [] },
    { text: 'I am away until Monday. Can we move it?', more: [] },
    { text: 'I am away until Monday.', more: [['User-Agent', 'mail (GNU Mailutils 3.15)']] satisfies Headers },
  ].map(({ text, more }) => ({ name: `by GNU Mailutils: ${text}`, raw: byMailutils(text, more), text })),
);

/** A rejected post: a soft failure for the list. */
export const rejectedPosts: (Note & { address: string })[] = [
  {
    name: 'Mailman 3, our letter within',
    address: 'team@guest.example',
    raw: (() => {
      const { type, body } = multipart('mixed', [
        part(
          'text/plain; charset=us-ascii',
          'Your message to the Team mailing-list was rejected for the following\nreasons:\n\nThe message is not from a list member\n\nThe original message as received by Mailman is attached.',
        ),
        part('message/rfc822', letter('team@guest.example')),
      ]);
      const marks: Headers = [
        ['Precedence', 'bulk'],
        ['X-Mailman-Version', '3.3.8'],
        ['List-Id', '<team.guest.example>'],
        ['Content-Type', type],
      ];
      return mail(from('Practice Session ? Invitation', marks, 'team-owner@guest.example'), body);
    })(),
  },
  {
    name: 'Mailman 2, without our letter',
    address: 'team@guest.example',
    raw: list(
      'team-bounces',
      'Request to mailing list Team rejected',
      'Your request to the Team mailing list\n\n    Posting of your message titled "Practice Session"\n\nhas been rejected by the list moderator.',
    ),
  },
  ...[
    'Mensaxe a team@guest.example denegáu: Practice Session',
    'Zaslat email do team@guest.example není možné (Practice Session)',
    'Ihre Nachricht an team@guest.example wurde abgewiesen: Practice Session',
    'Post to team@guest.example denied: Practice Session',
    'Viesti listalle team@guest.example hylättiin: Practice Session',
    'Message à team@guest.example refusé : Practice Session',
    'Το μήνυμα με θέμα Practice Session απορρίφθηκε απο τη team@guest.example:',
    'Messaggio a team@guest.example negato: Practice Session',
    'Mensagem para team@guest.example recusada: Practice Session',
    'Odmietnutie príspevku  Practice Session do team@guest.example',
    '发往 team@guest.example 的邮件被拒绝：Practice Session',
  ].map((subject) => ({
    name: `mlmmj: ${subject}`,
    address: 'team@guest.example',
    raw: byMlmmj('owner', subject, 'Only members may write to the list.'),
  })),
];
