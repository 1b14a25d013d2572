// The reasons that mail systems give for a failed delivery: a full mailbox, an unknown address, a refusal of this one
// message or of our own address.
// Compiled here, used by bounce/failure.ts. Addresses stand as `@us` (ours) and `@` (any other); blanks are single. A
// new system is new lines.
import { anyOf, type Phrases, phrasesIn } from './compile';

/** The mailbox is full or the message too large: soft, whatever other reason the text gives. */
const fullPhrases: Phrases = {
  en: `
quota
(?:mail ?box|inbox|account|mail ?folder|mailbox storage|store|storage).{0,40}(?:\\bfull\\b|exceed|over (?:its|the) |limit)
\\bfull (?:mail ?box|inbox)
exceed.{0,40}(?:storage|space|mailbox|size|limit)
(?:insufficient|not enough|out of|no (?:more )?|exceeded).{0,20}(?:storage|disk|space)
(?:disk|space) (?:is )?full
too (?:large|big|long)
size (?:limit|exceed|restrict)
larger than
(?:message|mail|file|letter) size
over ?size
`,
  de: `
postfach.{0,30}voll
speicherplatz
`,
  fr: `
boîte.{0,40}pleine
pleine?[ ]
`,
  es: 'buz[oó]n.{0,30}lleno',
  it: 'casella.{0,30}piena',
  pt: 'caixa.{0,30}(?:cheia|lotada)',
  nl: 'postvak.{0,30}vol\\b',
  pl: 'skrzynka.{0,30}pełna',
  sv: 'brevlåda.{0,30}full',
  ru: 'переполнен',
  ar: 'صندوق.{0,30}ممتلئ',
  ja: `
容量
いっぱい
`,
  zh: `
已满
已滿
超过
超出
用量
`,
};

const noSuch =
  '(?:unknown|no such|non[ -]?exist[ae]nt|invalid|illegal|undefined|bad|wrong|nosuch|unrecogni[sz]ed|no valid' +
  '|not? a valid)[ _-]{0,2}(?:or \\w+ )?';
/** Words between that and the name of what does not exist. */
const qualifiers = '(?:local ?)?(?:virtual |destination |e-?mail |mail |final delivery )?';
const subjectWord =
  '(?:user|usuario|recipient|rcpt|mailbox|mail ?box|account|address|addressee|alias|local[ -]?part|person' +
  '|destination|userid|username|name|name is)';
const linking =
  '\\W{0,3}(?:\\S{1,80}\\W{0,3})?(?:\\s?(?:is|was|are|has|address|name|here|been|currently|in)\\s)?\\W{0,3}';
const otherNames = '(?:destination|username|userid|name|host|domain|utilisateur|mail drop)';
const owner = 'mail ?box(?:es)?|account|user|recipient|person|one|inbox|address';
const endedState =
  '(?:on server|valid|available|exist|active|in (?:use|service)|accept|receiv|employed|work|with|monitored|here' +
  '|a|at|uses|have)';
const noHostState = "(?:unknown|not found|lookup failed|does not exist|doesn't exist|must exist|is not reachable)";
const notFindable = "(?:couldn't|could not|cannot|can't|unable to) (?:find|resolve|locate)";
/** A refusal at the end of its sentence: behind it stands no reason. */
const refusedAlone =
  '(?:rejected|refused|denied|not ok|not accepted|is not accepted)\\s?(?:$|[.:;,(\\[]\\s?(?:$|\\(|\\[|in reply))';

