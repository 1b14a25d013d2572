import { encryptedMails, sentence, uid, wrappings } from './corpus/wrapped.fixture';
import { guest } from './corpus/mail-text.fixture';
import { peopleReplies } from './corpus/people.fixture';
import { interpret } from './interpret';
import { readMail } from './mail';

describe.each(wrappings)('in %s', (_name, wrap) => {
  it('a calendar reply is read', () => {
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

it.each([
  ['without a colon', 'X-BROKEN LINE WITHOUT A COLON'],
  ['with a quote that never ends', 'X-NOTE;CN="Gil:text'],
  ['of signs alone', ';;;===:::'],
  ['with a parameter that has no value', 'X-NOTE;CN:text'],
])('a calendar reply with one broken line, %s, is read', (_name, line) => {
  const raw =
    wrappings
      .find(([name]) => name.startsWith('plain text'))?.[1]('calendar')
      .toString() ?? '';
  const broken = raw.replace('DTSTAMP:', `${line}\r\nDTSTAMP:`);
  expect(broken).toContain(line);
  expect(interpret(readMail(Buffer.from(broken)))).toMatchObject({
    kind: 'reply',
    uid,
    attendee: guest,
    partstat: 'declined',
    startUtc: '2026-12-10T10:00:00.000Z',
  });
});

it.each(encryptedMails)('%s is ignored as encrypted', (_name, raw) => {
  const { kind, why } = interpret(readMail(raw));
  expect({ kind, code: why.split(':')[0] }).toEqual({ kind: 'ignored', code: 'encrypted' });
});

it.each(['a sign alone', 'flowed, a sentence over two lines', 'flowed without blanks', 'Markdown', 'flowed'])(
  'the words of a person are read: %s',
  (name) => {
    const reply = peopleReplies.find((each) => each.name === name);
    const { kind, visibleText } = interpret(readMail(reply?.raw ?? Buffer.alloc(0)));
    expect({ kind, visibleText }).toEqual({ kind: 'text', visibleText: reply?.text });
  },
);
