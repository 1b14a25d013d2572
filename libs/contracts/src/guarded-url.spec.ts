// Which URLs of settings may carry their password, and how.
import { guardsBrokerPassword, guardsMailPassword, isLoopbackHost, needsTls, urlList, urlsIn } from './guarded-url';

it.each(['localhost', 'LOCALHOST', 'a.localhost', 'localhost.', '127.0.0.1', '127.8.9.10', '::1', '[::1]'])(
  '%s is this machine',
  (host) => expect(isLoopbackHost(host)).toBe(true),
);
it.each(['localhost.example.com', '127.0.0.1.example.com', 'rabbitmq', '10.0.0.1', '[::2]', 'notlocalhost'])(
  '%s is another machine',
  (host) => expect(isLoopbackHost(host)).toBe(false),
);

it.each([
  'smtp://u:p@relay.example:587',
  'smtps://u:p@relay.example:465',
  'imap://u:p@imap.example/INBOX',
  'amqp://u:p@rabbitmq:5672/vhost',
  'amqp://u:p@rabbitmq:5672?insecure=0',
])('%s must be guarded', (url) => expect(needsTls(url)).toBe(true));
it.each([
  'smtp://relay.example:25',
  'smtp://u@relay.example:25',
  'smtp://u:p@127.0.0.1:587',
  'amqp://u:p@localhost:5672',
  'amqp://u:p@rabbitmq:5672?insecure=1',
  'imap://u:p@imap.example/INBOX?moveTo=Done&insecure=1',
])('%s need not be', (url) => expect(needsTls(url)).toBe(false));

it.each(['amqp://u:p@rabbitmq:5672', 'amqp://u:p@10.0.0.1'])('%s is refused', (url) =>
  expect(guardsBrokerPassword(url)).toBe(false),
);
it.each(['amqps://u:p@rabbitmq:5671', 'amqp://rabbitmq', 'amqp://u:p@rabbitmq/?insecure=1', 'amqp://u:p@[::1]'])(
  '%s is taken',
  (url) => expect(guardsBrokerPassword(url)).toBe(true),
);

it.each(['ignoreTLS=true', 'requireTLS=false', 'secure=false'])('a mail URL cannot lift STARTTLS by %s', (option) => {
  expect(guardsMailPassword(`smtp://u:p@relay.example:587?${option}`)).toBe(false);
  expect(guardsMailPassword(`smtp://u:p@relay.example:587?${option}&insecure=1`)).toBe(true);
  expect(guardsMailPassword(`smtp://relay.example:25?${option}`)).toBe(true);
});

it('several URLs stand with commas between them; a comma in one of them is its own', () => {
  expect(urlsIn('amqp://a:1@n1, amqps://b:2@n2,amqp://c:x,y@n3/v')).toEqual([
    'amqp://a:1@n1',
    'amqps://b:2@n2',
    'amqp://c:x,y@n3/v',
  ]);
});

describe('a setting with several URLs', () => {
  const setting = urlList(['amqp', 'amqps'], (url) => (url.includes('forbidden') ? 'is not for us' : undefined));
  const faultOf = (text: string): string | undefined => setting.safeParse(text).error?.issues[0]?.message;

  it.each(['amqp://a', 'amqp://u:p,w@a:5672/v', 'amqp://a, amqps://b,amqp://c/v', 'amqp://a/v,w'])('takes %s', (text) =>
    expect(faultOf(text)).toBeUndefined(),
  );

  it.each([
    ['nonsense', 'must be a URL with amqp or amqps'],
    ['amqp://a,http://b', 'item 2 must be a URL with amqp or amqps'],
    ['amqp://a,', 'ends with a comma and no URL behind it'],
    ['amqp://u:secret@a,,amqp://b', 'item 1 ends with a comma and no URL behind it'],
    ['amqp://u:secret@a:5672,b:5672/v', 'names several hosts: write a whole URL for each, with commas between them'],
    ['amqp://a,amqp//b', 'names several hosts: write a whole URL for each, with commas between them'],
    [',amqp://a', 'item 1 must be a URL with amqp or amqps'],
    ['amqp://a,amqp://forbidden,amqp://c', 'item 2 is not for us'],
    ['amqp://forbidden', 'is not for us'],
    ['amqp://u:change-me@a', 'has the password change-me: put in the real one'],
    ['amqp://u:p@a,amqp://u:change-me@b', 'item 2 has the password change-me: put in the real one'],
  ])('refuses %s: it %s', (text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });
});
