// Writes a composed letter as HTML: one card in table layout with inline styles, readable in light and dark.
// Called by the renderer for the text/html part. Every text from outside is escaped.
import { escapeHtml } from '#mime';
import { bare, directionOf } from '#words';
import { type Brand, type BrandColors, brandColors, plainBrand } from './brand';
import type { Block, Composition } from './blocks';

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

// Programs that keep <style> follow the reader's dark mode; the others keep the light card with its own background.
const style = ({ linkOnDark }: BrandColors): string => `@media (prefers-color-scheme:dark){
.page{background:#0d1117!important}
.brand{color:#e6edf3!important}
.card{background:#161b22!important;border-color:#30363d!important}
.card *{color:#e6edf3!important}
.card .faint,.card .faint *{color:#9198a1!important}
.card .link,.card .link *{color:${linkOnDark}!important}
.box{background:#0d1117!important}
.edge,.quiet{border-color:${linkOnDark}!important}
.quiet{background:#161b22!important}
}`;

/** A whole HTML document. Lines end with LF. */
export function htmlDocument(composition: Composition, brand: Brand = plainBrand): string {
  const { language, heading, title, blocks, footer } = composition;
  const rtl = directionOf(language) === 'rtl';
  const look: Look = { ...brandColors(brand.color), rtl };
  const whole = `<!DOCTYPE html>
<html lang="${escaped(language)}"${rtl ? ' dir="rtl"' : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(heading)}</title>
<style>${style(look)}</style>
</head>
<body${rtl ? ' dir="rtl"' : ''} class="page" style="margin:0;padding:0;background:#f4f5f7">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f4f5f7">
<tr><td align="center" style="padding:24px 12px">
${brandLine(brand)}<table role="presentation" class="card" width="560" cellpadding="0" cellspacing="0" border="0"
 style="width:100%;max-width:560px;table-layout:fixed;background:#ffffff;border:1px solid #d9dde3;border-radius:10px">
<tr><td style="padding:28px 28px 4px;${font};color:#1c2128">
<p class="faint" style="margin:0 0 4px;font-size:15px;line-height:1.4;color:#59636e">${marked(title)}</p>
<h1 style="margin:0;font-size:22px;line-height:1.3;font-weight:600">${escaped(heading)}</h1>
</td></tr>
${blocks.map((block) => row(block, look)).join('\n')}
<tr><td class="faint" style="padding:20px 28px 24px;${font};font-size:12px;line-height:1.5;color:#59636e">
${linksInFull(composition, look)}${escaped(footer)}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
  return rtl ? mirrored(whole) : whole;
}

/** Mail programs on the web drop `html` and `body`, and Outlook on Windows asks each table for its own direction. */
const mirrored = (html: string): string => html.replaceAll('<table ', '<table dir="rtl" ');

/** What the blocks need to know of the whole: the brand's colours, and whether it is read from right to left. */
interface Look extends BrandColors {
  rtl: boolean;
}

/** The logo, or the name where there is none; where pictures are off, the name is shown as alternative text. */
function brandLine({ name, logoUrl }: Brand): string {
  if (name === null && logoUrl === null) return '';
  const words = escaped(name ?? '');
  const content =
    logoUrl === null
      ? words
      : `<img src="${escaped(logoUrl)}" alt="${words}" height="36" style="height:36px;max-width:100%;border:0">`;
  return `<table role="presentation" width="560" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:560px"><tr>
<td class="brand" style="padding:0 4px 14px;${font};font-size:17px;font-weight:700;color:#1c2128">${content}</td></tr></table>
`;
}

const cell = (content: string, more = ''): string =>
  `<tr><td style="padding:14px 28px 0;${font};font-size:16px;line-height:1.5;color:#1c2128${more}">\n${content}\n</td></tr>`;

// Block elements only: Outlook on Windows ignores `display`.
const label = (text: string): string =>
  `<div class="faint" style="font-size:13px;line-height:1.5;color:#59636e">${escaped(text)}</div>`;

function row(block: Block, look: Look): string {
  switch (block.kind) {
    case 'text':
      return cell(marked(block.text));
    case 'time':
      return time(block, look);
    case 'fact':
      return cell(`${label(block.label)}\n${fact(block.text, look)}`);
    case 'quote':
      return cell(`${label(block.label)}\n${box(quoted(block.text))}`);
    case 'action':
      return action(block, look);
  }
}

const looks = {
  main: 'font-weight:600',
  aside: 'font-weight:400',
  gone: 'font-weight:400;text-decoration:line-through',
} as const;

function time(block: Extract<Block, { kind: 'time' }>, { link, rtl }: Look): string {
  const { day, hours, zone, utc: inUtc } = block.time;
  const lines = [escaped(zone), ...(inUtc === null ? [] : [escaped(inUtc)])];
  const small = `<div class="faint" style="font-size:13px;line-height:1.5;color:#59636e">${lines.join('<br>\n')}</div>`;
  const edge = block.look === 'main' ? `border-${rtl ? 'right' : 'left'}:4px solid ${link};` : null;
  return cell(
    `${label(block.label)}\n${box(`<div style="${looks[block.look]}">${escaped(day)}<br>\n${escaped(hours)}</div>\n${small}`, edge)}`,
  );
}

const boxStyle = `background:#f4f5f7;border-radius:8px;${font};font-size:16px;line-height:1.5;color:#1c2128`;

const box = (content: string, edge: string | null = null): string =>
  `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="box${edge === null ? '' : ' edge'}" style="padding:10px 14px;${edge ?? ''}${boxStyle}">
${content}
</td></tr></table>`;

const fact = (text: string, look: Look): string =>
  /^https?:\/\/\S+$/.test(bare(text)) ? anchor(bare(text), look) : marked(text);

/** Text that somebody wrote: each of its lines is a paragraph of its own direction. */
const quoted = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => `<div dir="auto">${escaped(line) || '<br>'}</div>`)
    .join('\n');

