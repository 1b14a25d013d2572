// What our own letters say, so that a quote of one is known in any mail program: whatever stands below is not the
// person's.
// Read by words/quote.ts. `body` are beginnings of lines; `last` ends a letter: only behind it may a person have
// written on.
export const ourPhrases = {
  body: {
    en: `
You are invited$
The time has changed$
The session is cancelled$
This is the invitation to your session with your (?:host|guest)
Your session with your (?:host|guest) (?:has a new time|will not take place)
This is the current state of your session with your (?:host|guest)
Please accept or decline with the buttons of your calendar
Does the time not suit you\\?(?: Open this link|$)
To propose another time, open this link
If you would like another time, open this link
The links in this mail are yours alone
`,
    de: `
Sie sind eingeladen$
Die Zeit hat sich geändert$
Der Termin ist abgesagt$
Dies ist die Einladung zu Ihrem Termin mit Ihrem (?:Gastgeber|Gast)
Ihr Termin mit Ihrem (?:Gastgeber|Gast) (?:hat eine neue Zeit|findet nicht statt)
Dies ist der aktuelle Stand Ihres Termins
Bitte sagen Sie mit den Schaltflächen Ihres Kalender
Passt die Zeit nicht\\?(?: Öffnen Sie diesen|$)
Die Links in dieser Mail gelten nur für Sie
`,
  },
  last: {
    en: `
sees the other's address\\.?$
`,
    de: `
sehen die Adresse des anderen\\.?$
`,
  },
  /** Our links, as programs show, wrap and rewrite them. */
  links: {
    any: `
/(?:reschedule|approve|decline|answer|confirm|calendar)/?\\?[a-z]=[A-Za-z0-9._-]{6,}
(?:%2F)(?:reschedule|approve|decline|answer|confirm|calendar)%3F[a-z]%3D
`,
  },
} as const;
