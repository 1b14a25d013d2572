// German: every text of the letters.
// Used by letters.ts; the type names every text that must be here.
import type { InvitationWords, LetterTexts } from '../letter-texts';

const Nominativ = { host: 'Ihr Gastgeber', guest: 'Ihr Gast' } as const;
const dativ = { host: 'Ihrem Gastgeber', guest: 'Ihrem Gast' } as const;
const akkusativ = { host: 'Ihren Gastgeber', guest: 'Ihren Gast' } as const;

const changedWords = { title: 'der Titel', location: 'der Ort', videoUrl: 'der Online-Zugang' } as const;
const list = (words: string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} und ${words.at(-1)}`;

/** What the calendar entry of an invitation says; letters say it too. */
const invitation: InvitationWords = {
  howToAnswer: 'Bitte sagen Sie mit den Schaltflächen Ihres Kalender- oder Mailprogramms zu oder ab.',
  organizerWrites: (reason) => `Der Veranstalter schreibt: ${reason}`,
  join: 'Online teilnehmen',
  askNewTime: (other) =>
    `Passt die Zeit nicht? Öffnen Sie diesen Link und schlagen Sie eine andere vor; wir fragen ${akkusativ[other]}, eine Anmeldung ist nicht nötig:`,
};

export const letters: LetterTexts = {
  invitation,
  subjects: {
    invite: (title) => `${title} — Einladung`,
    update: (title) => `${title} — Neue Zeit`,
    cancel: (title) => `${title} — Abgesagt`,
    proposal: (title) => `Neuer Zeit für ${title} zustimmen?`,
  },
  until: 'bis',
  labels: {
    when: 'Wann',
    now: 'Aktuelle Zeit des Termins',
    before: 'Bisher',
    earlier: 'Frühere Anfrage',
    declined: 'Abgelehnt',
    proposed: 'Vorgeschlagen',
    newTime: 'Neue Zeit',
    where: 'Wo',
    join: invitation.join,
  },
  invite: {
    heading: 'Sie sind eingeladen',
    intro: (other) => `Dies ist die Einladung zu Ihrem Termin mit ${dativ[other]}.`,
  },
  update: {
    heading: 'Die Zeit hat sich geändert',
    intro: (other) =>
      `Ihr Termin mit ${dativ[other]} hat eine neue Zeit. Bitte antworten Sie für die neue Zeit noch einmal.`,
    approvedByYou: (other) =>
      `Sie haben der neuen Zeit Ihres Termins mit ${dativ[other]} zugestimmt; bitte sagen Sie für die neue Zeit in Ihrem Kalender zu.`,
    approvedByOther: (other) =>
      `${Nominativ[other]} hat der Zeit zugestimmt, die Sie vorgeschlagen haben; bitte sagen Sie für die neue Zeit in Ihrem Kalender zu.`,
    unchanged: (other) => `Dies ist der aktuelle Stand Ihres Termins mit ${dativ[other]}.`,
    changedHeading: 'Der Termin hat sich geändert',
    changed: (other, what) =>
      `Bei Ihrem Termin mit ${dativ[other]} ist neu: ${list(what.map((each) => changedWords[each]))}.`,
    titleBefore: 'Titel bisher',
    whereBefore: 'Ort bisher',
    requestClosed: 'Ihre Bitte um eine neue Zeit ist damit erledigt.',
  },
  organizerWrites: invitation.organizerWrites,
  cancel: {
    heading: 'Der Termin ist abgesagt',
    intro: (other) => `Ihr Termin mit ${dativ[other]} findet nicht statt.`,
    declinedByYou: 'Sie haben die Einladung abgelehnt; der Termin ist damit für beide abgesagt.',
    declinedByOther: (other) => `${Nominativ[other]} hat die Einladung abgelehnt; der Termin ist damit abgesagt.`,
    description: 'Dieser Termin wurde abgesagt.',
    withdrawn: 'Der Veranstalter hat Ihre Einladung zu diesem Termin zurückgezogen.',
  },
  proposal: {
    heading: (other) => `${Nominativ[other]} bittet um eine neue Zeit`,
    intro: (other) =>
      `${Nominativ[other]} möchte Ihren Termin verschieben. Stimmen Sie zu, werden beide Kalender angepasst. Lehnen Sie ab, ändert sich nichts.`,
    undone: (other) =>
      `Sie hatten einer früheren Anfrage zugestimmt. ${Nominativ[other]} hat inzwischen um eine andere Zeit gebeten, deshalb wurde Ihre Zustimmung nicht wirksam.`,
    note: (other) => `${Nominativ[other]} schreibt`,
    approve: 'Der neuen Zeit zustimmen',
    decline: 'Ablehnen, bisherige Zeit behalten',
    introSeveral: (other) =>
      `${Nominativ[other]} möchte Ihren Termin verschieben und bietet mehrere Zeiten an. Stimmen Sie einer zu, werden beide Kalender angepasst. Lehnen Sie ab, ändert sich nichts.`,
    option: (number) => `Zeit ${number}`,
    approveOption: (option) => `Zustimmen: ${option}`,
    declineAll: 'Alle ablehnen, bisherige Zeit behalten',
    validUntil: (moment) => `Entscheiden können Sie bis ${moment}.`,
    instead: {
      heading: (other) => `${Nominativ[other]} schlägt eine andere Zeit vor`,
      intro: (other) =>
        `${Nominativ[other]} kann zu der Zeit nicht, die Sie vorgeschlagen haben, und schlägt eine andere vor. Stimmen Sie zu, werden beide Kalender angepasst. Lehnen Sie ab, ändert sich nichts.`,
      introSeveral: (other) =>
        `${Nominativ[other]} kann zu der Zeit nicht, die Sie vorgeschlagen haben, und schlägt andere vor. Stimmen Sie einer zu, werden beide Kalender angepasst. Lehnen Sie ab, ändert sich nichts.`,
    },
    suggest: {
      ask: 'Um stattdessen eine andere Zeit vorzuschlagen, öffnen Sie diesen Link; sobald Sie sie abschicken, gilt diese Anfrage als abgelehnt:',
      button: 'Andere Zeit vorschlagen',
    },
  },
  proposalSent: {
    subject: (title) => `Neue Zeit angefragt für ${title}`,
    heading: 'Ihre Anfrage wurde verschickt',
    intro: (other) =>
      `Wir haben ${akkusativ[other]} nach der neuen Zeit gefragt. Bis zur Zusage bleibt der Termin bei seiner bisherigen Zeit.`,
    undone: (other) =>
      `${Nominativ[other]} hatte Ihrer früheren Anfrage zugestimmt. Ihre neue Anfrage hat sie ersetzt, deshalb wurde diese Zustimmung nicht wirksam.`,
    instead: (other) => `Damit haben Sie abgelehnt, worum ${Nominativ[other]} gebeten hatte.`,
  },
  proposalDeclined: {
    subject: (title) => `Neue Zeit abgelehnt für ${title}`,
    heading: 'Die neue Zeit wurde abgelehnt',
    byOther: (other) => `${Nominativ[other]} kann zu der Zeit nicht, die Sie vorgeschlagen haben.`,
    byNobody: {
      unfit:
        'Die Zeit, die Sie vorgeschlagen haben, konnte nicht übernommen werden: Sie ist vorbei oder hat keine Dauer, oder der Termin hat begonnen.',
      stale:
        'Die Zeit, die Sie vorgeschlagen haben, konnte nicht übernommen werden: Der Termin wurde seit der Einladung verschoben, auf die Sie geantwortet haben.',
      notAllowed:
        'Die Zeit, die Sie vorgeschlagen haben, konnte nicht übernommen werden: Für diesen Termin können keine neuen Zeiten vorgeschlagen werden.',
    },
    stays: 'Der Termin bleibt bei seiner bisherigen Zeit.',
  },
  proposalExpired: {
    subject: (title) => `Noch keine Antwort zur neuen Zeit für ${title}`,
    heading: 'Ihre Anfrage ist abgelaufen',
    unanswered: (other) => `${Nominativ[other]} hat auf Ihre Bitte um eine neue Zeit nicht geantwortet.`,
    lapsed: 'Ihre Bitte um eine neue Zeit passt nicht mehr zum Termin und ist hinfällig.',
    otherChanged: (other) =>
      `${Nominativ[other]} ist jetzt eine andere Person; Ihre Bitte um eine neue Zeit ist damit erledigt.`,
    stays: 'Der Termin bleibt bei seiner bisherigen Zeit.',
  },
  freshLink: {
    subject: (title) => `Ihr Link für ${title}`,
    heading: 'Hier ist Ihr neuer Link',
    intro: 'Sie haben um einen neuen Link gebeten. Frühere Links gelten vielleicht nicht mehr.',
  },
  claims: {
    accepted: 'Sie sagen zu',
    declined: 'Sie sagen ab',
    tentative: 'Sie kommen vielleicht',
    newTime: 'Sie schlagen eine andere Zeit vor',
  },
  unconfirmedAnswer: {
    subject: (title) => `Bitte bestätigen Sie Ihre Antwort für ${title}`,
    heading: 'War das Ihre Antwort?',
    intro:
      'Uns hat eine Mail mit Ihrer Antwort zu diesem Termin erreicht, wir können aber nicht sicher sein, dass sie von Ihnen kam. Bisher hat sie nichts geändert.',
    says: 'Die Antwort lautet',
    ask: 'Wenn sie von Ihnen ist, öffnen Sie diesen Link und bestätigen Sie sie dort:',
    button: 'Antwort ansehen',
    otherwise: 'Wenn Sie sie nicht geschrieben haben, ist nichts zu tun.',
  },
  textAnswer: {
    subject: (title) => `Zu Ihrer Nachricht wegen ${title}`,
    heading: 'Ihre Nachricht ist angekommen',
    intro: (other) =>
      `Dieses Postfach liest ein Programm: Ihre Worte wurden nicht an ${akkusativ[other]} weitergegeben, und es wurde nichts geändert.`,
    unreadable: {
      encrypted: (other) =>
        `Ihre Mail ist verschlüsselt, und wir können sie nicht lesen. Es wurde nichts geändert und nichts an ${akkusativ[other]} weitergegeben. Bitte antworten Sie unverschlüsselt oder verwenden Sie den Link unten.`,
      time: (other) =>
        `Ihr Kalender hat eine neue Zeit vorgeschlagen, aber wir konnten nicht erkennen, welche Zeit gemeint ist. Es wurde nichts geändert und nichts an ${akkusativ[other]} weitergegeben. Bitte wählen Sie die Zeit über den Link unten.`,
    },
    askTime:
      'Wenn Sie die vorgeschlagene Zeit möchten, öffnen Sie diesen Link; das Formular ist schon mit ihr ausgefüllt:',
    askNoTime: 'Wenn Sie eine andere Zeit möchten, öffnen Sie diesen Link und schlagen Sie sie dort vor:',
    confirm: {
      accepted: 'Um den Termin zuzusagen, öffnen Sie diesen Link und bestätigen Sie es dort:',
      tentative: 'Um mit „vielleicht“ zu antworten, öffnen Sie diesen Link und bestätigen Sie es dort:',
      declined: 'Um den Termin abzusagen, öffnen Sie diesen Link und bestätigen Sie es dort:',
      declinedForBoth: 'Um den Termin für beide abzusagen, öffnen Sie diesen Link und bestätigen Sie es dort:',
    },
    buttons: {
      time: 'Um diese Zeit bitten',
      noTime: 'Neue Zeit vorschlagen',
      accepted: 'Termin zusagen',
      tentative: 'Mit „vielleicht“ antworten',
      declined: 'Termin absagen',
    },
  },
  howToAnswer: invitation.howToAnswer,
  answerLink: {
    invited:
      'Gibt es diese Schaltflächen nicht? Öffnen Sie diesen Link, um zuzusagen, mit „vielleicht“ zu antworten, abzusagen oder eine andere Zeit vorzuschlagen:',
    text: 'Um stattdessen zuzusagen, mit „vielleicht“ zu antworten oder abzusagen, öffnen Sie diesen Link:',
    button: 'Hier antworten',
  },
  reschedule: {
    ask: {
      invited: invitation.askNewTime,
      pending: () =>
        'Um doch eine andere Zeit vorzuschlagen, öffnen Sie diesen Link; die neuere Anfrage ersetzt diese:',
      again: (other) =>
        `Um eine andere Zeit vorzuschlagen, öffnen Sie diesen Link; wir fragen ${akkusativ[other]}, eine Anmeldung ist nicht nötig:`,
    },
    button: 'Neue Zeit vorschlagen',
  },
  colon: ':',
  buttonTrouble: 'Funktioniert eine Schaltfläche nicht? Das sind die Links:',
  linksAreYours: 'Die Links in dieser Mail gelten nur für Sie, bitte leiten Sie sie nicht weiter.',
  privacy: (other) => `Weder Sie noch ${Nominativ[other]} sehen die Adresse des anderen.`,
};
