import fc from 'fast-check';
import { openMail, sealMail } from './sealed-mail';

const id = '0b7f0f06-5a5e-4c8e-9a43-3a9f1e6f2f01';
const secrets = { current: 'a-secret-of-at-least-thirty-two-characters' };

describe('sealed mails', () => {
  it('open again to the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5_000 }), (bytes) => {
        const raw = Buffer.from(bytes);
        expect(openMail(secrets, id, sealMail(secrets, id, raw)).equals(raw)).toBe(true);
      }),
    );
  });

  it('show nothing of the mail and never look the same twice', () => {
    const raw = Buffer.from('From: gil@guest.example\r\n\r\nhello');
    const first = sealMail(secrets, id, raw);
    expect(first.sealed.includes('guest')).toBe(false);
    expect(first.sealed.equals(sealMail(secrets, id, raw).sealed)).toBe(false);
  });

  it('open after a rotation of the secret, and not after a second one', () => {
    const sealed = sealMail(secrets, id, Buffer.from('x'));
    expect(
      openMail({ current: 'the-next-secret-the-next-secret-x', previous: secrets.current }, id, sealed).toString(),
    ).toBe('x');
    expect(() => openMail({ current: 'the-next-secret-the-next-secret-x' }, id, sealed)).toThrow(
      'no longer configured',
    );
  });

  it('refuse another mail’s id and changed bytes', () => {
    const { keyId, sealed } = sealMail(secrets, id, Buffer.from('x'));
    expect(() => openMail(secrets, '1b7f0f06-5a5e-4c8e-9a43-3a9f1e6f2f01', { keyId, sealed })).toThrow();
    const changed = Buffer.from(sealed);
    changed.writeUInt8((changed[28] ?? 0) ^ 1, 28);
    expect(() => openMail(secrets, id, { keyId, sealed: changed })).toThrow();
  });
});
