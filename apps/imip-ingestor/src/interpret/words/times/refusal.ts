// Decides whether the clause around a time or day says that it does not suit: "not at 3", "3pm is too early".
// Called by proposed-times.ts. A clause ends at a mark or at a word such as "but", "aber", "mais".
import { isMark, means, type Token } from './tokens';

/** More tokens than this are another clause. */
const reach = 30;

const ends = (token: Token | undefined): boolean =>
  token === undefined || isMark(token, '.;!?。！？؟;') || (token.kind === 'break' && token.blank);
const turns = (token: Token | undefined): boolean => means(token, 'turn', 'invite', 'postnot');
const isComma = (token: Token | undefined): boolean => isMark(token, ',،、') || isMark(token, '-');

/** `covered`: whether a token belongs to some time or day, between which a comma only lists. */
export function isRefused(
  tokens: readonly Token[],
  from: number,
  to: number,
  covered: (at: number) => boolean,
): boolean {
  return refusedBefore(tokens, from, covered) || refusedBehind(tokens, to, covered);
}

function refusedBefore(tokens: readonly Token[], from: number, covered: (at: number) => boolean): boolean {
  let direct = true;
  for (let at = from - 1; at >= Math.max(0, from - reach); at -= 1) {
    const token = tokens[at];
    if (beginsThought(tokens, at, from, covered)) return false;
    // "3pm instead of 2pm": only what follows the word is refused.
    if (means(token, 'instead') ? direct || means(token, 'not') : means(token, 'not')) return true;
    direct &&= covered(at) || isComma(token) || means(token, ...smallWords);
  }
  return false;
}

const smallWords = ['fill', 'at', 'weak at', 'from', 'dated', 'and', 'or', 'to', 'instead'] as const;

function beginsThought(tokens: readonly Token[], at: number, from: number, covered: (at: number) => boolean): boolean {
  const token = tokens[at];
  if (ends(token) || turns(token) || endsLine(tokens, at)) return true;
  return isComma(token) && !(listed(tokens, at, from, covered) && (covered(at - 1) || covered(at - 2)));
}

/** "As I wrote, mornings are bad:" ends its clause with the line. */
const endsLine = (tokens: readonly Token[], at: number): boolean =>
  isMark(tokens[at], ':') && tokens[at + 1]?.kind === 'break';

/** Whether only times, days and small words stand between a comma and the time: then it lists. */
function listed(tokens: readonly Token[], comma: number, from: number, covered: (at: number) => boolean): boolean {
  for (let at = comma + 1; at < from; at += 1)
    if (!covered(at) && !means(tokens[at], ...smallWords) && !isComma(tokens[at])) return false;
  return true;
}

function refusedBehind(tokens: readonly Token[], to: number, covered: (at: number) => boolean): boolean {
  for (let at = to; at < Math.min(tokens.length, to + reach); at += 1) {
    const token = tokens[at];
    if (endsBehind(token, covered(at + 1))) return false;
    // "4pm would not work": a refusal right behind a time belongs to it.
    if (means(token, 'postnot')) return true;
    if (turns(token)) return at === to && means(tokens[at + 1], 'not', 'postnot');
    // "3pm, not 4pm", "3pm instead of 4pm": the words belong to what follows.
    if (means(token, 'instead') && refersToNext(tokens, at + 1, covered)) return false;
    if (means(token, 'not')) return true;
  }
  return false;
}

const endsBehind = (token: Token | undefined, listsMore: boolean): boolean =>
  ends(token) || (isComma(token) && !listsMore);

function refersToNext(tokens: readonly Token[], at: number, covered: (at: number) => boolean): boolean {
  let next = at;
  while (means(tokens[next], 'fill', 'at', 'weak at', 'dated', 'from')) next += 1;
  return covered(next) || next > at + 3;
}
