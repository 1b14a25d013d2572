// Renders a letter and the facts of its lease as a mail; the same input always gives the same bytes.
// Called by NotificationService; a pure function of its arguments.
import { organizerAddress, secretsOf } from '#tokens';
import type { Letter, LetterFacts, LetterKind } from '../letters/letter';
import { type LinkWriter, linkWriter, signedOnce } from '../letters/links';
import { type Mailbox, mailable, writeMail } from './mime';
import type { NotificationSenderSettings } from '../settings';
import { type Brand, plainBrand } from './brand';
import { compose } from './compose';
import { htmlDocument } from './html';
import { plainText } from './plain';

export interface RenderedMail {
  bytes: Buffer;
  envelope: { from: string; to: string };
  /** Addresses that may stand in this mail: its reader's and the organizer's. */
  own: string[];
}

export type RenderSettings = Pick<
  NotificationSenderSettings,
  | 'ORGANIZER_EMAIL'
  | 'ORGANIZER_NAME'
  | 'PUBLIC_URL'
  | 'TOKEN_SECRET'
  | 'TOKEN_SECRET_PREVIOUS'
  | 'ICS_TIMES'
  | 'ICS_ATTACHMENT'
  | 'SUBJECTS'
  | 'BRAND_NAME'
  | 'BRAND_COLOR'
  | 'BRAND_LOGO_URL'
>;

const answersMail: ReadonlySet<LetterKind> = new Set(['held-answer', 'text-answer']);

/** The mailbox a letter comes from and answers go to. */
export function organizerOf(settings: RenderSettings, { room, to }: Letter): Mailbox {
  const name = settings.ORGANIZER_NAME ?? null;
  const secrets = secretsOf(settings);
  const binding = { uid: room.uid, invitationId: to.invitationId };
  return { email: organizerAddress(settings.ORGANIZER_EMAIL, to.tagKey, secrets, binding), name };
}

/** What a letter's calendar and its mail have in common: made once for the two, because each part is signed. */
export interface SharedParts {
  organizer: Mailbox;
  link: LinkWriter;
}

export const sharedParts = (settings: RenderSettings, letter: Letter): SharedParts => ({
  organizer: organizerOf(settings, letter),
  link: signedOnce(linkWriter(settings.PUBLIC_URL, secretsOf(settings))),
});

/** The operator's looks; plain where nothing is set. */
export const brandOf = ({ BRAND_NAME, BRAND_COLOR, BRAND_LOGO_URL }: RenderSettings): Brand => ({
  name: BRAND_NAME ?? null,
  color: BRAND_COLOR ?? plainBrand.color,
  logoUrl: BRAND_LOGO_URL ?? null,
});

/**
 * A DECLINECOUNTER has no file: it contains the refused time, and a calendar that reads a file without its METHOD would
 * move the meeting there (`findings/khal-imports-the-refused-time.sh`).
 */
const attachmentOf = ({ method }: Letter, settings: RenderSettings): RenderSettings['ICS_ATTACHMENT'] =>
  method === 'DECLINECOUNTER' ? 'none' : settings.ICS_ATTACHMENT;

/**
 * `calendar` is the letter's calendar text, null for a plain mail; `shared` are the parts that it was written with, where
 * it was written just before. Throws LinkSecretMissing where a link's secret is no longer configured.
 */
export function renderLetter(
  letter: Letter,
  facts: LetterFacts,
  calendar: string | null,
  settings: RenderSettings,
  { organizer, link }: SharedParts = sharedParts(settings, letter),
): RenderedMail {
  const composition = compose(letter, link, settings.SUBJECTS);
  const bytes = writeMail({
    organizer,
    to: { email: letter.to.email, name: letter.to.name },
    subject: composition.subject,
    date: facts.writtenAt,
    messageId: facts.messageId,
    firstMessageId: facts.firstMessageId,
    plain: plainText(composition),
    html: htmlDocument(composition, brandOf(settings)),
    calendar: calendar === null ? null : { method: letter.method, text: calendar },
    ...(answersMail.has(letter.matter.kind) ? { automatic: 'auto-replied' as const } : {}),
    attachment: attachmentOf(letter, settings),
    seed: facts.letterId,
  });
  return {
    bytes,
    envelope: { from: mailable(organizer.email), to: mailable(letter.to.email) },
    own: [letter.to.email, organizer.email, settings.ORGANIZER_EMAIL],
  };
}
