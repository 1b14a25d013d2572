// Italian words for days and times of day, by their meaning, one a line; lexicon.ts says what each meaning is.
import type { Phrases } from '../compile';

export const it: Phrases = {
  'weekday 0': `
domenica
dom
dom.
`,
  'weekday 1': `
lunedì
lunedi'
lun
lun.
`,
  'weekday 2': `
martedì
martedi'
mart
mar.
`,
  'weekday 3': `
mercoledì
mercoledi'
merc
mer.
`,
  'weekday 4': `
giovedì
giovedi'
giov
gio
gio.
`,
  'weekday 5': `
venerdì
venerdi'
ven
ven.
`,
  'weekday 6': `
sabato
sab
sab.
`,
  'month 1': `
gennaio
gen
genn
`,
  'month 2': `
febbraio
feb
febb
`,
  'month 3': 'marzo',
  'month 4': `
aprile
apr
`,
  'month 5': `
maggio
mag
`,
  'month 6': `
giugno
giu
`,
  'month 7': `
luglio
lug
`,
  'month 8': `
agosto
ago
`,
  'month 9': `
settembre
set
sett
`,
  'month 10': `
ottobre
ott
`,
  'month 11': `
novembre
nov
`,
  'month 12': `
dicembre
dic
`,
  'day 0': 'oggi',
  'day 1': 'domani',
  'day 2': `
dopodomani
dopo domani
`,
  'day -1': `
ieri
l'altro ieri
ieri sera
`,
  'day 0 evening': `
stasera
questa sera
`,
  'day 0 morning': `
stamattina
stamani
questa mattina
`,
  'day 0 afternoon': `
oggi pomeriggio
questo pomeriggio
`,
  'same day': `
lo stesso giorno
quel giorno
stesso giorno
`,
  next: `
prossimo
prossima
che viene
`,
  this: `
questo
questa
`,
  last: `
scorso
scorsa
passato
`,
  'next week': `
la prossima settimana
prossima settimana
la settimana prossima
settimana prossima
della prossima settimana
della settimana prossima
`,
  'this week': `
questa settimana
di questa settimana
`,
  unread: `
giorni dopo
giorno dopo
giorni prima
fine settimana
weekend
settimana
settimane
mese
mesi
ogni
tutti i giorni
tutti i
quotidiano
un altro giorno
altro giorno
giorno dopo
giorno prima
natale
vigilia
pasqua
pasquetta
capodanno
ferragosto
epifania
santo stefano
il primo
il giorno dopo
il giorno seguente
il giorno successivo
il giorno prima
giorno seguente
giorno successivo
indomani
l'indomani
oggi a otto
a otto
oggi a quindici
primo lunedì
primo martedì
primo mercoledì
primo giovedì
primo venerdì
primo sabato
secondo lunedì
secondo martedì
secondo mercoledì
secondo giovedì
secondo venerdì
secondo sabato
terzo lunedì
terzo martedì
terzo mercoledì
terzo giovedì
terzo venerdì
terzo sabato
quarto lunedì
quarto martedì
quarto mercoledì
quarto giovedì
quarto venerdì
quarto sabato
`,
  'no day': `
buona giornata
buona serata
buon pomeriggio
buona sera
buon fine settimana
buon weekend
buona settimana
la prossima volta
prossima volta
questa volta
per primo
prima di tutto
`,
  'part morning': `
mattina
di mattina
della mattina
del mattino
mattino
in mattinata
mattinata
`,
  'part afternoon': `
pomeriggio
del pomeriggio
di pomeriggio
nel pomeriggio
`,
  'part evening': `
sera
di sera
della sera
in serata
di notte
`,
  noon: `
mezzogiorno
a mezzogiorno
`,
  midnight: 'mezzanotte',
  hour: 'in punto',
  hours: `
ore
ora
`,
  minutes: `
minuti
minuto
min
`,
  days: 'giorni',
  at: `
alle
alle ore
all'
ore
verso le
intorno alle
circa alle
attorno alle
h
`,
  'weak at': `
le
per le
`,
  after: `
dopo le
a partire dalle
`,
  from: `
dalle
dalle ore
tra le
fra le
dall'
inizio alle
da
inizio
orario
`,
  to: `
alle
alle ore
fino alle
a
all'
fine
`,
  and: `
e
e le
`,
  or: `
o
oppure
`,
  'plus 30': `
e mezza
e mezzo
e trenta
`,
  'plus 15': `
e un quarto
e quindici
`,
  'plus 45': 'e tre quarti',
  'minus 15': 'meno un quarto',
  'number 1': 'una',
  'number 2': 'due',
  'number 3': 'tre',
  'number 4': 'quattro',
  'number 5': 'cinque',
  'number 6': 'sei',
  'number 7': 'sette',
  'number 8': 'otto',
  'number 9': 'nove',
  'number 10': 'dieci',
  'number 11': 'undici',
  'number 12': 'dodici',
  dated: `
il
l'
giorno
il giorno
del
dell'
`,
  fill: `
il
lo
la
l'
i
del
dell'
di
nel
in
giorno
data
quando
anche
per
`,
  in: `
tra
fra
entro
`,
  length: `
per
dura
durata
`,
  limit: `
entro
entro le
prima di
prima del
prima delle
fino a
fino al
al più tardi
da
`,
  not: `
né
un altro impegno
altro impegno
un'altra riunione
ho già
non
impossibile
occupato
occupata
impegnato
impegnata
troppo presto
troppo tardi
tranne
eccetto
era
mai
difficile
purtroppo
faccio sapere
farò sapere
il mio treno
il mio volo
scadenza
`,
  instead: `
invece di
invece che
anziché
al posto di
non
meglio di
meglio che
meglio delle
che alle
`,
  turn: `
ma
meglio
magari
forse
possiamo
potremmo
che ne dici
che ne dite
però
piuttosto
quindi
preferirei
sarebbe
`,
  invite: `
perché no
nessun problema
se no
non so se
non c'è problema
purtroppo solo
`,
  move: `
spostare
spostiamo
rimandare
anticipare
cambiare
posticipare
spostarlo
spostarla
rimandarlo
anticiparlo
`,
  'quarter to': `
un quarto alle
un quarto all'
manca un quarto alle
mancare un quarto alle
`,
};
