// Decides whether a mail in prose reports a failed or late delivery: subject, statements, codes and sender are weighed together.
// Called by bounce.ts for mails without a readable status part. A person's sentence about a bounce never suffices.
import { header, type Mail } from '../mail';
import { addressAlone } from './bounce-named';
import type { Prose } from './bounce-prose';
import { machineRank } from './mail-system';

/** Subjects of reports; an answer or a forward of one begins differently. */
const failingSubject =
  /^\W*(?:\[?postmaster\]?\W*|\*{1,3}\S{0,30}\*{1,3}\s?|\[[^\]]{1,30}\]\s*)?(?:.{0,40}\b)?(?:undeliver|non-?deliver|not? (?:be |been )?deliver|unable to (?:deliver|send)|could(?:n'?t| not) (?:be )?(?:deliver|send|sent)|(?:mail|message|e-?mail|delivery|transmission|sending|smtp|dsn|ndn|ndr|send) ?(?:delivery |system |status |transfer )?(?:has |was |is )?\W?\s?(?:fail|error|problem|report|status|notif|warning|delay|reject|undeliv|return|block|could not|not sent|bounce)|fail(?:ed|ure)(?: to)? (?:deliver|mail|notice|notif|send|transmit|address|recipient)|failure (?:notice|delivery|report)|returned? (?:mail|e-?mail|message|to sender|unopened)|(?:mail|message|e-?mail) (?:returned|rejected|bounced|delayed|refused|blocked|not delivered|non remis)|bounce(?:d)?(?: mail| message| notif)|delivery (?:status|fail|problem|error|notif|report|delay|warning|incomplete|has)|(?:mailbox|inbox|quota).{0,20}(?:full|exceed)|rejected (?:mail|message|posting)|warning: (?:message|could not send|mail)|automatically rejected|nondeliverable|delayed mail|mail error|permanent (?:delivery )?(?:error|failure)|host unknown|user unknown|address not found|message blocked|mail failure)|unzustellbar|nicht (?:zugestellt|zustellbar|übermittelt)|zustell(?:ung|fehler|problem).{0,30}|fehlgeschlagen|unzustellbarkeit|rückläufer|non (?:remis|distribu|délivr|livr)|échec (?:de|d')|erreur (?:de|d')(?: la)? (?:remise|distribution|livraison|envoi)|avis de non|retour à l'expéditeur|no (?:se )?(?:ha )?(?:pud|pued|podido|entreg|enviad)|no entregad|imposible (?:entregar|de entregar)|error (?:de|en la) entrega|(?:correo|mensaje) (?:devuelto|no entregado|rechazado)|aviso de (?:error|fall)|non recapitat|mancat[oa] (?:recapito|consegna)|impossibile recapitare|consegna .{0,10}(?:fallita|non)|messaggio (?:non|respinto)|n[ãa]o (?:foi )?(?:entregue|p[ôo]de|enviad)|falha na entrega|devolvid|onbestelbaar|niet bezorgd|bezorging|aflevering|olevererbar|kan inte leverer|ikke lever|uleverbar|ulevert|kunne ikke|niedostarcz|nie dostarczono|zwrot|nie można dostarczyć|nedoručiteln|nedoručen|nelze doručit|kézbesíthet|не доставлен|недоставлен|не удалось|не можливо|не может быть доставлен|teslim edilemedi|iletilemedi|配信|配達|送信(?:できません|エラー|失敗)|届け|エラーメール|宛先|退信|无法(?:送达|投递|传递|发送)|無法(?:傳遞|送達|投遞)|投递失败|传输失败|未能送达|系统退信|반송|전송.{0,6}실패|배달|전달되지/iu;

/** Statements of reports. */
const failing =
  /(?:could ?n[o']t|could not|can ?not|can't|unable to|un-?able|was ?n[o']t|were not|was not|has not|have not|had not|did not|not able to|not be|failed to|fail to|impossible to)(?: yet)?(?: \w+){0,2} (?:deliver|reach|sent|send|accept|relay|forward|transmit|process|collected|establish)|undeliver|deliver(?:y|ed|ing)?(?: \w+){0,6} (?:fail|error|problem|unsuccessful|impossible|rejected|aborted|delayed|not possible)|fail(?:ed|ure)(?: \w+){0,3} (?:deliver|recipient|address|delivery|notif)|(?:following|these|this|below|one or more)(?: \w+){0,3} (?:address|recipient|destination)\S*(?: \S+){0,6} (?:fail|error|undeliver|reject|problem|could not|reached)|permanent (?:fatal )?(?:error|failure)|return(?:ed|ing) (?:to sender|mail|message|to you|unopened)|(?:was|has been|is being|been|automatically) (?:rejected|returned|refused|bounced|blocked)|(?:user|recipient|mailbox|address|account|host|domain) (?:is )?(?:unknown|not found|not known|full|unavailable|does ?n[o']t exist)|(?:unknown|no such|invalid|not a valid|illegal) (?:final delivery )?(?:user|recipient|address|mailbox|host|domain|userid)|over ?quota|quota exceeded|exceeding (?:their|its|his) quota|exceeds allowed|transcript of session|(?:message|mail|delivery).{0,30}(?:delayed|postponed)|not yet been delivered|no longer (?:valid|exists)|remote (?:host|server|smtp server|mail server) (?:said|returned|answered|replied)|smtp error|nondelivery|non-delivery|unzustellbar|nicht (?:zugestellt|zustellbar|übermittelt|ausgeliefert|gesendet|erreich)|zustellung.{0,60}(?:fehl|nicht|verzöger)|konnte(?:n)? (?:leider )?nicht|(?:pas|n'a pu|n'ont pas|non|pas pu)(?: \S+){0,4} (?:remis|distribu|délivr|livr|envoy|achemin|atteint)|échec|impossible de (?:remettre|délivrer|distribuer|livrer)|no (?:se )?(?:ha |han |pudo |pudieron |puede |fue |hemos )?(?:sido )?(?:podido |posible |pudo )?(?:ser )?(?:entreg|envi|alcanz)|imposible entregar|non (?:è stat[oa]|è stato possibile|può essere|recapit|consegn)|impossibile (?:recapitare|consegnare|inviare)|n[ãa]o (?:foi|p[ôo]de|pode|é possível|conseguiu)(?: \S+){0,3} (?:entreg|envi)|falha na entrega|niet (?:worden )?(?:bezorgd|afgeleverd|verzonden|bereik)|kunde inte (?:levereras|skickas)|kan inte levereras|kunne ikke (?:leveres|sendes)|ikke lever|nie (?:może|mogła|została|można|udało)(?: \S+){0,3} (?:dostarcz|doręcz)|nelze doručit|nebyl[ao]? doruč|nepodařilo|nem (?:lehet|sikerült) kézbesít|не (?:был[аои]?|может быть|могла? быть|удалось|можем|удается) ?(?:\S+ )?(?:доставл|доставит|отправ)|недоставл|невозможно доставить|не доставлен|teslim edileme|iletileme|(?:配信|配達|送信|送達|届け)(?:する)?.{0,12}(?:でき|不能|失敗|エラー|ません|れません)|无法(?:送达|投递|传递|发送|被送达|送到)|無法(?:傳遞|送達|投遞|寄)|(?:投递|发送|传输|投遞|送达).{0,6}失败|退回|退信|반송|(?:전송|전달|배달|발송).{0,8}(?:실패|되지|못|할 수)/iu;

/** Statements to whoever wrote the mail that failed. */
const strong =
  /(?:your|the following|original|this) (?:message|mail|e-?mail)(?: \S+){0,14} (?:could not be|couldn't be|was not|wasn't|cannot be|can't be|has not been|were not) (?:sent|delivered)|did not reach the following|delivery to the following recipients?(?: has)? failed|votre (?:message|courriel|mail) n'a pas pu|ihre (?:nachricht|e-?mail|mail)(?: \S+){0,14} (?:konnte|wurde) nicht|su mensaje(?: \S+){0,10} no (?:ha|se|pudo)|il (?:tuo|suo) messaggio(?: \S+){0,10} non/i;

/** A reply of an SMTP server, or an enhanced status of failure. */
const code = /(?<![\d.])[45]\.\d{1,2}\.\d{1,3}(?![\d.])|(?:^|\W)[45][0-5]\d[ -]+\S|#\d{3}\b/m;
const ownWords = /automatic reply|out of (?:the )?office|auto(?:matic|mated)?[- ]?(?:reply|response)|vacation/i;
/** How answers and forwards begin, whose subject says nothing of their own. */
const answering = /^(?:re|aw|sv|fwd?|wg|tr|rv|antw|r|i|vs|vl|rif|enc|odp|ynt|回复|转发|答复)\s?(?:\[\d+\])?\s?[:：]/i;
const vendorMarks = ['x-ms-exchange-message-is-ndr', 'x-failed-recipients', 'x-bounce-reason', 'x-smtp-server-bounce'];

/** Signs are weighed; one of subject, statement and a vendor's mark there must be. */
export function isReport(mail: Mail, prose: Prose): boolean {
  const text = prose.lines.slice(0, 80).join('\n').slice(0, 8_000);
  const subject = mail.subject.slice(0, 300).trim();
  const plain = strong.test(text.slice(0, 1_000).replace(/\s+/g, ' '));
  return (plain && isAddendum(subject, prose)) || outweighs(mail, prose, { text, subject, plain });
}

/** "RE: <your subject>: non remis": what the mail says itself tells it from a person's answer. */
const isAddendum = (subject: string, prose: Prose): boolean =>
  prose.lines.filter((line) => line.trim() !== '').length <= 12 &&
  failingSubject.test(subject.replace(/^.*:/, '')) &&
  prose.lines.some((line) => addressAlone.test(line.trim()));

function outweighs(
  mail: Mail,
  prose: Prose,
  { text, subject, plain }: { text: string; subject: string; plain: boolean },
): boolean {
  const rank = machineRank(mail);
  const announced = failingSubject.test(subject) && !answering.test(subject);
  const statement = failing.test(text.replace(/\s+/g, ' '));
  const vendor = vendorMarks.some((name) => header(mail.headers, name) !== undefined);
  // Absence notices come from the null sender too, and speak of delivery at times.
  const isNotice = ownWords.test(subject) && !announced;
  if (isNotice || !(statement || announced || vendor)) return false;
  const signs: [boolean, number][] = [
    [plain, 1],
    [announced, 2],
    [statement, 2],
    [code.test(text), 1],
    [prose.hasCopy, 1],
    [vendor, 2],
  ];
  const score = signs.reduce<number>((sum, [holds, weight]) => sum + (holds ? weight : 0), rank);
  return rank > 0 ? score >= 4 : announced && statement && score >= 5;
}
