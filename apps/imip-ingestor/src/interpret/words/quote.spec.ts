// Which lines count as quoted in programs that write no marks; all texts are our own.
import { leastCpuMsOf } from '../../../../../test/support/cpu';
import { languages, letterTextsFor } from '#words';
import { withoutBanners } from './banner';
import { withoutQuote } from './quote';
import { withoutSignature } from './signature';
import { linesOfHtml } from './html-lines';

const letter = [
  'You are invited', '', 'Practice Session', '', 'When:', '  Thursday, 10 December 2026, 11:00 to 12:00', '',
  'Please accept or decline with the buttons of your calendar or mail program.', '',
  'https://meet.example/reschedule?r=AAAAAAAAQACAAAAAAAAABA.V7GhG6iI', '', '--',
  'The links in this mail are yours alone, please do not forward it. Neither', "you nor your host sees the other's address.",
].join('\n'); // prettier-ignore
const own = (text: string): string => withoutQuote(text.split('\n'), ['meet practice', 'scheduling']).join('\n').trim();
const words = 'Can we do 3pm?';

describe('a quote without marks', () => {
  it.each([
    [
      'Samsung',
      '-------- Original message --------From: Meet <scheduling@meet.example> Date: 11/26/26  6:02 PM  ' +
        '(GMT-06:00) To: gil@guest.example Subject: Practice',
    ],
    ['Zoho without an address', '---- On Thu, 26 Nov 2026 18:02:11 +0530 Meet Practice wrote ----'],
    ['Zoho, folded', '---- On Thu, 26 Nov 2026 18:02:11 +0530 Meet Practice\n<scheduling@meet.example> wrote ----'],
    ['a name in a frame', '---- Meet Practice wrote ----'],
    [
      'BlackBerry',
      '  Original Message  \nFrom: Meet\nSent: Thursday, November 26, 2026 6:02 PM\nTo: gil@guest.example\nSubject: Practice',
    ],
    ['Notes', 'Meet <scheduling@meet.example> \n26.11.2026 18:02\n\nTo\ngil@guest.example\ncc\n\nSubject\nPractice'],
    ['Polymail', 'On Thu, Nov 26, 2026 at 6:02 PM Meet\n<\nmailto:Meet <scheduling@meet.example>\n> wrote:'],
    ['Gmail de, folded', 'Am Do., 26. Nov. 2026 um 18:02 Uhr schrieb Meet <scheduling+k3j5h2k4j5h2@meet.example\n>:'],
    ['Gmail nl, folded', 'Op do 26 nov 2026 om 18:02 schreef Meet <\nscheduling+k3j5h2k4j5h2@meet.example>:'],
    ['Gmail no, folded', 'tor. 26. nov. 2026 kl. 18:02 skrev Meet <scheduling+k3j5h2k4j5h2@meet.example\n>:'],
    ['Gmail sv, folded', 'Den tors 26 nov. 2026 kl 18:02 skrev Meet <scheduling+k3j5h2k4j5h2@meet.example\n>:'],
    ['Gmail ru, folded', 'чт, 26 нояб. 2026 г. в 18:02, Meet <scheduling+k3j5h2k4j5h2@meet.example\n>:'],
    ['Apple pl', 'Wiadomość napisana przez Meet <scheduling@meet.example> w dniu 26 lis 2026, o godz. 18:02:'],
    ['Apple ja', '2026/11/26 18:02、Meet <scheduling@meet.example>のメール:'],
    [
      'Seznam',
      '---------- Původní e-mail ----------\nOd: Meet <scheduling@meet.example>\nKomu: gil@guest.example\nPředmět: Practice',
    ],
    ['Date and To', 'Date: Thu, 26 Nov 2026 18:02:11 +0000\nTo: gil@guest.example\nSubject: Practice'],
    ['no heading at all', ''],
  ])('%s ends the words', (_client, head) => {
    expect(own(`${words}\n\n${head}\n${letter}`)).toBe(words);
  });

  it('ends where our letter ends: what stands below is the writer’s', () => {
    expect(
      own(
        `On Thu, 26 Nov 2026 at 18:02, Meet <scheduling@meet.example> wrote:\n\n${letter}\n\nTuesday suits me better.`,
      ),
    ).toBe('Tuesday suits me better.');
  });

  it('goes on over lines that a program wrapped', () => {
    expect(
      own(
        `${words}\n\n> Does the time not suit you? Open this link and propose another one; your\nhost is asked:\n> bye`,
      ),
    ).toBe(words);
  });
});

