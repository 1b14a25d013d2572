// Finds the stretches of a text that consist of characters of base64, over single line ends.
// Called by base64-runs.ts, which tries how a stretch may be split into base64.

/**
 * Stands for a line end inside base64, with the blanks of a folded line after it: one byte, and nothing a mail may
 * contain (RFC 5322 2.2).
 */
export const seam = '\x1f';
const [tab, lf, cr, blank] = [9, 10, 13, 32];

/** By character code: 1 for both base64 alphabets and the seam. */
const partOfRun = new Uint8Array(0x10000);
for (const character of `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_${seam}`)
  partOfRun[character.charCodeAt(0)] = 1;

/**
 * 0 outside the text. One read outside it would make V8 run every later one without its fast path, at several times the
 * cost.
 */
const codeAt = (text: string, at: number): number => (at >= 0 && at < text.length ? text.charCodeAt(at) : 0);

/** All stretches of at least `least` characters, line ends written as seams. A blank line ends one. */
export function stretches(text: string, least: number): string[] {
  const found: string[] = [];
  const backwards = new Backwards(text);
  // A stretch is not written longer than it stands in the text, so each covers `least` positions there. Where the
  // character at `stop` is part of none, the next one cannot end before `stop + least`: of the characters between them
  // few are looked at.
  for (let at = least - 1; at < text.length;) {
    const from = backwards.beginOfStretch(at);
    if (at + 1 - from < least) at = from - 1 + least;
    else {
      const to = endOfStretch(text, from);
      const stretch = withSeams(text, from, to);
      if (stretch.length >= least) found.push(stretch);
      at = to + least;
    }
  }
  return found;
}

/** Looks for the begin of stretches; asked for growing positions, it passes no character twice. */
class Backwards {
  /** Of the last stretch that was looked at: `to` is the position it was asked for. */
  private known = { from: 0, to: -1 };
  private blanks = { from: 0, to: -1, begin: -1 };

  constructor(private readonly text: string) {}

  /** Where the stretch that the character at `at` is part of begins; `at + 1` if it is part of none. */
  beginOfStretch(at: number): number {
    const { text } = this;
    const { from: knownFrom, to: knownTo } = this.known;
    // Above the characters that the last call found to be part of a stretch.
    const floor = knownFrom <= knownTo ? knownTo + 1 : 0;
    let from = at + 1;
    for (;;) {
      while (from > floor && partOfRun[text.charCodeAt(from - 1)] === 1) from -= 1;
      if (from <= floor) {
        from = Math.min(from, knownFrom);
        break;
      }
      // Most stretches begin behind a sign or a single blank.
      const code = text.charCodeAt(from - 1);
      if (code > blank || (code === blank && codeAt(text, from - 2) > blank)) break;
      const begin = this.beginOfPart(from - 1);
      if (begin < 0) break;
      from = begin;
    }
    this.known = { from, to: at };
    return from;
  }

  /** Where the character or line end begins that the position lies in; -1 if it is part of no stretch. */
  private beginOfPart(at: number): number {
    const code = this.text.charCodeAt(at);
    if (partOfRun[code] === 1) return at;
    if (code === lf) return beginOfLineEnd(this.text, at);
    if (code === cr) return codeAt(this.text, at + 1) === lf && beginOfLineEnd(this.text, at + 1) === at ? at : -1;
    return isBlank(code) ? this.beginOfFold(at) : -1;
  }

  /** Blanks belong to the line end right before them. */
  private beginOfFold(at: number): number {
    const { from, to, begin } = this.blanks;
    const limit = at > to ? to : -1;
    let here = at;
    while (here > limit && isBlank(codeAt(this.text, here))) here -= 1;
    if (here === to && here >= from) this.blanks = { from, to: at, begin };
    else
      this.blanks = {
        from: here + 1,
        to: at,
        begin: codeAt(this.text, here) === lf ? beginOfLineEnd(this.text, here) : -1,
      };
    return this.blanks.begin;
  }
}

const isBlank = (code: number): boolean => code === blank || code === tab;

/** Of the line end whose LF is at `at`; -1 where it is one of a blank line. */
function beginOfLineEnd(text: string, at: number): number {
  const next = codeAt(text, at + 1);
  if (next === cr || next === lf) return -1;
  if (codeAt(text, at - 1) !== cr) return codeAt(text, at - 1) === lf ? -1 : at;
  // Of `\n\r\r\n` the second CR is no part of the line end.
  if (codeAt(text, at - 2) === cr) return codeAt(text, at - 3) === lf ? at : at - 1;
  return codeAt(text, at - 2) === lf ? -1 : at - 1;
}

/** Behind a line end and the blanks after it. */
function endOfLineEnd(text: string, at: number): number {
  let next = at + 1;
  while (isBlank(codeAt(text, next))) next += 1;
  return next;
}

/** The LF of the line end that begins at `at`; -1 if none does that is part of a stretch. */
function lineEndAt(text: string, at: number): number {
  const code = codeAt(text, at);
  const end = code === lf ? at : code === cr && codeAt(text, at + 1) === lf ? at + 1 : -1;
  return end >= 0 && beginOfLineEnd(text, end) === at ? end : -1;
}

function endOfStretch(text: string, from: number): number {
  for (let at = from; ;) {
    while (at < text.length && partOfRun[text.charCodeAt(at)] === 1) at += 1;
    const lineEnd = lineEndAt(text, at);
    if (lineEnd < 0) return at;
    at = endOfLineEnd(text, lineEnd);
  }
}

function withSeams(text: string, from: number, to: number): string {
  let marked = '';
  let begin = from;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
    marked += text.slice(begin, beginOfLineEnd(text, at)) + seam;
    begin = endOfLineEnd(text, at);
  }
  return marked + text.slice(begin, to);
}
