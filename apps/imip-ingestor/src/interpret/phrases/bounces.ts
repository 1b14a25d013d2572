// What reports of failed and late deliveries say in their subjects and texts, by language.
// Compiled here, used by bounce/bounce-signs.ts and bounce/bounce-named.ts. A new language is new lines.
import { anyOf, type Phrases } from './compile';

/**
 * Subjects in English; they may follow a bracketed mark and some words, so that they are looked for at the beginning
 * only.
 */
const subjectsAtBeginning: Phrases = {
  en: `
undeliver
non-?deliver
nondeliverable
not? (?:be |been )?deliver
unable to (?:deliver|send)
could(?:n'?t| not) (?:be )?(?:deliver|send|sent)
(?:mail|message|e-?mail) ?(?:delivery |system |status |transfer )?(?:has |was |is )?\\W?\\s?(?:fail|error|problem|report|status)
(?:mail|message|e-?mail) ?(?:delivery |system |status |transfer )?(?:has |was |is )?\\W?\\s?(?:notif|warning|delay|reject)
(?:mail|message|e-?mail) ?(?:delivery |system |status )?(?:has |was |is )?\\W?\\s?(?:undeliv|return|block|could not|not sent|bounce)
(?:delivery|transmission|sending) ?(?:status )?(?:has |was |is )?\\W?\\s?(?:fail|error|problem|report|status|notif|warning|delay)
(?:delivery|transmission|sending) ?(?:status )?(?:has |was |is )?\\W?\\s?(?:reject|undeliv|return|block|could not|bounce)
(?:smtp|dsn|ndn|ndr|send) ?(?:delivery |status )?\\W?\\s?(?:fail|error|problem|report|status|notif|warning|delay|reject)
fail(?:ed|ure)(?: to)? (?:deliver|mail|notice|notif|send|transmit|address|recipient)
failure (?:notice|delivery|report)
returned? (?:mail|e-?mail|message|to sender|unopened)
(?:mail|message|e-?mail) (?:returned|rejected|bounced|delayed|refused|blocked|not delivered|non remis)
bounced?(?: mail| message| notif)
delivery (?:status|fail|problem|error|notif|report|delay|warning|incomplete|has)
(?:mailbox|inbox|quota).{0,20}(?:full|exceed)
rejected (?:mail|message|posting)
warning: (?:message|could not send|mail)
automatically rejected
delayed mail
mail error
permanent (?:delivery )?(?:error|failure)
host unknown
user unknown
address not found
mail failure
`,
};

/** Subjects in other languages, wherever they stand. */
const subjectsAnywhere: Phrases = {
  de: `
unzustellbar
nicht (?:zugestellt|zustellbar|übermittelt)
zustell(?:ung|fehler|problem)
fehlgeschlagen
rückläufer
`,
  fr: `
non (?:remis|distribu|délivr|livr)
échec (?:de|d')
erreur (?:de|d')(?: la)? (?:remise|distribution|livraison|envoi)
avis de non
retour à l'expéditeur
`,
  es: `
no (?:se )?(?:ha )?(?:pud|pued|podido|entreg|enviad)
no entregad
imposible (?:entregar|de entregar)
error (?:de|en la) entrega
(?:correo|mensaje) (?:devuelto|no entregado|rechazado)
aviso de (?:error|fall)
`,
  it: `
non recapitat
mancat[oa] (?:recapito|consegna)
impossibile recapitare
consegna .{0,10}(?:fallita|non)
messaggio (?:non|respinto)
`,
  pt: `
n[ãa]o (?:foi )?(?:entregue|p[ôo]de|enviad)
falha na entrega
devolvid
`,
  nl: `
onbestelbaar
niet bezorgd
bezorging
aflevering
`,
  sv: `
olevererbar
kan inte leverer
`,
  no: `
ikke lever
uleverbar
ulevert
kunne ikke
`,
  pl: `
niedostarcz
nie dostarczono
zwrot
nie można dostarczyć
`,
  cs: `
nedoručiteln
nedoručen
nelze doručit
`,
  hu: 'kézbesíthet',
  ru: `
не доставлен
недоставлен
не удалось
не можливо
не может быть доставлен
`,
  tr: `
teslim edilemedi
iletilemedi
`,
  ar: `
تعذر (?:تسليم|إرسال|توصيل)
لم يتم (?:تسليم|إرسال|توصيل)
فشل (?:في )?(?:تسليم|إرسال|توصيل|التسليم)
إعلام بعدم التسليم
`,
  ja: `
配信
配達
送信(?:できません|エラー|失敗)
届け
エラーメール
宛先
`,
  zh: `
退信
无法(?:送达|投递|传递|发送)
無法(?:傳遞|送達|投遞)
投递失败
传输失败
未能送达
系统退信
`,
  ko: `
반송
전송.{0,6}실패
배달
전달되지
`,
};

