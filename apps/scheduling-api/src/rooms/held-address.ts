// Decides whether a text that would reach both parties holds one of their addresses, plain or lightly dressed.
// Called by decide before anything is stored; the sender's privacy gate is the second line.
import { personKey } from '#contracts';

const addressLike = /[^\s<>()[\]",;:\\]+@[^\s<>()[\]",;:\\]+/gu;

/** Percent and HTML-entity forms of the at sign and letters, as a link in a location may carry them. */
const undress = (text: string): string[] => {
  const entities = text.replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (whole, hex?: string, decimal?: string) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
  const percent = text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
  return [text, entities, percent];
};

/** The pointer of the first text that holds one of the addresses (or another spelling of the same person's), or null. */
export function heldAddress(texts: Record<string, string | null>, addresses: string[]): string | null {
  const keys = new Set(addresses.map(personKey));
  const whole = addresses.map((address) => address.normalize('NFKC').toLowerCase());
  for (const [pointer, text] of Object.entries(texts)) {
    if (text === null) continue;
    for (const form of undress(text).map((each) => each.normalize('NFKC').toLowerCase())) {
      const candidates = (form.match(addressLike) ?? []).map((each) => each.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''));
      if (candidates.some((each) => keys.has(personKey(each))) || whole.some((address) => standsIn(form, address))) return pointer;
    }
  }
  return null;
}

/** A whole address: no address character before it, no further label after it. */
function standsIn(text: string, address: string): boolean {
  for (let at = text.indexOf(address); at >= 0; at = text.indexOf(address, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text.slice(at + address.length, at + address.length + 2);
    if (!/[\p{L}\p{N}._%+-]/u.test(before) && !/^(?:[\p{L}\p{N}-]|\.[\p{L}\p{N}])/u.test(after)) return true;
  }
  return false;
}
