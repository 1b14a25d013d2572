// Decides what a mail system's words and codes say about a recipient: gone for good, not this time, later, or arrived.
// Called by bounce-report.ts and bounce-prose.ts. Words outweigh codes: half of all servers answer "no such user" with 5.7.1 and worse.
import type { BounceRecipient } from '../reading';

type Kind = BounceRecipient['kind'];

/** The mailbox or the message is too full or too large: soft whatever else is said. */
const full =
  /quota|(?:mail ?box|inbox|account|mail ?folder|mailbox storage|store|storage).{0,40}(?:\bfull\b|exceed|over (?:its|the) |limit)|\bfull (?:mail ?box|inbox)|exceed.{0,40}(?:storage|space|mailbox|size|limit)|(?:insufficient|not enough|out of|no (?:more )?|exceeded).{0,20}(?:storage|disk|space)|(?:disk|space) (?:is )?full|too (?:large|big|long)|size (?:limit|exceed|restrict)|larger than|(?:message|mail|file|letter) size|over ?size|postfach.{0,30}voll|speicherplatz|boîte.{0,40}pleine|plein[e]? |buz[oó]n.{0,30}lleno|casella.{0,30}piena|caixa.{0,30}(?:cheia|lotada)|переполнен|容量|いっぱい|已满|已滿|超过|超出|用量/iu;

/** The address, or what stands behind it, is not there. */
const gone = new RegExp(
  [
    String.raw`(?:unknown|no such|non[ -]?exist[ae]nt|invalid|illegal|undefined|bad|wrong|nosuch|unrecogni[sz]ed|no valid|not? a valid)[ _-]{0,2}(?:or \w+ )?(?:local ?)?(?:virtual |destination |e-?mail |mail |final delivery )?(?:user|users|recipient|recipients|rcpt|mailbox|mail ?box|account|address|addressee|person|alias|local[ -]?part|destination|username|userid|name|host|domain|utilisateur|mail drop)\b`,
    String.raw`(?:user|usuario|recipient|rcpt|mailbox|mail ?box|account|address|addressee|alias|local[ -]?part|person|destination|userid|username|name|name is)\W{0,3}(?:\S+\W{0,3})?(?:\s?(?:is|was|are|has|address|name|here|been|currently|in)\s)?\W{0,3}(?:not (?:found|known|exist|a known|a valid|valid|recogni[sz]ed|listed|available here|local|present|on server|here|existing|a mailbox)|unknown|invalid|does ?n[o']t exist|do(?:es)? not exist|did not exist|not exist|doesnt exist|cannot be found|could(?: no|n'?)t be found|nonexistent|inactive|not active|undeliverable|deleted|removed|terminated|expired|unrouteable|unroutable|closed|wrong)`,
    String.raw`(?:does|do|did)(?: not|n't|nt) (?:exist|have an? (?:\S+ )?(?:account|mailbox|mail ?box|final))|no longer (?:on server|valid|available|exist|active|in (?:use|service)|accept|receiv|employed|work|with|monitored|here|a|at|uses|have)`,
    String.raw`not (?:a |an )?(?:known|valid|active|listed|our)(?: \S+)? (?:user|customer|recipient|mailbox|address|account)|is not (?:a )?(?:known|valid|active|recogni[sz]ed|accepted here|local|listed|one of|present|found|exist)|not (?:a )?(?:local address|our customer|email addresses)|not listed in|not(?: present)? in (?:our |the )?(?:directory|\S* ?(?:recipient|user) ?(?:table|list|map))|(?<!that domain )isn't in my list|no match(?:es)? (?:to|for|found)|did ?n[o']t (?:exactly )?match an|not in my (?:valid|control)|in my bad`,
    String.raw`(?:no|there is no(?: one)?|hasn't got an?) (?:mail ?box(?:es)?|account|user|recipient|person|one|inbox|address|such)(?: \S+)? (?:by|at|here|for|with|of|found|available|exist|named|person)|no mail ?box|there is no one`,
    String.raw`could(?: no|n'?)t (?:be )?(?:find|found|locate|recogni[sz]e)|unable to (?:find|locate|look ?up|resolve) (?:the |a )?(?:user|recipient|mailbox|host|domain|address)|(?:email |mail )?address (?:you entered )?(?:couldn't|could not|cannot|wasn't|was not|not) (?:be )?found|address(?: is|es were)? (?:unknown|misspelled|invalid)|check(?:ing)? (?:the|for) .{0,40}(?:spelling|typos|address is correct)|unbekannt|existiert nicht|nicht gefunden|nicht bekannt|nicht vorhanden|kein (?:solcher|postfach|benutzer)|inconnue?\b|n'existe (?:pas|plus)|introuvable|no existe|desconocid|inexistente|sconosciut|inesistente|non esiste|n[ãa]o existe|inexistente|desconhecid|onbekend|bestaat niet|finns inte|okänd|ukendt|findes ikke|finnes ikke|nie istnieje|nieznany|neexistuje|не существует|не найден|не знайдено|неизвестен|存在しません|見つかりません|宛先不明|(?:リスト|名簿|ディレクトリ|ユーザー?|アドレス|受信者|メールボックス|ドメイン|ホスト).{0,12}(?:ありません|不明|存在しな|見つから|無効)|不存在|找不到|未找到|無此|존재하지 않`,
    String.raw`(?:has|have|had) (?:been )?(?:moved|changed)|moved (?:to|permanently)|user has moved|(?:has|her|his|their) new address|account (?:has been |is )?(?:closed|removed|deleted|terminated|cancell?ed)|(?:been )?replaced by|kündigung|umgezogen`,
    String.raw`(?:unknown|no such|non-?existent|invalid|bad) (?:\S+ )?(?:mail )?(?:host|domain|server|system)|(?:host|domain)(?: or domain)?(?: name)? (?:is )?(?:unknown|not found|lookup failed|does not exist|doesn't exist|must exist|is not reachable)|(?:host|domain) \S+ (?:not found|does not exist|is unknown)|nxdomain|name or service not known|unrout(?:e)?able|(?:couldn't|could not|cannot|can't|unable to) (?:find|resolve|locate)(?! your)(?: \w+){0,3} (?:host|domain|mx|mail exchanger|route|server|ip)|(?:no|null|nul|missing) ?mx\b|no (?:valid )?(?:mx|mail exchanger|a record|route)|mx .{0,30}(?:points? to|resolves? to) .{0,20}(?:0\.0\.0\.0|127\.)|does ?n[o']t (?:accept|receive|handle|process)(?: any)? (?:e-?mail|mail|messages|smtp)\b(?! from)|does not accept mail|not accepting any mail|doesn't receive|no nameservers?|dns.{0,20}(?:no such|not found|nxdomain|does not exist)|recipient(?:s)? domain`,
    String.raw`recipient(?:\(s\)|s)?(?: address)? (?:is |was |has been )?(?:rejected|refused|denied|not ok|not accepted|is not accepted)\s*(?:$|[.:;,(\[\n]\s*(?:$|\(|\[|access denied|in reply))|requested (?:mail )?action (?:was )?(?:not taken|aborted)\W{0,3}mailbox (?:unavailable|not)|mailbox (?:is )?(?:unavaila?ble|unavaiable|not available)|badrcptto|bad ?recipient|@ (?:is )?not found|no \S+ in (?:name )?directory|(?:may|might) not exist|nessun utente|mailbox name not allowed|user not local|vrfy|addressee unknown|account (?:is )?unavailable|missing home directory`,
  ].join('|'),
  'iu',
);

