// Writes a composed letter as plain text: short lines, every link alone on its line.
// Called by the renderer for the text/plain part.
import { bare, directionOf, isolated, isolatesOfEachLine, isolatesWhereNeeded } from '#words';
import type { Block, Composition } from './blocks';

const width = 76;

/** Lines end with LF; none but a link or a single long word is longer than 76 characters. */
export function plainText({ language, heading, title, blocks, colon, footer }: Composition): string {
  const direction = directionOf(language);
  const wrap: Wrap = (text, lead) => wrapped(isolatesWhereNeeded(text, direction), lead);
  const parts = [
    wrap(heading),
    wrap(title),
    ...blocks.map((block) => written(block, colon, wrap)),
    `--\n${wrap(footer)}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Breaks the lines of a text; `lead` stands before each. */
type Wrap = (text: string, lead?: string) => string;

function written(block: Block, colon: string, wrap: Wrap): string {
  switch (block.kind) {
    case 'text':
      return wrap(block.text);
    case 'time': {
      const { day, hours, zone, utc: inUtc } = block.time;
      // Nobody wraps these lines. Ordinary blanks are what a search or a quote of the mail expects.
      const lines = [day, hours, zone, ...(inUtc === null ? [] : [inUtc])].map((line) =>
        line.replaceAll('\u00a0', ' '),
      );
      return `${block.label}${colon}\n${lines.map((line) => `  ${line}`).join('\n')}`;
    }
    case 'fact':
      return `${block.label}${colon}\n${wrap(block.text, '  ')}`;
    case 'quote':
      return `${block.label}${colon}\n${block.text
        .split(/\r?\n/)
        .map((line) => wrap(isolated(line), '> '))
        .join('\n')}`;
    case 'action':
      return `${wrap(block.ask ?? `${block.label}${colon}`)}\n\n${block.url}`;
  }
}

/** Breaks at blanks that are not no-break ones, and between the characters of a script that has none; every line begins with `lead`. */
function wrapped(text: string, lead = ''): string {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const narrow = isAscii.test(text);
  for (const { blank, piece } of pieces(text)) {
    const more = narrow ? piece.length : columns(piece);
    if (line !== '' && lead.length + used + blank.length + more > width) {
      lines.push(line);
      line = piece;
      used = more;
    } else {
      used = line === '' ? more : used + blank.length + more;
      line = line === '' ? piece : `${line}${blank}${piece}`;
    }
  }
  return isolatesOfEachLine([...lines, line])
    .map((each) => lead + each)
    .join('\n');
}

// Japanese has no blanks. Closing marks and small kana do not begin a line, opening marks do not end one.
const wide = '\u3000-\u30ff\u3400-\u9fff\uff00-\uff60';
const unbroken = new RegExp(
  `[「『（(]*[${wide}](?:[、。」』）！？ー々〜ぁぃぅぇぉっゃゅょァィゥェォッャュョ?:)])*|[^${wide}]+?(?=[「『（(]*[${wide}]|$)`,
  'g',
);
const wideCharacters = new RegExp(`[${wide}]`, 'g');
const anyWide = new RegExp(`[${wide}]`);

/** What a line may not break; `blank` stands before it within a line. An address stays whole, so that it is found. */
function pieces(text: string): { blank: '' | ' '; piece: string }[] {
  const words = text.split(/[^\S\u00a0\u202f]+/);
  if (!anyWide.test(text)) return words.map((piece) => ({ blank: ' ', piece }));
  return words.flatMap((word) => {
    const parts = /[@＠﹫]/.test(word) ? null : word.match(unbroken);
    return (parts ?? [word]).map((piece, at) => ({ blank: at === 0 ? (' ' as const) : ('' as const), piece }));
  });
}

/** Columns of a fixed font: a character of a wide script takes two, a mark of direction none. */
const columns = (text: string): number => bare(text).length + (text.match(wideCharacters)?.length ?? 0);

const isAscii = /^[\x00-\x7f]*$/;
