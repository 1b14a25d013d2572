// Reports of mail systems, as each writes them: every layout with every kind of failure, and the ones in prose of many languages.
// Read by the figures spec; all texts are our own, in the shapes that the real ones have.
import { guest, type Headers, letter, mail, multipart, organizer, part } from './mail-text.fixture';

export interface MadeBounce {
  name: string;
  raw: Buffer;
  recipients: { address: string; kind: 'hard' | 'soft' | 'delayed' | 'delivered' }[];
}

/** What a receiving server answered: reply code, enhanced status where it gives one, words. */
interface Refusal {
  kind: 'hard' | 'soft';
  code: string;
  status: string | null;
  words: string;
}

const refusal = (kind: Refusal['kind'], line: string): Refusal => {
  const [, code = '', status, words = ''] = /^(\d{3}) (?:(\d\.\d+\.\d+) )?(.*)$/.exec(line) ?? [];
  return { kind, code, status: status ?? null, words };
};

const refusals: Refusal[] = [
  ...[
    '550 5.1.1 User unknown',
    '550 No such user here',
    '554 5.7.1 The address does not exist on this server',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP address lookup',
    '553 5.3.0 Addressee unknown',
    '550 5.2.1 There is no mailbox by that name',
    '551 5.1.6 The user has moved, no forwarding address',
    '550 5.1.2 Host unknown (no such domain)',
    '556 5.1.10 The domain does not accept mail (nullMX)',
    '450 4.1.1 Recipient address rejected: unknown user in virtual mailbox table',
    '550 Requested action not taken: mailbox unavailable',
    "554 delivery error: This user doesn't have an account here",
    '550 5.4.1 Recipient address rejected: Access denied',
    '511 sorry, no mailbox here by that name (#5.1.1)',
    '550 5.7.1 Invalid recipient',
    '550 5.1.1',
    '551 5.1.6 User not local; please try <new@other.example>',
    '550 The user has moved, please use new@other.example',
    '556 5.1.10 Recipient address has null MX',
    '550 5.3.2 Host is not accepting network messages',
  ].map((line) => refusal('hard', line)),
  ...[
    '552 5.2.2 Over quota',
    '452 4.2.2 The mailbox is full',
    '550 5.7.1 Message rejected as spam by content filtering',
    '554 5.7.1 Service unavailable; client host blocked using a reputation list',
    '550 5.7.26 Unauthenticated mail is not accepted: SPF and DKIM did not pass',
    '552 5.3.4 Message size exceeds fixed limit',
    '421 4.7.0 Try again later, closing connection',
    '451 4.7.1 Greylisted, please retry',
    '550 5.7.1 Relaying denied',
    '554 5.4.6 Too many hops, possible loop',
    '550 5.7.129 Access denied, the sender is not on the allowed senders list',
    '554 5.6.0 The message contains a virus',
    '451 4.4.1 Connection timed out',
    '550 5.1.1 Mailbox quota exceeded',
    '550 5.5.0 The sender is blocked by policy',
    '554 5.7.5 Permanent error evaluating the DMARC policy',
    '500 5.5.1 Syntax error, command unrecognised',
    // The host asked our own server whether the sender exists, and tells its answer.
    `550 Verification failed for <${organizer}> No Such User Here Sender verify failed`,
    '550 Sender verify failed',
    `550 5.1.8 <${organizer}>: Sender address rejected: Domain not found`,
    `550 5.1.7 <${organizer}>: Sender address rejected: undeliverable address: host mx.meet.example said: 550 5.1.1 User unknown`,
    `550 Could not complete sender verify callout for <${organizer}>`,
    // Lists and policies in front of a server that never looked at the address.
    '550 5.3.2 Service currently unavailable',
    '554 5.7.1 No SMTP service for you, your IP is listed',
    '550 https://lists.example/query/ip/192.0.2.1',
    '554 5.7.1 Recipient address rejected: Access denied',
    '450 4.2.0 Recipient address rejected: Greylisted',
  ].map((line) => refusal('soft', line)),
];

/** The server's line, naming the recipient as many do. */
const refusalText = ({ code, status, words }: Refusal, to: string): string =>
  `${code} ${status === null ? '' : `${status} `}<${to}>: ${words}`;
