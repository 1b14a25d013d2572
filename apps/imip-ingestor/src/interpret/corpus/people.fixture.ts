// What people type, as their programs send it: with quotes, attributions and signatures of the common clients and languages.
// Read by the figures spec; all texts are our own.
import type { MadeMail } from './automatic.fixture';
import { guest, type Headers, mail, multipart, organizer, part } from './mail-text.fixture';

export interface MadeReply extends MadeMail {
  /** What the person typed. */
  text: string;
}

const headers = (type: string): Headers => [
  ['Return-Path', `<${guest}>`],
  ['From', `Gil Guest <${guest}>`],
  ['To', `Meet <${organizer}>`],
  ['Subject', 'Re: Practice Session'],
  ['Date', 'Mon, 23 Nov 2026 09:20:00 +0100'],
  ['Message-ID', '<t1@guest.example>'],
  ['In-Reply-To', '<5f0c7a52-9d1e-4c1b-8f57-2f6f0d4f6a11@meet.example>'],
  ['MIME-Version', '1.0'],
  ['Content-Type', type],
  ['Content-Transfer-Encoding', '8bit'],
];
const plainMail = (text: string): Buffer => mail(headers('text/plain; charset=utf-8'), text);
const htmlMail = (html: string): Buffer => mail(headers('text/html; charset=utf-8'), html);

const letterLines = [
  'You are invited to a Practice Session.',
  '',
  'How to answer: use the buttons of your calendar.',
  'https://meet.example/reschedule?r=abc',
];
const marked = letterLines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n');
const bare = letterLines.join('\n');

/** Lines right above a quote whose lines are marked. */
const attributions: Record<string, string> = {
  'gmail en': 'On Mon, Nov 23, 2026 at 9:00 AM Meet <scheduling@meet.example> wrote:',
  'gmail en, folded': 'On Mon, Nov 23, 2026 at 9:00 AM Meet Practice Scheduling\n<scheduling@meet.example> wrote:',
  'gmail en, folded late': 'On Mon, Nov 23, 2026 at 9:00 AM Meet <scheduling@meet.example>\nwrote:',
  'gmail en-gb': 'On Mon, 23 Nov 2026 at 09:00, Meet <scheduling@meet.example> wrote:',
  'gmail de': 'Am Mo., 23. Nov. 2026 um 09:00 Uhr schrieb Meet <scheduling@meet.example>:',
  'gmail de, folded': 'Am Mo., 23. Nov. 2026 um 09:00 Uhr schrieb Meet Practice <\nscheduling@meet.example>:',
  'gmail fr': 'Le lun. 23 nov. 2026 à 09:00, Meet <scheduling@meet.example> a écrit :',
  'gmail es': 'El lun, 23 nov 2026 a las 9:00, Meet (<scheduling@meet.example>) escribió:',
  'gmail it': 'Il giorno lun 23 nov 2026 alle ore 09:00 Meet <scheduling@meet.example> ha scritto:',
  'gmail pt': 'Em seg., 23 de nov. de 2026 às 09:00, Meet <scheduling@meet.example> escreveu:',
  'gmail nl': 'Op ma 23 nov 2026 om 09:00 schreef Meet <scheduling@meet.example>:',
  'gmail sv': 'Den mån 23 nov. 2026 kl 09:00 skrev Meet <scheduling@meet.example>:',
  'gmail da': 'Den man. 23. nov. 2026 kl. 09.00 skrev Meet <scheduling@meet.example>:',
  'gmail fi': 'ma 23. marrask. 2026 klo 9.00 Meet (scheduling@meet.example) kirjoitti:',
  'gmail pl': 'pon., 23 lis 2026 o 09:00 Meet <scheduling@meet.example> napisał(a):',
  'gmail cs': 'po 23. 11. 2026 v 9:00 odesílatel Meet <scheduling@meet.example> napsal:',
  'gmail ru': 'пн, 23 нояб. 2026 г. в 09:00, Meet <scheduling@meet.example>:',
  'gmail tr': 'Meet <scheduling@meet.example>, 23 Kas 2026 Pzt, 09:00 tarihinde şunu yazdı:',
  'a verb without a colon': 'On Mon, 23 Nov 2026 09:00:00 +0000 meet <scheduling@meet.example> wrote',
  'dashes around': '---- On Mon, 23 Nov 2026 09:00:00 +0000 scheduling@meet.example wrote ----',
  'no verb, a name in the middle': '23. Nov. 2026, 09:00 von scheduling@meet.example:',
  'no verb, an address': 'Quoting Meet <scheduling@meet.example>:',
  'no verb, a date behind the name': 'Meet, 23 Nov 2026 09:00:',
  'a date and the address alone': '2026-11-23 9:00 Meet <scheduling@meet.example>',
  'a date and the zone': '2026-11-23 9:00 GMT+01:00 Meet Practice',
  'notes, in one line': 'Meet ---11/23/2026 09:00:00 AM---You are invited to',
  'gmail he, with marks of direction':
    'בתאריך יום ב׳, 23 בנוב׳ 2026 ב-9:00 מאת \u202aMeet\u202c\u200f <\u202ascheduling@meet.example\u202c\u200f>:\u202c',
  'gmail ja': '2026年11月23日(月) 9:00 Meet <scheduling@meet.example>:',
  'gmail zh': 'Meet <scheduling@meet.example> 于2026年11月23日周一 09:00写道：',
  'gmail ko': '2026년 11월 23일 (월) 오전 9:00, Meet <scheduling@meet.example>님이 작성:',
  'apple en': '> On 23 Nov 2026, at 09:00, Meet <scheduling@meet.example> wrote:',
  'apple en, unmarked': 'On Nov 23, 2026, at 9:00 AM, Meet <scheduling@meet.example> wrote:',
  'apple de': 'Am 23.11.2026 um 09:00 schrieb Meet <scheduling@meet.example>:',
  'apple fr': 'Le 23 nov. 2026 à 09:00, Meet <scheduling@meet.example> a écrit :',
  'thunderbird en': 'On 11/23/2026 9:00 AM, Meet wrote:',
  'thunderbird de': 'Am 23.11.26 um 09:00 schrieb Meet:',
  'thunderbird fr': 'Le 23/11/2026 à 09:00, Meet a écrit :',
  'thunderbird ru': '23.11.2026 09:00, Meet пишет:',
  proton: 'On Monday, 23 November 2026 at 09:00, Meet <scheduling@meet.example> wrote:',
  mutt: '* Meet <scheduling@meet.example> [2026-11-23 09:00 +0000]:\n'.trim(),
  notes: '-----Meet <scheduling@meet.example> wrote: -----',
};

