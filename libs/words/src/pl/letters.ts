// Polish: every text of the letters.
// Used by letters.ts; the type names every text that must be here.
import type { InvitationWords, LetterTexts } from '../letter-texts';

const Nom = { host: 'Gospodarz', guest: 'Gość' } as const;
const gen = { host: 'gospodarza', guest: 'gościa' } as const;
const dat = { host: 'gospodarzowi', guest: 'gościowi' } as const;
const instr = { host: 'gospodarzem', guest: 'gościem' } as const;

const changedWords = { title: 'tytuł', location: 'miejsce', videoUrl: 'link do spotkania online' } as const;
const list = new Intl.ListFormat('pl', { type: 'conjunction' });

/** What the calendar entry of an invitation says; letters say it too. */
const invitation: InvitationWords = {
  howToAnswer: 'Prosimy przyjąć lub odrzucić zaproszenie przyciskami w kalendarzu lub programie pocztowym.',
  organizerWrites: (reason) => `Organizator pisze: ${reason}`,
  join: 'Dołącz online',
  askNewTime: (other) =>
    `Termin nie pasuje? Prosimy otworzyć ten link i zaproponować inny; zapytamy ${gen[other]}, logowanie nie jest potrzebne:`,
};

export const letters: LetterTexts = {
  invitation,
  subjects: {
    invite: (title) => `${title} — Zaproszenie`,
    update: (title) => `${title} — Nowy termin`,
    cancel: (title) => `${title} — Odwołane`,
    proposal: (title) => `Zgoda na nowy termin: ${title}?`,
  },
  until: '–',
  labels: {
    when: 'Kiedy',
    now: 'Obecny termin spotkania',
    before: 'Poprzedni termin',
    earlier: 'Wcześniejsza prośba',
    declined: 'Odrzucony',
    proposed: 'Proponowany termin',
    newTime: 'Nowy termin',
    where: 'Gdzie',
    join: invitation.join,
  },
  invite: {
    heading: 'Zaproszenie na spotkanie',
    intro: (other) => `Przesyłamy zaproszenie na spotkanie z ${instr[other]}.`,
  },
  update: {
    heading: 'Termin się zmienił',
    intro: (other) =>
      `Spotkanie z ${instr[other]} ma nowy termin. Prosimy o ponowną odpowiedź w sprawie nowego terminu.`,
    approvedByYou: (other) =>
      `Zgodzili się Państwo na nowy termin spotkania z ${instr[other]}; prosimy przyjąć nowy termin także w swoim kalendarzu.`,
    approvedByOther: (other) =>
      `${Nom[other]} zgodził się na zaproponowany przez Państwa termin; prosimy przyjąć nowy termin w swoim kalendarzu.`,
    unchanged: (other) => `To są aktualne dane spotkania z ${instr[other]}.`,
    changedHeading: 'Spotkanie się zmieniło',
    changed: (other, what) =>
      `W spotkaniu z ${instr[other]} zmieniono: ${list.format(what.map((each) => changedWords[each]))}.`,
    titleBefore: 'Poprzedni tytuł',
    whereBefore: 'Poprzednie miejsce',
    requestClosed: 'W związku z tą zmianą Państwa prośba o nowy termin jest zamknięta.',
  },
  organizerWrites: invitation.organizerWrites,
  cancel: {
    heading: 'Spotkanie zostało odwołane',
    intro: (other) => `Spotkanie z ${instr[other]} nie odbędzie się.`,
    declinedByYou: 'Odrzucili Państwo zaproszenie, dlatego spotkanie zostało odwołane dla obu stron.',
    declinedByOther: (other) => `${Nom[other]} odrzucił zaproszenie, dlatego spotkanie zostało odwołane.`,
    description: 'To spotkanie zostało odwołane.',
    withdrawn: 'Organizator wycofał Państwa zaproszenie na to spotkanie.',
  },
  proposal: {
    heading: (other) => `${Nom[other]} prosi o nowy termin`,
    intro: (other) =>
      `${Nom[other]} chce przenieść spotkanie. Jeśli się Państwo zgodzą, oba kalendarze zostaną zaktualizowane. Jeśli Państwo odmówią, nic się nie zmieni.`,
    undone: (other) =>
      `Zgodzili się Państwo na wcześniejszą prośbę. ${Nom[other]} poprosił potem o inny termin, dlatego ta zgoda nie weszła w życie.`,
    note: (other) => `${Nom[other]} pisze`,
    approve: 'Zgadzam się na nowy termin',
    decline: 'Nie zgadzam się, zostaje obecny termin',
    introSeveral: (other) =>
      `${Nom[other]} chce przenieść spotkanie i proponuje kilka terminów. Jeśli zgodzą się Państwo na jeden z nich, oba kalendarze zostaną zaktualizowane. Jeśli Państwo odmówią, nic się nie zmieni.`,
    option: (number) => `Termin ${number}`,
    approveOption: (option) => `Zgadzam się: ${option}`,
    declineAll: 'Odrzucam wszystkie, zostaje obecny termin',
    validUntil: (moment) => `Decyzję można podjąć do: ${moment}.`,
    instead: {
      heading: (other) => `${Nom[other]} proponuje inny termin`,
      intro: (other) =>
        `Zaproponowany przez Państwa termin nie odpowiada ${dat[other]}; dlatego otrzymują Państwo inną propozycję. Jeśli się Państwo zgodzą, oba kalendarze zostaną zaktualizowane. Jeśli Państwo odmówią, nic się nie zmieni.`,
      introSeveral: (other) =>
        `Zaproponowany przez Państwa termin nie odpowiada ${dat[other]}; dlatego otrzymują Państwo inne propozycje. Jeśli zgodzą się Państwo na jedną z nich, oba kalendarze zostaną zaktualizowane. Jeśli Państwo odmówią, nic się nie zmieni.`,
    },
    suggest: {
      ask: 'Aby zamiast tego zaproponować inny termin, prosimy otworzyć ten link; po wysłaniu propozycji ta prośba zostanie odrzucona:',
      button: 'Zaproponuj inny termin',
    },
  },
  proposalSent: {
    subject: (title) => `Prośba o nowy termin: ${title}`,
    heading: 'Prośba została wysłana',
    intro: (other) => `Zapytaliśmy ${gen[other]} o nowy termin. Do czasu zgody spotkanie pozostaje w obecnym terminie.`,
    undone: (other) =>
      `${Nom[other]} zgodził się na Państwa wcześniejszą prośbę. Nowa prośba ją zastąpiła, dlatego ta zgoda nie weszła w życie.`,
    instead: (other) => `Tym samym prośba ${gen[other]} została odrzucona.`,
  },
  proposalDeclined: {
    subject: (title) => `Nowy termin odrzucony: ${title}`,
    heading: 'Nowy termin został odrzucony',
    byOther: (other) => `Zaproponowany przez Państwa termin nie odpowiada ${dat[other]}.`,
    byNobody: {
      unfit:
        'Nie mogliśmy przyjąć zaproponowanego przez Państwa terminu: już minął, ma zerowy czas trwania albo spotkanie już się zaczęło.',
      stale:
        'Nie mogliśmy przyjąć zaproponowanego przez Państwa terminu: spotkanie zostało przeniesione po zaproszeniu, na które Państwo odpowiedzieli.',
      notAllowed:
        'Nie mogliśmy przyjąć zaproponowanego przez Państwa terminu: dla tego spotkania nie można proponować nowych terminów.',
    },
    stays: 'Spotkanie pozostaje w obecnym terminie.',
  },
  proposalExpired: {
    subject: (title) => `Brak odpowiedzi w sprawie nowego terminu: ${title}`,
    heading: 'Prośba wygasła',
    unanswered: (other) => `${Nom[other]} nie odpowiedział na Państwa prośbę o nowy termin.`,
    lapsed: 'Państwa prośba o nowy termin nie pasuje już do spotkania i straciła ważność.',
    otherChanged: (other) =>
      other === 'host'
        ? 'Zmienił się gospodarz spotkania, dlatego Państwa prośba o nowy termin jest zamknięta.'
        : 'Zmienił się gość spotkania, dlatego Państwa prośba o nowy termin jest zamknięta.',
    stays: 'Spotkanie pozostaje w obecnym terminie.',
  },
  freshLink: {
    subject: (title) => `Państwa link: ${title}`,
    heading: 'Oto nowy link',
    intro: 'Poprosili Państwo o nowy link. Wcześniejsze linki mogą już nie działać.',
  },
  claims: {
    accepted: 'Przyjmują Państwo zaproszenie',
    declined: 'Odrzucają Państwo zaproszenie',
    tentative: 'Być może wezmą Państwo udział',
    newTime: 'Proponują Państwo inny termin',
  },
  unconfirmedAnswer: {
    subject: (title) => `Prosimy o potwierdzenie odpowiedzi: ${title}`,
    heading: 'Czy to Państwa odpowiedź?',
    intro:
      'Dotarła do nas wiadomość z Państwa odpowiedzią w sprawie tego spotkania, ale nie mamy pewności, że pochodzi od Państwa. Na razie niczego nie zmieniła.',
    says: 'Treść odpowiedzi',
    ask: 'Jeśli to Państwa odpowiedź, prosimy otworzyć ten link i tam ją potwierdzić:',
    button: 'Zobacz odpowiedź',
    otherwise: 'Jeśli nie Państwo ją napisali, nie trzeba nic robić.',
  },
  textAnswer: {
    subject: (title) => `W sprawie Państwa wiadomości: ${title}`,
    heading: 'Otrzymaliśmy Państwa wiadomość',
    intro: (other) =>
      `Tę skrzynkę obsługuje program: nie przekazaliśmy Państwa wiadomości ${dat[other]} i nic się nie zmieniło.`,
    unreadable: {
      encrypted: (other) =>
        `Państwa wiadomość jest zaszyfrowana i nie możemy jej odczytać. Nic się nie zmieniło i niczego nie przekazaliśmy ${dat[other]}. Prosimy odpowiedzieć bez szyfrowania albo skorzystać z linku poniżej.`,
      time: (other) =>
        `Państwa kalendarz zaproponował nowy termin, ale nie wiemy na pewno, o jaki termin chodzi. Nic się nie zmieniło i niczego nie przekazaliśmy ${dat[other]}. Prosimy wybrać termin, korzystając z linku poniżej.`,
    },
    askTime:
      'Jeśli chcą Państwo poprosić o zaproponowany termin, prosimy otworzyć ten link; termin jest już wpisany w formularzu:',
    askNoTime: 'Jeśli chcą Państwo innego terminu, prosimy otworzyć ten link i o niego poprosić:',
    confirm: {
      accepted: 'Aby przyjąć zaproszenie, prosimy otworzyć ten link i tam to potwierdzić:',
      tentative: 'Aby odpowiedzieć „może”, prosimy otworzyć ten link i tam to potwierdzić:',
      declined: 'Aby odrzucić zaproszenie, prosimy otworzyć ten link i tam to potwierdzić:',
      declinedForBoth:
        'Aby odrzucić zaproszenie i odwołać spotkanie dla obu stron, prosimy otworzyć ten link i tam to potwierdzić:',
    },
    buttons: {
      time: 'Poproś o ten termin',
      noTime: 'Zaproponuj nowy termin',
      accepted: 'Przyjmij zaproszenie',
      tentative: 'Odpowiedz „może”',
      declined: 'Odrzuć zaproszenie',
    },
  },
  howToAnswer: invitation.howToAnswer,
  answerLink: {
    invited:
      'Nie ma takich przycisków? Ten link pozwala przyjąć zaproszenie, odpowiedzieć „może”, odrzucić je lub poprosić o inny termin:',
    text: 'Aby zamiast tego przyjąć zaproszenie, odpowiedzieć „może” lub je odrzucić, prosimy otworzyć ten link:',
    button: 'Odpowiedz tutaj',
  },
  reschedule: {
    ask: {
      invited: invitation.askNewTime,
      pending: () => 'Aby poprosić o jeszcze inny termin, prosimy otworzyć ten link; nowa prośba zastąpi obecną:',
      again: (other) =>
        `Aby zaproponować inny termin, prosimy otworzyć ten link; zapytamy ${gen[other]}, logowanie nie jest potrzebne:`,
    },
    button: 'Zaproponuj nowy termin',
  },
  colon: ':',
  buttonTrouble: 'Przycisk nie działa? Oto linki:',
  linksAreYours: 'Linki w tej wiadomości są tylko dla Państwa, prosimy jej nie przekazywać dalej.',
  privacy: (other) => `Ani Państwo, ani ${Nom[other].toLowerCase()} nie widzą nawzajem swoich adresów.`,
};