/** Marks in front of a subject that mail systems and filters put there. */
const mark = '(?:\\[?postmaster\\]?\\W{0,5}|\\*{1,3}\\S{0,30}\\*{1,3}\\s?|\\[[^\\]]{1,30}\\]\\s{0,5})?';
const atBeginning = anyOf(subjectsAtBeginning, { before: `^\\W{0,9}${mark}(?:.{0,40}\\b)?` });
const anywhere = anyOf(subjectsAnywhere);

/** Whether a subject reports a failed or late delivery. */
export const isFailingSubject = (subject: string): boolean => atBeginning.test(subject) || anywhere.test(subject);

const couldNot = "(?:could ?n[o']t|could not|can ?not|can't|unable to|un-?able|was ?n[o']t|were not|was not)";
const theseAddresses =
  '(?:following|these|this|below|one or more)(?: \\w+){0,3} (?:address|recipient|destination)\\S{0,9}';

/** Sentences of reports. */
const statements: Phrases = {
  en: `
${couldNot}(?: yet)?(?: \\w+){0,2} (?:deliver|reach|sent|send)
(?:has not|have not|had not|did not|not able to|not be|failed to|fail to|impossible to)(?: yet)?(?: \\w+){0,2} (?:deliver|reach|sent|send)
${couldNot}(?: \\w+){0,2} (?:accept|relay|forward|transmit)
(?:has not|have not|had not|did not|not able to|not be|failed to|fail to|impossible to)(?: \\w+){0,2} (?:accept|relay|forward|transmit)
(?:could ?n[o']t|could not|can ?not|can't|unable to|was not|not be|failed to|fail to)(?: \\w+){0,2} (?:process|collected|establish)
undeliver
deliver(?:y|ed|ing)?(?: \\w+){0,6} (?:fail|error|problem|unsuccessful|impossible|rejected|aborted|delayed|not possible)
fail(?:ed|ure)(?: \\w+){0,3} (?:deliver|recipient|address|delivery|notif)
${theseAddresses}(?: \\S{1,80}){0,6} (?:fail|error|undeliver)
${theseAddresses}(?: \\S{1,80}){0,6} (?:reject|problem|could not|reached)
permanent (?:fatal )?(?:error|failure)
return(?:ed|ing) (?:to sender|mail|message|to you|unopened)
(?:was|has been|is being|been|automatically) (?:rejected|returned|refused|bounced|blocked)
(?:user|recipient|mailbox|address|account|host|domain) (?:is )?(?:unknown|not found|not known|full|unavailable|does ?n[o']t exist)
(?:unknown|no such|invalid|not a valid|illegal) (?:final delivery )?(?:user|recipient|address|mailbox|host|domain|userid)
over ?quota
quota exceeded
exceeding (?:their|its|his) quota
exceeds allowed
transcript of session
(?:message|mail|delivery).{0,30}(?:delayed|postponed)
not yet been delivered
no longer (?:valid|exists)
remote (?:host|server|smtp server|mail server) (?:said|returned|answered|replied)
did not like our (?:rcpt|mail|data|ehlo|helo)
error delivering your mail
smtp error
non-?delivery
`,
  de: `
unzustellbar
nicht (?:zugestellt|zustellbar|übermittelt|ausgeliefert|gesendet|erreich)
zustellung.{0,60}(?:fehl|nicht|verzöger)
konnten? (?:leider )?nicht
`,
  fr: `
(?:pas|n'a pu|n'ont pas|non|pas pu)(?: \\S{1,40}){0,4} (?:remis|distribu|délivr|livr|envoy|achemin|atteint)
échec
impossible de (?:remettre|délivrer|distribuer|livrer)
`,
  es: `
no (?:se )?(?:ha |han |pudo |pudieron |puede |fue |hemos )?(?:sido )?(?:podido |posible |pudo )?(?:ser )?(?:entreg|envi|alcanz)
imposible entregar
`,
  it: `
non (?:è stat[oa]|è stato possibile|può essere|recapit|consegn)
impossibile (?:recapitare|consegnare|inviare)
`,
  pt: `
n[ãa]o (?:foi|p[ôo]de|pode|é possível|conseguiu)(?: \\S{1,40}){0,3} (?:entreg|envi)
falha na entrega
`,
  nl: 'niet (?:worden )?(?:bezorgd|afgeleverd|verzonden|bereik)',
  sv: `
kunde inte (?:levereras|skickas)
kan inte levereras
`,
  no: `
kunne ikke (?:leveres|sendes)
ikke lever
`,
  pl: 'nie (?:może|mogła|została|można|udało)(?: \\S{1,40}){0,3} (?:dostarcz|doręcz)',
  cs: `
nelze doručit
nebyl[ao]? doruč
nepodařilo
`,
  hu: 'nem (?:lehet|sikerült) kézbesít',
  ru: `
не (?:был[аои]?|может быть|могла? быть|удалось|можем|удается) ?(?:\\S{1,40} )?(?:доставл|доставит|отправ)
недоставл
невозможно доставить
не доставлен
`,
  tr: `
teslim edileme
iletileme
`,
  ar: `
تعذر (?:تسليم|إرسال|توصيل)
لم (?:يتم|نتمكن من) (?:تسليم|إرسال|توصيل)
فشل (?:في )?(?:تسليم|إرسال|توصيل|التسليم)
`,
  ja: '(?:配信|配達|送信|送達|届け)(?:する)?.{0,12}(?:でき|不能|失敗|エラー|ません|れません)',
  zh: `
无法(?:送达|投递|传递|发送|被送达|送到)
無法(?:傳遞|送達|投遞|寄)
(?:投递|发送|传输|投遞|送达).{0,6}失败
退回
退信
`,
  ko: `
반송
(?:전송|전달|배달|발송).{0,8}(?:실패|되지|못|할 수)
`,
};
/** A sentence of a report, in a text with single blanks. */
export const failingStatement = anyOf(statements);

