// Every text of a language as a list, and what a translation must not be.
// Used by the specs of letters and pages.

/** A text by its path, in every wording that its arguments give. */
export type WrittenTexts = Map<string, string>;

const samples: Readonly<Record<string, unknown[][]>> = {
  changed: [['host', ['title', 'location', 'videoUrl']]],
  minutes: [[0], [1], [45], [60], [61], [135]],
  or: [[['A', 'B', 'C']]],
  option: [[2]],
};
const anything = [
  ['host', 'X'],
  ['guest', 'X'],
  ['host', true],
];

/** Calls every function of `texts` with samples of its arguments. */
export function written(texts: object, path = ''): WrittenTexts {
  const found: WrittenTexts = new Map();
  for (const [key, value] of Object.entries(texts) as [string, unknown][]) {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') found.set(at, value);
    else if (typeof value === 'function')
      (samples[key] ?? anything).forEach((args, number) => {
        const made = (value as (...all: unknown[]) => unknown)(...args);
        for (const [under, text] of written({ [number]: made }, at)) found.set(under, text);
      });
    else if (typeof value === 'object' && value !== null)
      for (const [under, text] of written(value, at)) found.set(under, text);
  }
  return found;
}

/** Texts that are empty, hold a mistake of their making, or are English still; `alike`: paths that may be as in English. */
export function faultsOf(texts: object, english: object, alike: readonly string[] = []): string[] {
  const those = written(english);
  const faults: string[] = [];
  for (const [path, text] of written(texts)) {
    if (text.trim() === '' || / {2}|undefined|NaN|\[object/.test(text)) faults.push(`${path}: ${text}`);
    if (text === those.get(path) && !alike.includes(path.replace(/(\.\d+)$/, ''))) faults.push(`English: ${path}`);
    if (/\b(?:the|your|you|please|this|with|answer|request)\b/i.test(text)) faults.push(`English words: ${path}`);
  }
  return faults;
}
