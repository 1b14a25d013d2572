// What absence notes and other automatic replies say in their subjects and texts, and what only people say, by
// language.
// Compiled here, used by auto-reply.ts. Languages: the eleven of the product, and others as they came in. A new one
// is new lines.
import { anyOf, type Phrases } from './compile';

/** What only programs put in front of a subject. People who answer begin with Re:. */
const automaticSubjects: Phrases = {
  en: `
auto(?:matic(?:ally|ed)?|mated|mailer)?[ -]?(?:reply|response|answer|respond(?:er)?|message|notification|acknowledg\\w*|e-?mail)
out[ -]of[ -](?:the[ -])?office[ -](?:auto)?[ -]?(?:reply|response|notice|notification|message)
oof(?: reply| message)?
vacation (?:reply|response|message|notice)
absence notice
`,
  de: `
abwesenheits\\S{1,30}
automatische (?:antwort|rückantwort|e-?mail|nachricht|eingangsbestätigung)
auto-?antwort
eingangsbestätigung
`,
  fr: `
r[ée]ponse (?:automatique|auto)
message (?:automatique|d.absence)
notification d.absence
accus[ée] de r[ée]ception
`,
  es: `
respuesta autom[áa]tica
autorespuesta
mensaje autom[áa]tico
respuesta de vacaciones
mensaje de ausencia
acuse de recibo
`,
  it: `
risposta automatica
messaggio automatico
avviso di assenza
`,
  pt: `
resposta autom[áa]tica
mensagem autom[áa]tica
aviso de aus[êe]ncia
`,
  nl: `
automatisch(?:e)? (?:antwoord|beantwoording|bericht|reactie)
afwezigheids\\S{0,30}
`,
  sv: `
autosvar
automatiskt svar
frånvaromeddelande
`,
  da: `
automatisk svar
fraværsbesked
`,
  fi: 'automaattinen vastaus',
  pl: `
autoodpowiedź
automatyczna odpowied[źz]
odpowiedź automatyczna
informacja o nieobecności
`,
  cs: 'automatick[áa] odpov[ěe][ďd]',
  hu: 'automatikus v[áa]lasz',
  ro: 'r[ăa]spuns automat',
  ru: `
автоматический ответ
автоответ\\S{0,10}
автоматична відповідь
`,
  tr: 'otomatik (?:yanıt|cevap)',
  el: 'αυτόματη απάντηση',
  ar: `
(?:ال)?رد (?:ال)?تلقائي
رد آلي
رسالة (?:ال)?غياب
`,
  he: '(?:מענה|תשובה) אוטומטית?',
  ja: `
自動応答
自動返信
不在通知
不在応答
不在のお知らせ
`,
  zh: `
自动(?:回复|答复)
自動回覆
自動回復
`,
  ko: '자동 ?(?:회신|응답|답장)',
  vi: 'trả lời tự động',
  id: 'balasan otomatis',
};
const ending = '\\s{0,9}(?:[:：\\-–—|\\])】]|$)';
/** A subject that a program began. */
export const automaticSubject = anyOf(automaticSubjects, { before: '^\\W{0,3}', after: ending });

/** In brackets, anywhere: a program's mark beside the subject it answers. */
const bracketed: Phrases = {
  en: `
auto(?:matic|mated|matically)?[- ]?(?:reply|response|generated|submitted)
out of (?:the )?office
`,
  de: `
automatische antwort
abwesenheitsnotiz
`,
  fr: 'r[ée]ponse automatique',
  es: 'respuesta autom[áa]tica',
  it: 'risposta automatica',
  pt: 'resposta autom[áa]tica',
  nl: 'automatisch antwoord',
  sv: 'automatiskt svar',
  pl: 'automatyczna odpowied[źz]',
  ar: 'رد تلقائي',
  ja: `
自動返信
自動応答
`,
  zh: '自动回复',
};
export const bracketedSubject = anyOf(bracketed, { before: '[([【]\\s?', after: '\\s?[)\\]】]' });
/** No person writes this in front of a subject. */
export const bracketedAtBeginning = anyOf(
  { ...bracketed, en: 'auto(?:matic|mated|matically)?[- ]?(?:reply|response|generated|submitted)' },
  { before: '^[([【]\\s?', after: '\\s?[)\\]】]' },
);

