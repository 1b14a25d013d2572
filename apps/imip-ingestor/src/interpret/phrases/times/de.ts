// German words for days and times of day, by their meaning, one a line; lexicon.ts says what each meaning is.
import type { Phrases } from '../compile';

export const de: Phrases = {
  'weekday 0': `
sonntag
so.
^So,
`,
  'weekday 1': `
montag
mo.
^Mo
`,
  'weekday 2': `
dienstag
di.
^Di
`,
  'weekday 3': `
mittwoch
mi.
^Mi
`,
  'weekday 4': `
donnerstag
do.
^Do
`,
  'weekday 5': `
freitag
fr.
^Fr
`,
  'weekday 6': `
samstag
sonnabend
sa.
^Sa
`,
  'weekday 0 morning': `
sonntagmorgen
sonntagvormittag
`,
  'weekday 1 morning': `
montagmorgen
montagvormittag
`,
  'weekday 2 morning': `
dienstagmorgen
dienstagvormittag
`,
  'weekday 3 morning': `
mittwochmorgen
mittwochvormittag
`,
  'weekday 4 morning': `
donnerstagmorgen
donnerstagvormittag
`,
  'weekday 5 morning': `
freitagmorgen
freitagvormittag
`,
  'weekday 6 morning': `
samstagmorgen
samstagvormittag
`,
  'weekday 0 afternoon': `
sonntagnachmittag
sonntagmittag
`,
  'weekday 1 afternoon': `
montagnachmittag
montagmittag
`,
  'weekday 2 afternoon': `
dienstagnachmittag
dienstagmittag
`,
  'weekday 3 afternoon': `
mittwochnachmittag
mittwochmittag
`,
  'weekday 4 afternoon': `
donnerstagnachmittag
donnerstagmittag
`,
  'weekday 5 afternoon': `
freitagnachmittag
freitagmittag
`,
  'weekday 6 afternoon': `
samstagnachmittag
samstagmittag
`,
  'weekday 0 evening': 'sonntagabend',
  'weekday 1 evening': 'montagabend',
  'weekday 2 evening': 'dienstagabend',
  'weekday 3 evening': 'mittwochabend',
  'weekday 4 evening': 'donnerstagabend',
  'weekday 5 evening': 'freitagabend',
  'weekday 6 evening': 'samstagabend',
  'month 1': `
januar
jänner
jan
jan.
`,
  'month 2': `
februar
feb
feb.
`,
  'month 3': `
märz
mrz
`,
  'month 4': `
april
apr
`,
  'month 5': 'mai',
  'month 6': `
juni
jun
`,
  'month 7': `
juli
jul
`,
  'month 8': `
august
aug
`,
  'month 9': `
september
sept
sep
`,
  'month 10': `
oktober
okt
`,
  'month 11': `
november
nov
`,
  'month 12': `
dezember
dez
`,
  'day 0': 'heute',
  'day 1': `
morgen
morgen früh
`,
  'day 2': 'übermorgen',
  'day 3': 'überübermorgen',
  'day -1': `
gestern
vorgestern
`,
  'same day': `
am selben tag
am gleichen tag
an dem tag
selben tag
gleichen tag
`,
  next: `
nächsten
nächste
nächster
nächstes
nächstem
`,
  coming: `
kommenden
kommende
kommender
kommendes
kommendem
`,
  this: `
diesen
dieser
diese
dieses
diesem
`,
  last: `
letzten
letzte
letzter
letztes
vergangenen
vergangene
vorigen
`,
  'next week': `
nächste woche
nächster woche
kommende woche
kommender woche
der nächsten woche
der kommenden woche
`,
  'this week': `
diese woche
dieser woche
`,
  unread: `
ihrer zeit
deiner zeit
ihrer ortszeit
deiner ortszeit
tage später
tag später
tage früher
tag früher
wochenende
wochenenden
woche
wochen
übernächste woche
übernächster woche
übernächsten
übernächste
monat
monate
monats
kw
kalenderwoche
jeden
jede
jeder
täglich
wöchentlich
anderen tag
anderer tag
ein andermal
tag davor
tag danach
tags darauf
vortag
folgetag
weihnachten
heiligabend
ostern
pfingsten
silvester
neujahr
nikolaus
montags
dienstags
mittwochs
donnerstags
freitags
samstags
sonntags
feiertag
anfang
am ersten
am zweiten
am dritten
am vierten
am fünften
am sechsten
am siebten
am achten
am neunten
am zehnten
am elften
am zwölften
am fünfzehnten
am zwanzigsten
am dreißigsten
am nächsten tag
nächster tag
nächsten tag
am tag darauf
tag darauf
am darauffolgenden tag
heute in
morgen in
ersten montag
ersten dienstag
ersten mittwoch
ersten donnerstag
ersten freitag
ersten samstag
ersten sonntag
zweiten montag
zweiten dienstag
zweiten mittwoch
zweiten donnerstag
zweiten freitag
zweiten samstag
zweiten sonntag
dritten montag
dritten dienstag
dritten mittwoch
dritten donnerstag
dritten freitag
dritten samstag
dritten sonntag
vierten montag
vierten dienstag
vierten mittwoch
vierten donnerstag
vierten freitag
vierten samstag
vierten sonntag
erster montag
erster dienstag
erster mittwoch
erster donnerstag
erster freitag
erster samstag
erster sonntag
zweiter montag
zweiter dienstag
zweiter mittwoch
zweiter donnerstag
zweiter freitag
zweiter samstag
zweiter sonntag
`,
  'no day': `
guten morgen
guten tag
guten abend
schönen tag
schönen abend
schönes wochenende
schöne woche
gute woche
gutes wochenende
nächstes mal
letztes mal
dieses mal
diesmal
in erster linie
`,
  'part morning': `
morgens
früh
vormittag
vormittags
am vormittag
am morgen
in der früh
`,
  'part afternoon': `
nachmittag
nachmittags
am nachmittag
mittags
`,
  'part evening': `
abend
abends
am abend
nachts
`,
  noon: `
zwölf uhr mittags
12 uhr mittags
mittag
`,
  midnight: 'mitternacht',
  hour: 'uhr',
  'span hours': `
stunden
stunde
std
`,
  minutes: `
minuten
minute
min
`,
  days: 'tagen',
  at: `
um
gegen
ca
ca.
circa
etwa
so gegen
zirka
ungefähr
`,
  'weak at': `
sagen wir
für
`,
  after: `
ab
nach
`,
  from: `
von
zwischen
vom
beginn
start
uhrzeit
zeit
`,
  to: `
bis
ende
`,
  and: 'und',
  or: `
oder
bzw.
bzw
beziehungsweise
`,
  'half to': 'halb',
  'quarter past': `
viertel nach
viertel über
`,
  'quarter to': `
viertel vor
dreiviertel
drei viertel
`,
  'number 1': `
ein
eins
`,
  'number 2': 'zwei',
  'number 3': 'drei',
  'number 4': 'vier',
  'number 5': 'fünf',
  'number 6': 'sechs',
  'number 7': 'sieben',
  'number 8': 'acht',
  'number 9': 'neun',
  'number 10': 'zehn',
  'number 11': 'elf',
  'number 12': 'zwölf',
  dated: `
am
den
dem
der
vom
`,
  fill: `
der
den
dem
die
das
am
im
in
auf
datum
tag
wann
auch
`,
  in: 'in',
  length: `
dauert
für
lang
dauer
`,
  limit: `
bis
vor
spätestens
seit
nicht vor
bis zum
`,
  not: `
weder
anderen termin
andere termine
einen termin
schon einen termin
nicht
kein
keine
keinen
verhindert
belegt
zu früh
zu spät
unmöglich
war
ursprünglich
außer
leider
schlecht
schwierig
unterwegs
nie
melde mich
melde ich mich
bescheid geben
gebe ihnen bescheid
gebe dir bescheid
frist
abgabe
mein zug
mein flug
`,
  instead: `
statt
anstatt
anstelle von
nicht
nicht am
nicht um
als um
als am
`,
  turn: `
aber
sondern
lieber
vielleicht
ginge
könnten wir
können wir
wie wäre
wie wär's
besser
dafür
dann
jedoch
würde
`,
  invite: `
warum nicht
wieso nicht
kein problem
wenn nicht
nicht sicher
falls nicht
leider nur
nicht schlecht
leider erst
keine eile
können wir nicht
könnten wir nicht
`,
  move: `
verschieben
verschiebe
verlegen
verlege
schieben
ändern
tauschen
`,
};