/** The address, or its mailbox or host, does not exist: the failure is permanent. */
const hardPhrases: Phrases = {
  'no such user': `
${noSuch}${qualifiers}(?:user|users|recipient|recipients|rcpt|mailbox|mail ?box)\\b
${noSuch}${qualifiers}(?:account|address|addressee|person|alias|local[ -]?part)\\b
${noSuch}(?:local ?)?(?:virtual |destination |e-?mail |mail )?${otherNames}\\b
${subjectWord}${linking}not (?:found|known|exist|a known|a valid|valid|recogni[sz]ed|listed|available here|local|present)
${subjectWord}${linking}not (?:on server|here|existing|a mailbox)
${subjectWord}${linking}(?:unknown|invalid|does ?n[o']t exist|do(?:es)? not exist|did not exist|not exist|doesnt exist)
${subjectWord}${linking}(?:cannot be found|could(?: no|n'?)t be found|nonexistent|inactive|not active|undeliverable|deleted|removed)
${subjectWord}${linking}(?:terminated|expired|unrouteable|unroutable|closed|wrong)
(?:does|do|did)(?: not|n't|nt) (?:exist|have an? (?:\\S{1,40} )?(?:account|mailbox|mail ?box|final))
no longer ${endedState}
not (?:a |an )?(?:known|valid|active|listed|our)(?: \\S{1,40})? (?:user|customer|recipient|mailbox|address|account)
is not (?:a )?(?:known|valid|active|recogni[sz]ed|accepted here|local|listed|one of|present|found|exist)
not (?:a )?(?:local address|our customer|email addresses)
not listed in
not(?: present)? in (?:our |the )?(?:directory|\\S{0,40} ?(?:recipient|user) ?(?:table|list|map))
(?<!that domain )isn't in my list
no match(?:es)? (?:to|for|found)
did ?n[o']t (?:exactly )?match an
not in my (?:valid|control)
in my bad
(?:no|there is no(?: one)?|hasn't got an?) (?:${owner}|such)(?: \\S{1,40})? (?:by|at|here|for)
(?:no|there is no(?: one)?) (?:${owner})(?: \\S{1,40})? (?:with|of|found|available|exist|named|person)
no mail ?box
there is no one
could(?: no|n'?)t (?:be )?(?:find|found|locate|recogni[sz]e)
unable to (?:find|locate|look ?up|resolve) (?:the |a )?(?:user|recipient|mailbox|host|domain|address)
(?:email |mail )?address (?:you entered )?(?:couldn't|could not|cannot|wasn't|was not|not) (?:be )?found
address(?: is|es were)? (?:unknown|misspelled|invalid)
check(?:ing)? (?:the|for) .{0,40}(?:spelling|typos|address is correct)
badrcptto
bad ?recipient
@ (?:is )?not found
no \\S{1,40} in (?:name )?directory
(?:may|might) not exist
mailbox name not allowed
user not local
vrfy
addressee unknown
account (?:is )?unavailable
missing home directory
`,
  moved: `
(?:has|have|had) (?:been )?(?:moved|changed)
moved (?:to|permanently)
(?:has|her|his|their) new address
account (?:has been |is )?(?:closed|removed|deleted|terminated|cancell?ed)
(?:been )?replaced by
`,
  'unknown host': `
(?:unknown|no such|non-?existent|invalid|bad) (?:\\S{1,80} )?(?:mail )?(?:host|domain|server|system)
(?:host|domain)(?: or domain)?(?: name)? (?:is )?${noHostState}
(?:host|domain) \\S{1,255} (?:not found|does not exist|is unknown)
nxdomain
name or service not known
unrout(?:e)?able
${notFindable}(?! your)(?: \\w+){0,3} (?:host|domain|mx|mail exchanger|route|server|ip)
no (?:valid )?(?:mx|mail exchanger|a record|route)
no nameservers?
dns.{0,20}(?:no such|not found|nxdomain|does not exist)
recipients? domain
`,
  // RFC 7505 and RFC 7504: a domain or host that takes no mail at all, in the words of Postfix, Exim, sendmail and
  // others.
  'takes no mail': `
(?:no|null|nul|missing) ?mx\\b
mx .{0,30}(?:points? to|resolves? to) .{0,20}(?:0\\.0\\.0\\.0|127\\.)
mx or srv records? indicated no smtp service
does ?n[o']t (?:accept|receive|handle|process)(?: any)? (?:e-?mail|mail|messages|smtp)\\b(?! from)
not accepting (?:any mail|network messages)
doesn't receive
`,
  // A refusal of the recipient without any reason of policy.
  refused: `
recipient(?:\\(s\\)|s)?(?: address)? (?:is |was |has been )?${refusedAlone}
requested (?:mail )?action (?:was )?(?:not taken|aborted)\\W{0,3}mailbox (?:unavailable|not)
mailbox (?:is )?(?:unavaila?ble|unavaiable|not available)
`,
  de: `
unbekannt
existiert nicht
nicht (?:gefunden|bekannt|vorhanden)
kein (?:solcher|postfach|benutzer)
kündigung
umgezogen
`,
  fr: `
inconnue?\\b
n'existe (?:pas|plus)
introuvable
`,
  es: `
no existe
desconocid
inexistente
`,
  it: `
sconosciut
inesistente
non esiste
nessun utente
`,
  pt: `
n[ãa]o existe
desconhecid
`,
  nl: `
onbekend
bestaat niet
`,
  sv: `
finns inte
okänd
`,
  da: `
ukendt
findes ikke
finnes ikke
`,
  pl: `
nie istnieje
nieznany
`,
  cs: 'neexistuje',
  ru: `
не существует
не найден
не знайдено
неизвестен
`,
  ar: `
غير موجود
لا يوجد (?:مستخدم|حساب|عنوان)
`,
  ja: `
存在しません
見つかりません
宛先不明
(?:リスト|名簿|ディレクトリ|ユーザー?|アドレス|受信者|メールボックス|ドメイン|ホスト).{0,12}(?:ありません|不明|存在しな|見つから|無効)
`,
  zh: `
不存在
找不到
未找到
無此
`,
  ko: '존재하지 않',
};