/** What people write in subjects as well: counted only with the words of the mail. */
const absentSubjects: Phrases = {
  en: `
ooo
oof
o\\.o\\.o\\.?
out[ -]of[ -](?:the[ -])?office
not in (?:the )?office
away from (?:the office|my (?:mail|e-?mail|desk))
away (?:message|notice|until|till)
(?:currently |temporarily )?(?:away|unavailable|absent)
(?:on |annual |sick |parental |maternity |paternity )?(?:vacation|leave|holidays?)
on (?:annual |sick |parental |maternity |paternity )?leave
absence(?: notice)?
`,
  de: `
abwesend\\S{0,9}
abwesenheit
außer haus
nicht im (?:büro|haus|dienst)
(?:im |auf |bin im )?urlaub
ferien
nicht erreichbar
`,
  fr: `
absence(?: du bureau)?
absente?(?: du bureau)?
hors du bureau
en (?:congés?|vacances)
congés?
indisponible
`,
  es: `
fuera de (?:la )?oficina
ausente
ausencia
de vacaciones
vacaciones
no disponible
`,
  it: `
fuori sede
fuori ufficio
assen(?:te|za)
in ferie
ferie
`,
  pt: `
fora do escrit[óo]rio
aus[êe]ncia
ausente(?: do escrit[óo]rio)?
(?:de )?f[ée]rias
`,
  nl: `
afwezig(?:heid)?
niet aanwezig
niet op kantoor
(?:op )?vakantie
met verlof
verlof
`,
  sv: `
frånvaro
frånvarande
(?:på )?semester
ej på kontoret
inte på kontoret
föräldraledig
`,
  da: `
fravær
ikke til stede
(?:på )?ferie
`,
  fi: `
poissa\\S{0,9}
lomalla
`,
  pl: `
nieobecno\\S{1,6}(?: w (?:biurze|pracy))?
nieobecn[ya](?: w (?:biurze|pracy))?
poza biurem
(?:na )?urlop(?:ie)?
`,
  cs: `
mimo kancel\\S{1,6}
nep[řr][íi]tomnost
dovolená
`,
  ru: `
отсутств\\S{1,9}
вне офиса
(?:в )?отпуск\\S{0,2}
`,
  tr: 'ofis dışı',
  el: 'εκτός γραφείου',
  ar: `
خارج المكتب
(?:في )?(?:ال)?إجازة
(?:ال)?غياب
غائب
غير متواجد
غير متاح
`,
  he: `
מחוץ למשרד
בחופש(?:ה)?
`,
  ja: `
不在
外出
(?:夏季|年末年始|有給)?休暇(?:中)?
休業(?:中)?
お休み
`,
  zh: `
不在办公室
外出
休假
出差
`,
  ko: `
부재 ?중?
휴가 ?중?
외근
`,
};
/** What follows: nothing, a sign, a date, the subject that is answered, or until when. */
const untilWords =
  'until|till?|thru|through|from|re|bis|vom|ab|aw|wg|jusqu|du|hasta|desde|del|fino|dal|al|até|a partir|tot|van|do|od' +
  '|från|fra|до|с|حتى|من|إلى';
const absentEnding =
  `(?:\\s\\p{L}{1,20})?\\s{0,9}(?:[:：\\-–—|,(\\[.!】\\])]|$|\\d|(?:${untilWords})(?!\\p{L})` +
  '|のお知らせ|のご連絡|まで|のため|について)';
export const absentSubject = anyOf(absentSubjects, { before: '^\\W{0,3}', after: absentEnding });
/** At the end of the subject that is answered. */
export const absentAtEnd = anyOf(absentSubjects, {
  before: '(?:^|\\s)[(\\[\\-–—|]\\s?',
  after: '\\s?(?:[)\\]]|$)',
});
/** In front of the subject that is answered: only a program writes so in a thread. */
export const autoPrefix = /^\W{0,3}auto\s{0,3}[:：]\s{0,3}\S/iu;