/** Everything below these is quoted, without marks. */
const heads: Record<string, string> = {
  'groupwise, in one line': '>>> Meet <scheduling@meet.example> 23.11.2026 09:00 >>>',
  'a rule of four signs above a head in French':
    '====\n\nMessage du : 23/11/2026 09:00\nDe : "Meet" <scheduling@meet.example>\nA : gil@guest.example\nSujet : Practice Session',
  'outlook en':
    'From: Meet <scheduling@meet.example>\nSent: Monday, November 23, 2026 9:00 AM\nTo: Gil Guest <gil@guest.example>\nSubject: Practice Session — Invitation',
  'outlook en, ruled':
    '________________________________\nFrom: Meet <scheduling@meet.example>\nSent: Monday, November 23, 2026 9:00 AM\nTo: Gil Guest <gil@guest.example>\nSubject: Practice Session — Invitation',
  'outlook en, starred':
    '*From:* Meet <scheduling@meet.example>\n*Sent:* Monday, November 23, 2026 9:00 AM\n*To:* Gil Guest\n*Subject:* Practice Session',
  'outlook en, divided':
    '-----Original Message-----\nFrom: Meet [mailto:scheduling@meet.example]\nSent: Monday, November 23, 2026 9:00 AM\nTo: Gil Guest\nSubject: Practice Session',
  'outlook de':
    'Von: Meet <scheduling@meet.example>\nGesendet: Montag, 23. November 2026 09:00\nAn: Gil Guest\nBetreff: Practice Session',
  'outlook de, divided':
    '-----Ursprüngliche Nachricht-----\nVon: Meet\nGesendet: Montag, 23. November 2026 09:00\nAn: Gil Guest\nBetreff: Practice Session',
  'outlook fr':
    'De : Meet <scheduling@meet.example>\nEnvoyé : lundi 23 novembre 2026 09:00\nÀ : Gil Guest\nObjet : Practice Session',
  'outlook es':
    'De: Meet <scheduling@meet.example>\nEnviado el: lunes, 23 de noviembre de 2026 9:00\nPara: Gil Guest\nAsunto: Practice Session',
  'outlook it':
    'Da: Meet <scheduling@meet.example>\nInviato: lunedì 23 novembre 2026 09:00\nA: Gil Guest\nOggetto: Practice Session',
  'outlook pt':
    'De: Meet <scheduling@meet.example>\nEnviada em: segunda-feira, 23 de novembro de 2026 09:00\nPara: Gil Guest\nAssunto: Practice Session',
  'outlook nl':
    'Van: Meet <scheduling@meet.example>\nVerzonden: maandag 23 november 2026 09:00\nAan: Gil Guest\nOnderwerp: Practice Session',
  'outlook sv':
    'Från: Meet <scheduling@meet.example>\nSkickat: den 23 november 2026 09:00\nTill: Gil Guest\nÄmne: Practice Session',
  'outlook da':
    'Fra: Meet <scheduling@meet.example>\nSendt: 23. november 2026 09:00\nTil: Gil Guest\nEmne: Practice Session',
  'outlook fi':
    'Lähettäjä: Meet <scheduling@meet.example>\nLähetetty: maanantai 23. marraskuuta 2026 9.00\nVastaanottaja: Gil Guest\nAihe: Practice Session',
  'outlook pl':
    'Od: Meet <scheduling@meet.example>\nWysłano: poniedziałek, 23 listopada 2026 09:00\nDo: Gil Guest\nTemat: Practice Session',
  'outlook cs':
    'Od: Meet <scheduling@meet.example>\nOdesláno: pondělí 23. listopadu 2026 9:00\nKomu: Gil Guest\nPředmět: Practice Session',
  'outlook ru':
    'От: Meet <scheduling@meet.example>\nОтправлено: 23 ноября 2026 г. 9:00\nКому: Gil Guest\nТема: Practice Session',
  'outlook tr':
    'Kimden: Meet <scheduling@meet.example>\nGönderildi: 23 Kasım 2026 Pazartesi 09:00\nKime: Gil Guest\nKonu: Practice Session',
  'outlook ja':
    '差出人: Meet <scheduling@meet.example>\n送信日時: 2026年11月23日 9:00\n宛先: Gil Guest\n件名: Practice Session',
  'outlook zh':
    '发件人: Meet <scheduling@meet.example>\n发送时间: 2026年11月23日 9:00\n收件人: Gil Guest\n主题: Practice Session',
  qq: '------------------ 原始邮件 ------------------\n发件人: "Meet"<scheduling@meet.example>;\n发送时间: 2026年11月23日(星期一) 上午9:00\n收件人: "Gil"<gil@guest.example>;\n主题: Practice Session',
  'outlook ko':
    '보낸 사람: Meet <scheduling@meet.example>\n보낸 날짜: 2026년 11월 23일 월요일 오전 9:00\n받는 사람: Gil Guest\n제목: Practice Session',
  yahoo: '     On Monday, November 23, 2026 at 09:00:00 AM GMT+1, Meet <scheduling@meet.example> wrote:  \n',
  gmx: 'Gesendet: Montag, 23. November 2026 um 09:00 Uhr\nVon: "Meet" <scheduling@meet.example>\nAn: gil@guest.example\nBetreff: Practice Session',
  zimbra:
    '----- Original Message -----\nFrom: scheduling@meet.example\nTo: gil@guest.example\nSent: Monday, November 23, 2026 9:00:00 AM\nSubject: Practice Session',
  'a portal': '##- Please type your reply above this line -##\n',
  'a forward':
    '---------- Forwarded message ---------\nFrom: Meet <scheduling@meet.example>\nDate: Mon, Nov 23, 2026 at 9:00 AM\nSubject: Practice Session\nTo: <gil@guest.example>\n',
};

