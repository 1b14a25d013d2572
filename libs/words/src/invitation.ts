// The texts of an invitation's calendar entry, in every language of letters. notification-sender writes it into
// REQUESTs and its letters quote it; scheduling-api writes it into the file of GET /calendar: the two are the same
// event.
import type { Role } from '#contracts';
import type { InvitationWords } from './letter-texts';
import { letterTextsFor } from './letters';

/** The texts for a locale (BCP 47); English for a language without texts. */
export const invitationWordsFor = (locale: string): InvitationWords => letterTextsFor(locale).texts.invitation;

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
