// Gives the quotes of programs with marks of their own the usual mark, `> `.
// Called by quote.ts before it looks for marked lines. Without it, a time in such a quote counts as proposed by the writer.
import { attributionAt, isMarked } from './attribution';
import { isHeaderBlock, isMailboxHead } from './header-block';

/** Supercite in Emacs marks each line with the quoted writer's name: `    Meet> You are invited`. */
const namedMark = /^[ \t]{0,8}(\p{L}[\p{L}\p{N}._'-]{0,23})>{1,5}(?: |$)/u;
const nameOf = (line: string): string | null => namedMark.exec(line.slice(0, 60))?.[1] ?? null;

/** Bars, as Emacs and others can be set to write; a line of a table ends in one, too. */
const barred = /^\|(?: .{0,2000}[^|]|)$/;

/** `notmuch reply` writes this below its quote, for each part that it does not quote. */
const unquotedPart = /^Non-text part: [\w.+-]{1,60}\/[\w.+-]{1,80}$/;

/** The lines, where a quote in another form has the usual marks. */
export function withUsualMarks(lines: readonly string[]): string[] {
  const names = lines.map(nameOf);
  const [seen, repeated] = [new Set<string>(), new Set<string>()];
  // One such line alone may be a person's.
  for (const name of names) if (name !== null) (seen.has(name) ? repeated : seen).add(name);
  const isBarred = lines.filter((line) => barred.test(line)).length > 1;
  const marked = lines.map((line, at) => {
    if (unquotedPart.test(line)) return '>';
    if (isBarred && barred.test(line)) return `>${line.slice(1)}`;
    return repeated.has(names[at] ?? '') ? line.replace(namedMark, '> ') : line;
  });
  return marked.some((line) => line.startsWith('\t')) ? indentedMarked(marked) : marked;
}

/** mailx and s-nail indent a quote with a tab. A person's own list may be indented, too: a heading must stand before. */
function indentedMarked(lines: readonly string[]): string[] {
  let quoted = false;
  return lines.map((line, at) => {
    const isIndented = line.startsWith('\t');
    if (isIndented) quoted ||= isHeaderBlock(lines, at) || isMailboxHead(lines, at) || isBelowAttribution(lines, at);
    else if (line.trim() !== '') quoted = false;
    return quoted && isIndented && !isMarked(line) ? `> ${line.slice(1)}` : line;
  });
}

/** s-nail writes `Meet <a@b.example> wrote:`, a blank line and the indented quote. */
const isBelowAttribution = (lines: readonly string[], at: number): boolean =>
  lines[at - 1]?.trim() === '' && attributionAt(lines, at - 2, []) === 1;
