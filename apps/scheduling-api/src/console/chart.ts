// A chart of a day as SVG: bars over time, drawn on the server, readable without a script and in dark.
// Called by overview.page.ts. Colours are classes: the page's policy allows no style in an attribute.
import { Html, html } from '../links/html';

export interface Series {
  look: 'plain' | 'bad';
  /** One value a bar, the oldest first; null where nothing was counted. */
  values: readonly (number | null)[];
}

export interface ChartParts {
  /** Unique on its page. */
  id: string;
  title: string;
  /** Shown below the title: the total or the largest value. */
  summary: string;
  /** Stacked, the first at the bottom. */
  series: readonly Series[];
  /** A value as a person reads it: `12`, `3 min`. */
  read: (value: number) => string;
}

const [width, height] = [480, 96];

export function chart({ id, title, summary, series, read }: ChartParts): Html {
  const bars = series[0]?.values.length ?? 0;
  const sums = Array.from({ length: bars }, (_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const top = Math.max(1, ...sums);
  const isEmpty = series.every(({ values }) => values.every((value) => value === null));
  return html`<figure class="chart"><figcaption id="${id}"><b>${title}</b> <span class="faint">${summary}</span></figcaption>
<div class="scale"><span>${read(top)}</span>${
    isEmpty
      ? html`<p class="faint">Nothing was counted yet.</p>`
      : html`<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-labelledby="${id}">${new Html(
          rects(series, bars, top),
        )}</svg>`
  }</div>
<div class="hours faint" aria-hidden="true"><span>24 h ago</span><span>12 h ago</span><span>now</span></div></figure>`;
}

/** Numbers only: nothing in it can be markup. */
function rects(series: readonly Series[], bars: number, top: number): string {
  const step = width / Math.max(1, bars);
  const drawn: string[] = [];
  for (let at = 0; at < bars; at += 1) {
    let bottom = height;
    for (const { values, look } of series) {
      const value = values[at] ?? 0;
      if (value <= 0) continue;
      // A small value must still be visible.
      const tall = Math.max(2, (value / top) * height);
      bottom -= tall;
      const place = `x="${(at * step).toFixed(1)}" y="${Math.max(0, bottom).toFixed(1)}"`;
      const size = `width="${(step * 0.8).toFixed(1)}" height="${tall.toFixed(1)}"`;
      drawn.push(`<rect class="${look}" ${place} ${size}/>`);
    }
  }
  return drawn.join('');
}
