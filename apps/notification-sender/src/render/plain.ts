// Writes a composed letter as plain text: short lines, every link alone on its line.
// Called by the renderer for the text/plain part.
import type { Block, Composition } from './blocks';

const width = 76;

/** Lines end with LF; none but a link or a single long word is longer than 76 characters. */
export function plainText({ heading, title, blocks, footer }: Composition): string {
  const parts = [wrap(heading), wrap(title), ...blocks.map(written), `--\n${wrap(footer)}`];
  return `${parts.join('\n\n')}\n`;
}

function written(block: Block): string {
  switch (block.kind) {
    case 'text':
      return wrap(block.text);
    case 'time': {
      const { local, zone, utc: inUtc } = block.time;
      return [`${block.label}:`, `  ${local}`, `  ${zone}`, ...(inUtc === null ? [] : [`  ${inUtc}`])].join('\n');
    }
    case 'fact':
      return `${block.label}:\n${wrap(block.text, '  ')}`;
    case 'quote':
      return `${block.label}:\n${block.text
        .split(/\r?\n/)
        .map((line) => wrap(line, '> '))
        .join('\n')}`;
    case 'action':
      return `${wrap(block.ask ?? block.linkLabel)}\n\n${block.url}`;
  }
}

/** Breaks at blanks only; every line begins with `lead`. */
function wrap(text: string, lead = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && lead.length + line.length + 1 + word.length > width) {
      lines.push(lead + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, lead + line].join('\n');
}
