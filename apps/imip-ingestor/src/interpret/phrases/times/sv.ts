// Swedish words for days and times of day, by their meaning, one a line; lexicon.ts says what each meaning is.
import type { Phrases } from '../compile';

export const sv: Phrases = {
  'weekday 0': `
söndag
söndagen
sön.
sön
`,
  'weekday 1': `
måndag
måndagen
mån.
mån
`,
  'weekday 2': `
tisdag
tisdagen
tis.
tis
`,
  'weekday 3': `
onsdag
onsdagen
ons.
ons
`,
  'weekday 4': `
torsdag
torsdagen
tors.
tors
tor.
`,
  'weekday 5': `
fredag
fredagen
fre.
fre
`,
  'weekday 6': `
lördag
lördagen
lör.
lör
`,
  'weekday 0 morning': `
söndag morgon
söndag förmiddag
`,
  'weekday 1 morning': `
måndag morgon
måndag förmiddag
`,
  'weekday 2 morning': `
tisdag morgon
tisdag förmiddag
`,
  'weekday 3 morning': `
onsdag morgon
onsdag förmiddag
`,
  'weekday 4 morning': `
torsdag morgon
torsdag förmiddag
`,
  'weekday 5 morning': `
fredag morgon
fredag förmiddag
`,
  'weekday 6 morning': `
lördag morgon
lördag förmiddag
`,
  'month 1': `
januari
jan
`,
  'month 2': `
februari
feb
`,
  'month 3': 'mars',
  'month 4': `
april
apr
`,
  'month 5': 'maj',
  'month 6': `
juni
jun
`,
  'month 7': `
juli
jul
`,
  'month 8': `
augusti
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
  'day 0': `
idag
i dag
`,
  'day 1': `
imorgon
i morgon
imorron
i morron
`,
  'day 2': `
i övermorgon
övermorgon
`,
  'day -1': `
igår
i går
i förrgår
`,
  'day 0 evening': `
ikväll
i kväll
`,
  'day 0 morning': `
i morse
imorse
`,
  'day 0 afternoon': `
i eftermiddag
ieftermiddag
`,
  'day 1 evening': `
i morgon kväll
imorgon kväll
`,
  'same day': `
samma dag
den dagen
`,
  next: 'nästa',
  coming: 'kommande',
  this: `
denna
den här
`,
  last: `
förra
senaste
`,
  'next week': `
nästa vecka
i nästa vecka
`,
  'this week': `
denna vecka
den här veckan
i veckan
`,
  unread: `
v.
din tid
er tid
dagar senare
dag senare
dagar tidigare
om en vecka
helg
helgen
vecka
veckan
veckor
månad
månaden
varje
dagligen
en annan dag
annan dag
någon annan dag
dagen efter
dagen innan
julafton
påsk
pingst
midsommar
nyår
nyårsafton
måndagar
tisdagar
onsdagar
torsdagar
fredagar
lördagar
söndagar
den första
den andra
den tredje
den fjärde
den femte
den sjätte
den sjunde
den åttonde
den nionde
den tionde
nästa dag
dagen därpå
dagen därefter
första måndagen
första tisdagen
första onsdagen
första torsdagen
första fredagen
första lördagen
första söndagen
andra måndagen
andra tisdagen
andra onsdagen
andra torsdagen
andra fredagen
andra lördagen
andra söndagen
tredje måndagen
tredje tisdagen
tredje onsdagen
tredje torsdagen
tredje fredagen
tredje lördagen
tredje söndagen
`,
  'no day': `
god morgon
god eftermiddag
god kväll
trevlig helg
trevlig dag
trevlig kväll
ha en bra dag
nästa gång
den första gången
förra gången
denna gång
den här gången
i första hand
`,
  'part morning': `
på morgonen
morgonen
på förmiddagen
förmiddag
förmiddagen
fm
f.m.
`,
  'part afternoon': `
på eftermiddagen
eftermiddag
eftermiddagen
em
e.m.
`,
  'part evening': `
på kvällen
kväll
kvällen
på natten
`,
  noon: `
lunchtid
klockan tolv på dagen
mitt på dagen
`,
  midnight: 'midnatt',
  'span hours': `
timmar
timme
tim
`,
  minutes: `
minuter
minut
min
`,
  days: 'dagar',
  at: `
kl
kl.
klockan
vid
runt
omkring
cirka
ca
ungefär
kring
vid kl
`,
  after: `
efter
från och med
`,
  from: `
från
mellan
start
börjar
starttid
tid
`,
  to: `
till
slut
slutar
sluttid
`,
  and: 'och',
  or: 'eller',
  'half to': 'halv',
  'quarter past': 'kvart över',
  'quarter to': 'kvart i',
  'number 1': 'ett',
  'number 2': 'två',
  'number 3': 'tre',
  'number 4': 'fyra',
  'number 5': 'fem',
  'number 6': 'sex',
  'number 7': 'sju',
  'number 8': 'åtta',
  'number 9': 'nio',
  'number 10': 'tio',
  'number 11': 'elva',
  'number 12': 'tolv',
  dated: 'den',
  fill: `
den
det
på
i
av
datum
dag
när
också
`,
  in: 'om',
  length: `
i
varar
tar
under
`,
  limit: `
till
innan
före
senast
sedan
`,
  not: `
varken
annat möte
ett annat möte
redan ett möte
inte
ej
ingen
inget
upptagen
omöjligt
för tidigt
för sent
utom
var
aldrig
tyvärr
svårt
förhindrad
återkommer
hör av mig
mitt tåg
mitt flyg
deadline
`,
  instead: `
istället för
i stället för
inte
inte på
inte kl
än
`,
  turn: `
men
hellre
kanske
kan vi
skulle vi
vad sägs om
går det
bättre
utan
däremot
passar
skulle
`,
  invite: `
varför inte
inga problem
om inte
inte säker
kan vi inte
går det inte
tyvärr bara
ingen fara
`,
  move: `
flytta
ändra
byta
skjuta
`,
};