/** Another try, or another message, may succeed: the failure is temporary or about this message. */
const softPhrases: Phrases = {
  'another time': `
temporar
try (?:it )?(?:again|later)
later
grey-?list
graylist
timed? ?-?out
time-?limit
deferred
retry (?:time|timeout)
too (?:many|old|much|fast)
expired
in the queue
throttl
rate.?limit
unusual rate
hop ?count
\\bhops?\\b
\\bloop
connection (?:refused|reset|dropped|closed|lost|failed|attempt|to)
no route
unreachable
network
not (?:been )?respond
no (?:answer|response)
unavailable or busy
server (?:busy|unavailable|too busy)
overload
suspend
disabled
deactivat
lock(?:ed|out)
frozen
hold
not been collected
max(?:imum)? (?:retry|deliver)
vorübergehend
temporaire
temporal
`,
  // A deny list in front of the server (postscreen, RFC 7504 aside): the address was never checked.
  'deny list': `
service (?:is )?(?:currently |temporarily )?(?:not available|unavailable)
no (?:smtp )?service for you
go away
client host
your (?:ip|host|server|network)\\b
`,
  policy: `
spam
\\bspf\\b
dkim
dmarc
\\bsender
senderbase
black ?-?list
block ?-?list
deny ?-?list
blocked
\\bblock\\b
\\blisted\\b(?! in)
\\brbl\\b
dnsbl
spamhaus
reputation
virus
malware
phish
infected
content
policy
policies
\\brelay
authenti
not authori[sz]ed
unauthori[sz]ed
reverse
\\bptr\\b
\\brdns\\b
\\bhelo
\\bfcrdns
permission
permitted
not allowed
prohibit
restrict
access denied
banned
forbidden
attachment
tls
encrypt
certificate
filter
rejected by
denied
refus
preferences
only accept
not accepting (?:messages|mail) from
bounced address
suppress
complain
unsubscribed
bulk
junk
unsolicited
header
malformed
syntax
rfc
8bit
utf
charset
date
charge
members? only
not (?:from )?a (?:list )?(?:member|subscriber)
`,
  de: `
abgelehnt
richtlinie
verweigert
`,
  fr: 'interdit',
  es: 'rechazad',
  it: 'rifiutat',
  pt: 'recusad',
};

