// Portuguese words for days and times of day, by their meaning, one a line; lexicon.ts says what each meaning is.
import type { Phrases } from '../compile';

export const pt: Phrases = {
  'weekday 0': `
domingo
dom.
`,
  'weekday 1': `
segunda-feira
segunda feira
segunda
seg.
2ª feira
2ª-feira
`,
  'weekday 2': `
terça-feira
terça feira
terça
ter.
3ª feira
3ª-feira
`,
  'weekday 3': `
quarta-feira
quarta feira
quarta
qua.
4ª feira
4ª-feira
`,
  'weekday 4': `
quinta-feira
quinta feira
quinta
qui.
5ª feira
5ª-feira
`,
  'weekday 5': `
sexta-feira
sexta feira
sexta
sex.
6ª feira
6ª-feira
`,
  'weekday 6': `
sábado
sáb.
sab.
`,
  'month 1': `
janeiro
jan
`,
  'month 2': `
fevereiro
fev
`,
  'month 3': 'março',
  'month 4': `
abril
abr
`,
  'month 5': 'maio',
  'month 6': `
junho
jun
`,
  'month 7': `
julho
jul
`,
  'month 8': `
agosto
ago
`,
  'month 9': `
setembro
set
`,
  'month 10': `
outubro
out
`,
  'month 11': `
novembro
nov
`,
  'month 12': `
dezembro
dez
`,
  'day 0': 'hoje',
  'day 1': 'amanhã',
  'day 2': 'depois de amanhã',
  'day -1': `
ontem
anteontem
`,
  'day 0 evening': `
hoje à noite
esta noite
hoje a noite
`,
  'day 0 morning': `
esta manhã
hoje de manhã
`,
  'day 0 afternoon': `
esta tarde
hoje à tarde
hoje a tarde
`,
  'same day': `
o mesmo dia
nesse dia
mesmo dia
nesse mesmo dia
`,
  next: `
próximo
próxima
que vem
seguinte
`,
  this: `
este
esta
neste
nesta
`,
  last: `
passado
passada
último
`,
  'next week': `
a próxima semana
próxima semana
na próxima semana
da próxima semana
semana que vem
na semana que vem
da semana que vem
para a semana
`,
  'this week': `
esta semana
desta semana
nesta semana
`,
  unread: `
dias depois
dia depois
dias antes
fim de semana
fds
semana
semanas
mês
meses
quinzena
cada
todos os dias
todos os
todas as
diário
outro dia
algum dia
dia seguinte
no dia seguinte
dia antes
natal
véspera
páscoa
carnaval
ano novo
réveillon
dia primeiro
o dia seguinte
dia anterior
o dia anterior
no dia anterior
primeira segunda
primeira terça
primeira quarta
primeira quinta
primeira sexta
segunda segunda
segunda terça
segunda quarta
segunda quinta
segunda sexta
terceira segunda
terceira terça
terceira quarta
terceira quinta
terceira sexta
última segunda
última terça
última quarta
última quinta
última sexta
`,
  'no day': `
bom dia
boa tarde
boa noite
bom fim de semana
boa semana
próxima vez
da próxima vez
desta vez
última vez
em primeiro lugar
segunda reunião
terceira reunião
quarta reunião
quinta reunião
sexta reunião
segunda opção
terceira opção
quarta opção
quinta opção
sexta opção
segunda vez
terceira vez
quarta vez
quinta vez
sexta vez
segunda parte
terceira parte
quarta parte
quinta parte
sexta parte
segunda sessão
terceira sessão
quarta sessão
quinta sessão
sexta sessão
segunda aula
terceira aula
quarta aula
quinta aula
sexta aula
segunda metade
terceira metade
quarta metade
quinta metade
sexta metade
segunda proposta
terceira proposta
quarta proposta
quinta proposta
sexta proposta
segunda pergunta
terceira pergunta
quarta pergunta
quinta pergunta
sexta pergunta
segunda tentativa
terceira tentativa
quarta tentativa
quinta tentativa
sexta tentativa
segunda semana
terceira semana
quarta semana
quinta semana
sexta semana
segunda alternativa
terceira alternativa
quarta alternativa
quinta alternativa
sexta alternativa
terça parte
`,
  'part morning': `
manhã
da manhã
de manhã
pela manhã
`,
  'part afternoon': `
tarde
da tarde
à tarde
de tarde
`,
  'part evening': `
noite
da noite
à noite
de noite
`,
  am: `
am
a.m.
`,
  pm: `
pm
p.m.
`,
  noon: `
meio-dia
ao meio-dia
meio dia
ao meio dia
`,
  midnight: `
meia-noite
meia noite
`,
  hour: `
h
hs
hrs
em ponto
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
  days: 'dias',
  at: `
às
pelas
por volta das
por volta de
cerca das
lá pelas
para as
`,
  'weak at': `
à
a
`,
  after: `
depois das
a partir das
após as
`,
  from: `
das
entre as
desde as
da
de
entre
início às
início
horário
hora
`,
  to: `
às
até às
até as
até
a
à
fim
`,
  and: `
e
e as
`,
  or: 'ou',
  'plus 30': 'e meia',
  'plus 15': `
e um quarto
e quinze
`,
  'minus 15': 'menos um quarto',
  'number 1': 'uma',
  'number 2': 'duas',
  'number 3': 'três',
  'number 4': 'quatro',
  'number 5': 'cinco',
  'number 6': 'seis',
  'number 7': 'sete',
  'number 8': 'oito',
  'number 9': 'nove',
  'number 10': 'dez',
  'number 11': 'onze',
  'number 12': 'doze',
  dated: `
dia
no dia
o dia
do dia
`,
  fill: `
o
a
no
na
do
da
de
em
dia
data
quando
também
para
`,
  in: `
em
daqui a
dentro de
`,
  length: `
durante
dura
duração
por
`,
  limit: `
até
até ao
antes de
antes das
o mais tardar
desde
`,
  not: `
nem
outra reunião
outro compromisso
já tenho
não
impossível
ocupado
ocupada
cedo demais
tarde demais
muito cedo
muito tarde
exceto
salvo
era
nunca
difícil
complicado
indisponível
te aviso
meu trem
meu comboio
meu voo
prazo
`,
  instead: `
em vez de
em vez das
ao invés de
no lugar de
não
melhor que
melhor do que
do que
`,
  turn: `
mas
melhor
talvez
podemos
poderíamos
que tal
pode ser
porém
então
prefiro
seria
`,
  invite: `
por que não
porque não
sem problema
se não
não há problema
não sei se
`,
  move: `
mover
mudar
passar
adiar
antecipar
remarcar
transferir
mudá-lo
mudá-la
movê-lo
mudamos
passamos
`,
};
