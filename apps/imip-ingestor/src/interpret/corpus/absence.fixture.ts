// Absence notes without any telling header, by language and by what their subject looks like; and people of the same languages who are
// away and write all the same. Read by machines.corpus.spec.ts; all texts are our own. A new language is one more entry.
import { guest, type Headers, mail, organizer } from './mail-text.fixture';

export interface Note {
  name: string;
  raw: Buffer;
}

interface Language {
  /** What stands in front of the subject that is answered, or alone. */
  subjects: string[];
  /** What the note says; none of it asks for anything. */
  notes: string[];
  /** What people write who are away and want or offer something. */
  people: string[];
}

const languages: Record<string, Language> = {
  en: {
    subjects: [
      'Out of the office until Friday Re:',
      'OOO until 4 January:',
      'OOF:',
      'Away from the office:',
      'On leave -',
      'auto:',
    ],
    notes: [
      'I am out of the office until Friday and read no mail. For anything urgent please call my colleague at 3pm.',
      'I am on annual leave with limited access to email. Urgent? Call 555-0100.',
      'Gil is no longer with the company. Please contact the front desk instead.',
    ],
    people: [
      'I am out of the office until Friday. Could we do Monday at 3pm?',
      'I am away on the 8th, the 9th at 3pm works for me.',
      "I'm on vacation that week. Please move it to January.",
    ],
  },
  de: {
    subjects: [
      'Abwesend bis 4. Januar:',
      'Abwesenheit:',
      'Nicht im Büro:',
      'Im Urlaub bis Freitag -',
      'Urlaub vom 1. bis 8.12.:',
    ],
    notes: [
      'Ich bin bis Freitag nicht im Büro. In dringenden Fällen wenden Sie sich bitte an meine Kollegin.',
      'Ich bin im Urlaub und ab dem 8. Dezember wieder erreichbar.',
    ],
    people: [
      'Ich bin bis Freitag im Urlaub. Geht auch Montag?',
      'Ich bin am 8. nicht im Büro, bitte verschieben auf den 9.',
    ],
  },
  fr: {
    subjects: ['Absente du bureau :', 'Absence du bureau jusqu’au 4 janvier :', 'En congés :', 'Hors du bureau -'],
    notes: [
      'Je suis en congés jusqu’au 4 janvier. En cas d’urgence, veuillez contacter ma collègue.',
      'Actuellement absent, je serai de retour vendredi.',
    ],
    people: [
      'Je suis absent lundi. Peut-on dire mardi à 15h ?',
      'En congés cette semaine-là, je préfère reporter à janvier.',
    ],
  },
  es: {
    subjects: ['Fuera de la oficina:', 'Ausente hasta el viernes:', 'De vacaciones -', 'Ausencia:'],
    notes: [
      'Estoy de vacaciones hasta el viernes. Para asuntos urgentes, contacte con mi compañera.',
      'Estaré fuera de la oficina hasta el 4 de enero.',
    ],
    people: ['Estoy de vacaciones el martes. ¿Podemos el jueves?', 'Estaré fuera ese día, mejor otro día.'],
  },
  it: {
    subjects: ['Fuori sede:', 'Assente fino a venerdì:', 'In ferie -', 'Fuori ufficio:'],
    notes: [
      'Sono in ferie fino a venerdì. Per urgenze contattare la mia collega.',
      'Sarò assente fino al 4 gennaio e rientrerò il 5.',
    ],
    people: ['Sono in ferie martedì. Possiamo fare giovedì?', 'Sarò assente, possiamo spostare a giovedì.'],
  },
  pt: {
    subjects: ['Fora do escritório:', 'Ausente até sexta-feira:', 'De férias -', 'Ausência:'],
    notes: [
      'Estou de férias até sexta-feira. Em caso urgente, contacte a minha colega.',
      'Estou fora do escritório; estarei de volta no dia 4.',
    ],
    people: ['Estou de férias na terça. Pode ser quinta?', 'Estarei ausente, prefiro remarcar para quinta.'],
  },
  nl: {
    subjects: ['Afwezig tot vrijdag:', 'Op vakantie -', 'Niet op kantoor:', 'Met verlof:'],
    notes: [
      'Ik ben tot vrijdag afwezig. Neem voor dringende zaken contact op met mijn collega.',
      'Ik ben op vakantie en vanaf 4 januari weer bereikbaar.',
    ],
    people: ['Ik ben dinsdag op vakantie. Kan donderdag ook?', 'Ik ben afwezig, graag verzetten naar donderdag.'],
  },
  pl: {
    subjects: ['Nieobecność:', 'Nieobecność w biurze do piątku:', 'Poza biurem -', 'Urlop do piątku:', 'Na urlopie:'],
    notes: [
      'Jestem na urlopie do piątku. W pilnych sprawach proszę o kontakt z koleżanką.',
      'Jestem nieobecny, wracam 4 stycznia.',
    ],
    people: ['Jestem na urlopie we wtorek. Czy może być czwartek?', 'Jestem nieobecny, proszę przełożyć na czwartek.'],
  },
  sv: {
    subjects: ['Frånvarande till fredag:', 'Semester -', 'På semester:', 'Inte på kontoret:'],
    notes: [
      'Jag är på semester till fredag. Vid brådskande ärenden, kontakta min kollega.',
      'Jag är inte på kontoret och är tillbaka den 4 januari.',
    ],
    people: ['Jag är på semester på tisdag. Går torsdag?', 'Jag är borta då, kan vi flytta till torsdag.'],
  },
  ja: {
    subjects: ['不在:', '休暇中:', '【不在】', '不在のお知らせ:'],
    notes: [
      '金曜日まで休暇をいただいております。お急ぎの場合は担当までご連絡ください。',
      '出張のため不在にしております。',
    ],
    people: ['火曜日は休暇です。木曜日はいかがでしょうか？', '不在にしておりますので、別の日に変更をお願いします。'],
  },
  ar: {
    subjects: ['خارج المكتب:', 'في إجازة حتى الجمعة:', 'غياب:', 'الرد التلقائي:'],
    notes: ['أنا في إجازة حتى يوم الجمعة. للأمور العاجلة يرجى الاتصال بزميلتي.', 'أنا خارج المكتب وسأعود يوم 4 يناير.'],
    people: ['أنا في إجازة يوم الثلاثاء. هل يناسبك الخميس؟', 'أنا خارج المكتب، أرجو تأجيل الموعد إلى الخميس.'],
  },
};

