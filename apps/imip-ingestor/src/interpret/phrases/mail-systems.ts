// Names under which mail systems and programs write, and what they say when they speak for themselves, by system.
// Compiled here, used by bounce/mail-software.ts, auto-reply.ts and machine-notes.ts. A new system is new lines.
import { anyOf, type Phrases } from './compile';

/** Local parts of addresses that only mail systems have. */
const systemLocals: Phrases = {
  general: `
mailer-?daemon
mail-?daemon
post[-_.]?master(?:-.{0,40})?
bounces?
ndr
mail-?delivery
delivery
double-?bounce
.{0,20}-?daemon
mailadmin
mail-?system
`,
  mdaemon: `
mdaemon
mailerdaemon
`,
};
export const systemLocal = anyOf(systemLocals, { before: '^', after: '(?:[+=\\\\].*)?$' });

/** Local parts that mail systems use as well as people. */
const halfSystemLocals: Phrases = {
  general: `
admin(?:istrator)?
root
system
no-?reply
mailmaster
smtp.{0,20}
e\\d{3}.{0,40}
mail
mailer
sysadmin
"?system administrator"?
support
`,
  exchange: `
ndradmin
exchange
`,
};
export const halfSystemLocal = anyOf(halfSystemLocals, { before: '^', after: '$' });

/** Display names of mail systems. */
const systemNames: Phrases = {
  en: `
mail (?:delivery|administrator|system|server|service)
delivery (?:sub)?system
system ?administrat
mailer.?daemon
postmaster
microsoft outlook
mail deliv
`,
  de: 'systemadministrator',
  fr: 'administrateur',
  es: 'administrador (?:del|de) (?:sistema|correo)',
  ja: 'メール配信',
  zh: `
邮件系统
郵件
`,
};
export const systemName = anyOf(systemNames);

/** Programs that only ever answer by themselves, by their own name. */
export const answeringProgram = anyOf({
  unix: `
vacation
gnarwl
`,
  general: `
auto-?(?:respond|repl|answer)
out.?of.?office
`,
  exchange: 'mailbox rules agent',
});

/** Outlook's recall of a message: a subject with this in front … */
const recallSubjects: Phrases = {
  en: 'recall',
  de: `
(?:zurück|wider)(?:ge)?rufen
rückruf
`,
  fr: 'rappel(?:er)?',
  es: `
recuperar
recuperaci[óo]n
retirar
`,
  it: `
richiam[oa](?:re)?
ritir[oa]
`,
  pt: `
cancelar
rechamar
recolher
retirar
cancelamento
`,
  nl: `
intrekken
terugroepen
ingetrokken
`,
  pl: `
odwoła\\S{1,5}
wycofa\\S{1,5}
`,
  sv: 'återkall\\S{1,5}',
  ar: `
استدعاء
استرجاع
`,
  ja: `
取り消し
取消
回収
リコール
`,
};
export const recallSubject = anyOf(recallSubjects, { before: '^\\W{0,3}', after: '\\s?(?:[:：]|$)' });
/** … and the one sentence that it says. */
const recallSentences: Phrases = {
  en: `
would like to recall the message
(?:has )?recalled (?:the|a|this) message
`,
  de: `
möchte die nachricht .{0,200}(?:zurückrufen|widerrufen)
hat (?:die|eine) nachricht .{0,200}zurückgerufen
`,
  fr: `
(?:souhaite|voudrait|aimerait) rappeler le message
a rappelé (?:le|un) message
`,
  es: `
(?:desea|quiere|desearía) (?:recuperar|retirar) el mensaje
ha (?:recuperado|retirado) (?:el|un) mensaje
`,
  it: `
(?:desidera|vorrebbe) (?:richiamare|ritirare) il messaggio
ha (?:richiamato|ritirato) (?:il|un) messaggio
`,
  pt: '(?:deseja|gostaria de|pretende) (?:cancelar|recolher|rechamar|anular|retirar) a mensagem',
  nl: '(?:wil|wenst) (?:het|dit) bericht .{0,200}(?:intrekken|terugroepen)',
  pl: '(?:chce|chciał\\S{0,6}) (?:odwołać|wycofać) wiadomość',
  sv: '(?:vill|skulle vilja) återkalla meddelandet',
  ar: `
يرغب في (?:استدعاء|استرجاع) الرسالة
يريد (?:استدعاء|استرجاع) الرسالة
`,
  ja: 'メッセージ.{0,200}(?:取り消し|取り消そう|回収)',
};
export const recallSentence = anyOf(recallSentences);

/** What Outlook tells whoever called a message back: a subject of its own. */
export const recallReport = anyOf(
  {
    en: `
message recall report
(?:message )?recall (?:success|failure|status)
`,
    de: `
(?:bericht (?:über|zu) )?nachrichtenrückruf\\S{0,12}
(?:erfolg|fehler) (?:beim|bei) rückruf
`,
    fr: '(?:rapport|réussite|échec) (?:de|du) rappel',
    es: '(?:informe|éxito|error) de recuperación',
  },
  { before: '^\\W{0,3}', after: '(?!\\p{L})' },
);

