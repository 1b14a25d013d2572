// Dutch words for days and times of day, by their meaning, one a line; lexicon.ts says what each meaning is.
import type { Phrases } from '../compile';

export const nl: Phrases = {
  'weekday 0': `
zondag
zo.
`,
  'weekday 1': `
maandag
ma.
`,
  'weekday 2': `
dinsdag
di.
`,
  'weekday 3': `
woensdag
woe
wo.
wo
`,
  'weekday 4': `
donderdag
do.
`,
  'weekday 5': `
vrijdag
vr.
`,
  'weekday 6': `
zaterdag
za.
`,
  'weekday 0 morning': `
zondagochtend
zondagmorgen
`,
  'weekday 1 morning': `
maandagochtend
maandagmorgen
`,
  'weekday 2 morning': `
dinsdagochtend
dinsdagmorgen
`,
  'weekday 3 morning': `
woensdagochtend
woensdagmorgen
`,
  'weekday 4 morning': `
donderdagochtend
donderdagmorgen
`,
  'weekday 5 morning': `
vrijdagochtend
vrijdagmorgen
`,
  'weekday 6 morning': `
zaterdagochtend
zaterdagmorgen
`,
  'weekday 0 afternoon': `
zondagmiddag
zondagnamiddag
`,
  'weekday 1 afternoon': `
maandagmiddag
maandagnamiddag
`,
  'weekday 2 afternoon': `
dinsdagmiddag
dinsdagnamiddag
`,
  'weekday 3 afternoon': `
woensdagmiddag
woensdagnamiddag
`,
  'weekday 4 afternoon': `
donderdagmiddag
donderdagnamiddag
`,
  'weekday 5 afternoon': `
vrijdagmiddag
vrijdagnamiddag
`,
  'weekday 6 afternoon': `
zaterdagmiddag
zaterdagnamiddag
`,
  'weekday 0 evening': 'zondagavond',
  'weekday 1 evening': 'maandagavond',
  'weekday 2 evening': 'dinsdagavond',
  'weekday 3 evening': 'woensdagavond',
  'weekday 4 evening': 'donderdagavond',
  'weekday 5 evening': 'vrijdagavond',
  'weekday 6 evening': 'zaterdagavond',
  'month 1': `
januari
jan
`,
  'month 2': `
februari
feb
`,
  'month 3': `
maart
mrt
`,
  'month 4': `
april
apr
`,
  'month 5': 'mei',
  'month 6': `
juni
jun
`,
  'month 7': `
juli
jul
`,
  'month 8': `
augustus
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
december
dec
`,
  'day 0': 'vandaag',
  'day 1': 'morgen',
  'day 2': 'overmorgen',
  'day -1': `
gisteren
eergisteren
gisteravond
`,
  'day 0 evening': 'vanavond',
  'day 0 morning': `
vanochtend
vanmorgen
`,
  'day 0 afternoon': 'vanmiddag',
  'day 1 evening': 'morgenavond',
  'day 1 morning': `
morgenochtend
morgenvroeg
`,
  'day 1 afternoon': `
morgenmiddag
morgennamiddag
`,
  'same day': `
dezelfde dag
die dag
diezelfde dag
`,
  next: 'volgende',
  coming: `
komende
aanstaande
aankomende
a.s.
`,
  this: `
deze
dit
`,
  last: `
vorige
afgelopen
laatste
`,
  'next week': `
volgende week
komende week
van volgende week
van komende week
`,
  'this week': `
deze week
van deze week
`,
  unread: `
dagen later
dag later
dagen eerder
weekend
weekeinde
week
weken
maand
maanden
elke
iedere
dagelijks
wekelijks
andere dag
een andere keer
dag erna
dag ervoor
dag later
kerst
kerstmis
pasen
pinksteren
oudjaar
nieuwjaar
sinterklaas
koningsdag
maandags
dinsdags
woensdags
donderdags
vrijdags
zaterdags
zondags
de eerste
de tweede
de derde
de vierde
de vijfde
de zesde
de zevende
de achtste
de negende
de tiende
dag daarna
de dag daarna
dag na
eerste maandag
eerste dinsdag
eerste woensdag
eerste donderdag
eerste vrijdag
eerste zaterdag
eerste zondag
tweede maandag
tweede dinsdag
tweede woensdag
tweede donderdag
tweede vrijdag
tweede zaterdag
tweede zondag
derde maandag
derde dinsdag
derde woensdag
derde donderdag
derde vrijdag
derde zaterdag
derde zondag
vierde maandag
vierde dinsdag
vierde woensdag
vierde donderdag
vierde vrijdag
vierde zaterdag
vierde zondag
volgende dag
de volgende dag
`,
  'no day': `
goede morgen
goede middag
goede avond
fijn weekend
fijne week
fijne dag
prettig weekend
volgende keer
de eerste keer
de tweede keer
de volgende keer
vorige keer
deze keer
in de eerste plaats
ten eerste
`,
  'part morning': `
's ochtends
's morgens
ochtend
voormiddag
in de ochtend
smorgens
sochtends
`,
  'part afternoon': `
's middags
middag
namiddag
in de middag
smiddags
`,
  'part evening': `
's avonds
avond
in de avond
savonds
's nachts
`,
  noon: `
twaalf uur 's middags
middaguur
`,
  midnight: 'middernacht',
  hour: `
u
u.
`,
  hours: `
uur
uren
`,
  minutes: `
minuten
minuut
min
`,
  days: 'dagen',
  at: `
om
rond
omstreeks
tegen
rondom
rond de klok van
ongeveer
ca
circa
`,
  'weak at': 'zeg',
  after: `
na
vanaf
`,
  from: `
van
tussen
vanaf
begin om
starttijd
start
begin
tijd
`,
  to: `
tot
t/m
eind
eindtijd
einde
naar
`,
  and: 'en',
  or: 'of',
  'half to': 'half',
  'quarter past': 'kwart over',
  'quarter to': 'kwart voor',
  'number 1': `
één
een
`,
  'number 2': 'twee',
  'number 3': 'drie',
  'number 4': 'vier',
  'number 5': 'vijf',
  'number 6': 'zes',
  'number 7': 'zeven',
  'number 8': 'acht',
  'number 9': 'negen',
  'number 10': 'tien',
  'number 11': 'elf',
  'number 12': 'twaalf',
  dated: `
de
op
op de
den
`,
  fill: `
de
het
op
in
van
datum
dag
wanneer
ook
`,
  in: `
over
binnen
`,
  length: `
duurt
gedurende
lang
voor
`,
  limit: `
tot
tot en met
voor
uiterlijk
sinds
niet voor
`,
  not: `
andere afspraak
een andere afspraak
al een afspraak
niet
geen
verhinderd
bezet
onmogelijk
te vroeg
te laat
behalve
was
nooit
helaas
moeilijk
lastig
laat het weten
laat ik het weten
mijn trein
mijn vlucht
deadline
`,
  instead: `
in plaats van
ipv
i.p.v.
niet
niet om
niet op
dan om
beter dan
`,
  turn: `
maar
liever
misschien
kunnen we
zouden we
zou
kan het
wat dacht je van
beter
dan wel
echter
wel
`,
  invite: `
waarom niet
geen probleem
zo niet
niet zeker
als niet
kunnen we niet
kan het niet
helaas alleen
geen punt
`,
  move: `
verplaatsen
verschuiven
verzetten
wijzigen
`,
};
