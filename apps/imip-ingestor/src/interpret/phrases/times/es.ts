// Spanish words for days and times of day, by their meaning, one a line; lexicon.ts says what each meaning is.
import type { Phrases } from '../compile';

export const es: Phrases = {
  'weekday 0': `
domingo
dom
dom.
`,
  'weekday 1': `
lunes
lun
lun.
`,
  'weekday 2': `
martes
mar.
`,
  'weekday 3': `
miércoles
mié
mie
mié.
`,
  'weekday 4': `
jueves
jue
jue.
`,
  'weekday 5': `
viernes
vie
vie.
`,
  'weekday 6': `
sábado
sáb
sab
sáb.
`,
  'month 1': `
enero
ene
`,
  'month 2': `
febrero
feb
`,
  'month 3': 'marzo',
  'month 4': `
abril
abr
`,
  'month 5': 'mayo',
  'month 6': `
junio
jun
`,
  'month 7': `
julio
jul
`,
  'month 8': `
agosto
ago
`,
  'month 9': `
septiembre
setiembre
sept
sep
`,
  'month 10': `
octubre
oct
`,
  'month 11': `
noviembre
nov
`,
  'month 12': `
diciembre
dic
`,
  'day 0': 'hoy',
  'day 1': 'mañana',
  'day 2': 'pasado mañana',
  'day -1': `
ayer
anteayer
anoche
`,
  'day 0 evening': 'esta noche',
  'day 0 morning': 'esta mañana',
  'day 0 afternoon': 'esta tarde',
  'same day': `
el mismo día
ese día
ese mismo día
mismo día
`,
  next: `
próximo
próxima
que viene
entrante
siguiente
`,
  this: `
este
esta
`,
  last: `
pasado
pasada
último
`,
  'next week': `
la próxima semana
próxima semana
la semana que viene
semana que viene
la semana próxima
semana próxima
de la próxima semana
de la semana que viene
semana siguiente
`,
  'this week': `
esta semana
de esta semana
`,
  unread: `
días después
día después
días más tarde
día más tarde
días antes
fin de semana
finde
semana
semanas
mes
meses
quincena
cada
todos los días
todos los
diario
otro día
algún día
día siguiente
al día siguiente
día antes
navidad
nochebuena
nochevieja
año nuevo
reyes
semana santa
pascua
puente
el primero
principios de
finales de
el día siguiente
el día después
el día antes
el día anterior
día anterior
de hoy en ocho
hoy en ocho
en ocho
de mañana en ocho
quincenas
primer lunes
primer martes
primer miércoles
primer jueves
primer viernes
primer sábado
primer domingo
segundo lunes
segundo martes
segundo miércoles
segundo jueves
segundo viernes
segundo sábado
segundo domingo
tercer lunes
tercer martes
tercer miércoles
tercer jueves
tercer viernes
tercer sábado
tercer domingo
cuarto lunes
cuarto martes
cuarto miércoles
cuarto jueves
cuarto viernes
cuarto sábado
cuarto domingo
último lunes
último martes
último miércoles
último jueves
último viernes
último sábado
último domingo
`,
  'no day': `
buenos días
buenas tardes
buenas noches
buen día
buen fin de semana
buena semana
buena tarde
la próxima vez
próxima vez
esta vez
última vez
`,
  'part morning': `
por la mañana
de la mañana
en la mañana
la mañana
mañanas
`,
  'part afternoon': `
por la tarde
de la tarde
en la tarde
tarde
del mediodía
`,
  'part evening': `
por la noche
de la noche
en la noche
noche
`,
  am: `
am
a.m.
a. m.
`,
  pm: `
pm
p.m.
p. m.
`,
  noon: `
mediodía
a mediodía
al mediodía
`,
  midnight: 'medianoche',
  hour: `
h
hs
hrs
en punto
`,
  hours: `
horas
hora
`,
  minutes: `
minutos
minuto
min
`,
  days: 'días',
  at: `
a las
sobre las
hacia las
alrededor de las
a eso de las
para las
`,
  'weak at': `
a la
las
tipo
la
`,
  after: `
después de las
a partir de las
tras las
`,
  from: `
de las
desde las
entre las
de
desde
entre
inicio
comienzo
hora
`,
  to: `
a las
a la
hasta las
hasta
a
fin
`,
  and: `
y
y las
y la
`,
  or: `
o
u
`,
  'plus 30': 'y media',
  'plus 15': 'y cuarto',
  'minus 15': 'menos cuarto',
  'number 1': 'una',
  'number 2': 'dos',
  'number 3': 'tres',
  'number 4': 'cuatro',
  'number 5': 'cinco',
  'number 6': 'seis',
  'number 7': 'siete',
  'number 8': 'ocho',
  'number 9': 'nueve',
  'number 10': 'diez',
  'number 11': 'once',
  'number 12': 'doce',
  dated: `
el
el día
día
al
del
`,
  fill: `
el
la
los
del
de
al
en
día
fecha
cuándo
también
para
`,
  in: `
en
dentro de
`,
  length: `
durante
dura
duración
por
`,
  limit: `
hasta
hasta el
antes de
antes del
a más tardar
desde
`,
  not: `
ni
otra reunión
otro compromiso
ya tengo
no
tampoco
imposible
ocupado
ocupada
demasiado temprano
demasiado tarde
excepto
salvo
era
nunca
complicado
difícil
fatal
te aviso
le aviso
les aviso
mi tren
mi vuelo
fecha límite
`,
  instead: `
en lugar de
en vez de
no
mejor que
`,
  turn: `
pero
mejor
sino
quizás
quizá
tal vez
podríamos
podemos
qué tal
entonces
aunque
prefiero
sería
`,
  invite: `
por qué no
si no
no hay problema
no sé si
cómo no
no importa
no te importa
no le importa
`,
  move: `
mover
cambiar
pasar
aplazar
adelantar
trasladar
retrasar
moverlo
moverla
cambiarlo
cambiarla
pasarlo
pasarla
aplazarlo
aplazarla
`,
};
