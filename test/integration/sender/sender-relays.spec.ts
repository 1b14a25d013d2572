// Limits of SMTP relays, on real SMTP servers: few letters a session, few sessions at a time; and several relays in
// SMTP_URL.
import { pino } from 'pino';
import { Mailer } from '../../../apps/notification-sender/src/sending/mailer';
import { relayAway, relayLetters } from '../../../apps/notification-sender/src/metrics';
import { listeningLogger } from '../messaging/messaging-fixtures';
import { type SinkOptions, SmtpSink } from '../../support/smtp-sink';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function relay(options: SinkOptions = {}): Promise<{ sink: SmtpSink; url: string }> {
  const sink = new SmtpSink(options);
  open.push(sink);
  return { sink, url: await sink.start() };
}

function mailerTo(url: string, connections = 10, logger = pino({ level: 'silent' })): Mailer {
  const mailer = new Mailer({ url, connections, logger });
  open.push(mailer);
  return mailer;
}

const bytes = Buffer.from('Subject: x\r\n\r\n.dot and x\r\n');
/** Like the dispatcher: `workers` at a time. Rejects with the first letter that is not taken. */
async function sendMany(mailer: Mailer, count: number, workers: number): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) await mailer.send({ from: 'a@meet.example', to: `guest-${(next += 1)}@guest.example` }, bytes);
  };
  await Promise.all(Array.from({ length: workers }, work));
}
function clockAhead(ms: number): jest.SpyInstance {
  const now = performance.now.bind(performance);
  return jest.spyOn(performance, 'now').mockImplementation(() => now() + ms);
}
const everyLetterOnce = (...sinks: SmtpSink[]): number =>
  new Set(sinks.flatMap((sink) => sink.mails.filter((mail) => mail.accepted).flatMap((mail) => mail.to))).size;
const letters = (sink: SmtpSink): number => sink.mails.filter((mail) => mail.accepted).length;

describe('a relay that takes five letters a session', () => {
  it.each([
    [421, '4.7.0 Too many messages in this session, closing connection', true],
    [421, 'too many messages in this connection', false],
    [452, '4.5.3 Too many messages this session', false],
  ])(
    'and then says %i "%s" has all fifty at once, and is not asked again once the five are known',
    async (...limit) => {
      const [code, text, close] = limit;
      const { sink, url } = await relay({ perSession: { letters: 5, code, text, close } });
      const mailer = mailerTo(url, 2);
      await sendMany(mailer, 50, 2);
      expect([letters(sink), everyLetterOnce(sink)]).toEqual([50, 50]);
      // Each of the two sessions may have been at its limit when the first refusal came.
      expect(sink.overLimit).toBeLessThanOrEqual(2);
      expect(sink.overLimit).toBeGreaterThan(0);
      expect(Math.max(...sink.carried.values())).toBe(5);
    },
  );

  it('is never asked for a sixth where its URL says so', async () => {
    const { sink, url } = await relay({ perSession: { letters: 5, code: 421, text: 'too many', close: true } });
    await sendMany(mailerTo(`${url}?maxMessages=5`, 2), 20, 2);
    expect([letters(sink), sink.overLimit]).toEqual([20, 0]);
  });
});

it('opens three sessions to a relay that takes three, and no letter is deferred', async () => {
  const { sink, url } = await relay({ mostSessions: 3 });
  const mailer = mailerTo(url);
  await sendMany(mailer, 30, 10);
  const refused = sink.overLimit;
  await sendMany(mailer, 30, 10);
  expect([letters(sink), sink.carried.size]).toEqual([60, 3]);
  expect(refused).toBeLessThanOrEqual(7);
  expect(sink.overLimit).toBe(refused);
});

it('opens no more sessions than the URL of the relay says', async () => {
  const { sink, url } = await relay({ mostSessions: 3 });
  await sendMany(mailerTo(`${url}?maxConnections=3`), 30, 10);
  expect([letters(sink), sink.carried.size, sink.overLimit]).toEqual([30, 3, 0]);
});

it('rejects the letters where a relay takes no session at all', async () => {
  const { url } = await relay({ mostSessions: 0 });
  const mailer = mailerTo(url);
  const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => sendMany(mailer, 1, 1)));
  expect(
    outcomes.map((each) => each.status === 'rejected' && (each.reason as { responseCode: number }).responseCode),
  ).toEqual(Array.from({ length: 12 }, () => 421));
});

it('continues a session after a refused letter', async () => {
  const { sink, url } = await relay();
  sink.always((to) => (to.startsWith('guest-1@') ? { kind: 'refuse', code: 550, at: 'RCPT' } : undefined));
  const mailer = mailerTo(url, 1);
  await expect(sendMany(mailer, 1, 1)).rejects.toMatchObject({ responseCode: 550 });
  sink.always(() => undefined);
  await sendMany(mailer, 3, 1);
  expect([letters(sink), sink.carried.size]).toEqual([3, 1]);
});

