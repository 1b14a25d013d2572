// Polish words for days and times of day, by their meaning, one a line; lexicon.ts says what each meaning is.
import type { Phrases } from '../compile';

export const pl: Phrases = {
  'weekday 0': `
niedziela
niedzielę
niedzieli
niedz.
nd.
`,
  'weekday 1': `
poniedziałek
poniedziałku
pon.
pn.
`,
  'weekday 2': `
wtorek
wtorku
wt.
`,
  'weekday 3': `
środa
środę
środy
śr.
`,
  'weekday 4': `
czwartek
czwartku
czw.
czw
`,
  'weekday 5': `
piątek
piątku
pt.
`,
  'weekday 6': `
sobota
sobotę
soboty
sob.
`,
  'month 1': `
stycznia
styczeń
sty
`,
  'month 2': `
lutego
luty
lut
`,
  'month 3': `
marca
marzec
mar
`,
  'month 4': `
kwietnia
kwiecień
kwi
`,
  'month 5': `
maja
maj
`,
  'month 6': `
czerwca
czerwiec
cze
`,
  'month 7': `
lipca
lipiec
lip
`,
  'month 8': `
sierpnia
sierpień
sie
`,
  'month 9': `
września
wrzesień
wrz
`,
  'month 10': `
października
październik
paź
`,
  'month 11': `
listopada
listopad
lis
`,
  'month 12': `
grudnia
grudzień
gru
`,
  'day 0': `
dziś
dzisiaj
`,
  'day 1': `
jutro
jutra
`,
  'day 2': 'pojutrze',
  'day -1': `
wczoraj
przedwczoraj
`,
  'day 0 evening': `
dziś wieczorem
dzisiaj wieczorem
`,
  'same day': `
tego samego dnia
tego dnia
w tym dniu
`,
  coming: `
najbliższy
najbliższą
najbliższa
najbliższym
nadchodzący
nadchodzącą
`,
  next: `
przyszły
przyszłą
przyszła
następny
następną
następna
`,
  this: `
ten
tę
ta
tego
tym
`,
  last: `
zeszły
zeszłą
ubiegły
ubiegłą
ostatni
poprzedni
`,
  'next week': `
przyszłym tygodniu
w przyszłym tygodniu
następnym tygodniu
w następnym tygodniu
przyszłego tygodnia
następnego tygodnia
`,
  'this week': `
tym tygodniu
w tym tygodniu
tego tygodnia
`,
  unread: `
dni później
dzień później
dni wcześniej
za tydzień
weekend
weekendzie
tydzień
tygodniu
tygodnia
tygodnie
miesiąc
miesiącu
miesiąca
miesiące
codziennie
każdy
każdą
każdego
inny dzień
innego dnia
inny termin
następnego dnia
dzień wcześniej
dzień później
święta
świętach
wigilia
wielkanoc
sylwester
nowy rok
majówka
poniedziałki
wtorki
czwartki
piątki
początku
końcu
pierwszego
drugiego
trzeciego
czwartego
piątego
szóstego
siódmego
ósmego
dziewiątego
dziesiątego
następny dzień
następnym dniu
pierwszy poniedziałek
pierwszy wtorek
pierwszy czwartek
pierwszy piątek
drugi poniedziałek
drugi wtorek
drugi czwartek
drugi piątek
trzeci poniedziałek
trzeci wtorek
trzeci czwartek
trzeci piątek
`,
  'no day': `
dzień dobry
dobry dzień
miłego dnia
miłego weekendu
dobry wieczór
następnym razem
tym razem
ostatnim razem
`,
  'part morning': `
rano
z rana
przed południem
nad ranem
`,
  'part afternoon': `
po południu
popołudniu
popołudnie
`,
  'part evening': `
wieczorem
wieczór
w nocy
`,
  noon: `
południe
w południe
`,
  midnight: `
północ
o północy
północy
`,
  hour: 'g',
  'span hours': `
godzin
godziny
godzinę
`,
  minutes: `
minut
minuty
min
`,
  days: 'dni',
  at: `
o
o godz.
o godz
godz.
godz
godzina
o godzinie
około
ok.
koło
na godz.
na godzinę
w okolicach
`,
  'weak at': 'na',
  after: `
po
od
`,
  from: `
od
między
pomiędzy
od godz.
od godziny
początek
`,
  to: `
do
a
do godz.
do godziny
koniec
`,
  and: `
i
oraz
`,
  or: `
lub
albo
czy
`,
  'half to': `
wpół do
pół do
`,
  'quarter past': 'kwadrans po',
  'quarter to': `
za kwadrans
kwadrans przed
`,
  'plus 30': 'trzydzieści',
  'number 1': `
pierwszej
pierwsza
pierwszą
`,
  'number 2': `
drugiej
druga
drugą
dwa
dwie
`,
  'number 3': `
trzeciej
trzecia
trzecią
trzy
`,
  'number 4': `
czwartej
czwarta
czwartą
cztery
`,
  'number 5': `
piątej
piąta
piątą
pięć
`,
  'number 6': `
szóstej
szósta
szóstą
sześć
`,
  'number 7': `
siódmej
siódma
siódmą
siedem
`,
  'number 8': `
ósmej
ósma
ósmą
osiem
`,
  'number 9': `
dziewiątej
dziewiąta
dziewiątą
dziewięć
`,
  'number 10': `
dziesiątej
dziesiąta
dziesiątą
dziesięć
`,
  'number 11': `
jedenastej
jedenasta
jedenastą
jedenaście
`,
  'number 12': `
dwunastej
dwunasta
dwunastą
dwanaście
`,
  'number 13': `
trzynastej
trzynasta
trzynastą
`,
  'number 14': `
czternastej
czternasta
czternastą
`,
  'number 15': `
piętnastej
piętnasta
piętnastą
`,
  'number 16': `
szesnastej
szesnasta
szesnastą
`,
  'number 17': `
siedemnastej
siedemnasta
siedemnastą
`,
  'number 18': `
osiemnastej
osiemnasta
osiemnastą
`,
  'number 19': `
dziewiętnastej
dziewiętnasta
dziewiętnastą
`,
  'number 20': `
dwudziestej
dwudziesta
dwudziestą
`,
  dated: `
dnia
dniu
w dniu
`,
  fill: `
w
we
dnia
dzień
data
kiedy
też
również
na
`,
  in: 'za',
  length: `
przez
trwa
potrwa
`,
  limit: `
do
przed
najpóźniej
od
`,
  not: `
ani
inne spotkanie
mam już
nie
zajęty
zajęta
niemożliwe
za wcześnie
za późno
oprócz
poza
była
był
nigdy
niestety
trudno
dam znać
mój pociąg
mój lot
`,
  instead: `
zamiast
nie
nie o
nie w
niż
`,
  turn: `
ale
lepiej
może
możemy
moglibyśmy
lecz
tylko
wolę
wolałbym
wolałabym
natomiast
pasuje
`,
  invite: `
czemu nie
dlaczego nie
nie ma problemu
jeśli nie
nie wiem czy
nie szkodzi
czy nie może
`,
  move: `
przenieść
przesunąć
przełożyć
zmienić
`,
};
