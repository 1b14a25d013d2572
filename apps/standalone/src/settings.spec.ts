// What is wrong with the environment of `npm start` is told whole, before a folder is made or anything is started.
import { SettingsFault } from '#service';
import { readPlace } from './settings';

const faults = (env: Record<string, string>): string[] => {
  try {
    readPlace(env);
    return [];
  } catch (error) {
    if (error instanceof SettingsFault) return error.faults;
    throw error;
  }
};

const long = 'x'.repeat(32);
const production = { NODE_ENV: 'production', API_KEYS: `a:${long}`, INBOUND_TOKEN: long, TOKEN_SECRET: long };

it('without any setting there is nothing to repair', () => {
  expect(faults({})).toEqual([]);
});

it('production wants real secrets, all told at once', () => {
  expect(faults(production)).toEqual([]);
  expect(faults({ NODE_ENV: 'production', INBOUND_TOKEN: 'short' })).toEqual([
    'API_KEYS: must be set in production',
    'INBOUND_TOKEN: must hold at least 32 characters in production',
    'TOKEN_SECRET: must be set in production',
  ]);
});

it("a fault of the process and one of an app's own stand side by side, each once, without the value", () => {
  const found = faults({
    PORT: 'secret-port',
    SMTP_URL: 'http://secret',
    ORGANIZER_EMAIL: 'secret',
    DECISION_HOLD_SECONDS: 'secret',
  });
  expect(found.map((each) => each.split(':')[0])).toEqual([
    'DECISION_HOLD_SECONDS',
    'ORGANIZER_EMAIL',
    'PORT',
    'SMTP_URL',
  ]);
  expect(found.join()).not.toContain('secret');
});