/** Outlook's and Gmail's reactions: one sentence about who reacted. */
const reactionSentences: Phrases = {
  en: `
reacted to (?:your|the|this) (?:message|e-?mail)
reacted via gmail
reacted to:[ ]
`,
  de: `
hat auf (?:ihre|deine|die) (?:nachricht|e-?mail) reagiert
hat über gmail reagiert
hat mit .{1,12} (?:auf .{0,40})?reagiert
`,
  fr: 'a réagi (?:à (?:votre|ton) (?:message|e-?mail)|via gmail|avec .{1,12})',
  es: '(?:ha reaccionado|reaccionó) (?:a (?:tu|su) (?:mensaje|correo)|(?:a través de|mediante|con|desde) )',
  it: 'ha reagito (?:al (?:tuo|suo) (?:messaggio)|(?:tramite|con|da) )',
  pt: 'reagiu (?:à sua mensagem|ao seu e-?mail|à tua mensagem|(?:pelo|via|com|através do) )',
  nl: `
heeft (?:via gmail|met .{1,12}) gereageerd
heeft een reactie (?:op uw bericht )?geplaatst
`,
  pl: '(?:zareagował\\S{0,3}) (?:na (?:twoją|państwa|twój) (?:wiadomość|e-?mail)|przez gmail|za pomocą)',
  sv: '(?:har reagerat|reagerade) (?:på ditt (?:meddelande|mejl|e-?post\\S{0,12})|via gmail|med )',
  ar: '(?:تفاعل|تفاعلت|تفاعل/ت) .{0,60}(?:مع رسالتك|عبر gmail|باستخدام)',
  ja: `
(?:メッセージ|メール)に(?:リアクション|反応)
gmail (?:で|から)リアクション
リアクションしました
`,
};
/** The sentence ends there, but for a sign, the program's name and its link. */
export const reactionSentence = anyOf(reactionSentences, {
  after: '[^.!?\\p{L}]{0,12}(?:gmail)?\\s{0,3}[:.：。]?\\s{0,3}(?:<\\S{0,200}>)?$',
});

/** How a filter's report around a mail begins. */
const filterReports: Phrases = {
  spamassassin: 'spam detection software, running on the system',
  mailscanner: `
(?:our|the) mailscanner (?:believes|has|detected)
this is a message from the mailscanner
`,
  general: 'this message (?:was|has been) (?:identified|classified|marked|flagged) as (?:possible |probable )?spam',
};
export const filterReport = anyOf(filterReports);

/** Local parts under which list software writes to posters, behind the list's name or alone. */
export const listSystemLocal = anyOf(
  {
    mailman: `
.{1,64}-(?:owner|bounces|request|confirm|admin|join|leave|subscribe|unsubscribe)
mailman(?:-.{0,40})?
`,
    sympa: `
sympa(?:-.{0,40})?
.{1,64}-(?:editor|unsubscribe)
`,
    others: `
majordomo
listserv
listproc
ezmlm
mlmmj
.{1,64}-help
.{1,64}\\+(?:owner|bounces|help)
`,
  },
  { before: '^', after: '(?:[+=].*)?$' },
);

/** A post that a list has rejected: our letter did not reach its readers this time. */
const listRejections: Phrases = {
  mailman: `
your message to the .{1,100} mailing-?\\s?list was rejected
your request to the .{1,100} mailing list .{0,300}has been rejected
posting of your message titled .{0,300}rejected
your message (?:has been|was) (?:rejected|automatically (?:discarded|rejected)) by (?:the )?(?:list|moderator)
`,
  sympa: `
your message for list .{1,100} (?:has been|was) rejected
your distribution message has been rejected
`,
  groups: `
message to the group .{0,100}(?:was|were|has been) rejected
you (?:are|do) not (?:allowed|have permission) to post
`,
  ezmlm: `
your message (?:to .{1,100} )?was not accepted by the moderator
rejecting (?:it|your message)
`,
  mlmmj: `
mensaxe a \\S{1,200} denegáu
zaslat email do \\S{1,200} není možné
ihre nachricht an \\S{1,200} wurde abgewiesen
post to \\S{1,200} denied
viesti listalle \\S{1,200} hylättiin
message à \\S{1,200} refusé
απορρίφθηκε απο τη \\S{1,200}@
messaggio a \\S{1,200} negato
mensagem para \\S{1,200} recusada
odmietnutie príspevku
发往 \\S{1,200} 的邮件被拒绝
`,
};
export const listRejection = anyOf(listRejections);

/** Everything else that list software tells a poster: held, received, results of commands, subscriptions. */
const listNotices: Phrases = {
  mailman: `
awaits (?:moderator )?approval
(?:is|are) being held until (?:the|a) (?:list )?moderator
results of your (?:e-?mail )?command
confirm(?:ation)? (?:of )?(?:your )?(?:subscription|unsubscription|e-?mail)
subscription (?:request|confirmation|notification)
welcome to the .{1,100} mailing list
auto-?response for your message
post acknowledg
message acknowledg
`,
  sympa: `
(?:message|moderating) .{0,60}(?:forwarded to|awaiting) moderat
results of your commands
`,
  general: `
held for (?:moderation|approval)
awaiting moderat
pending (?:moderation|approval)
not (?:allowed|permitted) to subscribe
`,
};
export const listNotice = anyOf(listNotices);
