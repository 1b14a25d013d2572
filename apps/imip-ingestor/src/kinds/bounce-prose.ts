// Decides whether a mail without a readable status part is a mail system's report all the same, and whom its prose names.
// Called by bounce.ts. Half of the world's bounces are prose: qmail, Exim, old Exchange and Notes, web mailers in their own languages.
import { personKey } from '#contracts';
import { addressesIn, all, header, type Mail, type MailPart } from '../mail';
import { readHeaders } from '../mime/headers';
import type { BounceRecipient } from '../reading';
import { isDelay, severity, statusIn } from './failure';
import { saidLines } from './said';

/** What a report says itself, and the mail it gives back. */
export interface Prose {
  /** The report's own lines, without the copy of the mail it is about. */
  lines: string[];
  /** To, Cc and the like of the mail that came back, as far as it was given back. */
  returnedTo: string[];
  hasCopy: boolean;
}

const copyField = /^[>\s]{0,3}(?:return-path|received|message-id|mime-version|delivered-to|x-original-to|dkim-signature|content-type|x-[a-z-]+|date|from|to|subject|reply-to|sender)\s?:/i;
const copyBegins = /^[>\s]{0,3}(?:return-path|received|message-id|mime-version|dkim-signature|x-[a-z-]+|delivered-to|from|date|to|subject)\s?:/i;
const traceField = /^[>\s]{0,3}(?:return-path|received|message-id|mime-version|dkim-signature)\s?:/im;

/** Lines that announce the copy, in a frame of dashes or on their own. */
const copyDivider =
  /^\s{0,8}[-=*_> ]{2,}\s*(?:this is a copy|(?:start of )?(?:a )?copy of|(?:start of )?(?:the |your |header of the source )?(?:original|returned|unsent|rejected|source|undelivered|failed|bounced) (?:message|mail|e-?mail)|(?:message|mail) (?:headers?|body|text|follows|content)\b|(?:the )?(?:full |complete |message |mail )*headers?\b|(?:the )?(?:body|text|first \d+ lines) of|below (?:this|the next) line|ниже|исходное|以下|原文|原始|ここから)[^@]{0,60}$|^\s*(?:original|returned|rejected|unsent) message (?:follows|header|text|body|attached)|^\s*(?:message|original|mail) headers? (?:follow|are|is)|^\s*(?:here is a copy of|the (?:original|following) (?:message|mail) (?:was|is|follows)(?: attached| below|:)|a copy of (?:your|the) (?:original )?message|the first \d+ lines of)/i;

/** Splits what is said from the mail that came back, whether that stands in a part of its own or below in the text. */
export function proseOf(mail: Mail): Prose {
  const all = saidLines(mail, false);
  const at = copyAt(all);
  const embedded = mail.parts.filter((part) => /^(?:message\/rfc822|message\/global|message\/rfc822-headers|text\/rfc822-headers|message\/global-headers)$/.test(part.type));
  const inText = at < all.length ? readHeaders(all.slice(at, at + 200).map((line) => line.replace(/^>\s?/, '')).join('\n'), 0, 100_000, new Set()).headers : [];
  // Some put the copy into a part without any heading of its own: its header is then the part's.
  const bare = mail.parts.filter((part) => part !== mail.root && part.children.length === 0 && header(part.headers, 'received') !== undefined);
  const given = [...embedded.flatMap((part) => [...part.headers, ...part.children.flatMap((child) => child.headers)]), ...bare.flatMap((part) => part.headers), ...inText];
  return {
    lines: all.slice(0, at),
    returnedTo: ['to', 'cc', 'x-original-to', 'x-envelope-to', 'delivered-to'].flatMap((name) => given.filter((each) => each.name === name).flatMap((each) => addressesIn(each.value))),
    hasCopy: embedded.length > 0 || bare.length > 0 || at < all.length,
  };
}

/** Where the copy of a mail's header begins: fields in a row, a relay's trace among them. */
function copyAt(lines: readonly string[]): number {
  for (const [at, line] of lines.entries()) {
    if (copyDivider.test(line.slice(0, 200))) return at;
    if (!copyBegins.test(line)) continue;
    const following = lines.slice(at, at + 14);
    const fields = following.filter((each) => copyField.test(each)).length;
    if (fields >= 3 && traceField.test(following.join('\n'))) return at;
    if (/^[>\s]{0,3}(?:return-path|received)\s?:/i.test(line) && fields >= 2) return at;
  }
  return lines.length;
}