const inThread: Headers = [['In-Reply-To', '<5f0c7a52-9d1e-4c1b-8f57-2f6f0d4f6a11@meet.example>']];
const encoded = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
const written = (subject: string, text: string, more: Headers = inThread): Buffer =>
  mail(
    [
      ['From', `Gil Guest <${guest}>`],
      ['To', organizer],
      ['Subject', encoded(subject)],
      ['Date', 'Fri, 27 Nov 2026 09:15:00 +0100'],
      ['Message-ID', '<a1@guest.example>'],
      ...more,
      ['MIME-Version', '1.0'],
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Content-Transfer-Encoding', '8bit'],
    ],
    text,
  );

const quote = `\n\nOn Fri, 27 Nov 2026 at 08:00, Meet <${organizer}> wrote:\n> Does the time not suit you? Open this link and propose another one.`;

/** Every subject with every text of its language, in a thread; every second one quotes our letter. */
export const absenceNotes: Note[] = Object.entries(languages).flatMap(([language, { subjects, notes }]) =>
  subjects.flatMap((subject, at) =>
    notes.map((note, index) => ({
      name: `${language}: ${subject} / ${note.slice(0, 30)}`,
      raw: written(`${subject} Practice Session`, (at + index) % 2 === 0 ? note : note + quote),
    })),
  ),
);

/** The same people, answering, and under the subject of an absence. */
export const peopleAway: (Note & { text: string })[] = Object.entries(languages).flatMap(
  ([language, { subjects, people }]) =>
    people.flatMap((text) => [
      { name: `${language}: Re: / ${text.slice(0, 30)}`, raw: written('Re: Practice Session', text), text },
      ...(subjects[0] === undefined
        ? []
        : [
            {
              name: `${language}: ${subjects[0]} / ${text.slice(0, 30)}`,
              raw: written(`${subjects[0]} Practice Session`, text),
              text,
            },
          ]),
      {
        name: `${language}: a mail of their own / ${text.slice(0, 30)}`,
        raw: written('Practice Session', text, []),
        text,
      },
    ]),
);
