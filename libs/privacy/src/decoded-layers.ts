// Decodes texts layer by layer: everything that a reader could get from them by taking encodings off.
// Called by holds-address.ts and known-blocks.ts, which look through what comes out.
import { base64Reader } from './base64-readings';
import { base64Runs } from './base64-runs';
import { decodeEscapes, joined } from './decoders';

/** How many nested encodings are decoded. */
const deepest = 5;

/** `shortest`: the bytes of the shortest text worth finding; `beyondAscii`: whether it may have other characters. */
export interface Sought {
  shortest: number;
  beyondAscii: boolean;
}

/** The texts themselves, and then each decoding of them that is a new text, the ones with the fewest layers first. */
export function* decodedLayers(texts: readonly string[], { shortest, beyondAscii }: Sought): Generator<string> {
  const read = base64Reader(shortest, beyondAscii);
  // Four characters carry three bytes: nothing shorter can contain it.
  const leastRun = Math.max(4, Math.floor((shortest * 4) / 3));
  const runs = new Set<string>();
  const seen = new Texts();
  let layer = texts;
  for (let depth = 0; depth <= deepest && layer.length > 0; depth++) {
    const fresh = layer.filter((text) => seen.add(text));
    yield* fresh;
    // Each from the text as it is, because joining can glue letters to an address that stood alone before.
    layer = fresh.flatMap((text) => [
      decodeEscapes(text),
      joined(text),
      ...base64Runs(text, leastRun, runs).flatMap(read),
    ]);
  }
}

/** By length: a hash of every text costs more than to compare the few that are as long. */
class Texts {
  private readonly byLength = new Map<number, string[]>();

  /** Whether the text was not there yet. */
  add(text: string): boolean {
    const alike = this.byLength.get(text.length);
    if (alike?.includes(text)) return false;
    if (alike) alike.push(text);
    else this.byLength.set(text.length, [text]);
    return true;
  }
}
