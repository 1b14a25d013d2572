import { addressesIn, dateIn, maxMailBytes, readMail, textOf } from './mail';

const mailOf = (...lines: string[]): ReturnType<typeof readMail> => readMail(Buffer.from(lines.join('\r\n')));

describe('readMail', () => {
  it('decodes a text with one damaged character like the rest of it', () => {
    const head = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n';
    const cut = Buffer.concat([Buffer.from(head), Buffer.from('Подходит, спасибо'), Buffer.from([0xd0])]);
    expect(textOf(readMail(cut).root)).toBe('Подходит, спасибо\ufffd');
    expect(textOf(readMail(Buffer.concat([Buffer.from(head), Buffer.from('caf\xe9 \xe0 3h', 'latin1')])).root)).toBe(
      'café à 3h',
    );
  });

  it('keeps the nesting of parts, their parameters and what stands above them', () => {
    const mail = mailOf(
      'Content-Type: multipart/mixed; boundary="a"',
      '',
      'preamble',
      '--a',
      'Content-Type: multipart/alternative; boundary=a-b',
      '',
      '--a-b',
      'Content-Type: text/plain',
      '',
      'hello',
      '--a-b',
      'Content-Type: text/calendar; METHOD=reply;',
      '\tcharset="UTF-8" (a comment); name*=utf-8\'\'g%C3%BCnther.ics',
      '',
      'BEGIN:VCALENDAR',
      '--a-b--',
      '--a',
      'Content-Type: message/rfc822',
      '',
      'Subject: inner',
      'Content-Type: text/calendar; method=REPLY',
      '',
      'quoted',
      '--a--',
      'epilogue',
    );
    expect(mail.parts.map((part) => [part.path, part.type, part.ancestors])).toEqual([
      ['', 'multipart/mixed', []],
      ['1', 'multipart/alternative', ['multipart/mixed']],
      ['1.1', 'text/plain', ['multipart/mixed', 'multipart/alternative']],
      ['1.2', 'text/calendar', ['multipart/mixed', 'multipart/alternative']],
      ['2', 'message/rfc822', ['multipart/mixed']],
      ['2.1', 'text/calendar', ['multipart/mixed', 'message/rfc822']],
    ]);
    const calendar = mail.parts[3];
    expect(calendar?.params).toEqual({ method: 'reply', charset: 'UTF-8', name: 'günther.ics' });
    expect(calendar?.filename).toBe('günther.ics');
    expect(calendar?.body.toString()).toBe('BEGIN:VCALENDAR');
    expect(mail.faults).toEqual([]);
  });

  it('opens an embedded message whatever its transfer encoding', () => {
    const inner = Buffer.from('Subject: inner\r\nContent-Type: text/html\r\n\r\n<p>x</p>').toString('base64');
    const mail = mailOf('Content-Type: message/rfc822', 'Content-Transfer-Encoding: base64', '', inner);
    expect(mail.parts.map((part) => part.type)).toEqual(['message/rfc822', 'text/html']);
  });

  it('reads the headers that name the writer, the time and the mail that is answered', () => {
    const mail = mailOf(
      'Return-Path: <>',
      'From: =?utf-8?Q?Bell=2C_Ann?= <ann@example.org>',
      'Reply-To: ann.bell@example.org',
      'To: a@x.example, "B, C" <b@x.example>',
      'Subject: =?utf-8?B?R3LDvMOfZQ==?=',
      'Date: Mon, 23 Nov 2026 10:15:00 +0130 (CET)',
      'Message-ID:',
      ' <1@example.org>',
      'In-Reply-To: <2@example.org> (note)',
      'References: <2@example.org>',
      '\t<3@example.org>',
      'Authentication-Results: mx.example; dkim=pass',
      'Authentication-Results: other.example; spf=fail',
      '',
      '',
    );
    expect(mail).toMatchObject({
      from: ['ann@example.org'],
      replyTo: ['ann.bell@example.org'],
      to: ['a@x.example', 'b@x.example'],
      subject: 'Grüße',
      messageId: '1@example.org',
      inReplyTo: '2@example.org',
      references: ['2@example.org', '3@example.org'],
      envelopeFrom: '',
      dateOffsetMinutes: 90,
      authenticationResults: ['mx.example; dkim=pass', 'other.example; spf=fail'],
    });
    expect(mail.date?.toISOString()).toBe('2026-11-23T08:45:00.000Z');
  });

  it('prefers the envelope of the way in to the Return-Path header', () => {
    const raw = Buffer.from('Return-Path: <old@example.org>\r\n\r\n');
    expect(readMail(raw).envelopeFrom).toBe('old@example.org');
    expect(readMail(raw, '').envelopeFrom).toBe('');
    expect(readMail(Buffer.from('\r\n')).envelopeFrom).toBeNull();
  });

  it('counts every From header, so that a second one cannot hide', () => {
    expect(mailOf('From: ann@example.org', 'from : bob@example.org', '', '').from).toEqual([
      'ann@example.org',
      'bob@example.org',
    ]);
    expect(addressesIn('ann@example.org <bob@example.org>')).toEqual(['bob@example.org']);
  });

  it('reads text in the charset that the bytes show, not only in the one that is claimed', () => {
    const text = (charset: string, bytes: Buffer): string => {
      const head = Buffer.from(`Content-Type: text/plain; charset=${charset}\r\n\r\n`);
      return textOf(readMail(Buffer.concat([head, bytes])).root);
    };
    expect(text('utf-8', Buffer.from('Grüße', 'latin1'))).toBe('Grüße');
    expect(text('iso-8859-1', Buffer.from('Grüße'))).toBe('Grüße');
    expect(text('us-ascii', Buffer.from('Grüße'))).toBe('Grüße');
    expect(text('no-such-charset', Buffer.from('Grüße', 'latin1'))).toBe('Grüße');
    expect(text('koi8-r', Buffer.from([0xf0, 0xd2, 0xc9]))).toBe('При');
    expect(text('iso-2022-jp', Buffer.from('\x1b$B$3$s\x1b(B', 'latin1'))).toBe('こん');
  });

  it.each([
    ['=3D=C3=BC=\r\nx =\n y=  \r\nz', '=üx  yz'],
    ['broken =ZZ and =', 'broken =ZZ and '],
    ['lower =c3=bc', 'lower ü'],
  ])('decodes quoted-printable %j', (encoded, decoded) => {
    expect(
      textOf(
        mailOf('Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: Quoted-Printable', '', encoded)
          .root,
      ),
    ).toBe(decoded);
  });

  it('splits no further than fifty parts and ten levels, and says so', () => {
    const many = mailOf(
      'Content-Type: multipart/mixed; boundary=x',
      '',
      ...Array.from({ length: 200 }, () => '--x\r\n\r\nbody'),
      '--x--',
    );
    expect(many.parts).toHaveLength(50);
    expect(many.faults).toContain('too-many-parts');
    const nested = Array.from({ length: 100 }, () => 'Content-Type: message/rfc822\r\n\r\n').join('');
    const deep = readMail(Buffer.from(nested));
    expect(Math.max(...deep.parts.map((part) => part.ancestors.length))).toBe(10);
    expect(deep.faults).toContain('too-deep');
  });

  it('reads no more than ten mebibytes', () => {
    const mail = readMail(Buffer.concat([Buffer.from('Subject: big\r\n\r\n'), Buffer.alloc(maxMailBytes, 'a')]));
    expect(mail.faults).toContain('too-large');
    expect(mail.root.body.length).toBeLessThan(maxMailBytes);
  });

  it.each([
    ['Tue, 1 Dec 2026 09:00:00 GMT', '2026-12-01T09:00:00.000Z', 0],
    ['1 Dec 26 09:00 EST', '2026-12-01T14:00:00.000Z', -300],
    ['Tue, 01 Dec 2026 09:00:00 -0530', '2026-12-01T14:30:00.000Z', -330],
    ['Tue, 1 Dec 2026 09.00.00 +0000', '2026-12-01T09:00:00.000Z', 0],
  ])('reads the date %s', (value, instant, offsetMinutes) => {
    expect(dateIn(value)).toEqual({ instant: new Date(instant), offsetMinutes });
  });

  it.each(['', 'yesterday', 'Tue, 1 Foo 2026 09:00:00 GMT', '1 Dec 2026 09:00 +9999'])(
    'takes %j for no date',
    (value) => {
      expect(dateIn(value)).toBeNull();
    },
  );
});

describe('all texts of one mail', () => {
  const parts = 40;
  const large = Buffer.from(
    [
      'From: a@b.example',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      ...Array.from(
        { length: parts },
        () => `--b\r\nContent-Type: text/html\r\n\r\n${'<p>word</p>\r\n'.repeat(16_000)}`,
      ),
      '--b--',
      '',
    ].join('\r\n'),
  );

  it('are read as far as 512 KiB together, the same at each call', () => {
    const texts = readMail(large).parts.filter((part) => part.type === 'text/html');
    expect(texts).toHaveLength(parts);
    const lengths = texts.map((part) => textOf(part).length);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(512 * 1024);
    expect(lengths[0]).toBeGreaterThan(150_000);
    expect(lengths.at(-1)).toBe(0);
    expect(texts.map((part) => textOf(part).length)).toEqual(lengths);
  });
});
