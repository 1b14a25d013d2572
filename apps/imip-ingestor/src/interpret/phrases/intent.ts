// How people say yes, no, maybe and "another time", by language. Read by words/intent.ts; each line is a small pattern.
// `^` stands for the beginning of the words. Accents do not matter: both sides are compared without.

const suits = '(?:works?|fine|good|great|perfect|ok|okay|suits?(?: me)?)';
const cannot = "(?:can(?:no|')?t|cannot|can not|cant|won't|will not|unable to|not (?:be )?able to|couldn't|could not)";

export const intentPhrases = {
  accept: {
    en: `
\\b(?:works?|fine|good|ok|okay|perfect|great) (?:well )?(?:for|with|by) (?:me|us)\\b
\\b(?:that|this|it|the time|the new time|time|date)(?:'s| is| will| would| does)? (?:all )?${suits}\\b
\\bsounds (?:good|great|fine|perfect)
\\bi(?:'ll| will| can) (?:attend|join|make it|come|make that)
\\bcount me in
\\bi'm in\\b
\\bhappy to (?:attend|join|come|meet)
\\bagreed\\b
^(?:sure|ok|okay|great|perfect|fine|done|absolutely|of course|👍|✅)(?:[ ,.!]|$)
`,
    de: `
\\b(?:passt|past|klappt|geht)(?: (?:mir|bei mir|fur mich|uns|gut|prima|super|perfekt|klar|in ordnung|so|wunderbar)){1,4}
^(?:passt|klappt|einverstanden|abgemacht|gerne|perfekt|super|alles klar|in ordnung)\\b
\\beinverstanden\\b
\\bbin dabei
\\bin ordnung\\b
`,
    fr: `
\\bca (?:me |nous )?(?:va|convient|marche)(?: (?:bien|parfaitement|tres bien))?
\\b(?:me|nous) convient
\\bd'accord\\b
\\bentendu\\b
\\bc'est (?:bon|parfait|note|ok)
\\bok pour moi
\\bavec plaisir
^(?:parfait|tres bien)\\b
`,
    es: `
\\bme (?:va|viene|parece) (?:muy |perfecto|bien|perfectamente)
\\bde acuerdo\\b
\\bcuenta conmigo\\b
\\besta (?:muy )?bien\\b
\\bpor mi (?:bien|perfecto)
^(?:perfecto|vale|claro)\\b
`,
    it: `
\\b(?:mi |ci )?va (?:bene|benissimo)
\\bd'accordo\\b
\\bper me (?:va bene|ok|perfetto)
\\bcon piacere
^(?:perfetto|ok|va bene|certo|volentieri)\\b
`,
    pt: `
\\b(?:para mim )?(?:esta|fica) (?:bem|bom|otimo|perfeito)
\\bde acordo\\b
\\bcombinado\\b
\\bpode ser\\b
\\bpor mim (?:tudo bem|ok|perfeito)
^(?:perfeito|claro|ok|otimo|com certeza|tudo bem)\\b
`,
    nl: `
\\b(?:dat |het )?(?:past|schikt|komt)(?: (?:mij|me|ons|goed|prima|perfect|uit)){1,3}
\\bakkoord\\b
\\bis (?:goed|prima|ok|oke|akkoord)\\b
\\bik (?:ben erbij|kom)\\b
^(?:prima|goed|perfect|akkoord|ok|oke|graag|top)\\b
`,
    pl: `
\\b(?:pasuje|odpowiada)(?: mi| nam)?\\b
\\bzgadzam sie\\b
\\bmoze byc\\b
\\bzgoda\\b
^(?:ok|dobrze|swietnie|jasne|zgoda|oczywiscie|super|pasuje)\\b
`,
    sv: `
\\b(?:det )?(?:passar|funkar|fungerar|gar)(?: (?:mig|oss|bra|fint|utmarkt|for mig)){1,3}
\\blater (?:bra|perfekt)
^(?:ok|okej|perfekt|toppen|visst|garna|utmarkt|bra)\\b
`,
    ja: `
大丈夫です
問題ありません
問題ないです
了解(?:です|しました|いたしました|致しました)
承知(?:しました|いたしました|致しました)
(?:それ|この時間|その時間)で(?:お願いします|結構です)
`,
    ar: `
يناسبني
مناسب لي
موافق
حسنا
لا مانع
`,
  },
  /** A yes that stands even beside a time. */
  confirm: {
    en: `
^(?:yes|yep|yeah)(?:[ ,.!]|$)
\\bsee you (?:then|there|soon|tomorrow|on|at|next|mon|tue|wed|thu|fri)
\\bi(?:'ll| will) be there
\\bi(?: hereby)? (?:accept|confirm|agree)\\b
\\b(?:confirmed|accepted)\\b
\\blooking forward
`,
    de: `
^(?:ja|jawohl)(?:[ ,.!]|$)
\\bich (?:bin dabei|komme|nehme (?:teil|an)|sage zu|bestatige)
\\bfreue mich
\\bbis dann\\b
\\bzusage\\b
`,
    fr: `
^oui\\b
\\b(?:je|j'y) (?:serai|confirme|viens|viendrai|participerai|accepte|suis d'accord)
\\ba bientot\\b
`,
    es: `
^si\\b(?!,? no)
\\b(?:confirmo|acepto|asistire|alli estare|ahi estare|nos vemos)\\b
`,
    it: `
^si\\b
\\b(?:confermo|accetto|ci saro|parteciperò|partecipero|ci vediamo)\\b
`,
    pt: `
^sim\\b
\\b(?:confirmo|aceito|estarei (?:la|presente)|ate la)\\b
`,
    nl: `
^ja\\b
\\b(?:ik bevestig|bevestigd|tot dan|ik zal er zijn)\\b
`,
    pl: `
^tak\\b
\\b(?:potwierdzam|akceptuje|bede|do zobaczenia)\\b
`,
    sv: `
^ja\\b
\\b(?:jag (?:kommer|bekraftar|accepterar)|vi ses)\\b
`,
    ja: `
^はい
参加(?:します|いたします|致します)
伺います
楽しみにして
`,
    ar: `
^نعم
ساحضر
اوكد
اوافق
اراك
`,
  },
  decline: {
    en: `
\\b${cannot} (?:\\w{1,20} )?(?:make|attend|join|come|do|be there|participate|manage)\\b
\\b(?:does|do|will|did)(?:n't| not|nt) (?:work|suit|fit)
\\bnot (?:going to work|available|possible|suitable|free|good for me)
\\bi(?:'m| am| will be) (?:unavailable|busy|away|out|booked|travell?ing)
\\b(?:have|need|must|going) to (?:cancel|decline|pass|skip)
\\bi(?:'ll| will)? (?:have to |must )?decline\\b
\\bplease cancel
\\bno longer (?:able|available|possible)
\\bi can't\\b
\\bimpossible (?:for me|that day)?
\\b(?:regret|sorry),? (?:but )?i (?:can'?t|cannot)
^(?:no|nope|sorry|unfortunately)(?:[ ,.!]|$)
`,
    de: `
\\b(?:kann|konnen|konnte|schaffe|schaffen)(?: \\S{1,30}){0,6} nicht\\b
\\b(?:passt|geht|klappt|ginge)(?: \\S{1,30}){0,4} nicht\\b
\\b(?:muss|mussen|mochte)(?: \\S{1,30}){0,6} (?:absagen|canceln|stornieren)
\\bverhindert\\b
\\bkeine zeit\\b
\\bleider nicht\\b
\\bnicht moglich
\\bsage (?:\\S{1,30} )?ab\\b
\\babsage\\b
\\bnicht (?:verfugbar|dabei|teilnehmen|kommen)
^(?:nein|leider)(?:[ ,.!]|$)
`,
    fr: `
\\bne (?:peux|pourrai|pourrais|pouvons|suis|serai|sera|convient|va|marche)(?: \\S{1,30}){0,4} pas\\b
\\bne (?:me|nous) (?:convient|va) pas
\\bpas (?:disponible|possible|libre|la|en mesure)
\\bje (?:dois|suis obligee?)(?: \\S{1,30}){0,2} (?:d')?(?:annuler|decliner)
\\bimpossible\\b
\\bempechee?\\b
\\bje decline
\\bindisponible
\\bje (?:peux|pourrai) pas
^non(?:[ ,.!]|$)
`,
    es: `
\\bno (?:puedo|podre|podemos|voy a poder|me (?:va|viene|es posible|queda)|estoy (?:disponible|libre)|estare|es posible|me es posible|podria)
\\bimposible\\b
\\b(?:tengo que|debo) (?:cancelar|anular)
\\brechazo\\b
\\bno asistire
^no(?:[ ,.!]|$)
`,
    it: `
\\bnon (?:posso|potro|riesco|ci saro|mi va|sono (?:disponibile|libero|libera)|e possibile|va bene|partecipero)
\\bimpossibile\\b
\\bdevo (?:annullare|disdire|cancellare|rinunciare)
\\brifiuto\\b
^(?:no|purtroppo no)(?:[ ,.!]|$)
`,
    pt: `
\\bnao (?:posso|poderei|consigo|conseguirei|vou poder|estou (?:disponivel|livre)|estarei|e possivel|da|me serve|fica bem)
\\bimpossivel\\b
\\b(?:tenho que|tenho de|preciso) (?:cancelar|desmarcar)
\\brecuso\\b
^(?:nao|infelizmente)(?:[ ,.!]|$)
`,
    nl: `
\\b(?:kan|kunnen|zal|red)(?: \\S{1,30}){0,6} niet\\b
\\b(?:past|schikt|lukt|komt)(?: \\S{1,30}){0,4} niet\\b
\\bverhinderd\\b
\\bgeen tijd\\b
\\bhelaas niet\\b
\\bniet (?:mogelijk|beschikbaar|aanwezig)
\\bmoet(?: \\S{1,30}){0,4} (?:afzeggen|annuleren)
^(?:nee|helaas)(?:[ ,.!]|$)
`,
    pl: `
\\bnie (?:moge|mozemy|dam rady|bede|pasuje|odpowiada|jestem (?:dostepny|dostepna|wolny|wolna)|jest mozliwe|moglbym|moglabym)
\\bmusze (?:odwolac|zrezygnowac|odmowic)
\\bniemozliwe\\b
\\brezygnuje\\b
^(?:nie|niestety)(?:[ ,.!]|$)
`,
    sv: `
\\b(?:kan|hinner|passar|funkar|fungerar|gar)(?: \\S{1,30}){0,4} inte\\b
\\binte (?:tillganglig|mojligt|ledig)
\\bforhindrad\\b
\\bmaste (?:tyvarr )?(?:avboka|stalla in|tacka nej)
\\btackar nej
^(?:nej|tyvarr)(?:[ ,.!]|$)
`,
    ja: `
参加できません
出席できません
行けません
伺えません
都合が(?:悪|つきません|つかず)
欠席
無理です
できません
キャンセル(?:して|させて|お願い)
^いいえ
`,
    ar: `
لا (?:استطيع|يمكنني|يناسبني)
لن (?:استطيع|اتمكن|احضر)
غير (?:متاح|متوفر|مناسب|ممكن)
اعتذر
مشغول
^لا(?:[ ،,.!]|$)
`,
  },
  tentative: {
    en: `
\\b(?:maybe|perhaps|possibly|probably|tentatively|tentative)\\b
\\bi (?:might|may) (?:be able|make it|come|join|attend|be there)
\\bnot (?:yet |quite |entirely )?(?:sure|certain)\\b
\\bi(?:'ll| will) (?:try|do my best)
\\b(?:don't|do not) know (?:yet|if|whether)
`,
    de: `
\\b(?:vielleicht|eventuell|wahrscheinlich|vermutlich|voraussichtlich)\\b
\\bunter vorbehalt
\\bweiss (?:es )?noch nicht
\\b(?:nicht|un)[ -]?sicher\\b
\\bich versuche
`,
    fr: `
\\b(?:peut-etre|probablement|eventuellement)\\b
\\bsous reserve
\\bpas (?:encore )?sure?\\b
\\bje ne sais pas encore
\\bj'essaierai
`,
    es: `
\\b(?:quizas?|tal vez|probablemente|a lo mejor|posiblemente)\\b
\\bno (?:estoy segur[oa]|se (?:si|todavia|aun))
\\bintentare
`,
    it: `
\\b(?:forse|probabilmente|eventualmente)\\b
\\bnon (?:sono sicur[oa]|so ancora|so se)
\\bcerchero
`,
    pt: `
\\b(?:talvez|provavelmente|possivelmente)\\b
\\bnao (?:tenho certeza|sei (?:se|ainda))
\\bvou tentar
`,
    nl: `
\\b(?:misschien|waarschijnlijk|mogelijk|onder voorbehoud)\\b
\\bniet zeker
\\bweet (?:het )?nog niet
\\bik probeer
`,
    pl: `
\\b(?:byc moze|prawdopodobnie|chyba|ewentualnie)\\b
^moze[ .!]{0,3}$
\\bnie (?:jestem pew|wiem (?:jeszcze|czy))
\\bpostaram sie
`,
    sv: `
\\b(?:kanske|troligen|formodligen|eventuellt|preliminart)\\b
\\binte saker
\\bvet inte an
\\bjag forsoker
`,
    ja: `
たぶん
多分
未定
おそらく
かもしれません
検討
`,
    ar: `
ربما
لست متاكد
غير متاكد
ساحاول
من المحتمل
`,
  },
  newTime: {
    en: `
\\b(?:another|different|other|new|later|earlier|alternative) (?:time|day|date|slot|week)
\\bre-?schedul
\\bpostpone
\\b(?:move|push|shift|change|bring) (?:it|this|that|the|our)\\b
\\b(?:later|earlier)\\b(?=.{0,80}[?])
\\b(?:how|what) about\\b
\\binstead\\b
\\bbetter\\b
\\b(?:prefer|would suit)
`,
    de: `
\\b(?:andere[rnsm]?|neue[rnsm]?|spatere[rnsm]?|fruhere[rnsm]?) (?:termin|tag|zeit|uhrzeit|datum|mal)
\\bverschieb
\\bverleg
\\b(?:spater|fruher)\\b(?=.{0,80}[?])
\\b(?:stattdessen|lieber|besser)\\b
\\bwie (?:ware|war's)
\\bein andermal
`,
    fr: `
\\bautre (?:date|heure|jour|creneau|moment|horaire)
\\bnouvelle (?:date|heure)
\\b(?:deplacer|decaler|reporter|repousser|avancer)
\\bplutot\\b
\\bplus (?:tard|tot)\\b
\\bune autre fois
`,
    es: `
\\botr[ao] (?:fecha|hora|dia|momento|horario)
\\bnuev[ao] (?:fecha|hora)
\\b(?:cambiar|mover|aplazar|reprogram|adelantar|posponer|trasladar)
\\bmejor\\b
\\bmas (?:tarde|temprano)\\b
\\bprefiero
`,
    it: `
\\b(?:un )?altr[ao]?'? ?(?:data|ora|giorno|orario|momento)
\\bnuov[ao] (?:data|ora|orario)
\\b(?:spostare|spostiamo|rimandare|anticipare|posticipare)
\\bmeglio\\b
\\bpiu (?:tardi|presto)\\b
\\bpreferirei
`,
    pt: `
\\boutr[ao] (?:data|hora|dia|horario|momento)
\\bnov[ao] (?:data|hora|horario)
\\b(?:remarcar|adiar|antecipar|mudar|reagendar|transferir)
\\bmelhor\\b
\\bmais (?:tarde|cedo)\\b
\\bprefiro
`,
    nl: `
\\b(?:ander|andere|nieuwe?|later|vroeger) (?:tijd|tijdstip|datum|dag|moment|keer)
\\b(?:verplaats|verzet|verschui)
\\b(?:liever|beter)\\b
\\b(?:later|eerder)\\b
`,
    pl: `
\\b(?:inny|inna|innego|innym|nowy|pozniejszy|wczesniejszy) (?:termin|dzien|dnia|godzin\\w{0,3}|czas)
\\b(?:przelozyc|przesunac|przeniesc|zmienic)
\\b(?:lepiej|pozniej|wczesniej|wole|wolalbym|wolalabym)\\b
`,
    sv: `
\\b(?:annan|annat|ny|nytt|senare|tidigare) (?:tid|dag|datum|gang)
\\b(?:flytta|boka om|skjuta upp|andra)\\b
\\b(?:hellre|battre|senare|tidigare)\\b
`,
    ja: `
(?:別|他|ほか)の(?:日|時間|日程|日時)
(?:変更|調整|延期|リスケ)
(?:ずらし|早め|遅らせ)
いかがでしょうか
`,
    ar: `
(?:موعد|وقت|يوم) (?:اخر|جديد|مختلف)
(?:تاجيل|تغيير|نقل|تقديم) (?:ال)?(?:موعد|اجتماع)?
(?:لاحقا|ابكر)
افضل
`,
  },
  /** Agrees in words that say no. */
  noObjection: {
    en: `
\\bno (?:problem|worries|objections?|issues?)\\b
\\bnot a problem\\b
`,
    de: `
\\bkein (?:problem|thema|ding)\\b
\\bkeine (?:sorge|einwande)\\b
`,
    fr: `
\\bpas de (?:probleme|souci)s?\\b
\\baucun (?:probleme|souci)\\b
`,
    es: `
\\b(?:no hay|sin|ningun) (?:ningun )?(?:problema|inconveniente)s?\\b
`,
    it: `
\\b(?:nessun|senza|non c'e) problem[ai]\\b
`,
    pt: `
\\b(?:sem|nao ha|nenhum) (?:problema|inconveniente)s?\\b
`,
    nl: `
\\bgeen (?:probleem|punt|bezwaar)\\b
`,
    pl: `
\\bnie ma (?:problemu|sprawy)\\b
\\bbez problemu\\b
`,
    sv: `
\\b(?:inga|inget) problem\\b
`,
    ar: `
لا (?:مشكلة|مانع|باس)
`,
  },
  /** Says no only by its sound. */
  harmless: {
    en: `
^sorry(?= (?:for|about|to|i(?:'m| am| was) late|i (?:missed|only|just|forgot|was))\\b)
\\bnot bad\\b
\\bno (?:doubt|need|rush|hurry)\\b
`,
    de: `
\\bnicht schlecht\\b
`,
    fr: `
\\bpas mal\\b
`,
  },
  /** Turns a yes behind it, in the same thought, into a no. */
  negation: {
    en: `
n't\\b
\\b(?:not|never|none|nothing|neither|nobody|hardly|barely|doubt)\\b
`,
    de: `
\\b(?:nicht|nichts|kein(?:e[rsnm]?)?|nie|niemals|kaum|weder|bezweifle)\\b
`,
    fr: `
\\b(?:ne|pas|jamais|rien|aucune?)\\b
\\bn'
`,
    es: `
\\b(?:no|ningun[oa]?|nada|nunca|tampoco|jamas|dudo)\\b
`,
    it: `
\\b(?:non|nessun[oa]?|niente|nulla|nemmeno|neanche|dubito)\\b
`,
    pt: `
\\b(?:nao|nenhuma?|nada|nunca|tampouco|jamais|duvido)\\b
`,
    nl: `
\\b(?:niet|geen|niets|nooit|betwijfel)\\b
`,
    pl: `
\\b(?:nie|zaden|zadna|zadne|nigdy|nic|watpie)\\b
`,
    sv: `
\\b(?:inte|ingen|inget|inga|aldrig|tvivlar)\\b
`,
    ja: `
(?:誰も|どれも|どの日も)
`,
    ar: `
(?:^|[ ])(?:لا|لن|ليس|لم|غير)[ ]
`,
  },
  /** Words that take a yes back or make it depend. */
  reserved: {
    en: `
\\b(?:but|if|unless|although|however|only|provided)\\b
`,
    de: `
\\b(?:aber|wenn|falls|nur|allerdings)\\b
`,
    fr: `
\\b(?:mais|si|sauf|seulement)\\b
`,
    es: `
\\b(?:pero|aunque|solo)\\b
`,
    it: `
\\b(?:ma|pero|se|solo|purche)\\b
`,
    pt: `
\\b(?:mas|porem|se|so|desde que)\\b
`,
    nl: `
\\b(?:maar|als|alleen|mits)\\b
`,
    pl: `
\\b(?:ale|jesli|tylko|o ile)\\b
`,
    sv: `
\\b(?:men|om|bara|forutsatt)\\b
`,
    ja: `
ですが
けど
ただし
`,
    ar: `
لكن
بشرط
`,
  },
} as const;