describe('a quote with other marks than >', () => {
  const from = 'Meet Practice <scheduling@meet.example>';
  /** A quote that names a time: read as the writer's, it would be a proposal. */
  const quoted = ['Your session:', '', 'Tuesday, 8 December 2026, 15:00 to 16:00', '', 'Bye'];
  const by = (mark: string): string => quoted.map((line) => `${mark}${line}`.trimEnd()).join('\n');
  const header = `From: ${from}\nTo: gil@guest.example\nSubject: Practice\nDate: Thu, 26 Nov 2026 18:02:11 +0000`;
  const mailbox = 'From scheduling@meet.example Thu Nov 26 18:02:11 2026';
  const indented = (text: string): string => text.replace(/^/gm, '\t');
  const usual = by('> ');

  it.each([
    ['Supercite 28.2', `>>>>> "Meet" == ${from} writes:\n\n${by('    Meet> ').replaceAll(/^ +Meet>$/gm, '')}`],
    ['Supercite 28.2, initials', `>>>>> On Thu, 26 Nov 2026 18:02:11 +0000, ${from} said:\n\n${by('    J.M.> ')}`],
    ['bsd-mailx 8.1.2', indented(`${mailbox}\n${header}\n\n${quoted.join('\n')}`)],
    ['Mailutils 3.15', indented(`${header}\n\n${quoted.join('\n')}`)],
    ['s-nail 14.9.24', `${from} wrote:\n\n${by('\t')}`],
    ['notmuch 0.37', `On Thu, 26 Nov 2026 18:02:11 +0000, ${from} wrote:\n${usual}\nNon-text part: text/html`],
    ['Alpine 2.26', `On Thu, 26 Nov 2026, Meet Practice wrote:\n\n${usual}`],
    ['mblaze 1.1', `"Meet Practice" <scheduling@meet.example> wrote:\n${usual}`],
    ['Rmail 28.2', `${from} writes:\n\n> [1:multipart/alternative Hide]\n>\n> [1/1:text/plain Show]\n${usual}`],
    ['VM 8.2', `Meet Practice writes:\n${by(' > ')}`],
    ['Wanderlust 2.15', `At Thu, 26 Nov 2026 18:02:11 +0000,\nMeet Practice wrote:\n${usual}`],
    ['sup 1.1', `Excerpts from Meet Practice's message of 2026-11-26 18:02:11 +0000:\n${usual}`],
    ['alot 0.10', `Quoting Meet Practice (2026-11-26 18:02:11)\n${usual}`],
    ['Roundcube 1.6.5 he', `:כתב Meet Practice, 2026-11-26 18:02 בתאריך\n${usual}`],
    ['Roundcube 1.6.5 hy', `2026-11-26 18:02-ին, Meet Practice-ը գրեց.\n${usual}`],
    ['Roundcube 1.6.5 ms', `Pada 2026-11-26 18:02, Meet Practice menulis\n${usual}`],
    ['Roundcube 1.6.5 sl', `2026-11-26 18:02, je Meet Practice napisal\n${usual}`],
    ['message.el 28.2 with bars', `${from} writes:\n\n${by('| ')}`],
    ['bars and no heading', by('| ')],
    ['a verb of no list', `Quoth Meet Practice:\n${usual}`],
    ['Mew 6.8', `From: ${from}\nSubject: Practice\nDate: Thu, 26 Nov 2026 18:02:11 +0000\n\n${usual}`],
    ['Roundcube 1.6.5 mk, which fills in no date', `На $дата,$праќач напиша:\n${usual}`],
    ['Roundcube 1.6.5 ug, which fills in no date', `date$ دا، sender$ يازدى:\n${usual}`],
  ])('%s: the words above and below it are left', (_client, quote) => {
    expect(own(`${words}\n\n${quote}`)).toBe(words);
    expect(own(`${quote}\n\n${words}`)).toBe(words);
  });

  it('bsd-mailx 8.1.2, which copies a mail without marks: the words above it are left', () => {
    expect(own(`${words}\n${mailbox}\n${header}\n\n${quoted.join('\n')}`)).toBe(words);
  });

  it.each([
    'Either of:\n\tMonday 3pm\n\tTuesday 3pm\nGil',
    'My terms:\nfee> 20 Euro\ntime> Monday 3pm',
    'Meet Practice, 8.12.2026 15:00 please\nGil',
    'Non-text parts: none',
    '| Monday | 3pm |\n| Tuesday | 4pm |',
    'I can on 8.12.2026 15:00, Meet Practice',
  ])('is not what a person writes: %j', (text) => {
    expect(own(`${text}\n${usual}`)).toBe(text);
  });
});

