// The operator's name, colour and logo on letters; the colour is adjusted until it is readable on light and on dark.
// Called by html.ts; the settings are BRAND_NAME, BRAND_COLOR and BRAND_LOGO_URL.
import { cached } from '#words';

export interface Brand {
  name: string | null;
  /** `#rrggbb`. */
  color: string;
  logoUrl: string | null;
}

export const plainBrand: Brand = { name: null, color: '#1f6feb', logoUrl: null };

/** WCAG 2.2, 1.4.3: contrast of text and background. Thin text on a dark background needs more. */
const enough = 4.5;
const enoughOnDark = 6.5;
export const card = { light: '#ffffff', lightBox: '#f4f5f7', dark: '#161b22' } as const;

export interface BrandColors {
  /** The background of a filled button, and the text on it. */
  fill: string;
  onFill: string;
  /** Links and bare buttons on the light card and on the dark one. */
  link: string;
  linkOnDark: string;
}

/** The brand's colour in its four uses, each readable. */
export const brandColors = cached((color: string): Readonly<BrandColors> => ({
  fill: color,
  onFill: contrast('#ffffff', color) >= enough ? '#ffffff' : '#000000',
  link: until(color, '#000000', card.lightBox),
  linkOnDark: until(color, '#ffffff', card.dark, enoughOnDark),
}));

/** `color`, mixed with `pole` by as little as makes it readable on `ground`. */
function until(color: string, pole: string, ground: string, wanted = enough): string {
  for (let part = 0; part < 1; part += 0.05) {
    const mixed = mix(color, pole, part);
    if (contrast(mixed, ground) >= wanted) return mixed;
  }
  return pole;
}

const channels = (color: string): number[] => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

function mix(color: string, pole: string, part: number): string {
  const to = channels(pole);
  const mixed = channels(color).map((channel, at) => Math.round(channel + ((to[at] ?? 0) - channel) * part));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** WCAG 2.2: relative luminance and contrast ratio. */
export function contrast(a: string, b: string): number {
  const [one, other] = [luminance(a), luminance(b)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
