// How people name the clock they mean, behind a time. `?` marks what several countries use: nobody can tell which is
// meant.
// Read by words/times/zone.ts.
export const zonePhrases = {
  /** The reader's own clock; a mailbox that a program reads has none. */
  readers: `
your (?:local )?(?:time(?: ?zone)?|clock)
(?:ihrer|deiner) (?:orts)?zeit
(?:heure )?(?:chez vous|de chez vous|chez toi)
(?:tu hora|hora de ustedes|su hora)(?: local)?
(?:ora vostra|vostra ora|ora tua)
(?:seu horario|sua hora|hora de voces)
(?:jouw|uw|jullie) tijd
(?:twojego|waszego|panstwa) czasu
(?:din|er) tid
`,
  /** Abbreviation: minutes east of UTC, or the IANA zone whose clock it is. */
  abbreviations: `
UTC: 0
GMT: 0
Z: 0
WET: 0
WEST: 60
CET: 60
CEST: 120
MEZ: 60
MESZ: 120
EET: 120
EEST: 180
MSK: 180
EST: -300
EDT: -240
CST: -360
CDT: -300
MST: -420
MDT: -360
PST: -480
PDT: -420
ET: America/New_York
CT: America/Chicago
MT: America/Denver
PT: America/Los_Angeles
AKST: -540
HST: -600
BRT: -180
ART: -180
JST: 540
KST: 540
SGT: 480
HKT: 480
AWST: 480
ACST: 570
AEST: 600
AEDT: 660
NZST: 720
NZDT: 780
BST: ?
IST: ?
AST: ?
`,
  /** IANA zone: what people call it. */
  regions: `
America/New_York: eastern | east coast | us eastern | nueva york | nova york | nova iorque | nowego jorku
America/Chicago: central | us central
America/Denver: mountain | us mountain
America/Los_Angeles: pacific | west coast | us pacific
Europe/London: uk | british | england | scotland | londres | londra | londen | londynu | londoner
Europe/Dublin: irish | ireland
Europe/Berlin: berlino | berlim | berlijn | berlina | german | germany | alemania | allemagne | duitse | tyskland
Europe/Paris: french | france | francia | paris | parigi | paryza | parijs
Europe/Madrid: madryt | spanish | spain | peninsular | espana
Europe/Rome: rom | rome | italian | italy | italia | roma
Europe/Lisbon: portugal | lisboa | lisbonne
Europe/Amsterdam: dutch | nederlandse
Europe/Warsaw: polish | polskiego | warszawskiego | warszawy | varsovia | varsovie | warschau
Europe/Stockholm: swedish | svensk
America/Sao_Paulo: brasilia | brazil | brasil
Asia/Tokyo: japan | japanese
Asia/Kolkata: india | indian
`,
} as const;