describe('our letter, quoted by an unknown program', () => {
  const plain = (lines: readonly string[]): string => lines.join('\n\n').replace(/[^\S\n]*\n[^\S\n]*/g, '\n');
  /** An invitation, an approval mail and a notice of a cancellation, without link and heading. */
  const letters = languages.flatMap((language) => {
    const { texts } = letterTextsFor(language);
    const { cancel, invite, proposal } = texts;
    const footer = [texts.linksAreYours, texts.privacy('guest')].join(' ');
    return [
      [language, 'invitation', plain([invite.intro('guest'), texts.howToAnswer, texts.answerLink.invited, footer])],
      [language, 'approval mail', plain([proposal.intro('guest'), texts.reschedule.ask.pending('guest'), footer])],
      [language, 'cancellation', plain([cancel.heading, cancel.intro('guest'), cancel.declinedByYou, footer])],
    ] as const;
  });

  it.each(letters)('%s: the %s ends the words, and what stands below it is the writer’s', (_language, _kind, text) => {
    expect(own(`${words}\n\n${text}`)).toBe(words);
    expect(own(`${text}\n\n${words}`)).toBe(words);
    // Wrapped before its last word.
    expect(own(`${text.replace(/ (\S+)$/, '\n$1')}\n\n${words}`)).toBe(words);
  });
});

it('a letter in HTML begins with the title, which is not the writer’s', () => {
  const html = ['Practice Session', '', 'You are invited', 'This is the invitation to your session with your host.'];
  expect(
    withoutQuote([words, '', ...html], [], 'Practice Session')
      .join('\n')
      .trim(),
  ).toBe(words);
  expect(withoutQuote(['Practice Session'], [], 'Practice Session')).toEqual(['Practice Session']);
});

it.each([
  'Are there no such buttons? Open this link to accept, say maybe, decline or ask for another time:',
  'Finns det inga sådana knappar? Öppna den här länken för att svara ja, kanske eller nej, eller be om en annan tid:',
  'ألا توجد مثل هذه الأزرار؟ يتيح هذا الرابط القبول أو الرد بـ«ربما» أو الرفض أو طلب موعد آخر:',
  'Um stattdessen zuzusagen, vielleicht zu sagen oder abzusagen, öffnen Sie diesen Link:',
  'Tę skrzynkę czyta program: nie przekazaliśmy Państwa słów osobie zapraszającej i nic się nie zmieniło.',
  'ご本人の回答である場合は、こちらのリンクを開いて確認してください。',
])('a sentence of letters that an earlier version sent ends the words: %s', (line) => {
  expect(own(`${words}\n\n${line}\n\n${letter.slice(letter.indexOf('The links'))}`)).toBe(words);
});

