// What the pages about a held answer say, in every language that the other pages speak.
// Used by held.page.ts.
import type { Partstat, Role } from '#contracts';

export type ClaimKind = Exclude<Partstat, 'needs-action'> | 'new-time';

export interface HeldTexts {
  heading: string;
  /** What a mail said, where somebody wrote in the reader's name and was not believed. */
  body: string;
  claims: Record<ClaimKind, (other: Role) => string>;
  yes: Record<ClaimKind, string>;
  no: string;
  done: Record<ClaimKind, { heading: string; body(other: Role): string }>;
  dropped: { heading: string; body: string };
  /** A later answer of the reader, or another state of the meeting, came before. */
  overtaken: { heading: string; body: string };
  used: { heading: string; body: string };
}

const en: HeldTexts = {
  heading: 'Is this your answer?',
  body: 'Nothing has changed so far. Confirm the answer only if it is yours.',
  claims: {
    accepted: () => 'You accept this session.',
    declined: (other) => `You decline this session. It may then be cancelled for you and ${yourEn[other]}.`,
    tentative: () => 'You may come to this session.',
    'new-time': (other) =>
      `You propose another time. ${YourEn[other]} is asked; nothing moves before the answer is yes.`,
  },
  yes: {
    accepted: 'Yes, I accept',
    declined: 'Yes, I decline',
    tentative: 'Yes, I may come',
    'new-time': 'Yes, ask for this time',
  },
  no: 'No, leave everything as it is',
  done: {
    accepted: { heading: 'You have accepted', body: () => 'Thank you. The session takes place as planned.' },
    declined: { heading: 'You have declined', body: () => 'Your answer was recorded.' },
    tentative: { heading: 'Your answer is recorded', body: () => 'The session stays as planned.' },
    'new-time': {
      heading: 'Your request was sent',
      body: (other) =>
        `We ask ${yourEn[other]} about the new time. The session stays where it is until the answer is yes.`,
    },
  },
  dropped: { heading: 'Nothing was changed', body: 'The answer that was not yours is set aside.' },
  overtaken: {
    heading: 'This answer no longer fits',
    body: 'The session was changed, or you have answered since. Nothing was changed by this answer.',
  },
  used: { heading: 'This was answered already', body: 'The question behind this link has its answer.' },
};
const yourEn = { host: 'your host', guest: 'your guest' } as const;
const YourEn = { host: 'Your host', guest: 'Your guest' } as const;

const de: HeldTexts = {
  heading: 'Ist das Ihre Antwort?',
  body: 'Bisher hat sich nichts geändert. Bestätigen Sie die Antwort nur, wenn sie von Ihnen ist.',
  claims: {
    accepted: () => 'Sie sagen diesen Termin zu.',
    declined: (other) => `Sie sagen diesen Termin ab. Er kann damit für Sie und ${akkusativ[other]} entfallen.`,
    tentative: () => 'Sie kommen vielleicht.',
    'new-time': (other) =>
      `Sie schlagen eine andere Zeit vor. Wir fragen ${akkusativ[other]}; bis zur Zusage bleibt alles, wie es ist.`,
  },
  yes: {
    accepted: 'Ja, ich sage zu',
    declined: 'Ja, ich sage ab',
    tentative: 'Ja, vielleicht',
    'new-time': 'Ja, um diese Zeit bitten',
  },
  no: 'Nein, alles so lassen',
  done: {
    accepted: { heading: 'Sie haben zugesagt', body: () => 'Danke. Der Termin findet wie geplant statt.' },
    declined: { heading: 'Sie haben abgesagt', body: () => 'Ihre Antwort ist vermerkt.' },
    tentative: { heading: 'Ihre Antwort ist vermerkt', body: () => 'Der Termin bleibt wie geplant.' },
    'new-time': {
      heading: 'Ihre Anfrage ist unterwegs',
      body: (other) =>
        `Wir fragen ${akkusativ[other]} nach der neuen Zeit. Bis zur Zusage bleibt der Termin bei seiner bisherigen Zeit.`,
    },
  },
  dropped: { heading: 'Nichts wurde geändert', body: 'Die Antwort, die nicht von Ihnen war, ist beiseitegelegt.' },
  overtaken: {
    heading: 'Diese Antwort passt nicht mehr',
    body: 'Der Termin wurde geändert, oder Sie haben inzwischen geantwortet. Durch diese Antwort hat sich nichts geändert.',
  },
  used: { heading: 'Das ist schon beantwortet', body: 'Die Frage hinter diesem Link hat ihre Antwort.' },
};
const akkusativ = { host: 'Ihren Gastgeber', guest: 'Ihren Gast' } as const;

const languages: Readonly<Record<string, HeldTexts>> = { en, de };

/** By the language that the page's other texts speak. */
export const heldTexts = (language: string): HeldTexts => languages[language.split('-')[0] ?? ''] ?? en;