/**
 * Failures that give no information about the recipient: a name server that did not respond, a missing bounce tag
 * (BATV), a refusal of the sender.
 */
const unansweredPhrases: Phrases = {
  dns: `
not found,? try again
temporary (?:dns|name|lookup|resolution)
servfail
name service error.{0,80}try again
`,
  batv: `
\\bbatv\\b
backscatter
`,
  smtp: '(?:after|in reply to) (?:pipelined )?mail from\\b',
};

/** Refusals of our own address in a server's response. */
const refusals = phrasesIn(`
(?:recipient|sender) address rejected
(?:user|recipient|address|mailbox) (?:is )?(?:unknown|not found)
(?:unknown|not found|no such|rejected|refused|denied|invalid|undeliverable|unverified|unrouteable)
(?:does ?n[o']t|does not|did not) exist
(?:is |are )?(?:locally )?(?:blacklisted|blocked)
(?:is |are )?not (?:allowed|permitted|authori[sz]ed|accepted|verified)
`)
  .map((phrase) => `@us\\W{1,12}${phrase}`)
  .join('\n');

const ourSender = '(?:envelope |mail |your )?sender(?: address| domain| host)?';

/**
 * A complaint about our own address: the host asked our server whether the sender exists, and refused our server's response.
 * The response that it quotes ("no such user") is about us, never about the recipient.
 */
const organizerPhrases: Phrases = {
  // Exim: verify = sender, with and without callout (spec.txt, chapter 43).
  exim: `
verification failed for @us
(?<!recipient )verify failed for @us
sender verif(?:y|ication) (?:failed|fail\\b|defer|error)
could not (?:complete|perform|verify) (?:the )?sender
sender (?:verify )?call(?:out|back)
call(?:out|back).{0,40}(?:verify|verifying|to) (?:the )?(?:sender|@us)
sender envelope address
failed to verify (?:the )?sender
`,
  // Postfix: reject_unverified_sender, reject_unknown_sender_domain, reject_unlisted_sender.
  postfix: `
sender address rejected
sender (?:address )?verification
`,
  sendmail: `
domain of sender address
@us\\W{0,6}(?:domain|sender) (?:does not|must|name)
`,
  others: `
(?:unrout\\w{1,12}|invalid|unknown|bad|no such|non-?existent|illegal|unverified) (?:envelope |return )?sender
${ourSender} (?:is |was |has been )?(?:rejected|refused|denied|invalid|unknown|unroutable|unresolvable|unverifi)
${ourSender} (?:is |was |does |could |can)?(?:not )(?:exist|be (?:found|verified|resolved)|found|verified|valid|allowed)
(?:cannot|can ?not|unable to|could not) (?:verify|resolve|find) (?:the |your )?(?:sender|return|from|envelope)
mail from (?:address )?(?:is )?(?:not allowed|refused|rejected|denied|invalid)
return[ -]path (?:is |does |address )?(?:not|invalid|rejected|cannot|unknown)
reverse[ -]path (?:is )?(?:not|invalid|rejected|unknown)
`,
  'our address rejected': `
${refusals}
(?:unknown|no such|invalid|non-?existent) (?:user|recipient|address|mailbox)\\W{1,6}@us
`,
};

export const full = anyOf(fullPhrases);
export const hardFailure = anyOf(hardPhrases);
export const softFailure = anyOf(softPhrases);
export const unanswered = anyOf(unansweredPhrases);
export const organizerRefused = anyOf(organizerPhrases);

/**
 * Exchange Online's response where a domain has no such recipient (directory based edge blocking), with 5.4.1; with
 * 5.7.1 the same words are a policy. Microsoft Learn: "Use Directory Based Edge Blocking to reject messages sent to invalid recipients".
 */
export const exchangeUnknown = /recipient address rejected: access denied/i;