const plainHeaders = (from: string, subject: string, more: Headers = []): Headers => [
  ['Return-Path', '<>'],
  ['From', from],
  ['To', organizer],
  ['Subject', subject],
  ['Date', 'Mon, 23 Nov 2026 08:05:00 +0000'],
  ['Message-ID', '<r1@mx.relay.example>'],
  ...more,
];
const plain: Headers = [
  ['MIME-Version', '1.0'],
  ['Content-Type', 'text/plain; charset=utf-8'],
];
const report = (from: string, subject: string, parts: string[], more: Headers = []): Buffer => {
  const { type, body } = multipart('report; report-type=delivery-status', parts);
  return mail(
    plainHeaders(from, subject, [
      ['Auto-Submitted', 'auto-replied'],
      ...more,
      ['MIME-Version', '1.0'],
      ['Content-Type', type],
    ]),
    `This is a MIME-encapsulated message.\n\n${body}`,
  );
};
const statusOf = ({ code, status }: Refusal): string => status ?? (code.startsWith('4') ? '4.0.0' : '5.0.0');

type Layout = (refusal: Refusal, to: string) => Buffer;

const layouts: Record<string, Layout> = {
  postfix: (r, to) =>
    report('MAILER-DAEMON@mx.relay.example (Mail Delivery System)', 'Undelivered Mail Returned to Sender', [
      part(
        'text/plain; charset=us-ascii',
        `This is the mail system at host mx.relay.example.\n\nYour message could not be delivered to one or more recipients. It's attached below.\nFor further assistance, please send mail to postmaster.\n\n<${to}>: host mail.guest.example[192.0.2.8] said: ${refusalText(r, to)} (in reply to RCPT TO command)`,
      ),
      part(
        'message/delivery-status',
        `Reporting-MTA: dns; mx.relay.example\nX-Postfix-Sender: rfc822; ${organizer}\n\nFinal-Recipient: rfc822; ${to}\nOriginal-Recipient: rfc822;${to}\nAction: failed\nStatus: ${statusOf(r)}\nRemote-MTA: dns; mail.guest.example\nDiagnostic-Code: smtp; ${refusalText(r, to)}\n`,
      ),
      part('message/rfc822', letter(to)),
    ]),
  sendmail: (r, to) =>
    report('Mail Delivery Subsystem <MAILER-DAEMON>', 'Returned mail: see transcript for details', [
      `\nThe original message was received at Mon, 23 Nov 2026 08:00:01 GMT\nfrom mail.meet.example [192.0.2.10]\n\n   ----- The following addresses had permanent fatal errors -----\n<${to}>\n    (reason: ${refusalText(r, to).replace(/[()]/g, '')})\n\n   ----- Transcript of session follows -----\n... while talking to mail.guest.example.:\n>>> RCPT To:<${to}>\n<<< ${refusalText(r, to)}`,
      part(
        'message/delivery-status',
        `Reporting-MTA: dns; relay.example\n\nFinal-Recipient: RFC822; ${to}\nAction: failed\nStatus: ${statusOf(r)}\nDiagnostic-Code: SMTP; ${refusalText(r, to)}\n`,
      ),
      part('text/rfc822-headers', letter(to)),
    ]),
  exim: (r, to) =>
    mail(
      plainHeaders(
        'Mail Delivery System <Mailer-Daemon@relay.example>',
        'Mail delivery failed: returning message to sender',
        [
          ['X-Failed-Recipients', to],
          ['Auto-Submitted', 'auto-replied'],
        ],
      ),
      `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ${to}\n    host mail.guest.example [192.0.2.8]\n    SMTP error from remote mail server after RCPT TO:<${to}>:\n    ${refusalText(r, to)}\n\n------ This is a copy of the message, including all the headers. ------\n\nReturn-path: <${organizer}>\n${letter(to)}`,
    ),
  'exim without its header': (r, to) =>
    mail(
      plainHeaders('Mailer-Daemon@relay.example', 'Mail delivery failed: returning message to sender'),
      `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to all of its recipients. The\nfollowing address(es) failed:\n\n  ${to}:\n    SMTP error from remote mailer after RCPT TO:\n    <${to}>:\n    ${refusalText(r, to)}\n\n------ This is a copy of your message. ------\n\n${letter(to)}`,
    ),
  courier: (r, to) =>
    report('mailer-daemon@relay.example', 'NOTICE: mail delivery status.', [
      part(
        'text/plain; charset=utf-8',
        `This is a delivery status notification from relay.example.\n\n                           UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<${to}>:\n     mx.guest.example [192.0.2.8]:\n >>> RCPT TO:<${to}>\n <<< ${refusalText(r, to)}\n\n---------------------------------------------------------------------------\n\nThe original message follows as a separate attachment.`,
      ),
      part(
        'message/delivery-status',
        `Reporting-MTA: dns; relay.example\n\nFinal-Recipient: rfc822; ${to}\nAction: failed\nStatus: ${statusOf(r)}\nRemote-MTA: dns; mx.guest.example [192.0.2.8]\nDiagnostic-Code: smtp; ${refusalText(r, to)}\n`,
      ),
      part('message/rfc822', letter(to)),
    ]),
  // Its status part says 5.0.0 whatever the server answered; the list above it tells.
  opensmtpd: (r, to) => {
    const { type, body } = multipart('mixed', [
      part(
        'text/plain; charset=utf-8',
        `    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n    An error has occurred while attempting to deliver a message for\n    the following list of recipients:\n\n${to}: ${refusalText(r, to)}\n\n    Below is a copy of the original message:\n`,
      ),
      part(
        'message/delivery-status',
        `Reporting-MTA: dns; relay.example\n\nFinal-Recipient: rfc822; ${to}\nAction: failed\nStatus: 5.0.0\n`,
      ),
      part('message/rfc822', letter(to)),
    ]);
    return mail(
      plainHeaders('Mailer Daemon <MAILER-DAEMON@relay.example>', 'Delivery status notification: failed', [
        ['Content-Type', type],
      ]),
      body,
    );
  },
  'dragonfly mail agent': (r, to) =>
    mail(
      plainHeaders('MAILER-DAEMON <>', 'Mail delivery failed', [['X-Original-To', `<${to}>`]]),
      `This is the DragonFly Mail Agent v0.13 at relay.example.\n\nThere was an error delivering your mail to <${to}>.\n\nmx.guest.example [192.0.2.8] did not like our RCPT TO:\n${refusalText(r, to)}\n\nMessage headers follow.\n\n${letter(to)}`,
    ),
  qmail: (r, to) =>
    mail(
      plainHeaders('MAILER-DAEMON@relay.example', 'failure notice'),
      `Hi. This is the qmail-send program at relay.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<${to}>:\n192.0.2.8 does not like recipient.\nRemote host said: ${refusalText(r, to)}\nGiving up on 192.0.2.8.\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <${organizer}>\n${letter(to)}`,
    ),
  'gmail with an empty status part': (r, to) =>
    report(
      'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
      'Delivery Status Notification (Failure)',
      [
        part(
          'text/plain; charset=UTF-8',
          `** Delivery was not successful **\n\nYour message wasn't delivered to ${to}. See the technical details below.\n\nThe response from the remote server was:\n${refusalText(r, to)}`,
        ),
        part('message/delivery-status', ''),
        part('message/rfc822', letter(to)),
      ],
      [['X-Failed-Recipients', to]],
    ),
  'old gmail': (r, to) =>
    mail(
      plainHeaders(
        'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
        'Delivery Status Notification (Failure)',
        plain,
      ),
      `Delivery to the following recipient failed permanently:\n\n     ${to}\n\nTechnical details of permanent failure:\nGoogle tried to deliver your message, but it was rejected by the server for the recipient domain by mail.guest.example. [192.0.2.8].\n\nThe error that the other server returned was:\n${refusalText(r, to)}\n\n\n----- Original message -----\n\n${letter(to)}`,
    ),
  'exchange in html': (r, to) =>
    report('Microsoft Outlook <postmaster@relay.example>', 'Undeliverable: Practice Session — Invitation', [
      part(
        'text/html; charset=utf-8',
        `<html><body><p><b>Delivery has failed to these recipients or groups:</b></p><p><a href="mailto:${to}">${to}</a><br>Your message could not be delivered.</p><p><b>Diagnostic information for administrators:</b></p><p>Generating server: relay.example</p><p>${to}<br>Remote Server returned '${r.code} ${r.status ?? ''} ${r.words}'</p></body></html>`,
      ),
      part(
        'message/delivery-status',
        `Reporting-MTA: dns;relay.example\n\nFinal-recipient: RFC822;${to}\nAction: failed\nStatus: ${statusOf(r)}\nDiagnostic-code: smtp;${r.code} ${r.status ?? ''} ${r.words}\nX-Display-Name: Gil\n`,
      ),
      part('message/rfc822', letter(to)),
    ]),
  'exchange with an encapsulated address': (r, to) =>
    report('postmaster@relay.example', 'Undeliverable: Practice Session — Invitation', [
      part(
        'text/plain; charset=utf-8',
        `Delivery has failed to these recipients or distribution lists:\n\n${to}\n\nDiagnostic information for administrators:\n\nIMCEAEX-_O=RELAY_OU=FIRST_CN=RECIPIENTS_CN=GIL@relay.example\n#${refusalText(r, to)}`,
      ),
      part(
        'message/delivery-status',
        `Reporting-MTA: dns;relay.example\n\nFinal-recipient: RFC822;IMCEAEX-_O=RELAY_OU=FIRST_CN=RECIPIENTS_CN=GIL@relay.example\nOriginal-Recipient: rfc822;${to}\nAction: failed\nStatus: ${statusOf(r)}\nDiagnostic-code: smtp;${refusalText(r, to)}\n`,
      ),
      part('message/rfc822', letter(to)),
    ]),
  domino: (r, to) =>
    mail(
      plainHeaders('Postmaster@relay.example', `DELIVERY FAILURE: ${r.words}`, plain),
      `Your message\n\n  Subject: Practice Session - Invitation\n\nwas not delivered to:\n\n  ${to}\n\nbecause:\n\n  ${refusalText(r, to)}`,
    ),
  imail: (r, to) =>
    mail(
      plainHeaders('"Postmaster" <postmaster@relay.example>', 'Undeliverable Mail', [['X-Mailer', '<SMTP32 v8.05>']]),
      `undeliverable to ${to}\nRCPT TO generated following response:\n${refusalText(r, to)}\n\nOriginal message follows.\n\n${letter(to)}`,
    ),
  'fields without blank lines': (r, to) =>
    report('postmaster@relay.example', 'Mail delivery failed', [
      part('text/plain', 'A message could not be delivered.'),
      part(
        'message/delivery-status',
        `Reporting-MTA: dns; relay.example\nArrival-Date: Mon, 23 Nov 2026 08:00:01 +0000\nFinal-Recipient: rfc822; <${to}>\nAction: failed\nStatus: ${statusOf(r)}\nDiagnostic-Code: smtp; ${refusalText(r, to)}\n`,
      ),
    ]),
  'status part labelled as text': (r, to) => {
    const { type, body } = multipart('mixed', [
      part('text/plain', 'Your mail could not be delivered.'),
      part(
        'text/plain; name="status.txt"',
        `Reporting-MTA: dns; relay.example\n\nFinal-Recipient: rfc822; ${to}\nAction: failed\nStatus: ${statusOf(r)}\nDiagnostic-Code: smtp; ${refusalText(r, to)}\n`,
      ),
      part('message/rfc822', letter(to)),
    ]);
    return mail(
      plainHeaders('MAILER-DAEMON@relay.example', 'Delivery failure', [
        ['MIME-Version', '1.0'],
        ['Content-Type', type],
      ]),
      body,
    );
  },
  'wrapped in a disclaimer': (r, to) => {
    const inner = multipart(
      'report; report-type=delivery-status',
      [
        part('text/plain', 'The message was not delivered.'),
        part(
          'message/delivery-status',
          `Reporting-MTA: dns; relay.example\n\nFinal-Recipient: rfc822; ${to}\nAction: failed\nStatus: ${statusOf(r)}\nDiagnostic-Code: smtp; ${refusalText(r, to)}\n`,
        ),
      ],
      'inner',
    );
    const { type, body } = multipart('mixed', [
      part(
        'message/rfc822',
        `From: postmaster@relay.example\nSubject: Delivery Status Notification (Failure)\nContent-Type: ${inner.type}\n\n${inner.body}`,
      ),
      part('text/plain', 'This e-mail is confidential.'),
    ]);
    return mail(
      plainHeaders('postmaster@relay.example', 'Delivery Status Notification (Failure)', [
        ['MIME-Version', '1.0'],
        ['Content-Type', type],
      ]),
      body,
    );
  },
};

