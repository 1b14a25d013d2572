// The settings of callers (contract, section 7.9): keys of the platform, keys of operators, and where tokens' keys
// come from.
// Merged into the shapes of scheduling-api and imip-ingestor; `tokenRulesOf` checks what must stand together.
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseKeys } from '../bearer';
import { field, SettingsFault } from '../settings';
import { type KeySet, readJwks, readPems, type VerificationKey } from './key-set';

/** `name:key,name:key` as a map from name to key. */
export const namedKeys = z.string().transform((text, context) => {
  try {
    return parseKeys(text);
  } catch (error) {
    // parseKeys says which rule, never a value.
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

/** The text itself, or that of the file it names; a PEM on one line may write its line ends as `\n`. */
function textOrFile(given: string): string {
  const text = given.trim();
  return /^(?:-----BEGIN|\{)/.test(text) ? text.replaceAll('\\n', '\n') : readFileSync(text, 'utf8').trim();
}

const verificationKeys = z.string().transform((given, context): VerificationKey[] => {
  const fault = (message: string): never => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  let set: KeySet;
  try {
    const text = textOrFile(given);
    set = text.startsWith('{') ? readJwks(text) : readPems(text);
  } catch {
    return fault('must be PEM public keys, a JWKS document, or the path of a file that holds one');
  }
  if (set.faults.length > 0)
    return fault(`must hold public keys for RS256, PS256 or ES256; one ${set.faults[0] ?? ''}`);
  return set.keys.length > 0 ? set.keys : fault('must hold at least one public key');
});

const signingKey = z.string().transform((given, context): string => {
  try {
    const pem = textOrFile(given);
    createPrivateKey(pem);
    const { keys } = readPems(createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString());
    if (keys.length === 1) return pem;
  } catch {
    // Said below, like a key that is too weak.
  }
  const message = 'must be a private key in PEM, RSA of 2048 bits or more or EC on P-256, or the path of one';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

export const callerSettings = {
  OPERATOR_KEYS: namedKeys.optional(),
  AUTH_JWT_KEYS: verificationKeys.optional(),
  AUTH_JWKS_URL: field.url('https', 'http').optional(),
  AUTH_JWT_ISSUER: field.text.optional(),
  AUTH_JWT_AUDIENCE: field.text.optional(),
};

/** What `npm run token` reads besides. */
export const tokenSettings = {
  ...callerSettings,
  AUTH_JWT_PRIVATE_KEY: signingKey.optional(),
};

export type CallerSettings = Readonly<z.infer<z.ZodObject<typeof callerSettings>>> & {
  API_KEYS?: ReadonlyMap<string, string> | undefined;
};

/** Whose tokens are taken, and for whom they must be. */
export interface TokenRules {
  issuer: string;
  audience: string;
  /** Keys of the settings, or where to fetch them. */
  keys: VerificationKey[] | { url: string };
}

/** undefined where no tokens are taken. Throws SettingsFault where only some of the variables are set. */
export function tokenRulesOf(settings: CallerSettings): TokenRules | undefined {
  const { AUTH_JWT_KEYS: fixed, AUTH_JWKS_URL: url } = settings;
  const { AUTH_JWT_ISSUER: issuer, AUTH_JWT_AUDIENCE: audience } = settings;
  if ([fixed, url, issuer, audience].every((each) => each === undefined)) return undefined;
  if (fixed !== undefined && url !== undefined)
    throw new SettingsFault(['AUTH_JWKS_URL: must not be set beside AUTH_JWT_KEYS']);
  const keys = fixed ?? (url === undefined ? undefined : { url });
  if (issuer !== undefined && audience !== undefined && keys !== undefined) return { issuer, audience, keys };
  const missing = Object.entries({
    AUTH_JWT_ISSUER: issuer,
    AUTH_JWT_AUDIENCE: audience,
    'AUTH_JWT_KEYS or AUTH_JWKS_URL': keys,
  }).filter(([, value]) => value === undefined);
  throw new SettingsFault(missing.map(([name]) => `${name}: must be set together with the other AUTH_ variables`));
}
