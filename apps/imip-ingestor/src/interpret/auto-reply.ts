// Decides whether a machine wrote a mail on somebody's behalf: absence notice, receipt, confirmation of arrival, challenge.
// Called by interpret after the calendar answer: Google sends a person's RSVP with `Auto-Submitted: auto-generated`.
import { header, type Mail } from './mail';
import { reportType } from './bounce/bounce';
import { saidLines } from './words/own-text';

/**
 * Headers with which programs mark what they answer by themselves: X-Autoreply, X-Autorespond, X-Mail-Autoreply, X-AutoReply-From,
 * X-Vacation-…; never X-Auto-Response-Suppress, which asks for silence and stands in people's mail as well.
 */
const marks =
  /^(?:x-)?(?:[a-z0-9]+-)*(?:auto-?(?:reply|replied|respond(?:er)?|response|generated)|autoanswer|vacation|away-?message)(?!-?suppress)(?:-[a-z]+)*$/;
const denied = /^(?:no|none|false|0|off|)$/;
/** Programs that only ever answer by themselves. */
const program = /vacation|auto-?(?:respond|repl|answer)|mailbox rules agent|out.?of.?office/i;

/** Words that only programs put in front of a subject. People who answer begin with Re:. */
const automatic = new RegExp(
  `^\\W{0,3}(?:${[
    'auto(?:matic(?:ally|ed)?|mated|mailer)?[ -]?(?:reply|response|answer|respond(?:er)?|message|notification|acknowledg\\w*|e-?mail)',
    'out[ -]of[ -](?:the[ -])?office[ -](?:auto)?[ -]?(?:reply|response|notice|notification|message)',
    'vacation (?:reply|response|message|notice)',
    'absence notice',
    'abwesenheits\\S+',
    'automatische (?:antwort|rückantwort|e-?mail|nachricht|eingangsbestätigung)',
    'auto-?antwort',
    'eingangsbestätigung',
    'r[ée]ponse (?:automatique|auto)',
    'message (?:automatique|d.absence)',
    'notification d.absence',
    'accus[ée] de r[ée]ception',
    'respuesta autom[áa]tica',
    'autorespuesta',
    'mensaje autom[áa]tico',
    'respuesta de vacaciones',
    'acuse de recibo',
    'risposta automatica',
    'resposta autom[áa]tica',
    'mensagem autom[áa]tica',
    'automatisch(?:e)? (?:antwoord|beantwoording|bericht)',
    'afwezigheids\\S*',
    'autosvar',
    'automatis(?:k|kt) svar',
    'automaattinen vastaus',
    'autoodpowiedź',
    'automatyczna odpowied[źz]',
    'odpowiedź automatyczna',
    'automatick[áa] odpov[ěe][ďd]',
    'automatikus v[áa]lasz',
    'r[ăa]spuns automat',
    'автоматический ответ',
    'автоответ\\S*',
    'автоматична відповідь',
    'otomatik (?:yanıt|cevap)',
    'αυτόματη απάντηση',
    '自動応答',
    '自動返信',
    '不在通知',
    '自动(?:回复|答复)',
    '自動回覆',
    '自動回復',
    '자동 ?(?:회신|응답|답장)',
    '(?:מענה|תשובה) אוטומטית?',
    'رد تلقائي',
    'trả lời tự động',
    'balasan otomatis',
  ].join(
    '|',
  )})\\s*(?:[:：\\-–—|\\])】]|$)|[([【](?:auto(?:matic|mated)?[- ]?(?:reply|response)|out of (?:the )?office|automatische antwort|r[ée]ponse automatique|respuesta autom[áa]tica|automatyczna odpowied[źz]|自动回复|自動返信)[)\\]】]`,
  'iu',
);
/** No person writes this in front of a subject. */
const bracketed =
  /^[([【]\s?(?:auto(?:matic|matically|mated)?[- ]?(?:generated|reply|response|submitted)|automatische antwort|r[ée]ponse automatique|respuesta autom[áa]tica|automatyczna odpowied[źz]|自动回复|自動返信)\s?[)\]】]/iu;