/** The bare local parts of mail systems. */
const system = /^(?:mailer-?daemon|mail-?daemon|post[-_.]?master(?:-.*)?|mdaemon|mailerdaemon|bounces?|ndr|mail-?delivery|delivery|double-?bounce|.{0,20}-?daemon|mailadmin|mail-?system)(?:[+=\\].*)?$/i;
const halfSystem = /^(?:admin(?:istrator)?|root|system|noreply|no-reply|mailmaster|smtp.{0,20}|e\d{3}.*|mail|mailer|sysadmin|"?system administrator"?|ndradmin|exchange|support)$/i;
const systemName = /mail (?:delivery|administrator|system|server|service)|delivery (?:sub)?system|system ?administrat|mailer.?daemon|postmaster|administrador (?:del|de) (?:sistema|correo)|systemadministrator|administrateur|microsoft outlook|mail deliv|メール配信|邮件系统|郵件/i;

/** 2: a mail system beyond doubt; 1: probably; 0: nothing says so. */
export function machineRank(mail: Mail): 0 | 1 | 2 {
  if (mail.envelopeFrom === '') return 2;
  const writer = header(mail.headers, 'from') ?? '';
  const locals = [...mail.from, ...(mail.envelopeFrom === null ? [] : [mail.envelopeFrom])].map((address) => address.slice(0, address.lastIndexOf('@')));
  // Sendmail writes of itself as <MAILER-DAEMON>, without a domain.
  if (locals.some((local) => system.test(local)) || /<?\bmailer-daemon>?\s*$/i.test(writer)) return 2;
  const name = writer.replace(/<[^>]*>/g, '');
  return mail.from.length === 0 || locals.some((local) => halfSystem.test(local)) || systemName.test(name) ? 1 : 0;
}

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

/** Whether the prose is a report of a failed or late delivery. Signs are weighed; a person's sentence about one never suffices. */
export function isReport(mail: Mail, prose: Prose): boolean {
  const text = prose.lines.slice(0, 80).join('\n').slice(0, 8_000);
  const rank = machineRank(mail);
  const statement = failing.test(text.replace(/\s+/g, ' '));
  const subject = mail.subject.slice(0, 300);
  const announced = failingSubject.test(subject) && !/^(?:re|aw|sv|fwd?|wg|tr|rv|antw|r|i|vs|vl|rif|enc|odp|ynt|回复|转发|答复)\s?(?:\[\d+\])?\s?[:：]/i.test(subject.trim());
  const vendor = ['x-ms-exchange-message-is-ndr', 'x-failed-recipients', 'x-bounce-reason', 'x-smtp-server-bounce'].some((name) => header(mail.headers, name) !== undefined);
  const plain = strong.test(text.slice(0, 1_000).replace(/\s+/g, ' '));
  // "RE: <your subject>: non remis": only what the mail says itself tells it from a person's answer.
  if (plain && failingSubject.test(subject.replace(/^.*:/, '')) && prose.lines.some((line) => new RegExp(`^${inLine.source}$`, 'iu').test(line.trim()))) return true;
  const score = (plain ? 1 : 0) + rank + (announced ? 2 : 0) + (statement ? 2 : 0) + (code.test(text) ? 1 : 0) + (prose.hasCopy ? 1 : 0) + (vendor ? 2 : 0);
  if (!statement && !announced && !vendor) return false;
  // Absence notices come from the null sender too, and speak of delivery at times.
  if (ownWords.test(subject) && !announced) return false;
  return rank > 0 ? score >= 4 : announced && statement && score >= 5;
}