describe('the writer’s own', () => {
  it.each([
    'As I wrote yesterday, mornings are bad:\nTuesday 3pm would suit me better.',
    'As I wrote on 24.11.2026, mornings are bad:\nTuesday.',
    'Hi, another time please:\nDate: Tuesday 8 Dec\nFrom: 3pm\nTo: 4pm',
    'Wie ich gestern schrieb:\nDienstag passt besser.',
    'This link does not open: https://meet.example/reschedule?r=AAAAAAAA.V7Gh\nPlease help.',
  ])('%j is kept', (text) => {
    expect(own(text)).toBe(text);
  });

  it('stands between rules as well', () => {
    const lines = ['Hi', '---', 'Tuesday at 3pm would be better for me.', '---', 'Gil'];
    expect(withoutSignature(lines).join('\n')).toContain('Tuesday at 3pm');
  });

  it.each([
    'This message is confidential. If you got it by accident, please erase it.',
    'Diese E-Mail ist vertraulich. Wenn Sie sie irrtümlich erhalten haben, löschen Sie sie bitte.',
    'Ce message est confidentiel. Si vous l’avez reçu par erreur, merci de le supprimer.',
    'Si vous n’êtes pas le destinataire, ne lisez pas ce texte par erreur.',
    'Este mensaje es confidencial y va dirigido a su destinatario. Si lo ha recibido por error, elimínelo.',
    'Questo messaggio è riservato. Se lo avete ricevuto per errore, siete pregati di cancellarlo.',
    'Esta mensagem é confidencial. Se a recebeu por engano, apague-a.',
    'Dit bericht is vertrouwelijk. Als u het per abuis hebt ontvangen, verwijder het dan.',
    'Ta wiadomość jest poufna. Jeśli otrzymali ją Państwo przez pomyłkę, prosimy o jej usunięcie.',
    'Detta meddelande är konfidentiellt. Har du fått det av misstag, radera det.',
  ])('is left when every sentence of a disclaimer goes: %s', (disclaimer) => {
    const words = 'I got the wrong day by mistake.';
    expect(
      withoutBanners([[words, '', disclaimer]])
        .flat()
        .join('\n')
        .trim(),
    ).toBe(words);
  });

  it.each([
    '⚠ EXTERNAL SENDER – verify before you act.',
    'This message came from outside your company. Think before you click.',
    'ZjQcmQRYFpfptBannerStart\nThis Message Is From an External Sender\nZjQcmQRYFpfptBannerEnd',
    'This communication may be confidential. Unauthorised use, copying or disclosure is not permitted.',
    'Diese E-Mail ist vertraulich. Die Weitergabe ist untersagt.',
    'Ce message est confidentiel. Toute diffusion est interdite.',
  ])('is left when a banner goes: %s', (banner) => {
    const text = [...banner.split('\n'), '', words].join('\n').split('\n');
    expect(withoutBanners([text]).flat().join('\n').trim()).toBe(words);
  });

  it.each([
    ['15h possible ?', 'Envoyé depuis mon appareil Galaxy'],
    ['¿A las 15:00?', 'Enviado desde mi Galaxy'],
    ['Va bene alle 15?', 'Inviato da smartphone Samsung Galaxy'],
    ['Pode ser às 15h?', 'Enviado do meu Galaxy'],
    ['Kan het om 15 uur?', 'Verzonden vanaf mijn Galaxy'],
    ['Może być o 15?', 'Wysłano z mojego Galaxy'],
    ['Går det kl 15?', 'Skickat från min Galaxy'],
  ])('%s is left when Samsung’s line behind it goes', (written, appended) => {
    expect(withoutSignature([`${written}${appended}`])).toEqual([written]);
  });

  it('is left when banners and disclaimers go', () => {
    const banner =
      '[EXTERNAL EMAIL] CAUTION: This email originated from outside of the organization. Do not click links or open attachments.';
    const disclaimer = 'This e-mail is confidential. If you are not the intended recipient, please delete it.';
    expect(
      withoutBanners([[banner, '', words, '', disclaimer]])
        .flat()
        .join('\n')
        .trim(),
    ).toBe(words);
    expect(withoutBanners([[words], ['This message was checked by the mail gateway of guest.example.']])).toEqual([
      [words],
    ]);
    expect(withoutBanners([[banner]])).toEqual([[banner]]);
  });
});

it.each([
  ['styles', `<a ${'style=x '.repeat(20_000)}>`],
  ['signatures', `<a class="${'signature-'.repeat(20_000)}">`],
  ['breaks', '<br>'.repeat(50_000)],
  ['blocks', '<div>a'.repeat(30_000)],
])('200 KB of %s are read in little CPU', (_what, html) => {
  expect(leastCpuMsOf(() => linesOfHtml(html, true), 500)).toBeLessThan(500);
});

it.each([
  'a@'.repeat(100_000),
  'On 1 '.repeat(40_000),
  '> '.repeat(100_000),
  'From: '.repeat(33_000),
  '-- '.repeat(66_000),
])('a long line beginning %#.3s is read in little CPU', (line) => {
  expect(leastCpuMsOf(() => withoutSignature(withoutQuote([line, line, 'x:'])), 500)).toBeLessThan(500);
});
