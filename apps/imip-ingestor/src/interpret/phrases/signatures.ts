// What programs append to every mail, how letters close, and what only a block of contact data holds, by language.
// Read by words/signature.ts. Each line is a small pattern; `appended` is matched from the beginning of a line to its
// end.
import { phrasesIn } from './compile';

/** Devices and mail programs that sign a mail. */
const senders = phrasesIn(`
mobile
outlook
yahoo
mail
gmail
samsung
galaxy
proton
tutanota
tuta
spark
airmail
aol
gmx
web\\.de
iphone
ipad
android
blackberry
windows
nine
edison
hey
superhuman
fastmail
zoho
mailbird
em client
thunderbird
bluemail
canary
cleanmail
k-9
newton
aqua mail
typeapp
polymail
boxer
loop
huawei
xiaomi
oneplus
pixel
`).join('|');
const germanSender = '(?:meine[mnr]|mein|outlook|iphone|ipad|unterwegs|mobile)';

export const signaturePhrases = {
  appended: {
    en: `
(?:sent|send|written|composed|typed) (?:from|with|via|by|using|on|through) (?:my|the|a|an|${senders})\\b.{0,80}
sent from \\S{1,30} ?<https?:.{1,200}
sent from [A-Z]\\S{0,30}(?: [A-Z]\\S{0,30}){0,4}
sent via .{2,40}
get (?:outlook|bluemail|typeapp|yahoo mail|spark|the new aol)\\b.{0,120}
download (?:outlook|bluemail|typeapp|yahoo mail|spark|the new aol)\\b.{0,120}
this (?:e-?mail|message) (?:was sent|has been scanned|is free from virus).{0,160}
virus-?free\\..{0,120}
`,
    de: `
(?:outlook|bluemail|typeapp|spark|yahoo mail) (?:für|herunterladen) .{2,80}
(?:diese nachricht wurde )?(?:von|vom|mit) ${germanSender}.{0,60}(?:gesendet|versendet|geschickt|verfasst)\\.?
(?:gesendet|versendet|verschickt) (?:von|vom|mit|über|aus|via) .{2,60}
outlook für .{2,80}
hol(?:en sie sich| dir) .{2,80}
diese e-mail wurde (?:von|auf) .{2,120}
`,
    fr: `
(?:télécharger|téléchargez|obtenir|obtenez) (?:outlook|bluemail|typeapp|spark|yahoo mail)\\b.{0,80}
(?:envoyé|envoye|obtenez|télécharger|provenance).{0,4} (?:de|depuis|à partir de|avec|par|via|du|outlook pour) .{2,80}
cet e-mail a été vérifié.{0,120}
`,
    es: `
(?:obtener|obtén|descargar|descarga) (?:outlook|bluemail|typeapp|spark|yahoo mail)\\b.{0,80}
(?:enviad[oa]|obtener|obtenga|obter|descargar) (?:desde|de|del|do|da|a partir d[oe]|con|mediante|com|outlook para|via|pelo) .{2,80}
este correo electrónico ha sido.{0,120}
`,
    it: `
(?:scarica|ottieni) (?:outlook|bluemail|typeapp|spark|yahoo mail)\\b.{0,80}
(?:inviato|scarica|ottieni) (?:da|dal|dall'|con|tramite|outlook per) ?.{2,80}
`,
    pt: `
(?:obter|baixar|baixe|transferir) (?:outlook|bluemail|typeapp|spark|yahoo mail)\\b.{0,80}
(?:enviado|obtenha|obter|baixe) (?:do|da|de|com|pelo|pela|via|o outlook para|outlook para) .{2,80}
`,
    nl: `
(?:download|haal) (?:outlook|bluemail|typeapp|spark|yahoo mail)\\b.{0,80}
(?:verzonden|verstuurd) (?:vanaf|vanuit|met|van|via|uit|door) .{2,60}
(?:outlook voor|download outlook|ontvang outlook) .{2,80}
`,
    pl: `
(?:pobierz|zainstaluj) (?:outlook|bluemail|typeapp|spark|yahoo mail)\\b.{0,80}
(?:wysłan[eoay]|wysłano|pobierz) .{2,60}
`,
    sv: `
(?:hämta|ladda ner) (?:outlook|bluemail|typeapp|spark|yahoo mail)\\b.{0,80}
(?:skickat|skickades|sänt) (?:från|med|via) .{2,60}
(?:hämta|skaffa) outlook .{2,80}
`,
    da: `
(?:sendt|sent) (?:fra|med|via) .{2,60}
(?:hent|få|skaff) outlook .{2,80}
`,
    fi: `
lähetetty .{2,40}
`,
    cs: `
(?:odeslán[oa]|posláno|odoslané) .{2,60}
`,
    hu: `
(?:elküldve|küldve) .{2,60}
`,
    ro: `
trimis .{2,60}
`,
    tr: `
gönderildi .{2,60}
.{2,40}'(?:dan|den|tan|ten|mdan|mden|umdan|imden) gönderildi
`,
    ru: `
(?:отправлено|надіслано|στάλθηκε) .{2,60}
`,
    ja: `
.{0,30}(?:iphone|ipad|android|スマートフォン|携帯|galaxy).{0,12}から(?:の)?送信.{0,10}
outlook for (?:ios|android) を入手.{0,60}
`,
    zh: `
(?:从|從|发自|發自|來自|自)(?:我的|我)?.{0,6}(?:iphone|ipad|android|手机|手機|qq|网易|outlook|ios).{0,20}
`,
    ko: `
나의 .{1,20}에서 보냄
.{1,20}에서 보냄
`,
    ar: `
(?:أُرسلت|أرسلت|ارسلت|تم الإرسال|مرسل|مُرسل) من .{2,60}
(?:الحصول على|تنزيل) outlook .{2,80}
`,
  },
  /** Samsung appends its line without a line break. */
  glued: {
    en: 'sent from my [a-z0-9 ]{2,30}',
    de: 'von meinem [a-z0-9 ]{2,30} gesendet',
    fr: 'envoyé (?:depuis|de) mon [a-z0-9 ]{2,40}',
    es: 'enviado desde mi [a-z0-9 ]{2,30}',
    it: `
inviato dal mio [a-z0-9 ]{2,30}
inviato da [a-z0-9 ]{0,20}(?:samsung|galaxy)[a-z0-9 ]{0,20}
`,
    pt: 'enviado (?:do|a partir do|pelo) meu [a-z0-9 ]{2,30}',
    nl: '(?:verzonden|verstuurd) (?:vanaf|van|met) mijn [a-z0-9 ]{2,30}',
    pl: 'wysłan[oey] z (?:mojego )?[a-z0-9 ]{0,20}(?:samsung|galaxy)[a-z0-9 ]{0,20}',
    sv: 'skickat från min [a-z0-9 ]{2,30}',
    ja: '(?:私の)?[a-z0-9 ]{0,20}galaxy[a-z0-9 ]{0,10}から送信',
    ar: '(?:أُرسلت|أرسلت|تم الإرسال) من [a-z0-9 ]{0,10}(?:جهاز )?[a-z0-9 ]{0,20}galaxy.{0,20}',
  },
  /** Alone a closing is no signature: people close with their bare names, and those are read as well. */
  closings: {
    en: `
(?:(?:with |my )?(?:best|kind|kindest|warm|warmest|many)? ?(?:regards|wishes))
regards
(?:yours )?(?:sincerely|truly|faithfully)(?: yours)?
best
cheers
thanks(?: (?:and|&) (?:best |kind )?regards)?
thank you
many thanks
`,
    de: `
(?:mit )?(?:freundlichen|besten|lieben|herzlichen|vielen|schönen) (?:grüßen|grüssen|gruessen)
(?:viele|liebe|beste|herzliche|freundliche|schöne) (?:grüße|grüsse|gruesse)
(?:lg|vg|mfg|bg)
gruß
grüße
`,
    fr: `
(?:bien )?cordialement
bien à vous
salutations(?: distinguées)?
meilleures salutations
`,
    es: `
(?:un )?(?:cordial )?saludos?(?: cordiales| cordial)?
atentamente
atte\\.?
`,
    it: `
cordiali saluti
distinti saluti
saluti
`,
    pt: `
atenciosamente
(?:com os melhores )?cumprimentos
abraços?
`,
    nl: `
(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?
groeten?
mvg
`,
    sv: `
(?:med )?(?:vänliga|venlig|vennlig|bästa|mvh|hälsningar) ?(?:hälsningar|hilsen|hilsner)?
`,
    fi: `
ystävällisin terveisin
terveisin
`,
    pl: `
pozdrawiam(?: serdecznie)?
z poważaniem
pozdrowienia
`,
    ru: `
(?:с )?уважени(?:ем|я)
`,
    ja: `
敬具
よろしくお願い(?:いた|致)?します
`,
    zh: '此致',
    ar: `
مع (?:أطيب )?التحيات
مع خالص التحية
تحياتي
`,
  },
} as const;