const inLine = /(?:"[^"@\s]{1,64}"|[^\s<>()[\]"':;,=@|\\]{1,100}(?:=[^\s<>()[\]"':;,@|\\]{1,60})?)@[\p{L}\p{N}][\p{L}\p{N}.-]{0,250}[\p{L}\p{N}]/giu;
/** Before an address that is somebody else's: whom to ask, who wrote, where it went on. */
const otherwise =
  /(?:contact|assistance|administrator|postmaster|abuse|support|help|question|visit|reach the|alternate|reply(?:ing)?(?: to)?|sent by|sender|sender's|mail from|originator|envelope-from|generated by|sent from|from|by|absender|expéditeur|remitente|mittente|kontakt|hilfe|forward(?:ed|s)? to|helo|ehlo|message-id|in-reply-to|subject|rcptto:<|cc|bcc|reply-to|reporting-mta|on behalf of|x-[a-z-]+)\s*[:=]?\s*[<"'(]?\s*$/i;
/** Before an address that the line is about. */
const pointing =
  /(?:dda:smtp=|recipient|recipients|address|addresses|rcpt|rcpt to|user|userid|mailbox|account|undeliverable to|deliver(?:ed|y)?(?: \w+){0,4} to|addressed to|reached|for|attempts|size|failed|to|empfänger|an|adresse|destinataire|à|pour|destinatario|para|per|destinatário|aan|till|til|do|dla|адрес\S*|получател\S*|宛先|受信者|收件人|到|수신자|받는 ?사람|your (?:message|mail|email) to|message for)\W{0,4}\s*(?:\[?smtp[:=])?[<"'([]{0,2}$/iu;

/** Fields that follow To where the heading of a mail is repeated. */
const headed = /^\s*(?:subject|sent|betreff|gesendet|objet|envoyé|asunto|enviado|oggetto|assunto|cc|date)\s*:/im;

/** What X.400 and web pages put right before an address. */
const labelled = /^(?:mailto:|(?:smtp|rfc-?822|dda)=)/i;

interface Mention {
  address: string;
  line: number;
  weight: number;
}

/** Every address that the report's own lines name, with how surely it is a recipient. */
function mentions(prose: Prose, ours: ReadonlySet<string>): Mention[] {
  const found: Mention[] = [];
  for (const [line, text] of prose.lines.slice(0, 400).entries()) {
    const short = text.slice(0, 600).replace(/https?:\/\/\S+/g, (link) => ' '.repeat(link.length));
    for (const match of short.matchAll(inLine)) {
      const address = match[0].replace(labelled, '');
      const skipped = match[0].length - address.length;
      if (/^IMCEA/i.test(address) || ours.has(personKey(address))) continue;
      found.push({ address, line, weight: weightOf(short, match.index + skipped, address.length, prose, line) });
    }
  }
  return found.slice(0, 200);
}

function weightOf(text: string, at: number, length: number, prose: Prose, line: number): number {
  const before = text.slice(0, at);
  const after = text.slice(at + length);
  const lead = /^[\s\-–*•·|>\d.)("'<[]*(?:mailto:|smtp:|rfc822;)?[<"'[(]*$/i.test(before);
  // Exchange repeats the heading of the mail; its To may be a list.
  if (/^\s*(?:to|an|à|a|para|cc|kopie)\s*:/i.test(before) && headed.test(prose.lines.slice(line + 1, line + 4).join('\n'))) return 1;
  let weight = /^(?:mailer-daemon|postmaster|abuse|noreply|no-reply|support|helpdesk|admin|webmaster|info-help)@/i.test(text.slice(at)) ? -3 : 0;
  if (lead) weight += /^[>"'\])]*\s*(?:[:;,(.\-–]|$|\.\.\.|on |was|is|has|could)/.test(after) ? 6 : 3;
  if (/(?:generated|expanded) from\W*$/i.test(before)) weight -= 1;
  else if (otherwise.test(before) && !/^\s*to\s*:/i.test(before)) weight -= 5;
  else if (pointing.test(before)) weight += 4;
  // What a line says right above: "A message sent by".
  if (lead && otherwise.test(prose.lines[line - 1] ?? '')) weight -= 6;
  if (statusIn(text) !== null) weight += 3;
  if (/^\s*(?:from|von|de|sender|reply-to|cc|return-path)\s*:/i.test(before)) weight -= 8;
  return weight + 2;
}

/** Whom the prose names, with kind and status of each. */
export function namedRecipients(mail: Mail, prose: Prose, known: readonly string[]): BounceRecipient[] {
  const ours = new Set([...mail.to, ...mail.from, mail.envelopeFrom ?? ''].map(personKey));
  // A test mailbox may write to itself; whoever is named as failed is the recipient all the same.
  const theirs = new Set(prose.returnedTo.map(personKey));
  const weighed = mentions(prose, ours).map((each) => ({ ...each, weight: each.weight + (each.weight > 1 && theirs.has(personKey(each.address)) ? 4 : 0) }));
  const named = known.length > 0 ? known.map((address) => ({ address, line: lineOf(prose, address) })) : strongest(weighed);
  const people = named.length > 0 ? named : returned(mail, prose);
  const late = isLate(mail, prose);
  return people.map(({ address, line }) => {
    const words = wordsAbout(prose, line, people.map((each) => each.line));
    const status = statusIn(words) ?? statusIn(prose.lines.join('\n'));
    const telling = words.replace(/\s/g, '').length > 25 ? words : prose.lines.join('\n');
    const kind = late ? 'delayed' : severity(status, answeredWords(telling) ?? telling);
    return status === null ? { address, kind } : { address, kind, status };
  });
}

const isLate = (mail: Mail, prose: Prose): boolean => isDelay(`${mail.subject.slice(0, 300)}\n${prose.lines.slice(0, 100).join(' ').slice(0, 8_000)}`.replace(/\s+/g, ' '));

const lineOf = (prose: Prose, address: string): number =>
  Math.max(prose.lines.findIndex((line) => line.toLowerCase().includes(address.toLowerCase())), 0);

/** One mention of each address, those as sure as the surest. */
function strongest(weighed: Mention[]): { address: string; line: number }[] {
  const best = new Map<string, Mention>();
  for (const each of weighed) {
    const key = personKey(each.address);
    const known = best.get(key);
    if (!known) best.set(key, each);
    else if (each.weight > known.weight) best.set(key, { ...each, line: known.weight >= 4 ? known.line : each.line });
  }
  const top = Math.max(...[...best.values()].map((each) => each.weight));
  if (top <= 0) return [];
  return [...best.values()].filter((each) => each.weight >= Math.max(Math.min(2, top), top - 2)).slice(0, 100);
}

/** Where the report names nobody: the one the returned mail went to, or AOL's bare screen name. */
function returned(mail: Mail, prose: Prose): { address: string; line: number }[] {
  const ours = new Set([...mail.to, ...mail.from].map(personKey));
  const others = [...new Map(prose.returnedTo.filter((address) => !ours.has(personKey(address))).map((address) => [personKey(address), address])).values()];
  if (others.length > 0) return others.slice(0, 5).map((address) => ({ address, line: 0 }));
  const domain = mail.from[0]?.split('@').at(-1);
  const bare = prose.lines.findIndex((line, at) => /^\s+[\w.-]{3,64}\s*$/.test(line) && prose.lines.slice(Math.max(0, at - 3), at).some((above) => failing.test(above)));
  return domain === undefined || bare < 0 ? [] : [{ address: `${(prose.lines[bare] ?? '').trim()}@${domain}`, line: bare }];
}

/** The line that names somebody and those after it, up to the next one named. */
function wordsAbout(prose: Prose, line: number, others: readonly number[]): string {
  const next = Math.min(...others.filter((each) => each > line), line + 14, prose.lines.length);
  const words = prose.lines.slice(line, next).join('\n');
  // Sendmail's own reason; the transcript below it may be of a later command.
  return /\(reason: ([^)]{5,300})/.exec(words)?.[1] ?? words;
}

/** What a server answered, from its code to the end of the paragraph: better than the words around it. Null where that is a code alone. */
function answeredWords(words: string): string | null {
  const lines = words.split('\n');
  const at = lines.findIndex((line) => /(?:^|[\s:'"(])[45][0-5]\d[ -]+\S/.test(line) && statusIn(line) !== null);
  if (at < 0) return null;
  const end = lines.findIndex((line, index) => index > at && line.trim() === '');
  const answer = lines.slice(at, end < 0 ? at + 6 : Math.min(end, at + 6)).join('\n');
  return answer.replace(/[^\p{L}]+/gu, '').length > 8 ? answer : null;
}

/** The parts that hold delivery status fields, whatever they are labelled as. */
export function statusParts(mail: Mail, isQuoted: (part: MailPart) => boolean): MailPart[] {
  const labelled = mail.parts.filter((part) => /^message\/(?:global-)?delivery-status$/.test(part.type) && !isQuoted(part));
  if (labelled.length > 0) return labelled;
  return mail.parts.filter(
    (part) =>
      part.children.length === 0 && !isQuoted(part) && /^(?:text\/plain|message\/.*|application\/octet-stream)$/.test(part.type) && part !== mail.root &&
      /^(?:Reporting-MTA|Final-Recipient)\s*:/im.test(part.body.subarray(0, 4_096).toString('latin1')) &&
      /^Final-Recipient\s*:/im.test(part.body.subarray(0, 64 * 1024).toString('latin1')),
  );
}

/** Recipients named in a header of the report: Exim and Gmail. */
export const failedRecipients = (mail: Mail): string[] => all(mail.headers, 'x-failed-recipients').flatMap(addressesIn);
