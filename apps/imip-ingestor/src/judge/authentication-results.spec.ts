import { authenticityOf } from './authentication-results';

const verdict = (fields: string | string[], from = 'guest.example'): string =>
  authenticityOf([fields].flat(), 'mx.meet.example', from);

describe('authenticityOf', () => {
  it.each([
    ['an aligned DMARC pass', 'mx.meet.example; dmarc=pass (p=none dis=none) header.from=guest.example', 'pass'],
    [
      'a DMARC pass though SPF failed on the way',
      'mx.meet.example; spf=fail smtp.mailfrom=list.example; dmarc=pass header.from=guest.example',
      'pass',
    ],
    [
      'a DMARC failure',
      'mx.meet.example; dkim=pass header.d=evil.example; dmarc=fail header.from=guest.example',
      'fail',
    ],
    ['an aligned signature', 'mx.meet.example; dkim=pass header.d=guest.example; spf=fail', 'pass'],
    ['a signature named by its identity', 'mx.meet.example 1; dkim=pass header.i=@guest.example', 'pass'],
    ['somebody else’s signature', 'mx.meet.example; dkim=pass header.d=evil.example', 'none'],
    ['an aligned SPF pass', 'mx.meet.example; spf=pass (ok) smtp.mailfrom=gil@guest.example', 'pass'],
    ['a hard SPF failure alone', 'mx.meet.example; spf=fail smtp.mailfrom=gil@guest.example; dkim=none', 'fail'],
    ['a soft failure', 'mx.meet.example; spf=softfail smtp.mailfrom=gil@guest.example', 'none'],
    ['no results', 'mx.meet.example; none', 'none'],
    ['another server’s word', 'mx.other.example; dmarc=fail header.from=guest.example', 'none'],
    ['our name inside a comment', 'mx.other.example (mx.meet.example; dmarc=fail); none', 'none'],
    ['a result inside a comment', 'mx.meet.example; spf=none (dmarc=pass header.from=guest.example)', 'none'],
    [
      'a result inside a quoted reason',
      'mx.meet.example; spf=fail reason="; dmarc=pass header.from=guest.example"',
      'fail',
    ],
    ['letters in another case', 'MX.Meet.Example; DMARC=Pass header.From=Guest.Example', 'pass'],
    ['blanks around the sign', 'mx.meet.example; dmarc = pass header.from = guest.example', 'pass'],
    ['a DMARC pass of another domain', 'mx.meet.example; dmarc=pass header.from=evil.example', 'none'],
    ['a top-level domain as signer', 'mx.meet.example; dkim=pass header.d=example', 'none'],
    ['nothing at all', '', 'none'],
  ])('hears %s', (_what, field, wanted) => {
    expect(verdict(field)).toBe(wanted);
  });

  it('believes the topmost field of ours for each method', () => {
    expect(
      verdict([
        'mx.meet.example; dmarc=fail header.from=guest.example',
        'mx.meet.example; dmarc=pass header.from=guest.example',
      ]),
    ).toBe('fail');
    expect(verdict(['mx.meet.example; spf=none', 'mx.meet.example; dmarc=pass header.from=guest.example'])).toBe(
      'pass',
    );
  });

  it('takes a parent domain for aligned, never a child of it', () => {
    expect(verdict('mx.meet.example; dkim=pass header.d=guest.example', 'mail.guest.example')).toBe('pass');
    expect(verdict('mx.meet.example; dkim=pass header.d=evil.guest.example', 'guest.example')).toBe('none');
  });
});
