// Reads a CMS object of S/MIME (RFC 8551, RFC 5652): the signed content, or that it is encrypted.
// Called by split.ts. Signatures are not checked: the sender is judged by the envelope, as for any other mail.
import { inflateSync } from 'node:zlib';

/**
 * `opened`: the MIME entity inside. `encrypted`: only its reader's key opens it. Null: certificates, or no CMS
 * object.
 */
export type CmsContent = { opened: Buffer } | 'encrypted' | null;

/** Object identifiers by their last arcs, as DER writes them. */
const contentTypes: Record<string, 'signed' | 'encrypted' | 'compressed'> = {
  // 1.2.840.113549.1.7.2, .3, .6 (RFC 5652 5, 6, 8)
  '2a864886f70d010702': 'signed',
  '2a864886f70d010703': 'encrypted',
  '2a864886f70d010706': 'encrypted',
  // 1.2.840.113549.1.9.16.1.23 (RFC 5083), .9 (RFC 3274)
  '2a864886f70d0109100117': 'encrypted',
  '2a864886f70d0109100109': 'compressed',
};
const maxInflatedBytes = 10 * 1024 * 1024;
const maxNesting = 12;

/**
 * Opens a CMS object in BER or DER, also where it came as base64 under another label. Takes any bytes and never
 * throws.
 */
export function cmsContent(bytes: Buffer): CmsContent {
  const object =
    bytes[0] === 0x30 ? bytes : Buffer.from(bytes.toString('latin1').replace(/-----[^-]*-----/g, ''), 'base64');
  const [type, content] = childrenOf(elementAt(object, 0, object.length));
  const kind = contentTypes[type?.content.toString('hex') ?? ''];
  if (kind === undefined || content === undefined) return null;
  if (kind === 'encrypted') return 'encrypted';
  // SignedData: version, digestAlgorithms, encapContentInfo. CompressedData: version, algorithm, encapContentInfo.
  const [, , encapsulated] = childrenOf(childrenOf(content)[0]);
  const [, holder] = childrenOf(encapsulated);
  const [octets] = childrenOf(holder);
  if (octets === undefined) return null;
  const inner = octetsOf(octets, 0);
  return kind === 'signed' ? { opened: inner } : inflated(inner);
}

function inflated(bytes: Buffer): CmsContent {
  try {
    return { opened: inflateSync(bytes, { maxOutputLength: maxInflatedBytes }) };
  } catch {
    return null;
  }
}

/** One element of BER (X.690 8.1): its tag byte, its content, and where it ends. */
interface Element {
  tag: number;
  content: Buffer;
  end: number;
}

/** The element that begins at `at`; undefined where there is none. Content that runs over the end is cut there. */
function elementAt(bytes: Buffer, at: number, end: number, nesting = 0): Element | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || at + 2 > end || nesting > maxNesting) return undefined;
  if (first < 0x80) return element(bytes, tag, at + 2, at + 2 + first, end);
  if (first === 0x80) return indefinite(bytes, tag, at + 2, end, nesting);
  const size = first & 0x7f;
  if (size > 4 || at + 2 + size > end) return undefined;
  const from = at + 2 + size;
  return element(bytes, tag, from, from + bytes.readUIntBE(at + 2, size), end);
}

const element = (bytes: Buffer, tag: number, from: number, to: number, end: number): Element => ({
  tag,
  content: bytes.subarray(from, Math.min(to, end)),
  end: Math.min(to, end),
});

/** X.690 8.1.3.6: of indefinite length, up to two zero bytes; streaming signers write these. */
function indefinite(bytes: Buffer, tag: number, from: number, end: number, nesting: number): Element {
  let at = from;
  while (at + 1 < end && !(bytes[at] === 0 && bytes[at + 1] === 0)) {
    const child = elementAt(bytes, at, end, nesting + 1);
    if (child === undefined || child.end <= at) return { tag, content: bytes.subarray(from, at), end };
    at = child.end;
  }
  return { tag, content: bytes.subarray(from, at), end: Math.min(at + 2, end) };
}

/** The elements within a constructed one. */
function childrenOf(parent: Element | undefined): Element[] {
  if (parent === undefined || (parent.tag & 0x20) === 0) return [];
  const children: Element[] = [];
  const { content } = parent;
  for (let at = 0; at < content.length && children.length < 100_000;) {
    const child = elementAt(content, at, content.length);
    if (child === undefined || child.end <= at) break;
    children.push(child);
    at = child.end;
  }
  return children;
}

/** An OCTET STRING, whole or in segments (X.690 8.7). */
function octetsOf(octets: Element, nesting: number): Buffer {
  if ((octets.tag & 0x20) === 0) return octets.content;
  return nesting > maxNesting
    ? Buffer.alloc(0)
    : Buffer.concat(childrenOf(octets).map((each) => octetsOf(each, nesting + 1)));
}
