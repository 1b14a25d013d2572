// The texts of an invitation's calendar entry, in every language of letters. notification-sender writes it into
// REQUESTs and its letters quote it; scheduling-api writes it into the file of GET /calendar: the two are the same
// event.
import type { Role } from '#contracts';

export interface InvitationWords {
  howToAnswer: string;
  /** Before the platform's own words for a move or a cancellation. */
  organizerWrites(reason: string): string;
  /** Before the online link. */
  join: string;
  /** Before the reschedule link; `other` is the role of the one who is not the reader. */
  askNewTime(other: Role): string;
}

const yourEn = { host: 'your host', guest: 'your guest' } as const;
const en: InvitationWords = {
  howToAnswer: 'Please accept or decline with the buttons of your calendar or mail program.',
  organizerWrites: (reason) => `The organizer writes: ${reason}`,
  join: 'Join online',
  askNewTime: (other) =>
    `Does the time not suit you? Open this link and propose another one; ${yourEn[other]} is asked, no login is needed:`,
};

const akkusativ = { host: 'Ihren Gastgeber', guest: 'Ihren Gast' } as const;
const de: InvitationWords = {
  howToAnswer: 'Bitte sagen Sie mit den Schaltflächen Ihres Kalender- oder Mailprogramms zu oder ab.',
  organizerWrites: (reason) => `Der Veranstalter schreibt: ${reason}`,
  join: 'Online teilnehmen',
  askNewTime: (other) =>
    `Passt die Zeit nicht? Öffnen Sie diesen Link und schlagen Sie eine andere vor; wir fragen ${akkusativ[other]}, eine Anmeldung ist nicht nötig:`,
};

export const invitationWords = { en, de };

/** The texts for a locale (BCP 47); English for other languages. */
export const invitationWordsFor = (locale: string): InvitationWords =>
  /^de(?:-|$)/i.test(locale) ? invitationWords.de : invitationWords.en;

/**
 * The DESCRIPTION of a REQUEST: plain text, since Apple, Outlook and Thunderbird show HTML in it raw. Paragraphs are
 * divided by a blank line; a link stands alone on its line. What is null is left out.
 */
export function invitationDescription(
  words: InvitationWords,
  about: { reason: string | null; joinUrl: string | null; other: Role; rescheduleUrl: string | null },
): string {
  const { reason, joinUrl, other, rescheduleUrl } = about;
  return [
    ...(reason === null ? [] : [words.organizerWrites(reason)]),
    words.howToAnswer,
    ...(joinUrl === null ? [] : [`${words.join}:\n${joinUrl}`]),
    ...(rescheduleUrl === null ? [] : [`${words.askNewTime(other)}\n${rescheduleUrl}`]),
  ].join('\n\n');
}