/** Words that people write as well: only in front of another subject, and of a mail that asks nothing. */
const absent =
  /^\W{0,3}(?:auto|ooo|out[ -]of[ -](?:the[ -])?office|away from (?:the office|my (?:mail|desk))|(?:on )?vacation|on holiday|abwesend\S*|außer haus|nicht im büro|urlaub|absence(?: du bureau)?|absente?(?: du bureau)?|hors du bureau|fuera de (?:la )?oficina|ausente|ausencia|fuori sede|fuori ufficio|assen(?:te|za)|fora do escrit[óo]rio|aus[êe]ncia|ausente do escrit[óo]rio|afwezig|niet aanwezig|frånvaro|fravær|ikke til stede|poissa\S*|nieobecno\S+|poza biurem|mimo kancel\S+|nep[řr][íi]tomnost|отсутств\S+|вне офиса|ofis dışı|εκτός γραφείου|不在|外出|부재 ?중)(?:\s\p{L}+)?\s*(?:[:：\-–—|]\s*\S|$)/iu;

/** What a machine says of its own mail. */
const confessing =
  /(?:this|the following) is an auto(?:mat(?:ed|ic(?:ally)?)|-?generated|-?reply|-?response)|auto(?:mated|matic|matically|-)[ -]?(?:generated |sent )?(?:reply|response|respon(?:se|der)|message|notification|acknowledg|e-?mail)|(?:do|please do) not (?:reply|respond) to this|auto-?respon|only notification you will receive|unattended mailbox|was (?:sent|generated) automatically|(?:your (?:message|e-?mail|mail|request|ticket)) (?:has been|was) received|we have received your (?:message|e-?mail|mail|request|enquiry|inquiry)|(?:added to|on) (?:the|my|our) (?:recipient's )?(?:allowed|approved|safe|white) ?(?:senders? )?list|(?:verify|confirm|prove) (?:that )?you(?:r)? (?:are (?:a )?(?:human|person|not)|address|e-?mail|message)|automatisch (?:erzeugt|erstellt|generiert|versandt|gesendet|verschickt|erstellte|generierte)|automatische (?:antwort|nachricht|e-?mail|eingangsbestätigung)|(?:message|courriel|mail|réponse) automatique|(?:respuesta|mensaje|correo) autom[áa]tic|risposta automatica|messaggio automatico|(?:resposta|mensagem) autom[áa]tica|automatisch (?:bericht|antwoord|verzonden)|automatiskt (?:svar|meddelande)|automatisk (?:svar|besked)|wiadomość (?:została )?(?:wygenerowan|automatyczn)|автоматическ|自動(?:応答|返信|的に|送信|配信)|自动(?:回复|发送|答复)|자동 ?(?:회신|응답|발송)/iu;
/** What both machines and people say of being away. */
const away =
  /out of (?:the |my )?office|(?:currently|presently|am|be|will be|is) (?:away|out|on (?:annual |sick |maternity |paternity |parental )?(?:leave|vacation|holiday|holidays|pto))|(?:limited|no|sporadic|intermittent) access to (?:my |e-?)?mail|(?:on|upon) my return|when i (?:return|am back|get back)|not be (?:reading|checking|answering)|back in the office|return(?:ing)? (?:to the office )?on|nicht im (?:büro|haus|hause)|im urlaub|abwesend|außer haus|bin (?:ab|wieder|erst|vom|bis|derzeit|zur ?zeit|momentan|leider)|en congés?|absente? (?:du|de|jusqu|à)|de retour|hors du bureau|fuera de la oficina|de vacaciones|estaré (?:fuera|ausente|de)|fuori (?:ufficio|sede)|in ferie|sarò (?:assente|di)|de f[ée]rias|fora do escritório|ausente|afwezig|op vakantie|niet op kantoor|(?:på|på en) semester|ute av kontoret|borta|på ferie|poza biurem|na urlopie|nieobecn|dovolen|mimo kancelář|szabadság|вне офиса|в отпуске|отсутств|不在|休暇|休み|בחופש|har fri til|loman|lomalla|poissa|外出|休假|出差|부재|휴가/iu;

/** What people who are away ask for, and absence notices never do. */
const rescheduling =
  /\b(?:re-?schedul|postpone|(?:move|push|shift|change) (?:it|this|the|our|to)\b|instead\b|(?:another|different|new|other) (?:time|day|date|slot)|let['’]?s |(?:can|could|shall|should) we|how about|works? (?:for|better)|verschieb|verleg|stattdessen|ander(?:er|en|es) (?:termin|tag|zeit)|neue[rn]? termin|vorschlag|déplacer|décaler|reporter|autre (?:date|heure|jour|créneau)|plutôt|cambiar|mover|aplazar|reprogram|otr[ao] (?:fecha|hora|día)|mejor|spostare|rimandare|altr[ao] (?:data|ora|giorno)|remarcar|adiar|outr[ao] (?:data|hora|dia)|verplaats|verzetten|ander(?:e)? (?:tijd|datum|dag)|przełożyć|inny termin|перенес|другое время|flytta|flytte|siirtä)/iu;

/** Signs of a machine, each enough by itself, with the reason it gives. */
const signs: [why: string, holds: (mail: Mail, value: (name: string) => string) => boolean][] = [
  ['read-receipt: a disposition notification', (mail) => reportType(mail) === 'disposition-notification'],
  // RFC 3834 5: any value but "no".
  ['auto-submitted: says so itself', (_, value) => !denied.test(value('auto-submitted').split(/[\s;(]/, 1)[0] ?? '')],
  [
    'auto-reply-header: says so itself',
    ({ headers }) => headers.some(({ name, value }) => marks.test(name) && !denied.test(value.trim().toLowerCase())),
  ],
  [
    'precedence: an automatic reply',
    (_, value) => ['precedence', 'x-precedence', 'preference'].some((name) => /^auto[-_]?reply$/.test(value(name))),
  ],
  [
    'program: one that answers by itself',
    (_, value) =>
      ['x-mailer', 'user-agent', 'x-ms-exchange-generated-message-source', 'x-post-messageclass'].some((name) =>
        program.test(value(name)),
      ) || /^auto-?respond(?:er)?$/.test(value('delivered-to')),
  ],
  [
    'machine: says so itself',
    (_, value) => value('x-fc-machinegenerated') === 'true' || value('x-autogenerated') !== '',
  ],
  ['null-sender: takes no answer', ({ envelopeFrom }) => envelopeFrom === ''],
  [
    'machine-sender: a mail system',
    ({ from }) => from.some((address) => /^(?:mailer-?daemon|postmaster|mdaemon)@/i.test(address)),
  ],
];

/** What programs write into bulk answers, and hardly anybody into a letter; no proof alone. */
const isImpersonal = (mail: Mail, value: (name: string) => string): boolean =>
  /^(?:bulk|junk)$/.test(value('precedence')) ||
  /\ball\b/.test(value('x-auto-response-suppress')) ||
  mail.from.some((address) => /^(?:no-?reply|do-?not-?reply|autorespon\w*|auto-?reply)\b/i.test(address));

/** Headers that prove nothing alone; people's mail carries each of them at times. */
const weak = (mail: Mail, value: (name: string) => string): boolean =>
  isImpersonal(mail, value) ||
  ['x-auto-response-suppress', 'x-loop', 'x-ms-exchange-inbox-rules-loop'].some((name) => value(name) !== '');

/** Why a mail is an automatic answer (kebab-case code, colon, words), or null where nothing says so. */
export function autoReplyWhy(mail: Mail): string | null {
  const value = (name: string): string => header(mail.headers, name)?.trim().toLowerCase() ?? '';
  const sure = signs.find(([, holds]) => holds(mail, value));
  if (sure) return sure[0];
  return isAnnounced(mail, value) ? 'announced: subject, words and headers of an automatic reply' : null;
}

/** Two weak signs of different kinds; a subject, a sentence or a header alone may be a person's. */
function isAnnounced(mail: Mail, value: (name: string) => string): boolean {
  const subject = mail.subject.slice(0, 300).trim();
  const said = saidLines(mail, true)
    .filter((line) => !/^\s*>/.test(line))
    .slice(0, 25)
    .join(' ')
    .slice(0, 2_500);
  if (bracketed.test(subject)) return true;
  // A person's answer begins with Re:, or with the subject that is answered.
  if (automatic.test(subject))
    return mail.inReplyTo !== null || weak(mail, value) || confessing.test(said) || away.test(said);
  if (absent.test(subject)) return confessing.test(said) || isNotice(subject, said, weak(mail, value));
  return confessing.test(said) && isImpersonal(mail, value);
}

/** An absence notice by its words: behind a subject of its own, or with a header that hints. */
const isNotice = (subject: string, said: string, hinted: boolean): boolean =>
  !isAsking(said) && (hinted || (away.test(said) && /[:：\-–—|]/.test(subject)));

/** Whoever is away and wants another time is a person. */
const isAsking = (said: string): boolean => /[?？]/.test(said) || rescheduling.test(said);

/** Mail of a list or to a crowd: never answered, whoever wrote it (RFC 3834 2). */
export function isBulk(mail: Mail): boolean {
  return (
    ['list-id', 'list-post', 'list-unsubscribe', 'feedback-id'].some(
      (name) => header(mail.headers, name) !== undefined,
    ) || /^(?:bulk|junk|list)$/i.test(header(mail.headers, 'precedence')?.trim() ?? '')
  );
}
