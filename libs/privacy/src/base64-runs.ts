// Finds what may be base64 in a text.
// Called by decoded-layers.ts; base64-readings.ts reads it. An address may sit anywhere in such a run, and anything may
// stand right before and after the run.
import { seam, stretches } from './base64-stretches';

/**
 * Stretches of at least `least` characters of either base64 alphabet, over single line ends; none that was found
 * before: `known` keeps what was.
 */
export function base64Runs(text: string, least: number, known: Set<string>): string[] {
  const runs: string[] = [];
  for (const stretch of stretches(text, least)) {
    if (known.has(stretch)) continue;
    known.add(stretch);
    if (!stretch.includes(seam)) runs.push(stretch);
    else
      for (const run of blocks(stretch.split(seam), least)) {
        if (known.has(run)) continue;
        known.add(run);
        runs.push(run);
      }
  }
  return runs;
}

/**
 * Base64 over several lines: lines of one length, a shorter one after them, and before them what is left of the line it
 * begins on. The first and the last may as well be words of a text, so each is tried with and without. Not so where the
 * lines are such as mails have: cut in the middle, a longer address of the reader's own could read like the other's.
 */
function* blocks(lines: string[], least: number): Generator<string> {
  let taken = 0;
  for (let from = 0; from < lines.length;) {
    const width = lines[from]?.length ?? 0;
    let to = from + 1;
    while (lines[to]?.length === width) to += 1;
    const sure = looksMailed(lines, from, to);
    const firsts = from > taken ? [from, from - 1] : [from];
    const lasts = sure || to === lines.length ? [Math.min(to + 1, lines.length)] : [to, to + 1];
    const runs = firsts.flatMap((first) => lasts.map((last) => lines.slice(first, last).join('')));
    yield* runs.filter((run) => run.length >= least);
    from = sure ? to + 1 : to;
    if (sure) taken = from;
  }
}

/** Two or more full lines of whole groups of four and a shorter one after them. */
function looksMailed(lines: string[], from: number, to: number): boolean {
  const width = lines[from]?.length ?? 0;
  const next = lines[to]?.length ?? width;
  return to - from >= 2 && width >= 40 && width % 4 === 0 && next < width;
}