const signatures: Record<string, string> = {
  none: '',
  delimiter: '\n\n-- \nGil Guest\nAcme Ltd',
  'delimiter without its blank': '\n\n--\nGil Guest',
  rule: '\n\n_____________\nGil Guest\nAcme Ltd\n+44 20 7946 0000',
  iphone: '\n\nSent from my iPhone',
  'iphone de': '\n\nVon meinem iPhone gesendet',
  'iphone fr': '\n\nEnvoyé de mon iPhone',
  'iphone es': '\n\nEnviado desde mi iPhone',
  'iphone it': '\n\nInviato da iPhone',
  'iphone pt': '\n\nEnviado do meu iPhone',
  'iphone nl': '\n\nVerstuurd vanaf mijn iPhone',
  'iphone sv': '\n\nSkickat från min iPhone',
  'iphone da': '\n\nSendt fra min iPhone',
  'iphone fi': '\n\nLähetetty iPhonesta',
  'iphone pl': '\n\nWysłane z iPhone’a',
  'iphone cs': '\n\nOdesláno z iPhonu',
  'iphone ru': '\n\nОтправлено с iPhone',
  'iphone tr': "\n\niPhone'umdan gönderildi",
  'iphone ja': '\n\niPhoneから送信',
  'iphone zh': '\n\n发自我的iPhone',
  'iphone ko': '\n\n나의 iPhone에서 보냄',
  'outlook mobile': '\n\nGet Outlook for iOS<https://aka.ms/o0ukef>',
  'outlook mobile de': '\n\nOutlook für Android<https://aka.ms/x> herunterladen',
  samsung: '\n\nSent from my Galaxy',
  gmx: '\n\nGesendet mit der GMX Mail App',
  proton: '\n\nSent with Proton Mail secure email.',
  'yahoo mobile': '\n\nSent from Yahoo Mail for iPhone',
  'contact data': '\n\nBest regards,\nGil Guest\nHead of Practice\nAcme Ltd\nTel: +44 20 7946 0000\nwww.acme.example',
};

