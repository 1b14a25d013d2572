// How mail programs begin the mail that is answered: verbs of attributions, labels of header blocks, dividers, by
// language.
// Read by words/attribution.ts, words/header-block.ts and words/quote.ts. Each line is a small pattern. Sources: mails
// written by the programs named in docs/mail.md.
export const quotePhrases = {
  /** "… wrote:" */
  wrote: {
    en: `
wrote
writes
wrote the following
`,
    de: `
schrieb
schreibt
hat (?:\\S+ ){0,8}geschrieben
`,
    fr: `
écrit
a écrit
écrivit
`,
    es: `
escribió
escribio
escribe
`,
    it: `
scritto
scrive
`,
    pt: `
escreveu
`,
    nl: `
schreef
geschreven
heeft
`,
    pl: `
napisał(?:\\(a\\)|a)?
napisana przez
pisze
`,
    sv: `
skrev
`,
    fi: `
kirjoitti
`,
    cs: `
napsala?
napísala?
`,
    hu: `
írta
`,
    ro: `
a scris
`,
    tr: `
yazdı
`,
    ca: `
va escriure
escribiu
`,
    ru: `
написал(?:а|\\(а\\))?
пишет
пише
написав
`,
    el: `
έγραψε
`,
    mk: `
напиша
`,
    ug: `
يازدى
`,
    vi: `
đã viết
`,
    id: `
menulis
`,
    ja: `
のメッセージ
書きました
さんが
写道
写到
`,
    zh: `
写道
寫道
`,
    ko: `
님이 작성
작성
`,
    ar: `
كتب
كتبت
`,
    he: `
כתב
כתבה
`,
  },
  /** Who speaks of what they wrote themselves is no mail program. */
  ownVoice: {
    en: `
I
we
I've
`,
    de: `
ich
wir
`,
    fr: `
je
j'ai
nous
j'avais
`,
    es: `
yo
escribí
`,
    it: `
ho
avevo
abbiamo
`,
    pt: `
eu
escrevi
`,
    nl: `
ik
wij
we
`,
    pl: `
napisałem
napisałam
pisałem
pisałam
`,
    sv: `
jag
vi
`,
  },
  /** How attributions begin, for those folded right after it. */
  begins: {
    en: 'on',
    de: 'am',
    fr: 'le',
    es: 'el',
    it: `
il
in data
`,
    pt: `
em
no dia
`,
    nl: 'op',
    sv: `
den
pe
`,
    da: `
den
d\\.
`,
    pl: `
w dniu
dnia
`,
    cs: 'dne',
    fi: `
ti
ke
to
la
ma
pe
su
`,
    he: 'ב',
    el: 'στις',
    vi: 'vào',
    id: 'pada',
    zh: `
在
於
`,
  },
  /** The writer's label in a header block. */
  from: {
    en: 'from',
    de: 'von',
    fr: `
de
expéditeur
expediteur
`,
    es: `
de
remitente
`,
    it: `
da
mittente
`,
    pt: `
de
remetente
`,
    nl: `
van
afzender
`,
    sv: `
från
avsändare
`,
    da: `
fra
afsender
avsender
`,
    fi: 'lähettäjä',
    pl: `
od
nadawca
`,
    cs: `
od
odesílatel
odosielateľ
`,
    hu: 'feladó',
    tr: `
kimden
gönderen
`,
    ro: 'de la',
    ru: `
от(?: кого)?
від
`,
    el: 'από',
    vi: 'từ',
    id: 'dari',
    ja: `
差出人
送信者
送信元
`,
    zh: `
发件人
發件人
寄件者
寄件人
发送人
`,
    ko: '보낸 ?사람',
    ar: 'من',
    he: 'מאת',
  },
  /** The other labels of a header block. */
  labels: {
    en: `
sent
sent on
date
to
cc
bcc
reply[- ]to
importance
message-id
attachments?
`,
    de: `
gesendet
datum
an
kopie
antwort an
`,
    fr: `
envoyé(?: le)?
message du
date
à
a
copie
cc
`,
    es: `
enviad[oa](?: el)?
fecha
para
`,
    it: `
inviato
data
a
per
`,
    pt: `
enviad[oa](?: em)?
data
para
`,
    nl: `
verzonden
datum
aan
`,
    sv: `
skickat
datum
till
kopia
`,
    da: `
sendt
dato
til
`,
    fi: `
lähetetty
päivämäärä
vastaanottaja
kopio
`,
    pl: `
wysłano
data
do
dw
`,
    cs: `
odesláno
komu
kopie
`,
    hu: `
elküldve
címzett
`,
    tr: `
gönderildi
tarih
kime
`,
    ru: `
отправлено
дата
кому
копия
надіслано
`,
    ja: `
送信日時
日時
宛先
抄送
cc
`,
    zh: `
发送时间
發送時間
时间
日期
寄件日期
收件人
收件者
`,
    ko: `
보낸 ?날짜
날짜
받는 ?사람
`,
    vi: `
ngày
đến
`,
    ar: `
التاريخ
تاريخ الإرسال
إلى
`,
  },
  /** The label of the subject in a header block. */
  subjects: {
    en: 'subject',
    de: `
betreff
thema
`,
    fr: `
objet
sujet
`,
    es: 'asunto',
    it: 'oggetto',
    pt: 'assunto',
    nl: 'onderwerp',
    sv: 'ämne',
    da: 'emne',
    fi: 'aihe',
    pl: 'temat',
    cs: 'předmět',
    hu: 'tárgy',
    tr: 'konu',
    ru: 'тема',
    ja: '件名',
    zh: `
主题
主題
`,
    ko: '제목',
    ar: 'الموضوع',
  },
  /** Words in the dividers of mail programs. */
  dividers: {
    en: `
origin
forward
reply above
above this line
`,
    de: `
ursprüng
weitergeleitet
antwort.{0,20}oberhalb
`,
    fr: `
d'origine
transf[eé]r
réexpédié
`,
    es: `
reenviad
`,
    it: `
inoltrat
`,
    pt: `
encaminhad
transmis
`,
    nl: `
oorspronk
doorgestuurd
`,
    sv: `
ursprung
vidarebefordra
`,
    da: `
oprindel
opprinnel
videresend
`,
    fi: `
alkuperä
edelleenlähet
`,
    pl: `
oryginaln
przekazan
`,
    cs: `
původní
pôvodn
`,
    hu: 'eredeti',
    tr: `
orijinal
iletilen
`,
    ru: `
исходн
пересыл
переслан
пересилан
`,
    ja: `
元の
原文
転送
`,
    zh: `
原始
原邮件
轉寄
转发
轉發
`,
    ko: `
전달
원본
`,
    ar: `
الأصلية
الاصلية
`,
  },
  /** Dividers without dashes, alone on their line: BlackBerry, Apple Mail's forwards. */
  bareDividers: {
    en: `
original message
begin forwarded message
`,
    de: `
originalnachricht
ursprüngliche nachricht
anfang der weitergeleiteten (?:e-mail|nachricht)
`,
    fr: `
message d'origine
message original
début du message (?:réexpédié|transféré)
`,
    es: `
mensaje original
inicio del mensaje reenviado
`,
    it: `
messaggio originale
inizio messaggio inoltrato
`,
    pt: `
mensagem original
início da mensagem encaminhada
`,
    nl: `
oorspronkelijk bericht
origineel bericht
begin doorgestuurd bericht
`,
    sv: `
ursprungligt meddelande
originalmeddelande
vidarebefordrat brev
`,
    pl: `
oryginalna wiadomość
wiadomość oryginalna
`,
    ja: `
元のメッセージ
`,
    ar: `
الرسالة الأصلية
`,
  },
} as const;
