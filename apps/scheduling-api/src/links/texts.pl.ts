// Polish: everything that pages say.
// Used by languages.ts; the type names every text that must be here.
import { lengthIn } from '#words';
import type { Texts } from './texts';

const Nom = { host: 'Gospodarz', guest: 'Gość' } as const;
const nom = { host: 'gospodarz', guest: 'gość' } as const;
const gen = { host: 'gospodarza', guest: 'gościa' } as const;
const dat = { host: 'gospodarzowi', guest: 'gościowi' } as const;

const secondForms: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'sekundę', few: 'sekundy', many: 'sekund' };
const rule = new Intl.PluralRules('pl');
const secondsLeft = (count: number): string => `ok. ${count} ${secondForms[rule.select(count)] ?? 'sekundy'}`;

export const pl: Texts = {
  until: '–',
  or: (times) => new Intl.ListFormat('pl', { type: 'disjunction' }).format(times),
  labels: {
    now: 'Obecny termin spotkania',
    wasPlanned: 'Planowany termin',
    proposed: 'Proponowany termin',
    newTime: 'Nowy termin',
    asked: 'Termin, o który Państwo proszą',
    notAgreed: 'Proponowany, nieuzgodniony',
  },
  elsewhere: 'W innych strefach czasowych',
  addToCalendar: 'Dodaj do kalendarza',
  footer: (other) =>
    `Ta strona jest tylko dla Państwa, prosimy nie przekazywać jej linku. Ani Państwo, ani ${nom[other]} nie widzą nawzajem swoich adresów.`,
  form: {
    heading: 'Prośba o nowy termin',
    intro: (other) =>
      `Prosimy wybrać dogodny termin. Zapytamy ${gen[other]}; do czasu zgody termin spotkania się nie zmieni.`,
    likely: 'Szybki wybór',
    newTime: 'Nowy termin',
    date: 'Data',
    start: 'Początek',
    length: 'Czas trwania',
    sameLength: (minutes) => `${minutes}, jak dotąd`,
    minutes: lengthIn('pl'),
    zone: (zone) => `Godziny w strefie: ${zone}.`,
    otherZone: 'Użyj innej strefy czasowej',
    zoneLabel: 'Strefa czasowa',
    showZone: 'Użyj tej strefy',
    note: (other) => `Wiadomość do ${gen[other]} (opcjonalnie)`,
    noteHint: 'Do 500 znaków. Adresy e-mail zostaną usunięte.',
    submit: 'Poproś o ten termin',
    submitSeveral: 'Poproś o te terminy',
    addTime: 'Dodaj kolejny termin',
    otherTime: 'Inny termin (opcjonalnie)',
    ownPending: (time) => `Obecna prośba dotyczy terminu: ${time}. Nowa prośba ją zastąpi.`,
    otherPending: (other, time) =>
      `${Nom[other]} prosi o termin: ${time}. Można odpowiedzieć przez linki w naszej wiadomości.`,
    suggestIntro: (other, time) =>
      `${Nom[other]} prosi o termin: ${time}. Jeśli wyślą Państwo inny termin, ta prośba zostanie odrzucona, a o Państwa termin zapytamy ${gen[other]}; do czasu zgody termin spotkania się nie zmieni.`,
    faults: {
      'bad-date': 'Prosimy podać datę.',
      'bad-time': 'Prosimy podać godzinę.',
      'skipped-time':
        'O tej godzinie zegary są przestawiane do przodu, więc tego dnia taka godzina nie istnieje. Prosimy wybrać inną.',
      'repeated-time':
        'O tej godzinie zegary są cofane, więc tego dnia taka godzina wypada dwa razy. Prosimy wybrać właściwą.',
      'bad-length': 'Prosimy wybrać, jak długo potrwa spotkanie.',
      'start-in-past': 'Ten termin już minął. Prosimy wybrać późniejszy.',
      'end-not-after-start': 'Koniec spotkania musi być późniejszy niż początek.',
      'no-new-time': 'To jest obecny termin spotkania. Prosimy wybrać inny.',
      'times-alike': 'Ten termin podano dwa razy. Prosimy wybrać inny.',
      'too-long': 'Wiadomość jest dłuższa niż 500 znaków.',
      'control-character': 'Wiadomość zawiera znaki, których nie można wyświetlić.',
    },
    whichOne: 'O którą godzinę chodzi?',
    first: 'pierwsza',
    second: 'druga',
    check: 'Prosimy sprawdzić formularz',
  },
  sent: {
    heading: 'Prośba została wysłana',
    body: (other) =>
      `Zapytamy ${gen[other]} w wiadomości e-mail. Do czasu zgody spotkanie pozostaje w obecnym terminie.`,
    wrote: 'Treść wiadomości',
    until: (moment) => `Prośba pozostaje otwarta do: ${moment}.`,
    instead: (other, time) => `Tym samym prośba ${gen[other]} została odrzucona: ${time}.`,
  },
  decision: {
    heading: (other) => `${Nom[other]} prosi o nowy termin`,
    body: 'Jeśli się Państwo zgodzą, oba kalendarze zostaną zaktualizowane. Jeśli Państwo odmówią, nic się nie zmieni.',
    wrote: (other) => `${Nom[other]} pisze`,
    approve: 'Zgadzam się na nowy termin',
    decline: 'Nie zgadzam się, zostaje obecny termin',
    until: (moment) => `Decyzję można podjąć do: ${moment}.`,
    bodySeveral:
      'Jeśli zgodzą się Państwo na jeden z tych terminów, oba kalendarze zostaną zaktualizowane. Jeśli Państwo odmówią, nic się nie zmieni.',
    option: (number) => `Termin ${number}`,
    approveOption: 'Zgadzam się na ten termin',
    declineAll: 'Odrzucam wszystkie, zostaje obecny termin',
    suggest: 'Zaproponuj inny termin',
    suggested: (other) => ({
      heading: 'Zaproponowano inny termin',
      body: `Tym samym prośba ${gen[other]} została odrzucona.`,
    }),
    instead: (other) => ({
      heading: `${Nom[other]} proponuje inny termin`,
      body: `Termin, o który Państwo prosili, nie odpowiada ${dat[other]}.`,
    }),
    ownOpen: (time) => `Otwarta jest też Państwa własna prośba: ${time}. Wygaśnie, jeśli zgodzą się Państwo na tę.`,
    undone: 'Cofnięto. Nic się nie zmieniło; można zdecydować na nowo.',
    contested: 'Otwarto oba linki, dlatego decyzja nie zapadła. Prosimy wybrać za pomocą przycisku.',
    buttonsOnly: 'Decyzja jeszcze nie zapadła. Prosimy wybrać za pomocą przycisku.',
    held: {
      approve: () => ({
        heading: 'Zgadzają się Państwo na nowy termin',
        body: 'Oba kalendarze zostaną zaktualizowane e-mailem.',
      }),
      decline: (other) => ({
        heading: 'Odrzucają Państwo nowy termin',
        body: `Spotkanie pozostaje w obecnym terminie, a ${nom[other]} się o tym dowie.`,
      }),
    },
    effective: (seconds) =>
      `Decyzja wejdzie w życie za ${secondsLeft(seconds)}. Do tego czasu można ją cofnąć albo po prostu zamknąć tę stronę.`,
    undo: 'Cofnij',
    approved: {
      heading: 'Nowy termin jest uzgodniony',
      body: 'Zgodzili się Państwo na niego. Oba kalendarze są aktualizowane e-mailem; prosimy przyjąć nowy termin w swoim kalendarzu.',
    },
    declined: (other) => ({
      heading: 'Nowy termin został odrzucony',
      body: `Odmówili Państwo, więc nic się nie zmieniło. Powiadomimy ${gen[other]}.`,
    }),
    decidedBefore: 'Ta sprawa była już rozstrzygnięta; to kliknięcie niczego nie zmieniło.',
    nothingHeld: 'Nie było nic do cofnięcia.',
    lapsedHeading: 'Państwa decyzja nie mogła wejść w życie',
    lapsed: {
      'other-approved': 'W międzyczasie uzgodniono inny nowy termin.',
      replaced: 'W międzyczasie tę prośbę zastąpiła nowsza.',
      'room-cancelled': 'W międzyczasie spotkanie zostało odwołane.',
      'older-sequence': 'W międzyczasie spotkanie zostało przeniesione.',
      'room-moved': 'W międzyczasie organizator zmienił spotkanie, dlatego ta prośba jest zamknięta.',
      'attendee-changed': 'W międzyczasie zmienili się uczestnicy, dlatego ta prośba jest zamknięta.',
      'proposal-expired': 'Proponowany termin już wtedy minął.',
    },
  },
  answer: {
    heading: 'Czy wezmą Państwo udział?',
    body: 'Prosimy wybrać odpowiedź. Nic nie zostanie wysłane przed naciśnięciem przycisku.',
    soFar: {
      accepted: 'Przyjęli Państwo zaproszenie. Odpowiedź można jeszcze zmienić.',
      tentative: 'Odpowiedzieli Państwo „może”. Odpowiedź można jeszcze zmienić.',
      declined: 'Odrzucili Państwo zaproszenie. Odpowiedź można jeszcze zmienić.',
    },
    strict: (other) => `Jeśli Państwo odmówią, spotkanie zostanie odwołane dla Państwa i dla ${gen[other]}.`,
    buttons: { accepted: 'Przyjmuję', tentative: 'Może', declined: 'Odrzucam' },
    note: 'Wiadomość do organizatora (opcjonalnie)',
    noteHint: 'Do 300 znaków. Widzi ją tylko organizator. Adresy e-mail zostaną usunięte.',
    faults: {
      choose: 'Prosimy wybrać jedną z odpowiedzi.',
      note: 'Nie udało się przyjąć wiadomości. Prosimy ją skrócić.',
    },
    done: {
      accepted: { heading: 'Zaproszenie przyjęte', body: 'Dziękujemy. Państwa odpowiedź została zapisana.' },
      tentative: { heading: 'Państwa odpowiedź: może', body: 'Państwa odpowiedź została zapisana.' },
      declined: {
        heading: 'Zaproszenie odrzucone',
        body: 'Państwa odpowiedź została zapisana. Spotkanie pozostaje w planie.',
      },
    },
    cancelled: (other) =>
      `Odrzucili Państwo zaproszenie, więc spotkanie jest odwołane dla Państwa i dla ${gen[other]}.`,
    mayChange: 'Odpowiedź można zmienić do rozpoczęcia spotkania.',
    change: 'Zmień odpowiedź',
    otherTimeAsk: 'Termin nie pasuje?',
    otherTime: 'Zaproponuj nowy termin',
  },
  notices: {
    used: (other, waiting) => ({
      heading: waiting ? 'Prośba została wysłana' : 'Ten link został już użyty',
      body: waiting
        ? `Damy znać, gdy ${nom[other]} podejmie decyzję.`
        : 'Wysłano już z niego prośbę, a każdy link działa tylko raz.',
    }),
    expiredLink: { heading: 'Ten link wygasł', body: 'Już nie działa, ale nowy można szybko otrzymać.' },
    expiredProposal: (other) => ({
      heading: 'Ta prośba wygasła',
      body: `Czas na odpowiedź ${dat[other]} minął. Spotkanie pozostaje w obecnym terminie.`,
    }),
    replaced: (other) => ({
      heading: 'Jest nowsza prośba',
      body: `${Nom[other]} poprosił potem o inny termin. Prosimy użyć linków z naszej najnowszej wiadomości.`,
    }),
    older: {
      heading: 'Spotkanie zostało przeniesione',
      body: 'Ta prośba dotyczyła wcześniejszego terminu spotkania i nie można już na nią odpowiedzieć.',
    },
    optionPassed: {
      heading: 'Ten termin minął',
      body: 'Nie można już się na niego zgodzić. Spotkanie pozostaje w obecnym terminie.',
    },
    answerOutdated: {
      heading: 'Spotkanie zostało przeniesione',
      body: 'Ten link dotyczył wcześniejszego terminu spotkania. Prosimy użyć linku z naszej najnowszej wiadomości.',
    },
    answerTooLate: {
      heading: 'Spotkanie się rozpoczęło',
      body: 'Za pomocą tego linku nie można już odpowiedzieć na zaproszenie.',
    },
    cancelled: {
      heading: 'Spotkanie zostało odwołane',
      body: 'Nie odbędzie się, więc nie ma już o czym decydować.',
    },
    cancelledSince: 'W międzyczasie spotkanie zostało odwołane.',
    started: { heading: 'Spotkanie się rozpoczęło', body: 'Jego terminu nie można już zmienić.' },
    notAllowed: {
      heading: 'Termin jest ustalony',
      body: 'Dla tego spotkania nie można zaproponować innego terminu. Zaproszenie można nadal przyjąć lub odrzucić w kalendarzu.',
    },
    own: (other) => ({
      heading: 'To Państwa własna prośba',
      body: `Tylko ${nom[other]} może się na nią zgodzić lub ją odrzucić.`,
    }),
    notBooked: { heading: 'Nikt jeszcze nie dokonał rezerwacji', body: 'Nie ma kogo zapytać o nowy termin.' },
    former: {
      heading: 'Ten link wygasł',
      body: 'To zaproszenie zostało wycofane. Nie trzeba nic więcej robić.',
    },
    unknown: {
      heading: 'Ten link nie działa',
      body: 'Prosimy sprawdzić, czy otwarto cały link z naszej wiadomości; programy pocztowe czasem go dzielą. Jeśli nadal nie działa, prosimy odpisać na naszą wiadomość w kilku słowach: wyślemy nowy link.',
    },
    nowhere: {
      heading: 'Pod tym adresem nic nie ma',
      body: 'Prosimy jeszcze raz otworzyć cały link z naszej wiadomości. Jeśli nadal nie działa, prosimy odpisać na naszą wiadomość w kilku słowach: wyślemy nowy link.',
    },
    crossSite: {
      heading: 'Prosimy otworzyć link z naszej wiadomości',
      body: 'To zapytanie przyszło z innej strony internetowej, dlatego nic się nie zmieniło.',
    },
    tooMany: {
      heading: 'Prosimy chwilę poczekać',
      body: 'Przed chwilą było zbyt wiele prób. Prosimy otworzyć link ponownie za minutę.',
    },
    tooManyProposals: (until) => ({
      heading: 'Na razie nie można wysłać kolejnej prośby',
      body: `Wysłano już tyle próśb o nowy termin, ile można w ciągu jednego dnia. Następną można wysłać od: ${until}.`,
    }),
    mailLimit: (other, until) => ({
      heading: 'Na razie nie można wysłać kolejnej prośby',
      body: `${Nom[other]} otrzymał już tyle wiadomości o tym spotkaniu, ile na razie można, dlatego Państwa prośba nie została wysłana. Następną można wysłać od: ${until}.`,
    }),
    trouble: { heading: 'Coś poszło nie tak', body: 'Nic się nie zmieniło. Prosimy spróbować ponownie za chwilę.' },
  },
  fresh: {
    ask: 'Chcą Państwo zaproponować termin? Wyślemy nowy link na adres, dla którego utworzono ten.',
    button: 'Zaproponuj nowy termin',
    done: {
      heading: 'Prosimy sprawdzić skrzynkę',
      body: 'Nowy link zostanie wysłany na adres, dla którego utworzono ten. Może to potrwać minutę. Jeśli prośba była wysłana przed chwilą lub dziś już wiele razy, prosimy użyć wiadomości, która już przyszła.',
    },
  },
};
