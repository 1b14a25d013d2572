// `npm run token`: mints a token such as an identity provider would, for development. Never used by the apps.
// Called by bin/token.mjs with the words after `--` and the environment.
import { createPrivateKey, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { JwtService } from '@nestjs/jwt';
import { readSettings, SettingsFault, tokenSettings } from '#service';

const usage = `npm run --silent token -- --sub NAME --scope "rooms:read rooms:write" --ttl 1h
  signs a token with AUTH_JWT_PRIVATE_KEY for AUTH_JWT_ISSUER and AUTH_JWT_AUDIENCE; the time is s, m, h or d, 1h unless given`;

const secondsOf = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** `code` 0: `text` is the token; 2: it says what is wrong with the call or the settings. */
export function mintToken({ args, env }: { args: string[]; env: Record<string, string | undefined> }): {
  code: 0 | 2;
  text: string;
} {
  try {
    const wanted = options(args);
    if (wanted === null) return { code: 2, text: usage };
    const settings = readSettings(env, tokenSettings);
    const { AUTH_JWT_PRIVATE_KEY: privateKey, AUTH_JWT_ISSUER: issuer, AUTH_JWT_AUDIENCE: audience } = settings;
    if (privateKey === undefined || issuer === undefined || audience === undefined)
      return { code: 2, text: 'AUTH_JWT_PRIVATE_KEY, AUTH_JWT_ISSUER and AUTH_JWT_AUDIENCE must be set' };
    const algorithm = createPrivateKey(privateKey).asymmetricKeyType === 'ec' ? 'ES256' : 'RS256';
    const expiresIn = wanted.ttlSeconds;
    const how = {
      privateKey,
      algorithm,
      issuer,
      audience,
      expiresIn,
      subject: wanted.sub,
      jwtid: randomUUID(),
    } as const;
    return { code: 0, text: new JwtService({}).sign({ scope: wanted.scope }, how) };
  } catch (error) {
    if (error instanceof SettingsFault) return { code: 2, text: error.faults.join('\n') };
    throw error;
  }
}

function options(args: string[]): { sub: string; scope: string; ttlSeconds: number } | null {
  const string = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ args, options: { sub: string, scope: string, ttl: string } });
    const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(values.ttl ?? '1h') ?? [];
    if (!values.sub || values.scope === undefined || count === undefined || unit === undefined) return null;
    const ttlSeconds = Number(count) * secondsOf[unit as keyof typeof secondsOf];
    return ttlSeconds > 0 ? { sub: values.sub, scope: values.scope, ttlSeconds } : null;
  } catch {
    return null;
  }
}