/** It could work another time, or for another message. */
const passing = new RegExp(
  [
    String.raw`temporar|try (?:it )?(?:again|later)|later|grey-?list|graylist|timed? ?-?out|time-?limit|deferred|retry (?:time|timeout)|too (?:many|old|much|fast)|expired|in the queue|throttl|rate.?limit|unusual rate|hop ?count|\bhops?\b|\bloop|connection (?:refused|reset|dropped|closed|lost|failed|attempt|to)|no route|unreachable|network|not (?:been )?respond|no (?:answer|response)|unavailable or busy|server (?:busy|unavailable|too busy)|service (?:not available|unavailable)|overload|suspend|disabled|deactivat|lock(?:ed|out)|frozen|hold|not been collected|max(?:imum)? (?:retry|deliver)|vorübergehend|temporaire|temporal`,
    String.raw`spam|\bspf\b|dkim|dmarc|\bsender|senderbase|blacklist|block ?-?list|black list|blocked|\bblock\b|\blisted\b(?! in)|\brbl\b|dnsbl|spamhaus|reputation|virus|malware|phish|infected|content|policy|policies|\brelay|authenti|not authori[sz]ed|unauthori[sz]ed|reverse|\bptr\b|\brdns\b|\bhelo|\bfcrdns|permission|permitted|not allowed|prohibit|restrict|access denied|banned|forbidden|attachment|tls|encrypt|certificate|filter|rejected by|denied|refus|preferences|only accept|not accepting (?:messages|mail) from|bounced address|suppress|complain|unsubscribed|bulk|junk|unsolicited|header|malformed|syntax|rfc|8bit|utf|charset|date|charge|abgelehnt|richtlinie|verweigert|interdit|rechazad|rifiutat|recusad`,
  ].join('|'),
  'iu',
);

/** A name server that did not answer says nothing about the name; nor does a complaint about the sender's own address or bounce tag about the recipient's. */
const unanswered =
  /not found,? try again|temporary (?:dns|name|lookup|resolution)|servfail|name service error.{0,80}try again|\bbatv\b|backscatter|(?:unrout\w+|invalid|unknown|bad|no such|non-?existent) (?:envelope )?sender|(?:after|in reply to) (?:pipelined )?mail from\b/i;