const texts = [
  'Works for me.',
  'Can we do 3pm instead?\n\nOr on Tuesday at 10.',
  'Leider passt mir das nicht.\nGeht auch Mittwoch um 15 Uhr?',
  '大丈夫です。',
];
const textFor = (index: number): string => texts[index % texts.length] ?? '';

const quotedReplies: MadeReply[] = [
  ...Object.entries(attributions).map(([name, line], index): MadeReply => ({
    name: `attribution ${name}`,
    text: textFor(index),
    raw: plainMail(`${textFor(index)}\n\n${line}\n${name === 'apple en' ? '> \n' : '\n'}${marked}`),
  })),
  ...Object.entries(heads).map(([name, head], index): MadeReply => ({
    name: `head ${name}`,
    text: textFor(index),
    raw: plainMail(`${textFor(index)}\n\n${head}\n\n${bare}`),
  })),
  ...Object.entries(signatures).map(([name, signature], index): MadeReply => ({
    name: `signature ${name}`,
    text: textFor(index),
    raw: plainMail(`${textFor(index)}${signature}\n\n${Object.values(attributions)[index % 5] ?? ''}\n\n${marked}`),
  })),
];

const html: Record<string, (text: string) => string> = {
  gmail: (text) =>
    `<div dir="ltr">${text}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Nov 23, 2026 at 9:00 AM Meet &lt;<a href="mailto:scheduling@meet.example">scheduling@meet.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex"><div>You are invited.</div></blockquote></div>`,
  'gmx without a marked quote': (text) =>
    `<html><body><div>${text}</div><div> <div name="quote"><div><b>Gesendet:</b> Montag, 23. November 2026<br/><b>Von:</b> Meet</div><div name="quoted-content">You are invited.</div></div></div></body></html>`,
  'sections with names': (text) =>
    `<div name="messageBodySection"><div dir="auto">${text}</div></div><div name="messageSignatureSection">Gil</div><div name="messageReplySection">You are invited.</div>`,
  'a signature by its class': (text) => `<div>${text}</div><br><div class="front-signature">Gil<br>Acme</div>`,
  'blocks within blocks': (text) =>
    `<div><div><div>${text}</div></div></div><div></div><div class="moz-cite-prefix">Meet wrote:</div><blockquote>You are invited.</blockquote>`,
  'gmail with a signature': (text) =>
    `<div dir="ltr">${text}<br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature"><div>Gil Guest<br>Acme</div></div></div>`,
  'outlook on the web': (text) =>
    `<html><head><style>p {margin:0}</style></head><body><div class="elementToProof">${text}</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Meet<br><b>Sent:</b> Monday<br><b>Subject:</b> Practice Session</div><div>You are invited.</div></body></html>`,
  'outlook desktop': (text) =>
    `<html><body><div class="WordSection1"><p class="MsoNormal">${text}<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b> Meet &lt;scheduling@meet.example&gt; <br><b>Sent:</b> Monday, November 23, 2026 9:00 AM<br><b>To:</b> Gil Guest<br><b>Subject:</b> Practice Session<o:p></o:p></p></div><p class="MsoNormal">You are invited.<o:p></o:p></p></div></body></html>`,
  'outlook mobile': (text) =>
    `<body><div dir="auto">${text}</div><div id="ms-outlook-mobile-signature"><div>Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div></div><hr><div id="divRplyFwdMsg" dir="ltr"><b>From:</b> Meet</div><div>You are invited.</div></body>`,
  'apple mail': (text) =>
    `<html><body>${text}<br><div><br><blockquote type="cite"><div>On 23 Nov 2026, at 09:00, Meet &lt;scheduling@meet.example&gt; wrote:</div><br><div>You are invited.</div></blockquote></div></body></html>`,
  thunderbird: (text) =>
    `<html><body><p>${text}</p><div class="moz-cite-prefix">Am 23.11.26 um 09:00 schrieb Meet:<br></div><blockquote type="cite" cite="mid:x@meet.example"><p>You are invited.</p></blockquote><pre class="moz-signature" cols="72">-- \nGil</pre></body></html>`,
  yahoo: (text) =>
    `<html><body><div class="yahoo-style-wrap"><div dir="ltr">${text}</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Monday, Meet wrote:</div><div>You are invited.</div></div></div></body></html>`,
  proton: (text) =>
    `<div style="font-family: Arial">${text}</div><div class="protonmail_signature_block"><div>Sent with <a href="https://proton.me">Proton Mail</a>.</div></div><div class="protonmail_quote">On Monday, Meet wrote:<br><blockquote class="protonmail_quote" type="cite">You are invited.</blockquote></div>`,
  gmx: (text) =>
    `<html><head></head><body><div style="font-family: Verdana"><div>${text}</div><div name="quote" style="margin:10px 5px"><div><b>Gesendet:</b> Montag, 23. November 2026 um 09:00 Uhr<br/><b>Von:</b> Meet &lt;scheduling@meet.example&gt;<br/><b>Betreff:</b> Practice Session</div><div>You are invited.</div></div></div></body></html>`,
  zimbra: (text) =>
    `<html><body><div>${text}</div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>From: </b>scheduling@meet.example</div><div>You are invited.</div></body></html>`,
  'a table': (text) => `<table><tr><td>${text}</td></tr></table>`,
};
const htmlReplies: MadeReply[] = Object.entries(html).flatMap(([name, write]) => [
  {
    name: `html ${name}`,
    text: 'Works for me & thanks – see you',
    raw: htmlMail(write('Works for me &amp; thanks &ndash; see you')),
  },
  {
    name: `html ${name}, two lines`,
    text: 'Passt leider nicht.\nGeht Dienstag?',
    raw: htmlMail(write('Passt leider nicht.<br>Geht Dienstag?')),
  },
]);

