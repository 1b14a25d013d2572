// Which characters an address may not contain because nobody sees them, and how the platform is told.
import { Problem } from '#service';
import { BookRequest, parse, unseenCharacter } from './requests';

const faultOf = (email: string): unknown => {
  try {
    parse(BookRequest, { roomId: 'x', guest: { email } });
    return null;
  } catch (error) {
    return error instanceof Problem ? error.errors?.[0] : error;
  }
};

it.each([
  ['U+200B', 'a zero-width space'],
  ['U+00AD', 'a soft hyphen'],
  ['U+2060', 'a word joiner'],
  ['U+200C', 'a zero-width non-joiner'],
  ['U+200D', 'a zero-width joiner'],
  ['U+200E', 'a left-to-right mark'],
  ['U+202E', 'a right-to-left override'],
  ['U+2066', 'a left-to-right isolate'],
  ['U+061C', 'an Arabic letter mark'],
  ['U+FEFF', 'a byte order mark'],
  ['U+FFF9', 'an interlinear annotation'],
  ['U+115F', 'a Hangul choseong filler'],
  ['U+1160', 'a Hangul jungseong filler'],
  ['U+3164', 'a Hangul filler'],
  ['U+FFA0', 'a half-width Hangul filler'],
  ['U+034F', 'a combining grapheme joiner'],
  ['U+180E', 'a Mongolian vowel separator'],
  ['U+FE0F', 'a variation selector'],
  ['U+E0100', 'a variation selector of the supplement'],
  ['U+E0061', 'a tag'],
  ['U+2800', 'a braille blank'],
])('%s, %s, is named wherever it stands in an address', (name) => {
  const character = String.fromCodePoint(Number.parseInt(name.slice(2), 16));
  const detail = `guest.email contains the invisible character ${name}; type the address without it`;
  for (const email of [
    `${character}ann@example.org`,
    `an${character}n@example.org`,
    `ann@exam${character}ple.org`,
    `ann@example.org${character}`,
  ])
    expect(faultOf(email)).toEqual({ pointer: '/guest/email', code: 'invisible-character', detail });
});

it.each(['ann@example.org', 'josé+x@bücher.example', '用户@例子.广告', 'أحمد@مثال.إختبار', 'नमस्ते@उदाहरण.परीक्षा'])(
  '%s holds nothing of the kind',
  (email) => {
    expect([unseenCharacter(email), faultOf(email)]).toEqual([null, null]);
  },
);