const generated: MadeBounce[] = Object.entries(layouts).flatMap(([name, layout]) =>
  refusals.map((each) => ({
    name: `${name}: ${each.code} ${each.status ?? ''} ${each.words}`,
    raw: layout(each, guest),
    recipients: [{ address: guest, kind: each.kind }],
  })),
);

/** Prose of mail systems in their own words: from, subject, text; `@` in the text is where the recipient stands. */
const prose: [
  name: string,
  kind: MadeBounce['recipients'][number]['kind'],
  from: string,
  subject: string,
  text: string,
][] = [
  [
    'german provider',
    'hard',
    'mailer-daemon@provider.example',
    'Unzustellbar: Practice Session',
    'Ihre Nachricht konnte an folgende Adresse nicht zugestellt werden:\n\n  @\n\nDer Empfänger ist unbekannt.',
  ],
  [
    'german full',
    'soft',
    'MAILER-DAEMON@provider.example',
    'Zustellung fehlgeschlagen',
    'Die Zustellung an den folgenden Empfänger ist fehlgeschlagen:\n\n@\n\nDas Postfach des Empfängers ist voll.',
  ],
  [
    'french provider',
    'hard',
    'postmaster@fournisseur.example',
    'Échec de la remise : Practice Session',
    "Votre message n'a pas pu être remis au destinataire suivant :\n\n<@>\n\nCette adresse n'existe pas.",
  ],
  [
    'french full',
    'soft',
    'MAILER-DAEMON@fournisseur.example',
    'Message non délivré',
    "Votre message n'a pas été délivré à @ : la boîte aux lettres du destinataire est pleine.",
  ],
  [
    'spanish provider',
    'hard',
    'postmaster@proveedor.example',
    'No se puede entregar: Practice Session',
    'No se pudo entregar el mensaje a los siguientes destinatarios:\n\n@\n\nEl usuario no existe en este servidor.',
  ],
  [
    'spanish full',
    'soft',
    'mailer-daemon@proveedor.example',
    'Correo devuelto',
    'Su mensaje no ha podido ser entregado a:\n\n  @\n\nEl buzón del destinatario está lleno.',
  ],
  [
    'italian provider',
    'hard',
    'postmaster@fornitore.example',
    'Mancato recapito: Practice Session',
    'Non è stato possibile recapitare il messaggio a:\n\n@\n\nUtente sconosciuto.',
  ],
  [
    'portuguese provider',
    'hard',
    'postmaster@provedor.example',
    'Mensagem não entregue',
    'A sua mensagem não foi entregue ao destinatário:\n\n@\n\nO endereço não existe.',
  ],
  [
    'dutch provider',
    'hard',
    'postmaster@aanbieder.example',
    'Onbestelbaar: Practice Session',
    'Uw bericht kon niet worden bezorgd bij:\n\n@\n\nDe geadresseerde is onbekend.',
  ],
  [
    'swedish provider',
    'hard',
    'postmaster@leverantor.example',
    'Kan inte levereras: Practice Session',
    'Meddelandet kunde inte levereras till följande mottagare:\n\n@\n\nAdressen finns inte.',
  ],
  [
    'danish provider',
    'hard',
    'postmaster@udbyder.example',
    'Kunne ikke leveres: Practice Session',
    'Meddelelsen kunne ikke leveres til:\n\n@\n\nModtageren er ukendt.',
  ],
  [
    'polish provider',
    'hard',
    'MAILER-DAEMON@dostawca.example',
    'Nie dostarczono wiadomości',
    'Wiadomość nie została dostarczona do:\n\n<@>\n\nTaki użytkownik nie istnieje.',
  ],
  [
    'russian provider',
    'hard',
    'mailer-daemon@provider.example',
    'Ваше сообщение не доставлено',
    'К сожалению, Ваше письмо не может быть доставлено получателю:\n\n  @\n\nТакой пользователь не найден.',
  ],
  [
    'russian full',
    'soft',
    'mailer-daemon@provider.example',
    'Недоставленное сообщение',
    'Письмо не было доставлено:\n\n<@>\n\nПочтовый ящик получателя переполнен.',
  ],
  [
    'japanese carrier',
    'hard',
    'Postmaster@carrier.example',
    'メール配信エラー',
    '次の宛先へのメッセージはエラーのため送信できませんでした。\n\n<@>\n\n宛先のメールアドレスが存在しません。',
  ],
  [
    'chinese provider',
    'hard',
    'postmaster@youjian.example',
    '系统退信',
    '抱歉,您的邮件无法送达以下收件人:\n\n@\n\n收件人不存在。',
  ],
  [
    'chinese full',
    'soft',
    'postmaster@youjian.example',
    '系统退信/Systems bounce',
    '您的邮件被退回,收件人:@\n\n收件人邮箱空间已满。',
  ],
  [
    'korean provider',
    'hard',
    'postmaster@portal.example',
    '[반송] 메일 전송 실패',
    '다음 수신자에게 메일이 전송되지 못했습니다.\n\n@\n\n존재하지 않는 계정입니다.',
  ],
  [
    'mobile gateway',
    'hard',
    'post_master@carrier.example',
    'Re: Practice Session',
    'Error: Invalid user address\n\n550 - Requested action not taken: no such user here\n\nMessage details:\n  MAIL FROM: scheduling@meet.example\n  RCPT TO: @',
  ],
  [
    'yahoo of old',
    'hard',
    'MAILER-DAEMON@yahoo.example',
    'Failure Notice',
    "Sorry, we were unable to deliver your message to the following address.\n\n<@>:\nRemote host said: 554 delivery error: dd This user doesn't have an account (@) [0]\n\n--- Below this line is a copy of the message.",
  ],
  [
    'groupwise',
    'hard',
    'Mailer-Daemon@relay.example',
    'Message status - undeliverable',
    'The message that you sent was undeliverable to the following:\n\t@ (user not found)',
  ],
  [
    'mail marshal',
    'hard',
    'postmaster@relay.example',
    'Undeliverable Mail: "Practice Session"',
    'Your message:\n   From:    scheduling@meet.example\n   Subject: Practice Session\n\nCould not be delivered because of\n\n550 5.1.1 User unknown\n\nThe following recipients were affected:\n    @',
  ],
  [
    'mail foundry',
    'hard',
    'MAILER-DAEMON@relay.example',
    'Message delivery has failed',
    'Unable to deliver message to: <@>\nDelivery failed for the following reason:\nServer mx22.guest.example[192.0.2.222] failed with: 550 <@> No such user here\n\nThis has been a permanent failure.  No further delivery attempts will be made.',
  ],
  [
    'hMailServer',
    'soft',
    'mailer-daemon@relay.example',
    'Message undeliverable: Practice Session',
    'Your message did not reach some or all of the intended recipients.\n\nThe following recipient(s) could not be reached:\n\n   @\n      Error Type: SMTP\n      Remote server (192.0.2.8) issued an error.\n      hMailServer sent: .\n      Remote server replied: 552 5.2.2 mailbox full',
  ],
  [
    'MailEnable',
    'hard',
    'POSTMASTER@relay.example',
    'Message Delivery Failure',
    'MailEnable: Message could not be delivered to some recipients.\nThe following recipient(s) could not be reached:\n\n\tRecipient: [SMTP:@]\n\tReason: Remote SMTP Server Returned: 550 unknown user',
  ],
  [
    'exchange 2003',
    'hard',
    'System Administrator <postmaster@relay.example>',
    'Undeliverable: Practice Session',
    'Your message\n\n  To:      scheduling-list@meet.example\n  Subject: Practice Session\n  Sent:    Mon, 23 Nov 2026 08:00:00 +0000\n\ndid not reach the following recipient(s):\n\n@ on Mon, 23 Nov 2026 08:00:05 +0000\n    The recipient name is not recognized\n    MSEXCH:IMS:Relay:SITE:MAIL 0 (000C05A6) Unknown Recipient',
  ],
  [
    'antivirus gateway',
    'soft',
    'gateway@relay.example',
    'Mail could not be delivered',
    '****** Message from the mail gateway ******\n\nThe following mail could not be delivered to\n@\n\nReason: 554 the attachment was blocked\n\n*****************     End of message     ***************',
  ],
  [
    'error list',
    'soft',
    'postmaster@relay.example',
    'Undelivered mail',
    'An error was detected while processing the enclosed message.\n\nError-for:  @\nError-Code: 3\nError-Text: Mailer relay.example said: "554 Message looping (received 26 times)"',
  ],
  [
    'warning of exim',
    'delayed',
    'Mailer-Daemon@relay.example',
    'Warning: message 1kGx-0003 delayed 24 hours',
    'This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue on relay.example.\n\nThe address to which the message has not yet been delivered is:\n\n  @\n    Delay reason: connection refused\n\nNo action is required on your part. Delivery attempts will continue for\nsome time, and this warning may be repeated at intervals.',
  ],
  [
    'warning of sendmail',
    'delayed',
    'Mail Delivery Subsystem <MAILER-DAEMON@relay.example>',
    'Warning: could not send message for past 4 hours',
    '    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\n   ----- Transcript of session follows -----\n<@>... Deferred: Connection timed out with mail.guest.example.\nWarning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old',
  ],
  [
    'warning in german',
    'delayed',
    'mailer-daemon@provider.example',
    'Zustellung verzögert: Practice Session',
    'Ihre Nachricht konnte noch nicht zugestellt werden:\n\n@\n\nWeitere Zustellversuche folgen.',
  ],
  [
    'given up after a delay',
    'soft',
    'Mailer-Daemon@relay.example',
    'Mail delivery failed: returning message to sender',
    'This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its recipients. This is a permanent error. The following address failed:\n\n<@>\n\nReason:\ndelivery retry timeout exceeded',
  ],
];

