// The shapes of the platform's requests, field by field, and how a wrong field becomes a 422 that names it.
// Read by the controllers; the OpenAPI page is made from the same schemas.
import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { Role } from '#contracts';
import { fieldFaults, invalidFields, Problem } from '#service';
import { isZone } from '#words';

/** What every text from outside must be: no lone surrogate, no control character. */
export const isPlainText = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text);

export const clean = (max: number): z.ZodType<string, string> =>
  z
    .string()
    .refine(isPlainText, {
      error: 'must not contain control characters',
      params: { code: 'control-character' },
    })
    .refine((text) => [...text].length <= max, {
      error: `must be at most ${max} characters`,
      params: { code: 'too-long' },
    });

export const filled = (max: number): z.ZodType<string, string> =>
  clean(max).refine((text) => text.trim().length > 0, { error: 'must not be empty', params: { code: 'empty' } });

const rfc3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/**
 * Any RFC 3339 instant, fraction optional (kept to milliseconds); refuses dates that do not exist instead of rolling
 * over.
 */
export function parseInstant(text: string): Date | null {
  const [, local, fraction = '', offset] = rfc3339.exec(text.toUpperCase()) ?? [];
  if (local === undefined || offset === undefined) return null;
  // A day or hour that does not exist comes back as another one, or as no date at all.
  const asUtc = new Date(`${local}Z`);
  if (Number.isNaN(asUtc.getTime()) || !asUtc.toISOString().startsWith(local)) return null;
  const at = new Date(`${local}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`);
  return at.getUTCFullYear() >= 0 && at.getUTCFullYear() <= 9999 ? at : null;
}

export const InstantInput = z
  .string()
  .refine((text) => parseInstant(text) !== null, {
    error: 'must be an RFC 3339 instant, e.g. 2026-12-01T09:00:00Z',
    params: { code: 'not-an-instant' },
  })
  .transform((text) => parseInstant(text) ?? new Date(Number.NaN));

/**
 * One bare address (RFC 5321: local part ≤ 64 octets, whole ≤ 254; RFC 1035: label ≤ 63); no display name, no quoted
 * local part, nothing that could end a header.
 */
const address = (() => {
  const label = String.raw`[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?`;
  return new RegExp(String.raw`^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@(?=.{1,253}$)(?:${label}\.)*${label}$`, 'u');
})();
/**
 * Format characters (direction marks, soft hyphens, joiners, tags), what Unicode says to show as nothing (Hangul
 * fillers, the grapheme joiner, variation selectors), and the braille blank. An address with one is not the address
 * that it seems to be, so mail to it is lost.
 */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** The first character that cannot be seen, as `U+200B`, or null. */
export function unseenCharacter(text: string): string | null {
  const code = unseen.exec(text)?.[0].codePointAt(0);
  return code === undefined ? null : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

export const Email = z.string().superRefine((text, context) => {
  const unseen = unseenCharacter(text);
  if (unseen !== null) {
    const message = `contains the invisible character ${unseen}; type the address without it`;
    context.addIssue({ code: 'custom', message, params: { code: 'invisible-character' } });
  } else if (!isAddress(text)) {
    context.addIssue({
      code: 'custom',
      message: 'must be one bare mail address',
      params: { code: 'not-an-address' },
    });
  }
});

const isAddress = (text: string): boolean =>
  text.isWellFormed() &&
  Buffer.byteLength(text) <= 254 &&
  address.test(text) &&
  !/^\.|\.\.|\.@/.test(text) &&
  isDomain(text.slice(text.lastIndexOf('@') + 1));

/** What the domain name system can contain, in the form in which mail asks for it. */
const isDomain = (domain: string): boolean => /^(?!.{254})[^.]{1,63}(?:\.[^.]{1,63})*$/.test(domainToASCII(domain));

export const TimeZone = z.string().refine(isZone, {
  error: 'must be an IANA time zone, e.g. Europe/Berlin',
  params: { code: 'unknown-time-zone' },
});

export const Locale = z.string().refine(
  (tag) => {
    try {
      return tag.length <= 35 && Intl.getCanonicalLocales(tag).length === 1;
    } catch {
      return false;
    }
  },
  { error: 'must be a BCP 47 language tag, e.g. en or de-AT', params: { code: 'not-a-locale' } },
);

/** `null` is taken as "not given" wherever a field may be left out. */
const orAbsent = <T extends z.ZodType>(schema: T): z.ZodOptional<z.ZodNullable<T>> => schema.nullable().optional();

export const PersonInput = z
  .strictObject({ email: Email, name: orAbsent(clean(200)), timeZone: orAbsent(TimeZone), locale: orAbsent(Locale) })
  .transform((given) => ({
    email: given.email,
    name: given.name || null,
    timeZone: given.timeZone ?? 'UTC',
    locale: given.locale ?? 'en',
  }));

export const PolicyInput = z.strictObject({
  onDecline: orAbsent(z.enum(['strict', 'soft'])),
  proposals: orAbsent(z.enum(['both', 'host', 'guest', 'none'])),
  proposalTtlHours: orAbsent(z.number().gt(0).max(8_760)),
});

export const CreateRequest = z.strictObject({
  title: orAbsent(filled(200)),
  startUtc: InstantInput,
  endUtc: InstantInput,
  host: PersonInput,
  guest: orAbsent(PersonInput),
  location: orAbsent(clean(500)),
  videoRoom: orAbsent(z.boolean()),
  policy: orAbsent(PolicyInput),
  externalId: orAbsent(clean(200)),
});

export const BookRequest = z.strictObject({ roomId: z.string(), guest: PersonInput });
export const DeleteRequest = z.strictObject({ roomId: z.string(), reason: orAbsent(clean(300)) });

const letterOf = { uid: filled(300), attendeeEmail: Email };
export const SendRequest = z.strictObject({
  ...letterOf,
  startUtc: InstantInput,
  endUtc: InstantInput,
  sequence: z.int().min(0),
});
export const SendCancelRequest = z.strictObject(letterOf);

export const ListQuery = z.strictObject({
  status: z.enum(['scheduled', 'cancelled']).optional(),
  from: InstantInput.optional(),
  to: InstantInput.optional(),
  email: Email.optional(),
  role: Role.optional(),
  externalId: clean(200).optional(),
  updatedSince: InstantInput.optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, 'must be a whole number from 1 to 200')
    .transform(Number)
    .pipe(z.number().min(1).max(200))
    .default(50),
  cursor: z.string().max(200).optional(),
});

/**
 * The parsed body, or a 422 that names each wrong field by JSON Pointer (queries: `?name`). A body that is not an object
 * is a 400.
 */
export function parse<T extends z.ZodType>(schema: T, body: unknown, where: 'body' | 'query' = 'body'): z.infer<T> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Problem(400, 'unreadable-body', 'The body must be a JSON object.');
  const parsed = schema.safeParse(body, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidFields(fieldFaults(parsed.error, where));
}

/** A plus that was not escaped arrives as a space, which neither an instant nor an address contains. */
export function readListQuery(query: Readonly<Record<string, unknown>>): z.infer<typeof ListQuery> {
  const plus = (name: string, value: unknown): unknown =>
    typeof value === 'string' && ['from', 'to', 'email', 'updatedSince'].includes(name)
      ? value.replaceAll(' ', '+')
      : value;
  return parse(
    ListQuery,
    Object.fromEntries(Object.entries(query).map(([name, value]) => [name, plus(name, value)])),
    'query',
  );
}
