import { encryptedMails, sentence, uid, wrappings } from './corpus/wrapped.fixture';
import { guest } from './corpus/mail-text.fixture';
import { interpret } from './interpret';
import { readMail } from './mail';

describe.each(wrappings)('in %s', (_name, wrap) => {
  it('a calendar answer is read', () => {
    expect(interpret(readMail(wrap('calendar')))).toMatchObject({
      kind: 'reply',
      method: 'REPLY',
      uid,
      attendee: guest,
      partstat: 'declined',
      startUtc: '2026-12-10T10:00:00.000Z',
    });
  });

  it('words are read', () => {
    expect(interpret(readMail(wrap('words')))).toMatchObject({ kind: 'text', visibleText: sentence });
  });
});

it.each(encryptedMails)('%s stays closed, and says so', (_name, raw) => {
  const { kind, why } = interpret(readMail(raw));
  expect({ kind, code: why.split(':')[0] }).toEqual({ kind: 'ignored', code: 'encrypted' });
});
