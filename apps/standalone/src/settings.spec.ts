// Every bad variable is named at once, with its rule and never its value; production makes nothing up.
import { SettingsFault } from '#service';
import { type Environment, readPlace } from './settings';

const faultsOf = (env: Environment): string[] => {
  try {
    readPlace(env);
    return [];
  } catch (error) {
    return error instanceof SettingsFault ? error.faults : [String(error)];
  }
};

test('an empty environment is enough', () => {
  expect(readPlace({})).toMatchObject({ PORT: 3000, DATA_DIR: '.data' });
});

test('bad variables of the process and of every app are named in one go, without their values', () => {
  const bad: Environment = {
    PORT: 'p0rt', DATABASE_URL: 'dat4base', RABBITMQ_URL: 'br0ker', SMTP_URL: 'rel4y', LOG_LEVEL: 'l0ud', TRUSTED_PROXIES: 'pr0xy', PUBLIC_URL: 'publ1c',
    API_KEYS: 'n0colon', DECLINE_POLICY: 'decl1ne', PROPOSAL_TTL_HOURS: '-48', RESCHEDULE_LINK_TTL_HOURS: 'f0rever', DECISION_LINKS: 'm4ybe',
    DECISION_HOLD_SECONDS: '1h0ur', RATE_LIMIT: 'l1mit', ORGANIZER_EMAIL: 'n0body', ORGANIZER_TAGGING: 't4g', ICS_TIMES: 't1mes', ICS_ATTACHMENT: 'att4ch',
    SMTP_RETRY_BASE_MS: 'b4se', VIDEO_PROVIDER: 'vid3o', INBOUND_TRUST: 'trust3d', LMTP_PORT: 'lmtp0', IMAP_URL: 'im4p',
  };
  const faults = faultsOf(bad);
  expect(faults.map((each) => each.slice(0, each.indexOf(':')))).toEqual(Object.keys(bad).sort());
  for (const value of Object.values(bad)) expect(faults.join('\n')).not.toContain(value);
});

test('what several variables must agree on is told with them', () => {
  expect(faultsOf({ DKIM_DOMAIN: 'example.org', VIDEO_PROVIDER: 'daily', ORGANIZER_TAGGING: 'on', ORGANIZER_EMAIL: `${'x'.repeat(64)}@example.org` })).toEqual([
    expect.stringContaining('DAILY_API_KEY'),
    expect.stringContaining('DKIM_PRIVATE_KEY'),
    expect.stringContaining('DKIM_SELECTOR'),
    expect.stringContaining('ORGANIZER_EMAIL'),
  ]);
});

test('production asks for every secret and for a relay at once', () => {
  const missing = ['API_KEYS', 'INBOUND_TOKEN', 'SMTP_URL', 'TOKEN_SECRET'].map((name) => `${name}: must be set in production`);
  expect(faultsOf({ NODE_ENV: 'production' })).toEqual(missing);
  const short = { NODE_ENV: 'production', SMTP_URL: 'smtps://relay.example.org', API_KEYS: 'shop:sh0rt', INBOUND_TOKEN: 'sh0rt', TOKEN_SECRET: 'sh0rt' };
  expect(faultsOf(short)).toEqual(['API_KEYS', 'INBOUND_TOKEN', 'TOKEN_SECRET'].map((name) => `${name}: must hold at least 32 characters in production`));
});
