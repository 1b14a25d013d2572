// What marks a letter of our own in any mail program that quotes it: our links, and the sentences of the letters
// themselves (libs/words), in every language that they speak.
// Read by words/our-letter.ts.
import { letterLines } from '#words';

/** Our links, as programs show, wrap and rewrite them. */
export const ourLinks = {
  any: `
/(?:reschedule|approve|decline|answer|confirm|calendar)/?\\?[a-z]=[A-Za-z0-9._-]{6,}
(?:%2F)(?:reschedule|approve|decline|answer|confirm|calendar)%3F[a-z]%3D
`,
};

/** Sentences that letters sent by earlier versions hold. */
const formerLines = [
  'The session is cancelled',
  'Please accept or decline with the buttons of your calendar',
  'Are there no such buttons? Open this link to accept, say maybe, decline or',
  'Ihre Anfrage ist unterwegs',
];

export const ourSentences = (): { body: string[]; last: string[] } => {
  const { body, last } = letterLines();
  return { body: [...body, ...formerLines], last };
};