/** Sentences to whoever wrote the mail that failed. */
const addressed: Phrases = {
  en: `
(?:your|the following|original|this) (?:message|mail|e-?mail)(?: \\S{1,80}){0,14} (?:could not be|cannot be|was not) (?:sent|delivered)
(?:your|the following|original|this) (?:message|mail|e-?mail)(?: \\S{1,80}){0,14} (?:couldn't be|can't be|wasn't) (?:sent|delivered)
(?:your|the following|original|this) (?:message|mail|e-?mail)(?: \\S{1,80}){0,14} (?:has not been|were not) (?:sent|delivered)
did not reach the following
delivery to the following recipients?(?: has)? failed
`,
  fr: "votre (?:message|courriel|mail) n'a pas pu",
  de: 'ihre (?:nachricht|e-?mail|mail)(?: \\S{1,80}){0,14} (?:konnte|wurde) nicht',
  es: 'su mensaje(?: \\S{1,80}){0,10} no (?:ha|se|pudo)',
  it: 'il (?:tuo|suo) messaggio(?: \\S{1,80}){0,10} non',
};
/** A sentence of a report that speaks to the writer, in a text with single blanks. */
export const addressedStatement = anyOf(addressed);

/** Sentences that a delivery is only late. */
const late: Phrases = {
  en: `
(?:has|have|is|was|been|being|message|mail|delivery|warning).{0,40}\\b(?:delayed|postponed|deferred)
delivery delay
\\bdelayed (?:\\d|mail|message|delivery)
not (?:yet )?been delivered (?:yet|to|after|for)
(?:has|have|was|could) not (?:yet )?(?:been|be) delivered .{0,60}(?:yet|still|after|for the last|for \\d)
still (?:being )?(?:trying|try|retry|attempt|queued)
will (?:be )?(?:continue|keep|retr|re-?attempt|try again)
attempts will continue
warning message only
only a warning
(?:do|does) not need to re-?send
no action is required
advisory
`,
  de: `
noch nicht (?:zugestellt|ausgeliefert|übermittelt)
verzöger
`,
  fr: `
retardé
en retard
différé
`,
  es: 'retras',
  it: 'ritard',
  pt: `
atrasad
adiada
`,
  nl: 'vertraagd',
  sv: 'fördröj',
  no: 'forsink',
  pl: 'opóźni',
  ru: `
задерж
откладыва
`,
  ar: `
تأخر (?:تسليم|توصيل)
تأخير التسليم
`,
  ja: `
遅延
遅れて
`,
  zh: `
延迟
延遲
`,
};
/** Sentences that nothing more will be tried. */
const final: Phrases = {
  en: `
giv(?:e|en|ing) up
permanent(?:ly)? (?:error|failure|fatal|fail)
permanent fatal
will not be retr
no further
returned to (?:you|sender)
not going to try again
(?:has|have) been returned
`,
  de: 'fehlgeschlagen',
};
/** Words of systems about what they have given up, in a report whose Action still calls it delayed. */
const expired: Phrases = {
  opensmtpd: ': envelope expired',
  // It promises a last report, which never comes: this is the last.
  nullmailer: 'this is the nullmailer delivery system',
};
const delaying = anyOf(late);
const givingUp = anyOf(final);
const expiring = anyOf(expired);

/** Whether a report with `Action: delayed` is about a letter that is tried no more. */
export const isExpired = (words: string): boolean => expiring.test(words);

/** Whether a text says that delivery is only late. */
export const isDelay = (words: string): boolean =>
  delaying.test(words) && !givingUp.test(words.replace(/eventually.{0,200}/is, ''));
