import { partyAddress } from './attendee';

/** The address of `ATTENDEE;<parameters>:<value>`. */
const addressOf = (value: string, params: Record<string, string> = {}): string | null =>
  partyAddress({ value, params: new Map(Object.entries(params)) });
const token = '2_GEZDGNBVGY3TQOJQGEZDGNBVGY@imip.me.com';

describe('the address of an ATTENDEE or ORGANIZER', () => {
  it.each<[string, string, Record<string, string>, string | null]>([
    ['is its mailto: URI', 'mailto:gil@guest.example', {}, 'gil@guest.example'],
    ['whatever EMAIL says', 'MAILTO:eve@other.example', { EMAIL: 'gil@guest.example' }, 'eve@other.example'],
    [
      'is EMAIL beside a routing address of iCloud',
      `mailto:${token}`,
      { EMAIL: 'gil@guest.example' },
      'gil@guest.example',
    ],
    ['in any case', `MailTo:${token.toUpperCase()}`, { EMAIL: 'Gil@guest.example' }, 'Gil@guest.example'],
    ['at a host below it', 'mailto:2_X@p12.imip.me.com', { EMAIL: 'gil@guest.example' }, 'gil@guest.example'],
    [
      'but not beside a look-alike',
      'mailto:2_X@imip.me.com.evil.example',
      { EMAIL: 'gil@guest.example' },
      '2_X@imip.me.com.evil.example',
    ],
    ['nor beside another one', 'mailto:2_X@notimip.me.com', { EMAIL: 'gil@guest.example' }, '2_X@notimip.me.com'],
    [
      'is EMAIL beside a URN',
      'urn:uuid:6f0a4f10-0000-4000-8000-000000000001',
      { EMAIL: 'gil@guest.example' },
      'gil@guest.example',
    ],
    ['beside a path', '/aMTIzNDU2/principal/', { EMAIL: 'mailto:gil@guest.example' }, 'gil@guest.example'],
    [
      'or X-CALENDARSERVER-EMAIL',
      `mailto:${token}`,
      { 'X-CALENDARSERVER-EMAIL': 'gil@guest.example' },
      'gil@guest.example',
    ],
    [
      'EMAIL first',
      '/x/',
      { EMAIL: 'gil@guest.example', 'X-CALENDARSERVER-EMAIL': 'eve@other.example' },
      'gil@guest.example',
    ],
    ['is the routing address where nothing else is given', `mailto:${token}`, {}, token],
    ['or what is given is none', `mailto:${token}`, { EMAIL: 'Gil Guest' }, token],
    ['is a bare address without URI', 'gil@guest.example', {}, 'gil@guest.example'],
    ['is none of a URN alone', 'urn:uuid:6f0a4f10-0000-4000-8000-000000000001', {}, null],
  ])('%s', (_what, value, params, wanted) => {
    expect(addressOf(value, params)).toBe(wanted);
  });
});
