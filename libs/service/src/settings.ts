// Reads the environment once at start: every invalid variable is named with its rule; no value is ever shown.
// Each lib and app exports the shape of what it needs; its main merges them and calls readSettings.
import { isIP } from 'node:net';
import { z } from 'zod';
import { urlsIn } from '#contracts';

/** What is wrong with the environment, one line a variable; never a value, which may be a secret. */
export class SettingsFault extends Error {
  override name = 'SettingsFault';
  constructor(readonly faults: string[]) {
    super(`settings: ${faults.join('; ')}`);
  }
}

/**
 * Parses `env` by `shape` and freezes the result. An empty variable counts as not set.
 * With NODE_ENV=production the names in `secrets` must be set and contain at least 32 characters each.
 * Throws SettingsFault with every fault at once.
 */
export function readSettings<Shape extends z.ZodRawShape>(
  env: Record<string, string | undefined>,
  shape: Shape,
  secrets: readonly (keyof Shape & string)[] = [],
): Readonly<z.infer<z.ZodObject<Shape>>> {
  const nonEmpty = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = z.object(shape).safeParse(nonEmpty);
  const optional = optionalSecrets.filter((name) => name in shape && nonEmpty[name] !== undefined);
  const missing = nonEmpty['NODE_ENV'] === 'production' ? missingSecrets(nonEmpty, [...secrets, ...optional]) : [];
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${rule(issue)}`);
  // One line for each variable; the rule of production replaces "must be set".
  const named = new Map([...faults, ...missing].map((fault) => [fault.slice(0, fault.indexOf(':')), fault]));
  if (!parsed.success || named.size > 0) throw new SettingsFault([...named.values()].sort());
  return Object.freeze(parsed.data);
}

/**
 * Zod's own messages can quote the value ("expected one of … received …" does not, patterns may): only known-safe
 * words leave.
 */
function rule(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return 'must be set';
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  return issue.message;
}

/** Optional secrets that must be long where they are set. */
const optionalSecrets = ['OPERATOR_KEYS'];

const missingSecrets = (given: Record<string, string | undefined>, names: readonly string[]): string[] =>
  names.flatMap((name) => {
    const value = given[name];
    if (value === undefined) return [`${name}: must be set in production`];
    const parts = name.endsWith('_KEYS')
      ? value.split(',').map((entry) => entry.slice(entry.indexOf(':') + 1))
      : [value];
    return parts.some((part) => part.trim().length < 32)
      ? [`${name}: must hold at least 32 characters in production`]
      : [];
  });

const whole = (min: number, max: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(
      z
        .number({ error: `must be from ${min} to ${max}` })
        .min(min, `must be at least ${min}`)
        .max(max, `must be at most ${max}`),
    );

const url = (...schemes: string[]): z.ZodType<string, string> =>
  z.string().refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)), {
    error: `must be a URL with ${schemes.join(' or ')}`,
  });

/** A reschedule link is at most 250 characters; its path and token take 79 of them. */
const longestPublicUrl = 160;

/** Field kinds that several settings share. */
export const field = {
  whole,
  decimal: (above: number): z.ZodType<number, string> =>
    z
      .string()
      .regex(/^\d+(\.\d+)?$/, 'must be a number')
      .transform(Number)
      .pipe(z.number().gt(above, `must be more than ${above}`)),
  url,
  /** What links begin with; without a slash at its end. */
  publicUrl: url('http', 'https')
    .transform((given) => given.replace(/\/+$/, ''))
    .refine((given) => given.length <= longestPublicUrl, { error: `must be at most ${longestPublicUrl} characters` }),
  mailbox: z.string().regex(/^[^\s@<>",;:()\\]+@[^\s@<>",;:()\\]+$/, 'must be a bare mail address'),
  text: z.string().refine((value) => !/\p{Cc}/u.test(value), { error: 'must not contain control characters' }),
  secret: z.string().min(1),
};

/** An address, a CIDR, or one of the names proxy-addr (fastify's own) knows for private networks. */
function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  return (
    version !== 0 &&
    rest.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)))
  );
}

/** What every app process reads. */
export const serviceSettings = {
  NODE_ENV: z.string().default('development'),
  PORT: whole(0, 65_535).default(3000),
  /** Loopback under `npm start`, all interfaces for a single app, unless it is set. */
  HOST: z
    .string()
    .refine((host) => host === 'localhost' || isIP(host) !== 0, {
      error: 'must be an IP address of this machine, 0.0.0.0 for all of them, or localhost',
    })
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  TRUSTED_PROXIES: z
    .string()
    .refine((list) => list.split(',').every((each) => isNetwork(each.trim())), {
      error: 'must be addresses, networks (CIDR), loopback, linklocal or uniquelocal, separated by commas',
    })
    .optional(),
};

/** Settings that are allowed but unwise in production, as lines to log at start. */
export function productionWarnings(env: {
  NODE_ENV: string;
  PUBLIC_URL?: string | undefined;
  SMTP_URL?: string | undefined;
  AUTH_JWKS_URL?: string | undefined;
}): string[] {
  if (env.NODE_ENV !== 'production') return [];
  const warnings: string[] = [];
  if (env.PUBLIC_URL !== undefined && !env.PUBLIC_URL.startsWith('https:')) warnings.push('PUBLIC_URL is not https');
  if (urlsIn(env.SMTP_URL ?? '').some((url) => !url.startsWith('smtps:')))
    warnings.push('SMTP_URL does not ask for TLS');
  if (env.AUTH_JWKS_URL !== undefined && !env.AUTH_JWKS_URL.startsWith('https:'))
    warnings.push('AUTH_JWKS_URL is not https: a server in its place could decide who may call');
  return warnings;
}
