// English words for days and times of day, by their meaning, one a line; lexicon.ts says what each meaning is.
import type { Phrases } from '../compile';

export const en: Phrases = {
  'weekday 0': `
sunday
sun
sunady
`,
  'weekday 1': `
monday
mon
munday
moday
`,
  'weekday 2': `
tuesday
tues
tue
teusday
tuseday
tuesady
tusday
teuesday
`,
  'weekday 3': `
wednesday
weds
wed
wensday
wednsday
wendesday
wedensday
wednesay
`,
  'weekday 4': `
thursday
thurs
thur
thu
thrusday
thurday
thursady
thusday
`,
  'weekday 5': `
friday
fri
firday
fridya
`,
  'weekday 6': `
saturday
sat
saterday
saturady
satuday
`,
  'month 1': `
january
jan
`,
  'month 2': `
february
feb
febuary
`,
  'month 3': `
march
mar
`,
  'month 4': `
april
apr
`,
  'month 5': 'may',
  'month 6': `
june
jun
`,
  'month 7': `
july
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
setpember
`,
  'month 10': `
october
oct
`,
  'month 11': `
november
nov
`,
  'month 12': `
december
dec
decemeber
decmber
`,
  'day 0': `
today
todays
`,
  'day 1': `
tomorrow
tomorow
tommorow
tommorrow
tomorrrow
tomrrow
tmrw
tmr
tmw
tomoz
`,
  'day 2': `
day after tomorrow
overmorrow
`,
  'day -1': `
yesterday
last night
`,
  'day 0 evening': `
tonight
tonite
this evening
later tonight
`,
  'day 0 morning': 'this morning',
  'day 0 afternoon': 'this afternoon',
  'same day': `
same day
that day
the day of the meeting
day of the meeting
`,
  next: `
next
following
`,
  coming: `
coming
upcoming
`,
  this: 'this',
  last: `
last
previous
past
`,
  'next week': `
next week
the following week
`,
  'this week': `
this week
later this week
`,
  unread: `
wk
cw
after next
next but one
the following day
following day
your time
your local time
your time zone
your timezone
any monday
any tuesday
any wednesday
any thursday
any friday
any saturday
any sunday
days later
a day later
day later
days earlier
a day earlier
day earlier
weeks later
a week later
week later
week today
week tomorrow
weekend
weekends
week
weeks
week after next
week after
the week of
month
months
fortnight
fortnights
any day
every day
everyday
daily
weekly
every
each
either day
another day
other day
some day
one day
day before
day after
morning after
days before
days after
christmas
christmas eve
easter
thanksgiving
new year
new years
boxing day
labor day
labour day
memorial day
bank holiday
halloween
valentines
half term
mondays
tuesdays
wednesdays
thursdays
fridays
saturdays
sundays
mornings
afternoons
evenings
weekdays
weekday
midweek
beginning of
end of the
the first
the second
the third
the fourth
the fifth
the sixth
the seventh
the eighth
the ninth
the tenth
the eleventh
the twelfth
the thirteenth
the fourteenth
the fifteenth
the sixteenth
the seventeenth
the eighteenth
the nineteenth
the twentieth
the twenty-first
the twenty-second
the twenty-third
the twenty-fourth
the twenty-fifth
the twenty-sixth
the twenty-seventh
the twenty-eighth
the twenty-ninth
the thirtieth
the thirty-first
days from now
weeks from
the next day
a week on
a week from
day of
the week before
days from
`,
  'no day': `
this time
next time
last time
last minute
past experience
the first time
the second time
the first one
the second one
the first option
good morning
good afternoon
good evening
nice weekend
good weekend
great weekend
lovely weekend
nice week
good week
great week
nice day
good day
great day
lovely day
may be
may have
march on
the other day
these days
back in the day
`,
  'part morning': `
morning
in the morning
in the am
am morning
`,
  'part afternoon': `
afternoon
in the afternoon
arvo
`,
  'part evening': `
evening
in the evening
at night
night
`,
  am: `
am
a.m.
a.m
a m
`,
  pm: `
pm
p.m.
p.m
p m
`,
  noon: `
noon
midday
12 noon
lunchtime
`,
  midnight: `
midnight
12 midnight
`,
  hour: `
o'clock
oclock
o clock
hrs
sharp
ish
-ish
`,
  'span hours': `
hours
hour
hr
`,
  minutes: `
minutes
minute
mins
min
`,
  days: 'days',
  at: `
at
around
about
approx
approximately
circa
roughly
`,
  'weak at': `
say
by about
for
maybe
do
`,
  after: `
after
from about
`,
  from: `
from
between
start
starts
starting
start time
begin
begins
beginning at
time
`,
  to: `
to
until
till
til
through
thru
end
ends
ending
end time
`,
  and: 'and',
  or: `
or
respectively
`,
  'half past': `
half past
half-past
`,
  'quarter past': `
quarter past
a quarter past
quarter after
a quarter after
`,
  'quarter to': `
quarter to
a quarter to
quarter till
quarter of
`,
  'half unsure': `
half
half of
`,
  'number 1': 'one',
  'number 2': 'two',
  'number 3': 'three',
  'number 4': 'four',
  'number 5': 'five',
  'number 6': 'six',
  'number 7': 'seven',
  'number 8': 'eight',
  'number 9': 'nine',
  'number 10': 'ten',
  'number 11': 'eleven',
  'number 12': 'twelve',
  dated: `
the
on the
on
`,
  fill: `
the
of
on
in
a
an
this coming
date
day
when
also
maybe
`,
  in: `
in
within
`,
  length: `
for
lasts
takes
takes about
last
lasting
duration
`,
  limit: `
until
till
before
by
no later than
latest
up to
since
prior to
not before
deadline
deadline is
due
due on
is due
`,
  not: `
neither
nor
none of
another meeting
other meeting
another call
another appointment
another commitment
prior commitment
already have
have a meeting
have a call
appointment
engagement
not
cannot
can't
cant
can not
won't
wont
don't
dont
doesn't
doesnt
isn't
wasn't
couldn't
wouldn't
no
no longer
unable
unavailable
busy
booked
occupied
clash
clashes
conflict
conflicts
too early
too late
impossible
except
unless
was
were
previously
originally
never
bad
difficult
tricky
hard
away
out of office
let you know
get back to you
my train
my flight
my plane
`,
  instead: `
instead of
rather than
not
than
`,
  turn: `
but
however
though
how about
what about
could we
can we
shall we
would
could you
can you
maybe
perhaps
preferably
rather
better
then
`,
  invite: `
why not
no problem
if not
not sure
no worries
no rush
would not mind
wouldn't mind
don't mind
dont mind
do not mind
not only
why don't we
why dont we
can't we
couldn't we
not bad
no issue
no objection
`,
  move: `
move
moved
moving
shift
push
change
reschedule
postpone
bring forward
switch
`,
};
