// What mail programs put before the subject of a mail that they reply to or forward, by language.
// Compiled here, used by interpret.ts, auto-reply.ts and bounce/bounce-signs.ts. A new language is new lines.
import { anyOf, type Phrases } from './compile';

/** Prefixes of replies; of forwards only RV and TR, which count as replies. */
const replies: Phrases = {
  en: 're',
  de: `
aw
antw
`,
  es: 'rv',
  fr: 'tr',
  it: 'r',
  pl: 'odp',
  sv: 'sv',
};

/** Prefixes of forwards, and of replies by few programs. */
const others: Phrases = {
  en: 'fwd?',
  de: 'wg',
  fi: `
vs
vl
`,
  it: `
i
rif
`,
  pt: 'enc',
  tr: 'ynt',
  zh: `
回复
转发
答复
`,
};

/** A subject as a person's program begins it in a reply. */
export const replyPrefix = anyOf(replies, { before: '^', after: '\\s?:' });

/** A subject that was written for another mail; some programs add a counter, as in `Re[2]:`. */
export const replyOrForwardPrefix = anyOf([replies, others], {
  before: '^',
  after: '\\s?(?:\\[\\d+\\])?\\s?[:：]',
});