/** x.y.z of a failure; never part of an IP address or a version. */
const enhanced = /(?<![\d.\-v/])([45])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d|-\d)/;
/** A reply code where replies stand: at the beginning of a line, after "said:", "error", in brackets, or before its own text. */
const reply =
  /(?:^|[\n:;#(<[=]\s{0,3}|\b(?:said|error|code|reply|replied|status|response|with|returned|smtp|was|server|<<<|reason)\W{1,3})([45][0-5]\d)(?=[ \-:;,.)>\]\n]|$)/im;

/** The status a text names: x.y.z, else an SMTP reply code, else null. A general x.0.0 gives way to anything better. */
export function statusIn(text: string): string | null {
  const codes = [...text.matchAll(new RegExp(enhanced, 'g'))].map((match) => match[0]);
  return codes.find((code) => !isGeneral(code)) ?? codes[0] ?? reply.exec(text)?.[1] ?? null;
}

export const isGeneral = (status: string): boolean => /^[245]\.0\.0$/.test(status);

/** Status of a report with the better code of its diagnostic text where its own says nothing. */
export function betterStatus(status: string | null, diagnostic: string): string | null {
  if (status !== null && !isGeneral(status)) return status;
  const other = statusIn(diagnostic);
  return other === null || (status !== null && isGeneral(other))
    ? (status ?? other)
    : status !== null && /^\d{3}$/.test(other)
      ? status
      : other;
}

/**
 * hard: the address or its host does not exist, has moved, or takes no mail at all; soft: everything else (contract, section 1).
 * `words`: what the mail system said about this recipient, nothing else; addresses and links in it are looked over.
 */
export function severity(status: string | null, words: string): 'hard' | 'soft' {
  const plain = words
    .slice(0, 4_000)
    .replace(/https?:\/\/\S+/g, ' ')
    .replace(/<?[^\s<>@]+@[^\s<>.]+(?:\.[^\s<>.]+)*>?/g, ' @ ')
    .replace(/\s+/g, ' ');
  const subject = /^[45]\.(\d+\.\d+)$/.exec(status ?? '')?.[1] ?? '';
  if (full.test(plain) || unanswered.test(plain) || /^(?:1\.[78]|2\.[23]|3\.[14])$/.test(subject)) return 'soft';
  const goneAt = plain.search(gone);
  const passingAt = plain.search(passing);
  if (goneAt >= 0 && passingAt < 0) return 'hard';
  if (goneAt >= 0) return /^1\.(?:[1236]|10)$/.test(subject) || goneAt < passingAt ? 'hard' : 'soft';
  if (passingAt >= 0) return 'soft';
  return byCode(status, subject);
}

/** Whether words give a reason at all. */
export const saysWhy = (words: string): boolean =>
  [full, gone, unanswered, passing].some((reason) => reason.test(words));

/** Without words: RFC 3463's meaning of the code. A first digit of 4 was given up on for now, not for ever. */
function byCode(status: string | null, subject: string): 'hard' | 'soft' {
  if (status === null) return 'soft';
  if (/^5\d\d$/.test(status))
    return /^(?:5[25]1|550|553|556|521)$/.test(status) && status !== '551'
      ? hardReply(status)
      : status === '551'
        ? 'hard'
        : 'soft';
  return status.startsWith('5') && /^(?:1\.(?:[012346]|10)|3\.2|4\.4)$/.test(subject) ? 'hard' : 'soft';
}

/** 521 and 556 take no mail at all (RFC 7504); a bare 550 or 553 refuses the address. */
const hardReply = (status: string): 'hard' | 'soft' => (/^(?:521|550|553|556)$/.test(status) ? 'hard' : 'soft');

const delaying =
  /(?:has|have|is|was|been|being|message|mail|delivery|warning).{0,40}\b(?:delayed|postponed|deferred)|delivery delay|\bdelayed (?:\d|mail|message|delivery)|not (?:yet )?been delivered (?:yet|to|after|for)|(?:has|have|was|could) not (?:yet )?(?:been|be) delivered .{0,60}(?:yet|still|after|for the last|for \d)|still (?:being )?(?:trying|try|retry|attempt|queued)|will (?:be )?(?:continue|keep|retr|re-?attempt|try again)|attempts will continue|warning message only|only a warning|(?:do|does) not need to re-?send|no action is required|advisory|noch nicht (?:zugestellt|ausgeliefert|übermittelt)|verzöger|retardé|en retard|différé|retras|ritard|atrasad|adiada|vertraagd|fördröj|forsink|opóźni|задерж|откладыва|遅延|遅れて|延迟|延遲/iu;
const givingUp =
  /giv(?:e|en|ing) up|permanent(?:ly)? (?:error|failure|fatal|fail)|permanent fatal|will not be retr|no further|returned to (?:you|sender)|fehlgeschlagen|not going to try again|(?:has|have) been returned/i;

/** Whether a text says that delivery is only late. */
export const isDelay = (words: string): boolean =>
  delaying.test(words) && !givingUp.test(words.replace(/eventually.{0,200}/is, ''));

/** The kind that a report's Action gives (RFC 3464 2.3.3), or null where it leaves that to code and words. */
export function kindOfAction(action: string): Kind | null {
  if (/^(?:delivered|relayed|expanded|deliverable|success)/.test(action)) return 'delivered';
  return action.startsWith('delay') ? 'delayed' : null;
}
