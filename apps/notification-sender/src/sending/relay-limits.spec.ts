// What a relay's refusal says about its limits, and how long a learnt limit lasts.
import { LearntLimit, limitFault, limitOf, limitsIn } from './relay-limits';

const refusal = {
  code: 421 as number | undefined,
  words: '421 closing',
  contentStarted: false,
  carried: 5,
  opened: true,
  others: 2,
};

describe('a refusal', () => {
  it.each([
    '421 4.7.0 Too many messages in this session, closing connection',
    '421 too many messages in this connection',
    '452 4.5.3 Too many messages this session',
    '421 too many messages in one connection',
    '421 Max message per connection reached, closing transmission channel',
    '450 4.7.1 mail limit for this connection exceeded: maximum mails per session',
    '550 5.7.0 Too many emails per session',
    '452 4.5.3 too many recipients in this session',
  ])('"%s" is about the letters of a session', (words) => {
    const code = Number(words.slice(0, 3));
    expect(limitOf({ ...refusal, code, words })).toBe('letters');
    // A new session has carried none: then it is not.
    expect(limitOf({ ...refusal, code, words, carried: 0 })).toBe('none');
  });

  it.each([
    [{ opened: false, carried: 0, words: '421 4.7.0 try again later' }, 'sessions'],
    [{ opened: false, carried: 0, code: 432, words: '432 4.3.2 Concurrent connections limit exceeded' }, 'sessions'],
    [{ carried: 0, words: '421 4.7.0 Too many concurrent SMTP connections' }, 'sessions'],
    // Nobody else has a session: the relay takes none.
    [{ opened: false, carried: 0, others: 0 }, 'none'],
    [{ opened: false, carried: 0, code: 554, words: '554 no service' }, 'none'],
    [{ opened: false, carried: 0, code: undefined, words: 'connect ECONNREFUSED' }, 'none'],
    [{ words: '421 4.4.2 idle for too long' }, 'again'],
    [{ code: undefined, words: 'Connection closed unexpectedly' }, 'again'],
    [{ contentStarted: true }, 'none'],
    [{ code: undefined, words: 'Connection closed unexpectedly', contentStarted: true }, 'none'],
    [{ code: 451, words: '451 4.7.1 greylisted' }, 'none'],
    [{ code: 452, words: '452 4.2.2 mailbox full' }, 'none'],
    [{ code: 452, words: '452 4.5.3 too many recipients this hour' }, 'none'],
    [{ code: 450, words: '450 4.7.1 too many messages from your address, slow down' }, 'none'],
    [{ carried: 0 }, 'none'],
  ] as const)('%j is about %s', (changes, limit) => {
    expect(limitOf({ ...refusal, ...changes })).toBe(limit);
  });
});

describe('a learnt limit', () => {
  it('is the given one until a lower one is learnt, and again after a while', () => {
    let now = 0;
    const limit = new LearntLimit(100, { forgetMs: 1_000 }, () => now);
    limit.learn(5);
    limit.learn(7);
    expect(limit.value).toBe(5);
    now = 1_000;
    expect(limit.value).toBe(100);
  });

  it('grows by one each time, never past the given one, and is at least one', () => {
    let now = 0;
    const limit = new LearntLimit(4, { growMs: 1_000 }, () => now);
    limit.learn(0);
    expect(limit.value).toBe(1);
    now = 2_500;
    expect(limit.value).toBe(3);
    now = 60_000;
    expect(limit.value).toBe(4);
  });
});

describe('the limits of a URL', () => {
  it('are read by the names of nodemailer', () => {
    expect(limitsIn('smtp://relay.example?maxMessages=100&maxConnections=3')).toEqual({
      maxMessages: 100,
      maxConnections: 3,
    });
    expect(limitsIn('smtp://relay.example')).toEqual({ maxMessages: undefined, maxConnections: undefined });
  });

  it.each(['maxMessages=0', 'maxMessages=many', 'maxConnections=101', 'maxConnections=', 'maxMessages=1.5'])(
    '%s is refused',
    (query) => {
      expect(limitFault(`smtp://relay.example?${query}`)).toMatch(
        /^has a max(Messages|Connections) that is not a whole number from 1 to/,
      );
    },
  );
});
