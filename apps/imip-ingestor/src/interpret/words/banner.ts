// Removes sentences that gateways, lists and companies add to a person's words: warnings, disclaimers, list footers.
// Called by visible-text.ts for each piece of a mail. Only certain matches are removed, and never the last words of a
// mail.
import { bannerPhrases } from '../phrases/banners';
import { everyPhrase, oneOf } from '../phrases/compile';

const certainly = oneOf(everyPhrase(bannerPhrases.certain));
/** Signs before the words, and the kind of dash behind them, do not count. */
const certain = {
  test: (text: string): boolean => certainly.test(text.replace(/^[^\p{L}\p{N}[【]{1,8}/u, '').replaceAll(/[–—]/g, '-')),
};
const beside = oneOf(everyPhrase(bannerPhrases.beside));
const listRule = /^[_-]{10,}$/;

/** The pieces of a mail without banners; a piece that is nothing else is left out. */
export function withoutBanners(pieces: readonly (readonly string[])[]): string[][] {
  const ownPieces = pieces.map((piece) => withoutBanner(piece)).filter((piece) => piece.some(isFilled));
  return ownPieces.length > 0 ? ownPieces : pieces.map((piece) => [...piece]);
}

const isFilled = (line: string): boolean => line.trim() !== '';

function withoutBanner(lines: readonly string[]): string[] {
  const paragraphs = paragraphsOf(lines);
  const filled = paragraphs.filter((paragraph) => paragraph.some(isFilled));
  if (filled.length === 0 || !filled.some((paragraph) => isBanner(paragraph))) return [...lines];
  return paragraphs.flatMap((paragraph) => (isBanner(paragraph) ? ownSentences(paragraph) : paragraph));
}

/** Runs of lines between blank ones, the blank ones with them. */
function paragraphsOf(lines: readonly string[]): string[][] {
  const paragraphs: string[][] = [];
  let last: string[] | undefined;
  for (const line of lines) {
    const isNew = last === undefined || isFilled(line) !== isFilled(last[0] ?? '');
    if (isNew) paragraphs.push((last = []));
    last?.push(line);
  }
  return paragraphs;
}

const maxChars = 4_000;
/** Quoted paragraphs go with their quote. */
const isBanner = (paragraph: readonly string[]): boolean => {
  const text = joined(paragraph);
  return (
    !/^[>\s]*>/.test(paragraph[0]?.slice(0, 20) ?? '') &&
    text !== '' &&
    sentencesOf(text).some((each) => certain.test(each))
  );
};

const joined = (lines: readonly string[]): string => lines.join(' ').slice(0, maxChars).trim();
const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?。！？])\s+/u).filter((each) => each !== '');

/** The rest of a paragraph with a banner: the lines and sentences that are no banner. */
function ownSentences(paragraph: readonly string[]): string[] {
  const lines = paragraph.filter((line) => !listRule.test(line.trim()));
  const at = lines.findLastIndex((line) => certain.test(line) || beside.test(line));
  const first = lines.findIndex((line) => certain.test(line));
  // A footer is removed to its end: names of lists and addresses follow below its rule.
  if (first < 0 || isFooter(paragraph)) return isFooter(paragraph) ? [] : leftOf(lines);
  return [...lines.slice(0, first), ...leftOf(lines.slice(first, at + 1)), ...lines.slice(at + 1)].filter(isFilled);
}

const isFooter = (paragraph: readonly string[]): boolean => paragraph.some((line) => listRule.test(line.trim()));

const leftOf = (lines: readonly string[]): string[] => {
  const left = sentencesOf(joined(lines)).filter((each) => !certain.test(each) && !beside.test(each));
  return left.length === 0 ? [] : [left.join(' ')];
};
