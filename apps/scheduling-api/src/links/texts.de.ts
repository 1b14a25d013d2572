// Deutsch: everything that pages say.
// Used by languages.ts; the type names every text that must be here.
import type { Texts } from './texts';

const Nominativ = { host: 'Ihr Gastgeber', guest: 'Ihr Gast' } as const;
const dativ = { host: 'Ihrem Gastgeber', guest: 'Ihrem Gast' } as const;
const akkusativ = { host: 'Ihren Gastgeber', guest: 'Ihren Gast' } as const;

const length = (minutes: number): string => {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const written = hours === 0 ? '' : hours === 1 ? '1 Stunde' : `${hours} Stunden`;
  const short = rest === 0 ? '' : rest === 1 ? '1 Minute' : `${rest} Minuten`;
  return [written, short].filter((each) => each !== '').join(' ') || '0 Minuten';
};

export const de: Texts = {
  until: 'bis',
  or: (times) => new Intl.ListFormat('de', { type: 'disjunction' }).format(times),
  labels: {
    now: 'Aktuelle Zeit des Termins',
    wasPlanned: 'War geplant für',
    proposed: 'Vorgeschlagene Zeit',
    newTime: 'Neue Zeit',
    asked: 'Angefragte Zeit',
    notAgreed: 'Vorgeschlagen, nicht vereinbart',
  },
  elsewhere: 'In anderen Zeitzonen',
  addToCalendar: 'In den Kalender eintragen',
  footer: (other) =>
    `Diese Seite gilt nur für Sie, bitte geben Sie ihren Link nicht weiter. Weder Sie noch ${Nominativ[other]} sehen die Adresse des anderen.`,
  form: {
    heading: 'Neue Zeit vorschlagen',
    intro: (other) =>
      `Wählen Sie eine Zeit, die Ihnen passt. Wir fragen ${akkusativ[other]}; bis zur Zusage bleibt der Termin, wie er ist.`,
    likely: 'Schnelle Auswahl',
    newTime: 'Neue Zeit',
    date: 'Datum',
    start: 'Beginn',
    length: 'Dauer',
    sameLength: (minutes) => `${minutes}, wie bisher`,
    minutes: length,
    zone: (zone) => `Zeitzone: ${zone}.`,
    otherZone: 'Andere Zeitzone verwenden',
    zoneLabel: 'Zeitzone',
    showZone: 'Diese Zone verwenden',
    note: (other) => `Nachricht an ${akkusativ[other]} (optional)`,
    noteHint: 'Bis zu 500 Zeichen. Mailadressen werden entfernt.',
    submit: 'Diese Zeit anfragen',
    submitSeveral: 'Diese Zeiten anfragen',
    addTime: 'Weitere Zeit hinzufügen',
    otherTime: 'Weitere Zeit (optional)',
    ownPending: (time) => `Sie haben bereits eine neue Zeit angefragt: ${time}. Eine neue Anfrage ersetzt diese.`,
    otherPending: (other, time) =>
      `${Nominativ[other]} hat eine neue Zeit angefragt: ${time}. Antworten können Sie mit den Links in unserer Mail.`,
    suggestIntro: (other, time) =>
      `${Nominativ[other]} hat eine neue Zeit angefragt: ${time}. Schicken Sie eine andere Zeit, gilt diese Anfrage als abgelehnt, und wir fragen ${akkusativ[other]} nach Ihrer Zeit; bis zur Zusage bleibt der Termin, wie er ist.`,
    faults: {
      'bad-date': 'Geben Sie ein Datum an.',
      'bad-time': 'Geben Sie eine Uhrzeit an.',
      'skipped-time':
        'Zu dieser Stunde werden die Uhren vorgestellt, die Zeit gibt es an diesem Tag nicht. Wählen Sie eine andere.',
      'repeated-time':
        'Zu dieser Stunde werden die Uhren zurückgestellt, die Zeit gibt es an diesem Tag zweimal. Wählen Sie, welche Sie meinen.',
      'bad-length': 'Wählen Sie, wie lange der Termin dauert.',
      'start-in-past': 'Diese Zeit liegt in der Vergangenheit. Wählen Sie eine spätere.',
      'end-not-after-start': 'Der Termin muss nach seinem Beginn enden.',
      'no-new-time': 'Das ist die bisherige Zeit des Termins. Wählen Sie eine andere.',
      'times-alike': 'Diese Zeit steht hier zweimal. Wählen Sie eine andere.',
      'too-long': 'Die Nachricht ist länger als 500 Zeichen.',
      'control-character': 'Die Nachricht enthält Zeichen, die sich nicht anzeigen lassen.',
    },
    whichOne: 'Welche meinen Sie?',
    first: 'die erste',
    second: 'die zweite',
    check: 'Bitte prüfen Sie Ihre Anfrage',
  },
  sent: {
    heading: 'Ihre Anfrage wurde verschickt',
    body: (other) =>
      `Wir fragen ${akkusativ[other]} per Mail. Bis zur Zusage bleibt der Termin bei seiner bisherigen Zeit.`,
    wrote: 'Sie schrieben',
    until: (moment) => `Die Anfrage ist offen bis ${moment}.`,
    instead: (other, time) => `Damit haben Sie abgelehnt, worum ${Nominativ[other]} gebeten hatte: ${time}.`,
  },
  decision: {
    heading: (other) => `${Nominativ[other]} bittet um eine neue Zeit`,
    body: 'Stimmen Sie zu, werden beide Kalender angepasst. Lehnen Sie ab, ändert sich nichts.',
    wrote: (other) => `${Nominativ[other]} schreibt`,
    approve: 'Der neuen Zeit zustimmen',
    decline: 'Ablehnen, bisherige Zeit behalten',
    until: (moment) => `Entscheiden können Sie bis ${moment}.`,
    bodySeveral:
      'Stimmen Sie einer dieser Zeiten zu, werden beide Kalender angepasst. Lehnen Sie ab, ändert sich nichts.',
    option: (number) => `Zeit ${number}`,
    approveOption: 'Dieser Zeit zustimmen',
    declineAll: 'Alle ablehnen, bisherige Zeit behalten',
    suggest: 'Andere Zeit vorschlagen',
    suggested: (other) => ({
      heading: 'Sie haben eine andere Zeit vorgeschlagen',
      body: `Damit haben Sie abgelehnt, worum ${Nominativ[other]} gebeten hatte.`,
    }),
    instead: (other) => ({
      heading: `${Nominativ[other]} schlägt eine andere Zeit vor`,
      body: `${Nominativ[other]} kann zu der Zeit nicht, um die Sie gebeten haben.`,
    }),
    ownOpen: (time) => `Ihre eigene Anfrage ist ebenfalls offen: ${time}. Sie endet, wenn dieser hier zugestimmt wird.`,
    undone: 'Rückgängig gemacht. Nichts hat sich geändert; Sie können neu entscheiden.',
    contested:
      'Beide Links wurden geöffnet, deshalb ist nichts entschieden. Bitte wählen Sie mit einer der Schaltflächen.',
    buttonsOnly: 'Noch ist nichts entschieden. Bitte wählen Sie mit einer der Schaltflächen.',
    held: {
      approve: () => ({ heading: 'Sie stimmen der neuen Zeit zu', body: 'Beide Kalender werden per Mail angepasst.' }),
      decline: (other) => ({
        heading: 'Sie lehnen die neue Zeit ab',
        body: `Der Termin bleibt bei seiner bisherigen Zeit, ${Nominativ[other]} erfährt davon.`,
      }),
    },
    effective: (seconds) =>
      `Wird in ungefähr ${seconds === 1 ? '1 Sekunde' : `${seconds} Sekunden`} wirksam. Bis dahin können Sie es rückgängig machen, oder Sie schließen diese Seite einfach.`,
    undo: 'Rückgängig machen',
    approved: {
      heading: 'Die neue Zeit ist vereinbart',
      body: 'Sie haben zugestimmt. Beide Kalender werden per Mail angepasst; bitte sagen Sie in Ihrem Kalender für die neue Zeit zu.',
    },
    declined: (other) => ({
      heading: 'Die neue Zeit wurde abgelehnt',
      body: `Sie haben abgelehnt, nichts hat sich geändert. ${Nominativ[other]} erfährt davon.`,
    }),
    decidedBefore: 'Das war schon entschieden; der Klick eben hat nichts geändert.',
    nothingHeld: 'Es gab nichts rückgängig zu machen.',
    lapsedHeading: 'Ihre Entscheidung blieb ohne Wirkung',
    lapsed: {
      'other-approved': 'Inzwischen wurde eine andere Zeit vereinbart.',
      replaced: 'Inzwischen hat eine neuere Anfrage diese ersetzt.',
      'room-cancelled': 'Der Termin wurde inzwischen abgesagt.',
      'older-sequence': 'Der Termin wurde inzwischen verschoben.',
      'room-moved': 'Der Termin wurde inzwischen vom Veranstalter geändert; diese Anfrage ist damit erledigt.',
      'attendee-changed': 'Wer teilnimmt, hat sich inzwischen geändert; diese Anfrage ist damit erledigt.',
      'proposal-expired': 'Die vorgeschlagene Zeit war inzwischen vorbei.',
    },
  },
  answer: {
    heading: 'Nehmen Sie teil?',
    body: 'Wählen Sie Ihre Antwort. Solange Sie nichts anklicken, wird nichts verschickt.',
    soFar: {
      accepted: 'Sie haben zugesagt. Sie können Ihre Antwort noch ändern.',
      tentative: 'Sie haben mit „vielleicht“ geantwortet. Sie können Ihre Antwort noch ändern.',
      declined: 'Sie haben abgesagt. Sie können Ihre Antwort noch ändern.',
    },
    strict: (other) => `Wenn Sie absagen, entfällt der Termin für Sie und ${akkusativ[other]}.`,
    buttons: { accepted: 'Zusagen', tentative: 'Vielleicht', declined: 'Absagen' },
    note: 'Nachricht an den Veranstalter (optional)',
    noteHint: 'Höchstens 300 Zeichen. Nur der Veranstalter sieht sie. Mailadressen werden entfernt.',
    faults: {
      choose: 'Bitte wählen Sie eine der Antworten.',
      note: 'Die Nachricht ließ sich nicht übernehmen. Bitte kürzen Sie sie.',
    },
    done: {
      accepted: { heading: 'Sie haben zugesagt', body: 'Danke. Ihre Antwort ist vermerkt.' },
      tentative: { heading: 'Sie haben geantwortet: vielleicht', body: 'Ihre Antwort ist vermerkt.' },
      declined: { heading: 'Sie haben abgesagt', body: 'Ihre Antwort ist vermerkt. Der Termin bleibt bestehen.' },
    },
    cancelled: (other) => `Sie haben abgesagt, damit entfällt der Termin für Sie und ${akkusativ[other]}.`,
    mayChange: 'Bis zum Beginn des Termins können Sie Ihre Antwort ändern.',
    change: 'Antwort ändern',
    otherTimeAsk: 'Passt die Zeit nicht?',
    otherTime: 'Neue Zeit vorschlagen',
  },
  notices: {
    used: (other, waiting) => ({
      heading: waiting ? 'Ihre Anfrage wurde verschickt' : 'Dieser Link wurde schon verwendet',
      body: waiting
        ? `Wir melden uns, sobald ${Nominativ[other]} entschieden hat.`
        : 'Sie haben damit eine Anfrage verschickt, und jeder Link gilt nur einmal.',
    }),
    expiredLink: {
      heading: 'Dieser Link ist abgelaufen',
      body: 'Er gilt nicht mehr, aber ein neuer ist schnell gemacht.',
    },
    expiredProposal: (other) => ({
      heading: 'Diese Anfrage ist abgelaufen',
      body: `Die Frist, ${dativ[other]} zu antworten, ist abgelaufen. Der Termin bleibt bei seiner bisherigen Zeit.`,
    }),
    replaced: (other) => ({
      heading: 'Es gibt eine neuere Anfrage',
      body: `${Nominativ[other]} hat inzwischen um eine andere Zeit gebeten. Bitte verwenden Sie die Links in unserer neuesten Mail.`,
    }),
    older: {
      heading: 'Der Termin wurde inzwischen verschoben',
      body: 'Diese Anfrage galt einer früheren Zeit des Termins und kann nicht mehr beantwortet werden.',
    },
    optionPassed: {
      heading: 'Diese Zeit ist vorbei',
      body: 'Ihr kann niemand mehr zustimmen. Der Termin bleibt bei seiner bisherigen Zeit.',
    },
    answerOutdated: {
      heading: 'Der Termin wurde inzwischen verschoben',
      body: 'Dieser Link galt einer früheren Zeit des Termins. Bitte verwenden Sie den Link in unserer neuesten Mail.',
    },
    answerTooLate: {
      heading: 'Der Termin hat begonnen',
      body: 'Mit diesem Link lässt sich die Einladung nicht mehr beantworten.',
    },
    cancelled: {
      heading: 'Der Termin ist abgesagt',
      body: 'Er findet nicht statt, es gibt nichts mehr zu entscheiden.',
    },
    cancelledSince: 'Der Termin wurde inzwischen abgesagt.',
    started: { heading: 'Der Termin hat begonnen', body: 'Seine Zeit lässt sich nicht mehr ändern.' },
    notAllowed: {
      heading: 'Die Zeit steht fest',
      body: 'Für diesen Termin können Sie keine andere Zeit vorschlagen. In Ihrem Kalender können Sie weiterhin zu- oder absagen.',
    },
    own: (other) => ({
      heading: 'Das ist Ihre eigene Anfrage',
      body: `Nur ${Nominativ[other]} kann zustimmen oder ablehnen.`,
    }),
    notBooked: {
      heading: 'Noch hat niemand gebucht',
      body: 'Es gibt niemanden, den wir nach einer neuen Zeit fragen könnten.',
    },
    former: {
      heading: 'Dieser Link ist abgelaufen',
      body: 'Diese Einladung wurde zurückgezogen. Es ist nichts mehr zu tun.',
    },
    unknown: {
      heading: 'Dieser Link funktioniert nicht',
      body: 'Bitte prüfen Sie, ob Sie den ganzen Link aus unserer Mail geöffnet haben; Mailprogramme schneiden ihn manchmal ab. Wenn es so nicht geht, antworten Sie mit ein paar Worten auf unsere Mail: Wir schicken Ihnen einen neuen Link.',
    },
    nowhere: {
      heading: 'An dieser Adresse ist nichts',
      body: 'Bitte öffnen Sie den ganzen Link aus unserer Mail noch einmal. Wenn es so nicht geht, antworten Sie mit ein paar Worten auf unsere Mail: Wir schicken Ihnen einen neuen Link.',
    },
    crossSite: {
      heading: 'Bitte öffnen Sie den Link aus unserer Mail',
      body: 'Diese Anfrage kam von einer anderen Website, deshalb wurde nichts geändert.',
    },
    tooMany: {
      heading: 'Einen Moment bitte',
      body: 'Gerade kamen zu viele Anfragen. Bitte öffnen Sie den Link in einer Minute noch einmal.',
    },
    tooManyProposals: (until) => ({
      heading: 'Vorerst keine weiteren Anfragen',
      body: `Sie haben um so viele neue Zeiten gebeten, wie an einem Tag möglich sind. Ab ${until} können Sie wieder fragen.`,
    }),
    mailLimit: (other, until) => ({
      heading: 'Vorerst keine weiteren Anfragen',
      body: `${Nominativ[other]} hat zu diesem Termin schon so viele Mails bekommen, wie derzeit möglich sind; deshalb wurde Ihre Anfrage nicht verschickt. Ab ${until} können Sie wieder fragen.`,
    }),
    trouble: {
      heading: 'Etwas ist schiefgegangen',
      body: 'Nichts wurde geändert. Bitte versuchen Sie es gleich noch einmal.',
    },
  },
  fresh: {
    ask: 'Möchten Sie eine Zeit vorschlagen? Wir schicken einen neuen Link an die Adresse, für die dieser gemacht wurde.',
    button: 'Neue Zeit vorschlagen',
    done: {
      heading: 'Schauen Sie in Ihr Postfach',
      body: 'Ein neuer Link geht an die Adresse, für die dieser gemacht wurde. Das kann eine Minute dauern. Haben Sie eben erst oder heute schon oft darum gebeten, verwenden Sie bitte die Mail, die Sie schon haben.',
    },
  },
};