const name = "^(?!re\\b|aw\\b|fwd?\\b)[\\p{L}][\\p{L}\\p{M}'’.,\\- ]{0,50}? ";
/** A subject that is a sentence: who is away. */
export const absentSentence = anyOf(
  {
    en:
      "(?:is|am|will be|’m|'m) (?:currently |now |temporarily )?(?:out of|away" +
      '|on (?:annual |sick |parental |maternity |paternity )?(?:leave|vacation|holiday))',
    de:
      '(?:ist|bin|sind) (?:derzeit |zurzeit |zur zeit |momentan |bis \\S{1,20} )?' +
      '(?:abwesend|nicht im (?:büro|haus)|im urlaub|außer haus)',
    fr: '(?:est|suis|sera|serai) (?:actuellement )?(?:absente?|en (?:congés?|vacances)|hors du bureau)',
    es: '(?:está|estoy|estará|estaré) (?:actualmente )?(?:fuera de|ausente|de vacaciones)',
    it: '(?:è|sono|sarà|sarò) (?:attualmente )?(?:fuori (?:ufficio|sede)|assente|in ferie)',
    pt: '(?:está|estou|estará|estarei) (?:atualmente )?(?:fora d|ausente|de férias)',
    nl: '(?:is|ben) (?:momenteel |tot \\S{1,20} )?(?:afwezig|niet op kantoor|op vakantie|met verlof)',
    sv: 'är (?:för närvarande )?(?:på semester|frånvarande|inte på kontoret|ledig)',
    pl: '(?:jest|jestem|będę) (?:obecnie )?(?:nieobecn|na urlopie|poza biurem)',
  },
  { before: name },
);

/** Statements of a machine about its own mail. */
const automaticStatements: Phrases = {
  en: `
(?:this|the following) is an auto(?:mat(?:ed|ic(?:ally)?)|-?generated|-?reply|-?response)
auto(?:mated|matic|matically|-)[ -]?(?:generated |sent )?(?:reply|response|respon(?:se|der)|message|notification|acknowledg|e-?mail)
(?:do|please do) not (?:reply|respond) to this
auto-?respon
only notification you will receive
unattended mailbox
mailbox is not monitored
was (?:sent|generated) automatically
your (?:message|e-?mail|mail|request|ticket) (?:has been|was) received
we have received your (?:message|e-?mail|mail|request|enquiry|inquiry)
(?:added to|on) (?:the|my|our) (?:recipient's )?(?:allowed|approved|safe|white) ?(?:senders? )?list
(?:verify|confirm|prove) (?:that )?(?:you|your) (?:are (?:a )?(?:human|person|not)|address|e-?mail|message)
`,
  de: `
automatisch (?:erzeugt|erstellt|generiert|versandt|gesendet|verschickt|erstellte|generierte)
automatische (?:antwort|nachricht|e-?mail|eingangsbestätigung)
nicht auf diese (?:e-?mail|nachricht|mail) (?:zu )?antworten
`,
  fr: `
(?:message|courriel|mail|réponse) automatique
ne pas répondre à ce (?:message|courriel|mail)
`,
  es: `
(?:respuesta|mensaje|correo) autom[áa]tic
no responda a este (?:mensaje|correo)
`,
  it: `
risposta automatica
messaggio automatico
non rispondere a questo
`,
  pt: `
(?:resposta|mensagem) autom[áa]tica
não responda a est[ea]
`,
  nl: 'automatisch (?:bericht|antwoord|verzonden|gegenereerd)',
  sv: 'automatiskt (?:svar|meddelande|genererat)',
  da: 'automatisk (?:svar|besked)',
  pl: `
wiadomość (?:została )?(?:wygenerowan|automatyczn)
odpowiedź automatyczna
automatyczna odpowiedź
`,
  ru: 'автоматическ',
  ar: `
رد (?:تلقائي|آلي)
رسالة (?:تلقائية|آلية)
لا ترد على هذه
`,
  ja: '自動(?:応答|返信|的に|送信|配信)',
  zh: '自动(?:回复|发送|答复)',
  ko: '자동 ?(?:회신|응답|발송)',
};
export const statesAutomatic = anyOf(automaticStatements);