const alternative = (plain: string, rich: string): Buffer => {
  const { type, body } = multipart('alternative', [
    part('text/plain; charset=utf-8', plain),
    part('text/html; charset=utf-8', rich),
  ]);
  return mail(
    headers(type).filter(([name]) => name !== 'Content-Transfer-Encoding'),
    body,
  );
};

/** Nothing here may be cut away, or only what is quoted in between. */
const delicate: MadeReply[] = [
  [
    'answers between the quotes',
    'Hello,\n\nOn Mon, 23 Nov 2026 at 09:00, Meet <scheduling@meet.example> wrote:\n> You are invited to a Practice Session.\n\nFine with me.\n\n> How to answer: use the buttons of your calendar.\n\nI have none.',
    'Hello,\n\nFine with me.\n\nI have none.',
  ],
  [
    'an answer below the quote',
    `On Mon, 23 Nov 2026 at 09:00, Meet <scheduling@meet.example> wrote:\n${marked}\n\nYes, see you there.`,
    'Yes, see you there.',
  ],
  ['from and to as words', 'I am free\nFrom: 3pm\nTo: 4pm\non Tuesday.', 'I am free\nFrom: 3pm\nTo: 4pm\non Tuesday.'],
  [
    'a list of times',
    'These would do:\n- Monday 10:00\n- Tuesday 11:00\n* Wednesday 12:00',
    'These would do:\n- Monday 10:00\n- Tuesday 11:00\n* Wednesday 12:00',
  ],
  [
    'a sentence that begins with On',
    'On Tuesday I can do 3pm, as I wrote: early is hard.\n\nSee you',
    'On Tuesday I can do 3pm, as I wrote: early is hard.\n\nSee you',
  ],
  ['a bare name below', 'Works for me.\n\nThanks,\nGil', 'Works for me.\n\nThanks,\nGil'],
  [
    'a phone in a sentence',
    'Call me at +44 20 7946 0000 if 3pm is too late.',
    'Call me at +44 20 7946 0000 if 3pm is too late.',
  ],
  [
    'talk of a phone',
    'I sent from my phone earlier, sorry.\n3pm works.',
    'I sent from my phone earlier, sorry.\n3pm works.',
  ],
  ['a comparison', '3 > 2 so I choose 3pm', '3 > 2 so I choose 3pm'],
  [
    'a quoted divider, and the answer below',
    `> Hello\n> ----- Original Message -----\n> From: Meet\n\n3pm suits me.`,
    '3pm suits me.',
  ],
  ['one word', 'Ok', 'Ok'],
].map(([name = '', text = '', visible = '']) => ({ name, raw: plainMail(text), text: visible }));

