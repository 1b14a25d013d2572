// A bad environment is refused whole, by name and rule, and never by value.
import { z } from 'zod';
import { field, readSettings, serviceSettings, SettingsFault } from './settings';

const shape = {
  ...serviceSettings,
  TOKEN_SECRET: field.secret,
  API_KEYS: z.string(),
  ORGANIZER_EMAIL: field.mailbox,
  DATABASE_URL: field.url('postgres'),
  HOLD: field.whole(0, 60).default(30),
};
const good = {
  TOKEN_SECRET: 's',
  API_KEYS: 'a:k',
  ORGANIZER_EMAIL: 'a@b.test',
  DATABASE_URL: 'postgres://localhost/x',
};
const faults = (env: Record<string, string | undefined>): string[] => {
  try {
    readSettings(env, shape, ['TOKEN_SECRET', 'API_KEYS']);
  } catch (error) {
    if (error instanceof SettingsFault) return error.faults;
    throw error;
  }
  return [];
};

it('defaults fill in, an empty variable counts as not set, and the result cannot be changed', () => {
  const settings = readSettings({ ...good, PORT: '', HOLD: '5' }, shape);
  expect([settings.PORT, settings.HOLD, Object.isFrozen(settings)]).toEqual([3000, 5, true]);
});

it('every fault is listed at once, by name and rule', () => {
  expect(
    faults({ PORT: 'x', HOLD: '61', LOG_LEVEL: 'loud', ORGANIZER_EMAIL: 'A <a@b>', DATABASE_URL: 'mysql://x' }),
  ).toEqual([
    'API_KEYS: must be set',
    'DATABASE_URL: must be a URL with postgres',
    'HOLD: must be at most 60',
    expect.stringMatching(/^LOG_LEVEL: must be one of fatal/),
    'ORGANIZER_EMAIL: must be a bare mail address',
    'PORT: must be a whole number',
    'TOKEN_SECRET: must be set',
  ]);
});

it('no fault shows a value', () => {
  const messages = faults({
    ...good,
    ORGANIZER_EMAIL: 'hunter2',
    DATABASE_URL: 'hunter2',
    PORT: 'hunter2',
    HOLD: 'hunter2',
    LOG_LEVEL: 'hunter2',
  }).join();
  expect(messages).not.toContain('hunter2');
});

it('a list of proxies is addresses and networks', () => {
  expect(faults({ ...good, TRUSTED_PROXIES: '10.0.0.0/8, ::1, uniquelocal' })).toEqual([]);
  for (const bad of ['zzz', '10.0.0.0/33', '10.0.0.1,'])
    expect(faults({ ...good, TRUSTED_PROXIES: bad })).toEqual([expect.stringMatching(/^TRUSTED_PROXIES: must be/)]);
});

it('a secret that production misses is named once', () => {
  expect(
    faults({ ...good, NODE_ENV: 'production', TOKEN_SECRET: undefined }).filter((each) =>
      each.startsWith('TOKEN_SECRET'),
    ),
  ).toEqual(['TOKEN_SECRET: must be set in production']);
});

it('production requires secrets of at least 32 characters', () => {
  const long = 'x'.repeat(32);
  expect(faults({ ...good, NODE_ENV: 'production' })).toEqual([
    'API_KEYS: must hold at least 32 characters in production',
    'TOKEN_SECRET: must hold at least 32 characters in production',
  ]);
  expect(faults({ ...good, NODE_ENV: 'production', TOKEN_SECRET: long, API_KEYS: `a:${long},b:short` })).toEqual([
    'API_KEYS: must hold at least 32 characters in production',
  ]);
  expect(faults({ ...good, NODE_ENV: 'production', TOKEN_SECRET: long, API_KEYS: `a:${long}` })).toEqual([]);
});
