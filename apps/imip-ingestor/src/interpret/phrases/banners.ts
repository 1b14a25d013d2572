// What gateways, lists and companies put before and below a person's words: warnings of mail from outside,
// disclaimers, list footers.
// Read by words/banner.ts, sentence by sentence; each line is a small pattern that a sentence must hold.

const outsideMark =
  '(?:caution|warning|attention|notice|external e-?mail|external sender|external message' +
  '|this message is from an external sender)';
const cameFrom = '(?:originated|came|comes|was sent|is|was received) from';
const withAttachments = '(?:\\(?(?:and|including|with) any (?:attachments?|files?)[^.]{0,40}\\)? )?';
const isOrContains = '(?:is|are|may be|contains?|may contain|is intended|has been|was)';
const forRecipientOnly = '(?:confidential|privileged|intended (?:solely|only)|legally protected)';
const mailFilter = '(?:gateway|virus|viruses|malware|antivirus|anti-virus|spam|security|scanner|mail filter)';
const becauseOf = '(?:you are subscribed|the google groups|this list|you)';

export const bannerPhrases = {
  /** A paragraph that holds one of these is no person['’]s. */
  certain: {
    en: `
\\[(?:external|ext|external e-?mail|external sender|caution|warning)[^\\]]{0,40}\\]
^(?:\\*|-){0,3} ?${outsideMark} ?(?:[:!-]|$)
(?:e-?mail|message|mail) (?:has )?${cameFrom} (?:outside|an external|an? unknown sender outside)
you don['’]t often get e-?mail from
this sender is (?:not|from) (?:verified|outside)
(?:do not|don['’]t|never) click (?:on )?(?:any )?links? or open (?:any )?attachments?
(?:e-?mail|message|mail|communication)s? ${withAttachments}${isOrContains} [^.]{0,60}${forRecipientOnly}
if you (?:are|were) not the (?:intended|named|correct) (?:recipient|addressee)
if you (?:have )?received this (?:e-?mail|message|mail) (?:in error|by mistake)
^(?:confidentiality (?:notice|note|statement)|disclaimer|legal notice) ?(?:[:.-]|$)
(?:was|has been|is) (?:checked|scanned|processed|filtered) (?:by|for|with) (?:the |our |an? )?(?:\\S+ ){0,3}${mailFilter}
virus-?free\\. ?(?:www\\.)?
please consider the environment before printing
(?:to )?unsubscribe (?:from this (?:list|group)|send|,|click|here|visit|by)
you (?:are receiving|received|are subscribed|have received) (?:this (?:e-?mail|message|mail) )?(?:because|to) ${becauseOf}
mailing list$
ZjQcmQRYFpfptBanner(?:Start|End)
to post to this (?:group|list)
registered (?:in|office|no|number)[^.]{0,60}(?:england|company|number|no\\.)
`,
    de: `
\\[(?:extern|externe e-?mail|extern(?:er)? absender|achtung)[^\\]]{0,40}\\]
^(?:achtung|warnung|vorsicht|hinweis|externe e-?mail|externer absender) ?(?:[:!-]|$)
(?:e-?mail|nachricht|mail) (?:stammt|kommt|wurde) [^.]{0,30}(?:außerhalb|externen?|ausserhalb)
(?:e-?mail|nachricht|mitteilung) (?:und [^.]{0,40} )?(?:ist|enthält|kann|enthalten)[^.]{0,40} vertraulich
wenn sie nicht der (?:richtige|beabsichtigte|vorgesehene) (?:adressat|empfänger)
^(?:haftungsausschluss|vertraulichkeitshinweis|rechtlicher hinweis) ?(?:[:.-]|$)
(?:klicken sie (?:nicht )?auf|öffnen sie) (?:keine )?(?:links?|anhänge)
(?:auf viren|vom mail-?gateway|vom virenscanner) [^.]{0,40}(?:geprüft|überprüft)
denken sie an die umwelt
(?:abmelden|abbestellen) [^.]{0,40}(?:liste|newsletter|klicken)
mailingliste$
(?:geschäftsführer|sitz der gesellschaft|amtsgericht|handelsregister|ust-?id)
`,
    fr: `
\\[(?:externe|expéditeur externe|attention)[^\\]]{0,40}\\]
^(?:attention|avertissement|message externe|expéditeur externe) ?(?:[:!-]|$)
(?:e-?mail|courriel|message|mail) (?:provient|vient|émane|a été envoyé) [^.]{0,30}(?:extérieur|externe)
(?:ce|le présent) (?:message|courriel|e-?mail) [^.]{0,80}(?:confidentiel|destiné exclusivement|usage exclusif)
si vous n['’]êtes pas (?:le|la) destinataire
si vous avez reçu ce (?:message|courriel|mail) par erreur
^avis de confidentialité ?(?:[:.-]|$)
ne cliquez (?:pas|jamais) sur [^.]{0,20}liens?
pensez à l['’]environnement avant d['’]imprimer
(?:se désabonner|désinscri)
liste de diffusion$
`,
    es: `
\\[(?:externo|correo externo|remitente externo|precaución)[^\\]]{0,40}\\]
^(?:precaución|advertencia|atención|aviso|correo externo) ?(?:[:!-]|$)
(?:correo|mensaje|e-?mail) (?:electrónico )?(?:proviene|procede|se originó|fue enviado) [^.]{0,30}(?:fuera|extern)
(?:este|el presente) (?:mensaje|correo)[^.]{0,80}(?:confidencial|destinatario)
si usted no es el destinatario
si ha recibido este (?:mensaje|correo) por error
^aviso (?:legal|de confidencialidad) ?(?:[:.-]|$)
no haga clic en [^.]{0,20}enlaces?
antes de imprimir[^.]{0,60}medio ambiente
(?:cancelar la suscripción|darse de baja)
lista de correo$
`,
    it: `
\\[(?:esterno|mittente esterno|attenzione)[^\\]]{0,40}\\]
^(?:attenzione|avviso|avvertenza|mittente esterno) ?(?:[:!-]|$)
(?:messaggio|e-?mail|mail) (?:proviene|arriva|è stat[oa] inviat[oa]) [^.]{0,30}(?:esterno|fuori|all['’]esterno)
(?:questo|il presente) (?:messaggio|e-?mail)[^.]{0,80}(?:riservat|confidenzial)
se non siete (?:il destinatario|i destinatari)
se avete ricevuto questo messaggio per errore
non (?:cliccare|aprire) [^.]{0,20}(?:link|allegati)
rispetta l['’]ambiente
(?:annulla l['’]iscrizione|disiscri|cancellarsi dalla lista)
`,
    pt: `
\\[(?:externo|e-?mail externo|remetente externo|cuidado)[^\\]]{0,40}\\]
^(?:cuidado|atenção|aviso|e-?mail externo) ?(?:[:!-]|$)
(?:mensagem|e-?mail) (?:foi enviad[oa]|veio|vem|originou-se|é) [^.]{0,30}(?:fora|extern)
(?:esta|a presente) mensagem[^.]{0,80}(?:confidencia|destinatário)
se você não é o destinatário
se recebeu esta mensagem por engano
não clique em [^.]{0,20}links?
antes de imprimir[^.]{0,60}ambiente
(?:cancelar (?:a )?(?:inscrição|subscrição)|descadastr)
`,
    nl: `
\\[(?:extern|externe e-?mail|externe afzender|let op)[^\\]]{0,40}\\]
^(?:let op|waarschuwing|externe e-?mail|externe afzender) ?(?:[:!-]|$)
(?:e-?mail|bericht) (?:is|komt|werd) [^.]{0,40}(?:buiten|extern)
(?:dit|deze) (?:bericht|e-?mail)[^.]{0,80}(?:vertrouwelijk|uitsluitend bestemd)
indien u niet de (?:geadresseerde|beoogde ontvanger)
klik niet op [^.]{0,20}links?
denk aan het milieu
(?:uitschrijven|afmelden) [^.]{0,40}(?:lijst|nieuwsbrief|klik)
`,
    pl: `
\\[(?:zewnętrzn|nadawca zewnętrzny|uwaga)[^\\]]{0,40}\\]
^(?:uwaga|ostrzeżenie|wiadomość zewnętrzna) ?(?:[:!-]|$)
(?:wiadomość|e-?mail) (?:pochodzi|została wysłana) [^.]{0,40}(?:spoza|zewn)
(?:niniejsza|ta) wiadomość[^.]{0,80}(?:poufn|przeznaczon)
jeżeli nie (?:są państwo|jesteś) [^.]{0,20}(?:adresatem|odbiorcą)
nie klikaj [^.]{0,20}(?:link|odnośnik)
zanim wydrukujesz
(?:wypisać się|zrezygnować z subskrypcji)
`,
    sv: `
\\[(?:extern|externt|extern avsändare|varning)[^\\]]{0,40}\\]
^(?:varning|obs|externt e-?postmeddelande|extern avsändare) ?(?:[:!-]|$)
(?:e-?post|e-?postmeddelandet|meddelandet|mejlet) (?:kommer|har skickats|är) [^.]{0,40}(?:utanför|extern)
(?:detta|det här) (?:meddelande|e-?postmeddelande)[^.]{0,80}(?:konfidentiell|avsett)
om du inte är (?:den )?avsedda? mottagare
klicka inte på [^.]{0,20}länkar
tänk på miljön
(?:avprenumerera|avregistrera)
`,
    ja: `
【?(?:社外|外部)(?:メール|から|より)
このメールは(?:社外|外部|組織外)
(?:機密情報|秘密情報)[^。]{0,60}(?:含|記載)
誤って(?:受信|送信)
配信停止
`,
    ar: `
(?:رسالة|بريد) (?:خارجي|من خارج)
هذه الرسالة (?:سرية|من خارج|وأي مرفقات)
إذا لم تكن (?:المستلم|المرسل إليه)
لا تنقر
`,
  },
  /** Sentences that go with them, dropped beside one of those above. */
  beside: {
    en: `
think before you click
(?:strictly )?prohibited
unauthori[sz]ed (?:use|copying|disclosure|review|access|distribution)
not permitted
(?:in|by) (?:error|mistake|accident)\\b
(?:know|trust) (?:that )?the (?:content|sender)
recognize the sender
links? or (?:open )?attachments?
(?:it|this) may contain confidential
^it may contain
intended (?:solely |only )?for
(?:delete|destroy) (?:it|this|the)
notify (?:the sender|us)
learn why this is important
(?:report|phish)
`,
    de: `
untersagt
nicht gestattet
unbefugt
(?:irrtümlich|versehentlich|aus versehen)
absender
anhänge
vernichten
informieren sie
`,
    fr: `
interdit
par erreur
expéditeur
pièces jointes
détruire
`,
    es: `
prohibid
por error
remitente
archivos adjuntos
elimin
`,
    it: `
vietat
per errore
mittente
allegati
`,
    pt: `
proibid
por (?:engano|erro)\\b
remetente
anexos
`,
    nl: `
niet toegestaan
verboden
(?:per (?:abuis|ongeluk|vergissing)|abusievelijk|ten onrechte)
afzender
bijlagen
`,
    pl: `
zabronion
zakazan
(?:przez pomyłkę|omyłkowo)
nadawc
załącznik
`,
    sv: `
otillåt
förbjud
av misstag
avsändare
bilagor
`,
  },
} as const;