export const peopleReplies: MadeReply[] = [
  ...quotedReplies,
  ...htmlReplies,
  ...delicate,
  { name: 'a sign alone', raw: plainMail('👍'), text: '👍' },
  {
    name: 'both forms, plain first',
    text: 'can we do 3pm?',
    raw: alternative(
      `can we do 3pm?\n\n${attributions['gmail en']}\n\n${marked}`,
      html['gmail']?.('can we do 3pm?') ?? '',
    ),
  },
  {
    name: 'both forms, plain empty',
    text: 'can we do 3pm?',
    raw: alternative(' \n', html['gmail']?.('can we do 3pm?') ?? ''),
  },
  {
    name: 'divs on lines of their own',
    text: 'Works for me\nSee you\n\nGil',
    raw: htmlMail('<div>Works for me</div><div>See you</div><div><br></div><div>Gil</div>'),
  },
  {
    name: 'an item a line',
    text: 'Either:\n\n* Monday\n* Tuesday',
    raw: htmlMail('<p>Either:</p><ul><li>Monday</li><li>Tuesday</li></ul>'),
  },
  {
    name: 'flowed, a sentence over two lines',
    text: 'can we do 3pm instead?\n\nGil',
    raw: mail(
      headers('text/plain; charset=utf-8; format=flowed'),
      `can we do 3pm \ninstead?\n\nGil\n\n${attributions['thunderbird en']}\n> You are \n> invited`,
    ),
  },
  {
    name: 'flowed without blanks',
    text: '15時でお願いします',
    raw: mail(headers('text/plain; charset=utf-8; format=flowed; delsp=yes'), '15 \n時でお願いします'),
  },
  { name: 'Markdown', text: 'can we do 3pm?', raw: mail(headers('text/markdown; charset=utf-8'), 'can we do 3pm?') },
  {
    name: 'flowed',
    text: 'can we do 3pm?',
    raw: mail(
      headers('text/plain; charset=utf-8; format=flowed'),
      `can we do 3pm?\n\n${attributions['thunderbird en']}\n${marked}`,
    ),
  },
];
