// What other apps use of the sender: the bytes of a letter from its row in the ledger, rendered by the functions that
// rendered them when it was sent. Imported as `#rendering`.
// Used by scheduling-api for what an operator or a person may see; nothing is sent from here.
import { type LetterFacts, Letter } from '../letters/letter';
import { notificationSenderSettings } from '../settings';
import { calendarOf } from './calendar';
import { renderLetter, type RenderSettings, sharedParts } from './render';

const { ORGANIZER_NAME, PUBLIC_URL, ICS_TIMES, ICS_ATTACHMENT, SUBJECTS, BRAND_NAME, BRAND_COLOR, BRAND_LOGO_URL } =
  notificationSenderSettings;

/** The settings that decide a letter's bytes, beside TOKEN_SECRET and ORGANIZER_EMAIL: they must be the sender's. */
export const renderingSettings = {
  ORGANIZER_NAME,
  PUBLIC_URL,
  ICS_TIMES,
  ICS_ATTACHMENT,
  SUBJECTS,
  BRAND_NAME,
  BRAND_COLOR,
  BRAND_LOGO_URL,
};

/** A row of the ledger, as far as its bytes depend on it. */
export interface StoredLetter {
  id: string;
  /** With angle brackets. */
  messageId: string;
  content: unknown;
  /** Null until the letter was first leased: it has no bytes before. */
  dtstamp: Date | null;
  claimedAt: Date | null;
}

/**
 * The mail of a stored letter; null where it has none, or can no longer be rendered (its secret is not configured any
 * more, or the letter was erased).
 */
export function letterBytes(
  settings: RenderSettings,
  { id, messageId, content, dtstamp, claimedAt }: StoredLetter,
): Buffer | null {
  const parsed = Letter.safeParse(content);
  if (!parsed.success || dtstamp === null || claimedAt === null) return null;
  const first = (content as { firstMessageId?: unknown }).firstMessageId;
  const facts: LetterFacts = {
    letterId: id,
    messageId,
    firstMessageId: typeof first === 'string' ? first : null,
    dtstamp,
    writtenAt: claimedAt,
  };
  try {
    const shared = sharedParts(settings, parsed.data);
    const how = { organizer: shared.organizer, times: settings.ICS_TIMES };
    const calendar = calendarOf(parsed.data, facts, how, shared.link);
    return renderLetter(parsed.data, facts, calendar, settings, shared).bytes;
  } catch {
    return null;
  }
}

export type { RenderSettings };
