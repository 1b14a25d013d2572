// The shapes of the calls that change a room that is made. A field that is left out stays; null clears it.
// Read by changes.controller.ts and by the API's description.
import { z } from 'zod';
import { Role } from '#contracts';
import { clean, Email, filled, InstantInput, Locale, TimeZone } from './requests';

export const longestReason = 300;
export const defaultTitle = 'Practice Session';

export const RescheduleRequest = z.strictObject({
  roomId: z.string(),
  startUtc: InstantInput,
  endUtc: InstantInput,
  reason: clean(longestReason).nullable().optional(),
});

const clearable = (max: number): z.ZodType<string | null | undefined, string | null | undefined> =>
  clean(max)
    .nullable()
    .optional()
    .transform((text) => (text === undefined ? undefined : text || null));

export const UpdateRequest = z.strictObject({
  roomId: z.string(),
  title: filled(200)
    .nullable()
    .optional()
    .transform((title) => (title === null ? defaultTitle : title)),
  location: clearable(500),
  videoRoom: z
    .boolean()
    .nullable()
    .optional()
    .transform((wanted) => wanted ?? (wanted === null ? false : undefined)),
  externalId: clearable(200),
});

export const AttendeeRequest = z.strictObject({
  roomId: z.string(),
  role: Role,
  email: Email.nullable()
    .optional()
    .transform((email) => email ?? undefined),
  name: clearable(200),
  timeZone: TimeZone.nullable()
    .optional()
    .transform((zone) => (zone === null ? 'UTC' : zone)),
  locale: Locale.nullable()
    .optional()
    .transform((locale) => (locale === null ? 'en' : locale)),
});
