// French words for days and times of day, by their meaning, one a line; lexicon.ts says what each meaning is.
import type { Phrases } from '../compile';

export const fr: Phrases = {
  'weekday 0': `
dimanche
dim.
`,
  'weekday 1': `
lundi
lun.
`,
  'weekday 2': `
mardi
mar.
`,
  'weekday 3': `
mercredi
mer.
`,
  'weekday 4': `
jeudi
jeu.
`,
  'weekday 5': `
vendredi
ven.
`,
  'weekday 6': `
samedi
sam.
`,
  'month 1': `
janvier
janv
janv.
`,
  'month 2': `
février
févr
fév
`,
  'month 3': 'mars',
  'month 4': `
avril
avr
`,
  'month 5': 'mai',
  'month 6': 'juin',
  'month 7': `
juillet
juil
`,
  'month 8': 'août',
  'month 9': `
septembre
sept
`,
  'month 10': `
octobre
oct
`,
  'month 11': `
novembre
nov
`,
  'month 12': `
décembre
déc
`,
  'day 0': `
aujourd'hui
aujourdhui
ce jour
`,
  'day 1': 'demain',
  'day 2': `
après-demain
après demain
apres-demain
`,
  'day -1': `
hier
avant-hier
`,
  'day 0 evening': 'ce soir',
  'day 0 morning': 'ce matin',
  'day 0 afternoon': `
cet après-midi
cet aprem
cette après-midi
`,
  'same day': `
le même jour
ce jour-là
même jour
`,
  next: `
prochain
prochaine
`,
  this: `
ce
cet
cette
`,
  last: `
dernier
dernière
passé
passée
`,
  'next week': `
semaine prochaine
la semaine prochaine
de la semaine prochaine
`,
  'this week': 'cette semaine',
  unread: `
jours plus tard
jour plus tard
jours plus tôt
en huit
week-end
weekend
semaine
semaines
mois
quinzaine
en quinze
chaque
tous les jours
tous les
quotidien
un autre jour
autre jour
lendemain
surlendemain
la veille
veille
jours
noël
pâques
pentecôte
toussaint
nouvel an
jour de l'an
saint-sylvestre
lundis
mardis
mercredis
jeudis
vendredis
samedis
dimanches
le premier
dans huit
jours après
jour suivant
le jour suivant
le jour d'après
jour d'après
premier lundi
premier mardi
premier mercredi
premier jeudi
premier vendredi
premier samedi
premier dimanche
deuxième lundi
deuxième mardi
deuxième mercredi
deuxième jeudi
deuxième vendredi
deuxième samedi
deuxième dimanche
second lundi
second mardi
second mercredi
second jeudi
second vendredi
second samedi
second dimanche
troisième lundi
troisième mardi
troisième mercredi
troisième jeudi
troisième vendredi
troisième samedi
troisième dimanche
quatrième lundi
quatrième mardi
quatrième mercredi
quatrième jeudi
quatrième vendredi
quatrième samedi
quatrième dimanche
suivant
suivante
d'après
`,
  'no day': `
bonne journée
bonne soirée
bon week-end
bon weekend
bonne semaine
prochaine fois
la prochaine fois
dernière fois
cette fois
fin de journée
`,
  'part morning': `
matin
du matin
le matin
au matin
matinée
dans la matinée
`,
  'part afternoon': `
après-midi
apres-midi
de l'après-midi
dans l'après-midi
aprem
l'après-midi
`,
  'part evening': `
soir
du soir
le soir
soirée
dans la soirée
`,
  noon: `
midi
à midi
`,
  midnight: 'minuit',
  hour: 'h',
  hours: `
heures
heure
hrs
`,
  minutes: `
minutes
minute
min
mn
`,
  days: 'jours',
  at: `
vers
aux environs de
autour de
aux alentours de
`,
  'weak at': `
à
a
environ
pour
disons
`,
  after: `
après
à partir de
dès
`,
  from: `
de
entre
depuis
début à
heure de début
heure
`,
  to: `
à
a
jusqu'à
jusqu'a
heure de fin
`,
  and: 'et',
  or: 'ou',
  'plus 30': `
et demie
et demi
demie
`,
  'plus 15': 'et quart',
  'minus 15': `
moins le quart
moins quart
`,
  'number 1': 'une',
  'number 2': 'deux',
  'number 3': 'trois',
  'number 4': 'quatre',
  'number 5': 'cinq',
  'number 6': 'six',
  'number 7': 'sept',
  'number 8': 'huit',
  'number 9': 'neuf',
  'number 10': 'dix',
  'number 11': 'onze',
  'number 12': 'douze',
  dated: `
le
au
du
ce
`,
  fill: `
le
la
les
l'
du
de
des
ce
en
au
jour
date
quand
aussi
`,
  in: `
dans
d'ici
`,
  length: `
pendant
durant
dure
durée
`,
  limit: `
jusqu'à
jusqu'a
jusqu'au
avant
au plus tard
depuis
d'ici
`,
  not: `
ni
autre réunion
autre rendez-vous
déjà un rendez-vous
déjà une réunion
déjà pris
ne
n'
pas
impossible
occupé
occupée
pris
prise
empêché
empêchée
trop tôt
trop tard
sauf
indisponible
était
jamais
absent
absente
plus
mon train
mon vol
mon avion
date limite
je vous dirai
je vous redis
tiens au courant
`,
  instead: `
au lieu de
au lieu du
plutôt que
à la place de
pas
et non
mieux que
que à
`,
  turn: `
mais
plutôt
peut-être
pourrions-nous
pouvons-nous
peut-on
pourrait-on
que diriez-vous
sinon
alors
par contre
en revanche
serait
`,
  invite: `
pourquoi pas
pas de problème
pas de souci
si ce n'est pas
ne pourrait-on pas
ne peut-on pas
pas sûr
pas sûre
plus tard
plus tôt
ne plus tard
`,
  move: `
déplacer
décaler
repousser
reporter
avancer
changer
passer
`,
};
