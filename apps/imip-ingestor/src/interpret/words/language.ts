// Decides which language a person's words are in, by their script and their commonest small words.
// Called by interpret for its `language` and by proposed-times.ts: times are read in eleven languages only.
import { phrasesIn } from '../phrases/compile';
import { smallWords } from '../phrases/languages';
import { folded } from './folded';

const wordsOf = new Map(
  Object.entries(smallWords).map(([language, list]) => {
    const words = phrasesIn(list);
    return [language, { plain: new Set(words.map(folded)), exact: new Set(words) }] as const;
  }),
);

/** The beginning of a longer text is enough. */
const maxChars = 1_500;

interface Script {
  pattern: RegExp;
  languages: readonly string[];
}

/** Scripts that narrow the choice; the first language is taken where no word decides. */
const scripts: readonly Script[] = [
  { pattern: /[\u3040-\u30ff]/u, languages: ['ja'] },
  { pattern: /[\uac00-\ud7af]/u, languages: ['ko'] },
  // Han without kana: Japanese where only it writes so.
  { pattern: /[時曜頃]|(?:明日|今日)/u, languages: ['ja'] },
  { pattern: /[\u4e00-\u9fff]/u, languages: ['zh'] },
  { pattern: /[پچژگکیےٹڈ]/u, languages: ['fa'] },
  { pattern: /[\u0600-\u06ff]/u, languages: ['ar'] },
  { pattern: /[\u0590-\u05ff]/u, languages: ['he'] },
  { pattern: /[\u0370-\u03ff]/u, languages: ['el'] },
  { pattern: /[іїєґ]/iu, languages: ['uk'] },
  { pattern: /[\u0400-\u04ff]/u, languages: ['ru', 'uk'] },
];

/** How many words of a text are in each language's list, best first; languages without any are left out. */
export function languagesOf(text: string): { language: string; score: number }[] {
  const sample = text.slice(0, maxChars);
  const allowed = scripts.find(({ pattern }) => pattern.test(sample))?.languages ?? null;
  const [only = ''] = allowed ?? [];
  if (allowed?.length === 1) return [{ language: only, score: 100 }];
  const words = (
    sample
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/\p{L}+(?:['-]\p{L}+)*/gu) ?? []
  ).map((exact) => [exact, folded(exact)] as const);
  const found = [...wordsOf]
    .filter(([language]) => allowed === null || allowed.includes(language))
    .map(([language, known]) => ({ language, score: scoreOf(words, known) }))
    .filter(({ score }) => score > 0);
  if (allowed !== null && found.length === 0) return [{ language: only, score: 1 }];
  return found.sort((a, b) => b.score - a.score);
}

interface SmallWords {
  plain: ReadonlySet<string>;
  exact: ReadonlySet<string>;
}

/** An accented spelling counts for the language that has it. */
function scoreOf(words: readonly (readonly [exact: string, plain: string])[], known: SmallWords): number {
  let score = 0;
  for (const [exact, plain] of words)
    if (known.plain.has(plain)) score += exact !== plain && known.exact.has(exact) ? 1.5 : 1;
  return score;
}

/** The language (BCP 47) with the most known words; null where there is none or a tie. */
export function languageOf(text: string): string | null {
  const [first, second] = languagesOf(text);
  return first === undefined || (second !== undefined && second.score === first.score) ? null : first.language;
}
