import fc from 'fast-check';
import { hashTag, longestTaggableLocalPart, replyTag, tagIn, taggedAddress } from './reply-tag';

const secret = 'a secret of the tests, long enough for production';
const binding = {
  uid: 'a3c6de10-7a1f-4a3e-9c53-0f6c0a0f1e11@meet.example',
  invitationId: '22222222-2222-4222-8222-222222222222',
};

describe('a reply tag', () => {
  it('is the same every time, and another for every room, attendee and secret', () => {
    const tag = replyTag(secret, binding);
    expect(tag).toMatch(/^[a-z2-7]{20}$/);
    expect(replyTag(secret, binding)).toBe(tag);
    const others = [
      replyTag(secret, { ...binding, uid: 'other' }),
      replyTag(secret, { ...binding, invitationId: 'other' }),
      replyTag(`${secret}x`, binding),
    ];
    expect(new Set([tag, ...others]).size).toBe(4);
    expect(hashTag(tag)).not.toContain(tag);
  });

  it('is found in its address, whatever mail systems did to it', () => {
    const tag = replyTag(secret, binding);
    for (const address of [
      taggedAddress('scheduling@meet.example', tag),
      taggedAddress('scheduling@meet.example', tag).toUpperCase(),
      `scheduling%2B${tag}@meet.example`,
      `scheduling%2b${tag}@meet.example`,
      `scheduling+more+${tag}@meet.example`,
    ])
      expect(tagIn(address)).toBe(tag);
  });

  it.each(['scheduling@meet.example', 'scheduling+@meet.example', 'scheduling+sales@meet.example', '', '+', 'x+y'])(
    'is not found in %p',
    (address) => {
      expect(tagIn(address)).toBeNull();
    },
  );

  it('leaves an address that SMTP takes', () => {
    const address = taggedAddress(`${'l'.repeat(longestTaggableLocalPart)}@meet.example`, replyTag(secret, binding));
    expect(address.indexOf('@')).toBe(64);
  });

  it('takes any address without a fault', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => tagIn(text) === null || tagIn(text)?.length === 20));
  });
});
