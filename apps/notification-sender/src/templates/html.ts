// Decides how a composed letter looks: one card in table layout with inline styles, readable in light and dark.
// Called by the renderer for the text/html part. Everything from outside goes through `escaped`.
import type { Block, Composition } from './compose';

/** Room for an operator's brand; one colour that reads on white and on black. */
const accent = '#1f6feb';
const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

// Programs that keep <style> follow the reader's dark mode; the others keep the light card with its own background.
const style = `@media (prefers-color-scheme:dark){
.page{background:#0d1117!important}
.card{background:#161b22!important;border-color:#30363d!important}
.card *{color:#e6edf3!important}
.card .faint,.card .faint *{color:#9198a1!important}
.card .go,.card .go *{color:#ffffff!important}
.card .link,.card .link *{color:#79b8ff!important}
.box{background:#0d1117!important}
}`;

/** A whole HTML document. Lines end with LF. */
export function htmlDocument({ language, heading, title, blocks, footer }: Composition): string {
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(heading)}</title>
<style>${style}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f4f5f7">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f4f5f7">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="card" width="560" cellpadding="0" cellspacing="0" border="0"
 style="width:100%;max-width:560px;background:#ffffff;border:1px solid #d9dde3;border-radius:10px">
<tr><td style="padding:28px 28px 4px;${font};color:#1c2128">
<p class="faint" style="margin:0 0 4px;font-size:15px;line-height:1.4;color:#59636e">${escaped(title)}</p>
<h1 style="margin:0;font-size:22px;line-height:1.3;font-weight:600">${escaped(heading)}</h1>
</td></tr>
${blocks.map(row).join('\n')}
<tr><td class="faint" style="padding:20px 28px 24px;${font};font-size:12px;line-height:1.5;color:#59636e">
${escaped(footer)}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

const cell = (content: string, more = ''): string =>
  `<tr><td style="padding:14px 28px 0;${font};font-size:16px;line-height:1.5;color:#1c2128${more}">\n${content}\n</td></tr>`;

const label = (text: string): string =>
  `<span class="faint" style="display:block;font-size:13px;color:#59636e">${escaped(text)}</span>`;

function row(block: Block): string {
  switch (block.kind) {
    case 'text':
      return cell(escaped(block.text));
    case 'time':
      return time(block);
    case 'fact':
      return cell(`${label(block.label)}\n${fact(block.text)}`);
    case 'quote':
      return cell(`${label(block.label)}\n${box(escaped(block.text).replace(/\r?\n/g, '<br>\n'))}`);
    case 'action':
      return action(block);
  }
}

function time(block: Extract<Block, { kind: 'time' }>): string {
  const { local, zone, utc: inUtc } = block.time;
  const weight = block.past ? '400' : '600';
  const lines = [escaped(zone), ...(inUtc === null ? [] : [escaped(inUtc)])];
  const small = `<span class="faint" style="display:block;font-size:13px;color:#59636e">${lines.join('<br>\n')}</span>`;
  return cell(`${label(block.label)}\n${box(`<span style="font-weight:${weight}">${escaped(local)}</span>\n${small}`)}`);
}

const box = (content: string): string =>
  `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="box" style="padding:10px 14px;background:#f4f5f7;border-radius:8px;${font};font-size:16px;line-height:1.5;color:#1c2128">
${content}
</td></tr></table>`;

const fact = (text: string): string => (/^https?:\/\/\S+$/.test(text) ? anchor(text) : escaped(text));

const anchor = (url: string): string =>
  `<a class="link" href="${escaped(url)}" style="color:${accent};word-break:break-all">${escaped(url)}</a>`;

function action({ ask, label: words, url, quiet }: Extract<Block, { kind: 'action' }>): string {
  const [background, colour] = quiet ? ['#ffffff', accent] : [accent, '#ffffff'];
  const button = `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="${quiet ? 'box' : 'go'}" style="border-radius:8px;background:${background};border:1px solid ${accent}">
<a class="${quiet ? 'link' : 'go'}" href="${escaped(url)}"
 style="display:inline-block;padding:11px 20px;${font};font-size:16px;font-weight:600;text-decoration:none;color:${colour}">
${escaped(words)}</a>
</td></tr></table>`;
  const visible = `<span style="display:block;margin-top:6px;font-size:12px;line-height:1.4">${anchor(url)}</span>`;
  return cell([...(ask === null ? [] : [`<p style="margin:0 0 10px">${escaped(ask)}</p>`]), button, visible].join('\n'));
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for element content and quoted attributes alike, in pure ASCII: the part then needs no transfer encoding that could be damaged. */
export const escaped = (text: string): string => text.replace(/[&<>"']|[^\x00-\x7f]/gu, (character) => entities[character] ?? `&#${character.codePointAt(0) ?? 0};`);