/** Sentences of programs that put no header at all: vacation(1) of BSD and Debian (its default message). */
const templates: Phrases = {
  'vacation(1)': `
i will not be reading my mail for a while
your mail (?:regarding|concerning) .{0,200} will be read when
via the vacation program
`,
};
export const templateSentence = anyOf(templates);

/** What both machines and people say of being away. */
const awayWords: Phrases = {
  en: `
out of (?:the |my )?office
(?:currently|presently|am|be|will be|is) (?:away|out|on (?:annual |sick |maternity |paternity |parental )?(?:leave|vacation|holidays?|pto))
on (?:annual |sick |maternity |paternity |parental )?(?:leave|vacation|pto)\\b
(?:limited|no|sporadic|intermittent) access to (?:my |e-?)?mail
(?:on|upon) my return
when i (?:return|am back|get back|come back)
not be (?:reading|checking|answering)
read no mail
back in the office
return(?:ing)? (?:to the office )?on
no longer (?:with|working (?:at|for)|employed)
`,
  de: `
nicht (?:im (?:büro|haus|hause|dienst)|da\\b|erreichbar)
im urlaub
in (?:elternzeit|mutterschutz)
abwesend
außer haus
bin (?:ab|wieder|erst|vom|bis|derzeit|zur ?zeit|momentan|leider)
wieder (?:im büro|erreichbar|zurück)
`,
  fr: `
en (?:congés?|vacances)
absente? (?:du|de|jusqu|à)
de retour
hors du bureau
actuellement absente?
`,
  es: `
fuera de la oficina
de vacaciones
estaré (?:fuera|ausente|de)
estoy (?:fuera|ausente)
me encuentro (?:fuera|ausente|de)
`,
  it: `
fuori (?:ufficio|sede)
in ferie
(?:sarò|sono) (?:assente|di|fuori)
rientrer[òo]
`,
  pt: `
de f[ée]rias
fora do escritório
ausente
regresso (?:a|no|dia)
estarei de volta
`,
  nl: `
afwezig
op vakantie
niet op kantoor
met verlof
(?:weer|terug) (?:bereikbaar|op kantoor|aanwezig)
`,
  sv: `
(?:på|på en) semester
(?:borta|frånvarande)
inte på kontoret
är (?:ledig|tillbaka|åter)
tillbaka (?:på kontoret|den)
`,
  no: `
ute av kontoret
på ferie
har fri til
`,
  pl: `
poza biurem
na urlopie
nieobecn
wracam
`,
  cs: `
dovolen
mimo kancelář
`,
  hu: 'szabadság',
  fi: `
loman
lomalla
poissa
`,
  ru: `
вне офиса
в отпуске
отсутств
`,
  ar: `
خارج المكتب
في إجازة
غير (?:متواجد|متاح|موجود)
سأعود
إجازة حتى
`,
  he: 'בחופש',
  ja: `
不在
休暇
休み
休業
出張
`,
  zh: `
外出
休假
出差
`,
  ko: `
부재
휴가
`,
};
export const away = anyOf(awayWords);

/** Whom to turn to meanwhile: such a sentence asks nothing of us. */
const redirecting: Phrases = {
  en: `
urgent
contact
in my absence
colleague
assistance
emergenc
immediate
help desk
`,
  de: `
dringend
eilig
wenden sie sich
vertret
kolleg
notfall
`,
  fr: `
urgen
contact
adresser à
collègue
en mon absence
`,
  es: `
urgen
contact
diríjase
compañer
en mi ausencia
`,
  it: `
urgen
contatt
rivolger
collega
`,
  pt: `
urgen
contact
contat
colega
`,
  nl: `
dringend
spoed
contact
collega
`,
  sv: `
brådskande
kontakta
kollega
akut
`,
  pl: `
piln
kontakt
w sprawach
zastęp
`,
  ar: `
عاجل
الاتصال
التواصل
زميل
`,
  ja: `
緊急
お急ぎ
連絡
担当
`,
};
const redirection = anyOf(redirecting);