function anchor(url: string, { link, rtl }: Look): string {
  const safe = escaped(url);
  return `<a${rtl ? ' dir="ltr"' : ''} class="link" href="${safe}" style="color:${link};word-break:break-all">${safe}</a>`;
}

/** A button made of a table cell; Outlook gives links no padding, so the cell has it there. */
function action({ ask, label: words, url, quiet }: Extract<Block, { kind: 'action' }>, look: Look): string {
  // The text of a filled button keeps its colour in dark mode: an important inline style overrides the style sheet.
  const [ground, edge, color] = quiet
    ? ['#ffffff', look.link, look.link]
    : [look.fill, look.fill, `${look.onFill}!important`];
  const shape = `mso-padding-alt:11px 20px;border-radius:8px;background:${ground};border:1px solid ${edge}`;
  const button = `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="${quiet ? 'quiet' : 'go'}" bgcolor="${ground}" style="${shape}">
<a${quiet ? ' class="link"' : ''} href="${escaped(url)}"
 style="display:inline-block;padding:11px 20px;${font};font-size:16px;font-weight:600;text-decoration:none;color:${color}">
${escaped(words)}</a>
</td></tr></table>`;
  return cell([...(ask === null ? [] : [`<p style="margin:0 0 10px">${escaped(ask)}</p>`]), button].join('\n'));
}

/** Every button's link as text, for programs that show no buttons and for a browser elsewhere. */
function linksInFull({ buttonTrouble, blocks, colon }: Composition, look: Look): string {
  if (buttonTrouble === null) return '';
  const links = blocks.flatMap((block) =>
    block.kind === 'action' ? [`<br>\n${escaped(`${block.label}${colon}`)} ${anchor(block.url, look)}`] : [],
  );
  return `<p style="margin:0 0 12px">${escaped(buttonTrouble)}${links.join('')}</p>\n`;
}

/**
 * Text for element content and quoted attributes alike, in pure ASCII: the part then needs no transfer encoding that
 * could be damaged.
 */
export const escaped = (text: string): string =>
  special.test(text)
    ? escapeHtml(text).replace(/[^\x00-\x7f]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`)
    : text;

/** Most texts have none of these, and to look for them takes a fraction of the CPU of replacing them. */
const special = /[&<>"'\x80-\uffff]/;

/** Like `escaped`; what stands between isolates finds its own direction and changes none around it. */
const marked = (text: string): string =>
  text.includes('\u2068') ? escaped(text).replace(/&#8296;([^]*?)&#8297;/g, '<bdi dir="auto">$1</bdi>') : escaped(text);