describe('a relay has greeted', () => {
  it('once a session was opened by its URL, with the login; not before, and it is checked once', async () => {
    const { sink, url } = await relay({ auth: { user: 'app', pass: 'right' } });
    expect(await mailerTo(url.replace('//', '//app:wrong@')).hasGreeted()).toBe(false);
    const mailer = mailerTo(url.replace('//', '//app:right@'));
    expect(await Promise.all([mailer.hasGreeted(), mailer.hasGreeted()])).toEqual([true, true]);
    // The first letter has the session of the greeting.
    await sendMany(mailer, 1, 1);
    expect([letters(sink), sink.carried.size]).toEqual([1, 1]);
    await sink.close();
    expect(await mailer.hasGreeted()).toBe(true);
  });

  it('where any of SMTP_URL has, or has taken a letter', async () => {
    const [gone, next] = [await relay(), await relay()];
    await gone.sink.close();
    expect(await mailerTo(`${gone.url},${next.url}`).hasGreeted()).toBe(true);
    const mailer = mailerTo(next.url);
    await sendMany(mailer, 1, 1);
    await next.sink.close();
    expect(await mailer.hasGreeted()).toBe(true);
  });
});

describe('of several relays', () => {
  it('the first has all letters while it can be used', async () => {
    const [first, second] = [await relay(), await relay()];
    const mailer = mailerTo(`${first.url}, ${second.url}`);
    await sendMany(mailer, 10, 3);
    expect([letters(first.sink), letters(second.sink), mailer.state().away]).toEqual([10, 0, undefined]);
  });

  it('the next gets the letters of one that is away, refuses the login, or replies 421 to every connection; the log names it', async () => {
    const gone = await relay();
    await gone.sink.close();
    const strict = await relay({ auth: { user: 'app', pass: 'right' } });
    const busy = await relay({ mostSessions: 0 });
    const last = await relay();
    const { logger, lines } = listeningLogger();
    const login = strict.url.replace('//', '//app:wrong@');
    const mailer = mailerTo([gone.url, login, busy.url, last.url].join(','), 5, logger);
    await sendMany(mailer, 10, 5);
    expect([letters(last.sink), everyLetterOnce(last.sink)]).toEqual([10, 10]);
    const left = [gone.url, strict.url, busy.url].map((url) => new URL(url).host);
    expect(mailer.state()).toEqual({ failing: false, code: null, away: left });
    const told = lines.filter(({ msg }) => String(msg).startsWith('the SMTP relay cannot be used'));
    expect(new Set(told.map((line) => line.relay))).toEqual(new Set(left));
    expect(JSON.stringify(lines)).not.toMatch(/wrong|@/);
  });

  it('the next never gets a letter that the first refused, deferred, or had begun to read', async () => {
    const [first, second] = [await relay(), await relay()];
    const mailer = mailerTo(`${first.url},${second.url}`);
    for (const answer of [
      { kind: 'refuse', code: 550, at: 'RCPT' },
      { kind: 'refuse', code: 451, at: 'RCPT' },
      { kind: 'drop', at: 'DATA' },
    ] as const) {
      first.sink.next(answer);
      await expect(sendMany(mailer, 1, 1)).rejects.toThrow();
    }
    expect([letters(first.sink), second.sink.attempts.length, mailer.state().away]).toEqual([0, 0, undefined]);
  });

  it('the next gets at once what the first defers at MAIL FROM, as with a quota; the first is left out for 30 s', async () => {
    const [first, second] = [await relay(), await relay()];
    const mailer = mailerTo(`${first.url},${second.url}`);
    const throttled = { kind: 'refuse', code: 454, at: 'MAIL', text: '4.3.0 Throttling failure' } as const;
    first.sink.next(throttled);
    await sendMany(mailer, 3, 1);
    expect([letters(first.sink), letters(second.sink)]).toEqual([0, 3]);
    expect(mailer.state()).toEqual({ failing: false, code: null, away: [new URL(first.url).host] });
    const clock = clockAhead(31_000);
    await sendMany(mailer, 1, 1);
    clock.mockRestore();
    expect([letters(first.sink), mailer.state().away]).toEqual([1, undefined]);
    first.sink.next(throttled);
    second.sink.next(throttled);
    await expect(sendMany(mailer, 1, 1)).rejects.toMatchObject({ responseCode: 454 });
  });

  it('one alone that defers at MAIL FROM gets the next letter', async () => {
    const only = await relay();
    const mailer = mailerTo(only.url);
    only.sink.next({ kind: 'refuse', code: 454, at: 'MAIL' });
    await expect(sendMany(mailer, 1, 1)).rejects.toMatchObject({ responseCode: 454 });
    await sendMany(mailer, 1, 1);
    expect([letters(only.sink), mailer.state()]).toEqual([1, { failing: false, code: null }]);
  });

  it('the fault of the last is reported where none can be used', async () => {
    const [first, second] = [await relay(), await relay({ mostSessions: 0 })];
    await first.sink.close();
    const mailer = mailerTo(`${first.url},${second.url}`);
    await expect(sendMany(mailer, 1, 1)).rejects.toMatchObject({ responseCode: 421 });
    expect(mailer.state()).toMatchObject({ away: { length: 2 } });
  });

  it('the next gets what follows where the first cuts off three letters in a row, or says nothing in one', async () => {
    const [first, second] = [await relay(), await relay()];
    const mailer = mailerTo(`${first.url},${second.url}`);
    first.sink.next(...Array.from({ length: 3 }, () => ({ kind: 'drop', at: 'DATA' }) as const));
    for (const _letter of [1, 2, 3]) await expect(sendMany(mailer, 1, 1)).rejects.toThrow();
    await sendMany(mailer, 1, 1);
    expect([letters(first.sink), letters(second.sink)]).toEqual([0, 1]);
    const silent = new Mailer({ url: `${first.url},${second.url}`, connections: 1, silentMs: 200 });
    open.push(silent);
    first.sink.next({ kind: 'stall' });
    await expect(sendMany(silent, 1, 1)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    expect(silent.state()).toEqual({ failing: false, code: null, away: [new URL(first.url).host] });
    await sendMany(silent, 1, 1);
    expect([letters(first.sink), letters(second.sink)]).toEqual([0, 2]);
  });

  describe('a letter to an address outside ASCII before the @', () => {
    const international = { from: 'a@meet.example', to: 'josé@guest.example' };

    it('goes to the first that offers SMTPUTF8, and the others keep the letters that need none', async () => {
      const [plain, offering] = [await relay({ smtpUtf8: false }), await relay()];
      const { logger, lines } = listeningLogger();
      const mailer = mailerTo(`${plain.url},${offering.url}`, 10, logger);
      await mailer.send(international, bytes);
      await sendMany(mailer, 3, 1);
      expect([plain.sink.attempts.length, letters(plain.sink)]).toEqual([3, 3]);
      expect(offering.sink.attempts).toEqual([international.to]);
      expect([mailer.state().away, lines]).toEqual([undefined, []]);
    });

    it('has failed where none offers it', async () => {
      const plain = [await relay({ smtpUtf8: false }), await relay({ smtpUtf8: false })];
      const mailer = mailerTo(plain.map(({ url }) => url).join(','));
      await expect(mailer.send(international, bytes)).rejects.toMatchObject({ code: 'no-smtputf8' });
      expect(plain.flatMap(({ sink }) => sink.attempts)).toEqual([]);
    });

    it('waits for one that cannot be reached, and may offer it, rather than fail at once', async () => {
      const [gone, plain] = [await relay(), await relay({ smtpUtf8: false })];
      await gone.sink.close();
      const mailer = mailerTo(`${gone.url},${plain.url}`);
      for (const _again of [1, 2])
        await expect(mailer.send(international, bytes)).rejects.toMatchObject({ code: 'ESOCKET' });
      expect([plain.sink.attempts, mailer.state().away]).toEqual([[], [new URL(gone.url).host]]);
    });
  });
});

describe('relays that share the load', () => {
  const sharing = async (...options: SinkOptions[]): Promise<{ sinks: SmtpSink[]; urls: string[] }> => {
    const relays = await Promise.all(options.map((each) => relay(each)));
    const urls = relays.map(({ url }, at) => (at === 0 ? url : `${url}?share=1`));
    return { sinks: relays.map(({ sink }) => sink), urls };
  };
  const counts = (sinks: SmtpSink[]): number[] => sinks.map(letters);

  it('have about as many letters each, and one without share=1 behind them has none while they work', async () => {
    const { sinks, urls } = await sharing({}, {});
    const behind = await relay();
    await sendMany(mailerTo([...urls, behind.url].join(',')), 200, 10);
    expect(everyLetterOnce(...sinks)).toBe(200);
    // Of 200 fair throws fewer than 60 come once in 10^8.
    for (const count of counts(sinks)) expect(count).toBeGreaterThan(60);
    expect(letters(behind.sink)).toBe(0);
  });

  it('have letters in proportion to the connections that they allow', async () => {
    const { sinks, urls } = await sharing({}, {});
    await sendMany(mailerTo(`${urls[0]}?maxConnections=9,${urls[1]}&maxConnections=1`), 200, 10);
    const [most = 0, few = 0] = counts(sinks);
    expect(most + few).toBe(200);
    expect(few).toBeGreaterThan(2);
    expect(few).toBeLessThan(60);
  });

  it('choose alike in processes with pools of different sizes', async () => {
    const { sinks, urls } = await sharing({}, {});
    const url = `${urls[0]}?maxConnections=9,${urls[1]}`;
    for (const mailer of [mailerTo(url, 10), mailerTo(url, 2)]) await sendMany(mailer, 60, 2);
    const to = sinks.map((sink) => new Set(sink.mails.flatMap((mail) => mail.to)));
    expect(to.reduce((sum, { size }) => sum + size, 0)).toBe(60);
  });

  it('have letters each also with the same user and host, as two keys of one account', async () => {
    const options = { auth: { user: 'apikey', pass: 'KEY' } };
    const { sink, url } = await relay(options);
    const item = url.replace('//', '//apikey:KEY@');
    const mailer = mailerTo(`${item}?name=one.example,${item}?name=two.example&share=1`);
    await sendMany(mailer, 60, 5);
    const of = (name: string): number => sink.mails.filter(({ client }) => client === name).length;
    // Of 60 fair throws fewer than 10 come once in 10^7.
    expect([of('one.example'), of('two.example')].every((count) => count > 9)).toBe(true);
  });

  it('have all letters of one key at the same relay, in every process', async () => {
    const { sinks, urls } = await sharing({}, {}, {});
    const mailers = [mailerTo(urls.join(',')), mailerTo(urls.join(','))];
    for (let at = 0; at < 60; at += 1)
      await mailers[at % 2]?.send(
        { from: 'a@meet.example', to: `guest-${at % 6}@guest.example` },
        bytes,
        `key ${at % 6}`,
      );
    const to = sinks.map((sink) => new Set(sink.mails.flatMap((mail) => mail.to)));
    expect(to.reduce((sum, { size }) => sum + size, 0)).toBe(6);
  });

  it('take over the letters of one that is away, whose letters it has again when it is back', async () => {
    const { sinks, urls } = await sharing({}, {});
    const [first, second] = sinks;
    const mailer = mailerTo(urls.join(','));
    first?.refuseConnections(true);
    await sendMany(mailer, 20, 5);
    expect(counts(sinks)).toEqual([0, 20]);
    const host = new URL(urls[0] ?? '').host;
    expect(mailer.state()).toEqual({ failing: false, code: null, away: [host] });
    const gauge = async (): Promise<number | undefined> =>
      (await relayAway.get()).values.find(({ labels }) => labels.relay === host)?.value;
    expect(await gauge()).toBe(1);
    first?.refuseConnections(false);
    const clock = clockAhead(31_000);
    await sendMany(mailer, 20, 5);
    clock.mockRestore();
    expect([mailer.state().away, await gauge()]).toEqual([undefined, 0]);
    expect([everyLetterOnce(...sinks), letters(first as SmtpSink)]).toEqual([20, expect.any(Number)]);
    expect(letters(first as SmtpSink)).toBeGreaterThan(0);
    expect(second?.mails.length).toBeLessThan(40);
  });

  it('learn the limits of each: one that takes two sessions is met with two, the other with more', async () => {
    const { sinks, urls } = await sharing({ mostSessions: 2 }, {});
    const mailer = mailerTo(urls.join(','));
    await sendMany(mailer, 60, 10);
    const refused = sinks[0]?.overLimit;
    await sendMany(mailer, 60, 10);
    expect([everyLetterOnce(...sinks), sinks[0]?.overLimit, sinks[0]?.carried.size]).toEqual([60, refused, 2]);
    expect(sinks[1]?.carried.size).toBeGreaterThan(2);
    expect(counts(sinks).reduce((a, b) => a + b)).toBe(120);
  });

  it('are counted apart, by host and port, or by item where two are the same', async () => {
    const { sinks, urls } = await sharing({}, {});
    const mailer = mailerTo(`${urls.join(',')},${urls[0]}?share=1`);
    sinks[1]?.always(() => ({ kind: 'refuse', code: 451, at: 'RCPT' }));
    await Promise.allSettled(
      Array.from({ length: 40 }, (_, at) => mailer.send({ from: 'a@m.example', to: `g${at}@g.example` }, bytes)),
    );
    const count = async (relayName: string, result: string): Promise<number> =>
      (await relayLetters.get()).values.find(({ labels }) => labels.relay === relayName && labels.result === result)
        ?.value ?? -1;
    const [host, other] = urls.map((url) => new URL(url).host);
    expect(await count(`${other}`, 'refused')).toBe(sinks[1]?.attempts.length);
    expect((await count(`${host} (item 1)`, 'taken')) + (await count(`${host} (item 3)`, 'taken'))).toBe(
      letters(sinks[0] as SmtpSink),
    );
  });
});
