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
  /** By the minutes east of UTC, or by the IANA zone whose clock it is. */
  abbreviations: {
    '0': `
UTC
GMT
Z
WET
`,
    '60': `
WEST
CET
MEZ
`,
    '120': `
CEST
MESZ
EET
`,
    '180': `
EEST
MSK
`,
    '-300': `
EST
CDT
`,
    '-240': 'EDT',
    '-360': `
CST
MDT
`,
    '-420': `
MST
PDT
`,
    '-480': 'PST',
    'America/New_York': 'ET',
    'America/Chicago': 'CT',
    'America/Denver': 'MT',
    'America/Los_Angeles': 'PT',
    '-540': 'AKST',
    '-600': 'HST',
    '-180': `
BRT
ART
`,
    '540': `
JST
KST
`,
    '480': `
SGT
HKT
AWST
`,
    '570': 'ACST',
    '600': 'AEST',
    '660': 'AEDT',
    '720': 'NZST',
    '780': 'NZDT',
    '?': `
BST
IST
AST
`,
  },
  /** What people call it, by IANA zone. */
  regions: {
    'America/New_York': `
eastern
east coast
us eastern
nueva york
nova york
nova iorque
nowego jorku
`,
    'America/Chicago': `
central
us central
`,
    'America/Denver': `
mountain
us mountain
`,
    'America/Los_Angeles': `
pacific
west coast
us pacific
`,
    'Europe/London': `
uk
british
england
scotland
londres
londra
londen
londynu
londoner
`,
    'Europe/Dublin': `
irish
ireland
`,
    'Europe/Berlin': `
berlino
berlim
berlijn
berlina
german
germany
alemania
allemagne
duitse
tyskland
`,
    'Europe/Paris': `
french
france
francia
paris
parigi
paryza
parijs
`,
    'Europe/Madrid': `
madryt
spanish
spain
peninsular
espana
`,
    'Europe/Rome': `
rom
rome
italian
italy
italia
roma
`,
    'Europe/Lisbon': `
portugal
lisboa
lisbonne
`,
    'Europe/Amsterdam': `
dutch
nederlandse
`,
    'Europe/Warsaw': `
polish
polskiego
warszawskiego
warszawy
varsovia
varsovie
warschau
`,
    'Europe/Stockholm': `
swedish
svensk
`,
    'America/Sao_Paulo': `
brasilia
brazil
brasil
`,
    'Asia/Tokyo': `
japan
japanese
`,
    'Asia/Kolkata': `
india
indian
`,
  },
} as const;