const spoken: MadeBounce[] = prose.map(([name, kind, from, subject, text]) => ({
  name,
  raw: mail(
    [
      ['From', from],
      ['To', organizer],
      ['Subject', `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`],
      ['Date', 'Mon, 23 Nov 2026 08:05:00 +0000'],
      ...plain,
      ['Content-Transfer-Encoding', '8bit'],
    ],
    text.replaceAll(/(?<![\p{L}\d])@(?![\p{L}\d])/gu, guest),
  ),
  recipients: [{ address: guest, kind }],
}));

const status = (groups: string[]): string =>
  part('message/delivery-status', `Reporting-MTA: dns; relay.example\n\n${groups.join('\n\n')}\n`);
const single = (name: string, recipients: MadeBounce['recipients'], raw: Buffer): MadeBounce => ({
  name,
  raw,
  recipients,
});
const words = part('text/plain', 'This is a report about your message.');

const special: MadeBounce[] = [
  single(
    'one report with every action',
    [
      { address: 'a@one.example', kind: 'delivered' },
      { address: 'b@two.example', kind: 'delayed' },
      { address: 'c@three.example', kind: 'soft' },
      { address: 'd@four.example', kind: 'hard' },
      { address: 'e@five.example', kind: 'delivered' },
    ],
    report('MAILER-DAEMON@relay.example', 'Delivery report', [
      words,
      status([
        'Final-Recipient: rfc822; a@one.example\nAction: delivered\nStatus: 2.0.0',
        'Final-Recipient: rfc822; b@two.example\nAction: delayed\nStatus: 4.4.1\nWill-Retry-Until: Fri, 27 Nov 2026 08:00:00 +0000',
        'Final-Recipient: rfc822; c@three.example\nAction: failed\nStatus: 5.2.2',
        'Final-Recipient: rfc822; d@four.example\nAction: failed\nStatus: 5.1.1',
        'Final-Recipient: rfc822; e@five.example\nAction: relayed\nStatus: 2.1.9',
      ]),
    ]),
  ),
  single(
    'two recipients in prose',
    [
      { address: 'a@one.example', kind: 'hard' },
      { address: 'b@two.example', kind: 'soft' },
    ],
    mail(
      plainHeaders('MAILER-DAEMON@relay.example', 'failure notice'),
      "Hi. This is the qmail-send program at relay.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<a@one.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n<b@two.example>:\nUser is over the quota. (#5.2.2)\n\n--- Below this line is a copy of the message.",
    ),
  ),
  single(
    'a reason above the address, small print below',
    [{ address: guest, kind: 'hard' }],
    mail(
      plainHeaders('postmaster@relay.example', 'Undeliverable Mail: "Practice"'),
      `Your message:\n   From:    ${organizer}\n   Subject: the sender is blocked as spam\n\nIt was not delivered, and this is why:\n\n550 5.1.1 User unknown\n\nIt was meant for these recipients:\n    ${guest}\n\nFor your administrator\nOriginal Sender:    <${organizer}>\nSender-MTA:         <192.0.2.1>\nRemote-MTA: <192.0.2.2>`,
    ),
  ),
  single(
    'a subject that sounds like a reason',
    [{ address: guest, kind: 'hard' }],
    mail(
      plainHeaders('sysadmin@relay.example', 'Undeliverable Message'),
      `Your message could not be sent on.\nFault: no valid recipients\n\nOriginal message:\nFrom: ${organizer}\nTo: ${guest}\nSubject: policy of the mailbox quota\nDate: Mon, 23 Nov 2026`,
    ),
  ),
  single(
    'a sender refused at MAIL FROM',
    [{ address: guest, kind: 'soft' }],
    mail(
      plainHeaders('Mailer-Daemon@relay.example', 'Mail delivery failed: returning message to sender', [
        ['X-Failed-Recipients', guest],
      ]),
      `The following address(es) failed:\n\n  ${guest}\n    host mx.guest.example [192.0.2.1]\n    SMTP error from remote mail server after MAIL FROM:<${organizer}>:\n    550 No such domain\n\n------ This is a copy of the message, including all the headers. ------\n\n${letter()}`,
    ),
  ),
  single(
    'a bounce tag that is missing',
    [{ address: guest, kind: 'soft' }],
    report('MAILER-DAEMON@relay.example', 'Undelivered Mail Returned to Sender', [
      words,
      status([
        `Final-Recipient: rfc822; ${guest}\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 BATV: the address of this bounce is invalid or expired`,
      ]),
    ]),
  ),
  single(
    'a Japanese directory without the name',
    [{ address: guest, kind: 'hard' }],
    mail(
      plainHeaders('postmaster@relay.example', 'Undeliverable message', [
        ['Content-Type', 'text/plain; charset=utf-8'],
        ['Content-Transfer-Encoding', '8bit'],
      ]),
      `------- Failure Reasons  --------\n\nユーザーが名簿にありません\n${guest}\n\n------- Returned Message --------\n${letter()}`,
    ),
  ),
  single(
    'another recipient’s temporary answer',
    [
      { address: 'a@one.example', kind: 'hard' },
      { address: 'b@two.example', kind: 'soft' },
    ],
    report('MAILER-DAEMON@relay.example', 'Returned mail: see transcript for details', [
      part(
        'text/plain',
        '   ----- Transcript of session follows -----\n<a@one.example>: unknown user\n\n<b@two.example>: 452 4.2.1 try again later\n',
      ),
      status([
        'Final-Recipient: rfc822; a@one.example\nAction: failed\nStatus: 5.0.0',
        'Final-Recipient: rfc822; b@two.example\nAction: failed\nStatus: 4.2.1',
      ]),
      part('message/rfc822', letter('a@one.example')),
    ]),
  ),
  single(
    'a domain that takes no mail, in Exim’s words',
    [{ address: guest, kind: 'hard' }],
    report('Mailer-Daemon@relay.example', 'Mail delivery failed: returning message to sender', [
      part(
        'text/plain',
        `The following address(es) failed:\n\n  ${guest}\n    an MX or SRV record indicated no SMTP service`,
      ),
      status([`Action: failed\nFinal-Recipient: rfc822;${guest}\nStatus: 5.0.0`]),
      part('message/rfc822', letter()),
    ]),
  ),
  single(
    'an alias that led on',
    [{ address: guest, kind: 'hard' }],
    report('MAILER-DAEMON@relay.example', 'Undelivered Mail Returned to Sender', [
      words,
      status([
        `Final-Recipient: rfc822; gil.private@home.example\nOriginal-Recipient: rfc822;${guest}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown`,
      ]),
      part('message/rfc822', letter()),
    ]),
  ),
  single(
    'a mail store without a domain',
    [{ address: guest, kind: 'soft' }],
    report('postmaster@relay.example', 'Delivery Notification: Delivery has failed', [
      words,
      status([
        `Original-recipient: rfc822;${guest}\nFinal-recipient: rfc822;gil@ims-ms-daemon\nAction: failed\nStatus: 5.0.0 (over quota)`,
      ]),
    ]),
  ),
  single(
    'an address in xtext',
    [{ address: 'gil+cal@guest.example', kind: 'hard' }],
    report('postmaster@relay.example', 'Undeliverable', [
      words,
      status(['Original-Recipient: rfc822;gil+2Bcal@guest.example\nAction: failed\nStatus: 5.1.1']),
    ]),
  ),
  single(
    'an international report',
    [{ address: 'jörg@gäste.example', kind: 'hard' }],
    report('MAILER-DAEMON@relay.example', 'Undelivered Mail', [
      words,
      part(
        'message/global-delivery-status',
        'Reporting-MTA: dns; relay.example\n\nFinal-Recipient: utf-8; jörg@gäste.example\nAction: failed\nStatus: 5.1.1\n',
      ),
      part('message/global-headers', letter('jörg@gäste.example')),
    ]),
  ),
  single(
    'a report that names nobody',
    [{ address: guest, kind: 'soft' }],
    report('MAILER-DAEMON@relay.example', 'Returned mail', [
      part(
        'text/plain',
        'The message could not be delivered.\n\n   ----- Transcript of session follows -----\n421 guest.example (smtp)... Deferred: Connection timed out',
      ),
      part('message/rfc822', letter()),
    ]),
  ),
  single(
    'a filter that rejects by a receipt',
    [{ address: guest, kind: 'soft' }],
    (() => {
      const { type, body } = multipart('report; report-type=disposition-notification', [
        part('text/plain', `Your message to <${guest}> was automatically rejected:\nQuota exceeded`),
        part(
          'message/disposition-notification',
          `Final-Recipient: rfc822; ${guest}\nDisposition: automatic-action/MDN-sent-automatically; deleted\n`,
        ),
      ]);
      return mail(
        plainHeaders(`Mail Delivery Subsystem <postmaster@guest.example>`, 'Rejected: Practice Session', [
          ['Content-Type', type],
        ]),
        body,
      );
    })(),
  ),
  single(
    'nobody’s mail from nowhere',
    [{ address: guest, kind: 'hard' }],
    mail(
      [
        ['Return-Path', '<>'],
        ['To', organizer],
        ['Date', 'Mon, 23 Nov 2026 08:05:00 +0000'],
      ],
      `You sent mail to ${guest}. That's not a valid user here.`,
    ),
  ),
];

export const madeBounces: MadeBounce[] = [...generated, ...spoken, ...special];