/** What people who are away ask for or offer, and absence notes never do. */
const wishes: Phrases = {
  en: `
\\bre-?schedul
\\bpostpone
\\b(?:move|push|shift|change) (?:it|this|the|our|to)\\b
\\binstead\\b
\\b(?:another|different|new|other) (?:time|day|date|slot)
\\blet['’]?s[ ]
\\b(?:can|could|shall|should) we
\\bhow about
\\b(?<!longer )(?:works?|suits?) (?:for|better|me|fine|well)
\\d ?(?:am|pm|o.clock)? (?:works|suits|is (?:fine|ok|good))
\\bsee you\\b
`,
  de: `
\\bverschieb
\\bverleg
\\bstattdessen
\\bander(?:er|en|es) (?:termin|tag|zeit)
\\bneue[rn]? termin
\\bvorschlag
\\bpasst
`,
  fr: `
\\bdéplacer
\\bdécaler
\\breporter
\\bautre (?:date|heure|jour|créneau)
\\bplutôt
me convient
`,
  es: `
\\bcambiar
\\bmover
\\baplazar
\\breprogram
\\botr[ao] (?:fecha|hora|día)
\\bmejor
me viene bien
`,
  it: `
\\bspostare
\\brimandare
\\baltr[ao] (?:data|ora|giorno)
va bene
`,
  pt: `
\\bremarcar
\\badiar
\\boutr[ao] (?:data|hora|dia)
`,
  nl: `
\\bverplaats
\\bverzetten
\\bandere? (?:tijd|datum|dag)
\\bschikt
`,
  pl: `
\\bprzełożyć
\\binny termin
\\bpasuje
`,
  sv: `
\\bflytta
\\bannan (?:tid|dag)
passar
`,
  da: '\\bflytte',
  fi: '\\bsiirtä',
  ru: `
перенес
другое время
`,
  ar: `
(?:تغيير|تأجيل|نقل) (?:ال)?موعد
وقت آخر
يناسبني
`,
  ja: `
変更
別の(?:日|時間)
日程
いかがでしょう
大丈夫です
`,
};
const wish = anyOf(wishes);

/** Whether somebody asks for or offers something, in sentences that do not only say whom else to turn to. */
export const isAsking = (said: string): boolean =>
  said
    .split(/(?<=[.!?。！？؟\n])\s*/u)
    .filter((sentence) => !redirection.test(sentence))
    .some((sentence) => /[?？؟]/.test(sentence) || wish.test(sentence));

/** The first words of a mail that say that a machine wrote it. */
export const beginsAutomatic = anyOf(
  {
    en:
      '(?:this|the following) is an? auto(?:mated|matic|matically generated|-?generated)? ?-?' +
      '(?:reply|response|answer|message|e-?mail|notification)',
    de: 'di(?:es|ese) (?:ist eine|e-?mail (?:wurde|ist)|nachricht (?:wurde|ist)) automatisch',
    fr: 'ceci est (?:une réponse|un (?:message|courriel)) automatique',
    es: 'est[ea] es (?:una respuesta|un (?:mensaje|correo)) autom[áa]tic',
    it: 'quest[ao] è una? (?:risposta|messaggio) automatic',
    pt: 'est[ae] é uma? (?:resposta|mensagem) autom[áa]tica',
    nl: 'dit is een automatisch',
    sv: 'detta är ett automatiskt',
    pl: '(?:to jest )?(?:wiadomość|odpowiedź) (?:została )?(?:wygenerowana )?automatyczn',
    ar: 'هذ[اه] (?:رد|رسالة) (?:تلقائي|آلي)',
    ja: '(?:このメールは|これは)?自動(?:応答|返信|送信)',
  },
  { before: '^(?:[^\\n]{0,80}\\n){0,3}\\W{0,9}' },
);
