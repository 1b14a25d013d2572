// Which Host headers name this machine or PUBLIC_URL; the requests themselves are in standalone.spec.ts.
import { isOwnHost } from './own-host';

const publicUrl = 'https://Meet.Example:8443/scheduling';

it.each([
  'localhost',
  'localhost:3000',
  'LocalHost',
  '127.0.0.1',
  '127.0.0.1:1',
  '[::1]',
  '[::1]:3000',
  'meet.example',
  'MEET.example:1',
])('%s is a name of our own', (host) => expect(isOwnHost(host, publicUrl)).toBe(true));

it.each([
  undefined,
  '',
  ':3000',
  ' localhost',
  'localhost ',
  'localhost.',
  'localhost:3000:1',
  'localhost:port',
  'attacker.example',
  'localhost.attacker.example',
  'meet.example.attacker.example',
  'attackermeet.example',
  'localhost@attacker.example',
  'localhost/attacker.example',
  '127.0.0.1.nip.example',
  '127.0.0.2',
  '0.0.0.0',
  '2130706433',
  '::1',
  '[::2]',
  'localhost, attacker.example',
])('%j is not', (host) => expect(isOwnHost(host, publicUrl)).toBe(false));
