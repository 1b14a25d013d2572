// Decides from a mail system's words and codes what became of a mail to a recipient: hard, soft, delayed or delivered.
// Called by bounce-report.ts and bounce-named.ts. Words count more than codes: half of all servers send "no such
// user" with 5.7.1 or a code that fits even less.
import { personKey } from '#contracts';
import { isExpired } from '../phrases/bounces';
import { exchangeUnknown, full, hardFailure, organizerRefused, softFailure, unanswered } from '../phrases/failures';
import type { BounceRecipient } from '../reading';

type Kind = BounceRecipient['kind'];

/** `organizerRefused`: the response is a complaint about our own address, and says nothing about the recipient. */
export interface Severity {
  kind: 'hard' | 'soft';
  organizerRefused: boolean;
}

/** x.y.z of a failure; never part of an IP address or a version. */
const enhanced = /(?<![\d.\-v/])([45])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d|-\d)/;
/**
 * A reply code where replies stand: at the beginning of a line, after "said:", "error", in brackets, or before its
 * own text.
 */
const reply = new RegExp(
  String.raw`(?:^|[\n:;#(<[=]\s{0,3}|\b(?:said|error|code|reply|replied|status|response` +
    String.raw`|with|returned|smtp|was|server|<<<|reason)\W{1,3})([45][0-5]\d)(?=[ \-:;,.)>\]\n]` +
    String.raw`|$)`,
  'im',
);

/** The status in a text: x.y.z, else an SMTP reply code, else null. Any other code is preferred to a general x.0.0. */
export function statusIn(text: string): string | null {
  const codes = [...text.matchAll(new RegExp(enhanced, 'g'))].map((match) => match[0]);
  return codes.find((code) => !isGeneral(code)) ?? codes[0] ?? reply.exec(text)?.[1] ?? null;
}

export const isGeneral = (status: string): boolean => /^[245]\.0\.0$/.test(status);

/** The status of a report; the code of its diagnostic text where its own is general. */
export function betterStatus(status: string | null, diagnostic: string): string | null {
  if (status !== null && !isGeneral(status)) return status;
  const other = statusIn(diagnostic);
  return other === null || (status !== null && isGeneral(other))
    ? (status ?? other)
    : status !== null && /^\d{3}$/.test(other)
      ? status
      : other;
}

const address = /<?([^\s<>@;:,()[\]]{1,128}@[^\s<>@;:,()[\]]{1,255})>?/g;
const link = /https?:\/\/\S{1,500}/g;

/**
 * Words with our own addresses as `@us`, any other as `@`, without links, with single blanks: as the phrases expect
 * them.
 */
function plainWords(words: string, ours: ReadonlySet<string>): string {
  return words
    .slice(0, 4_000)
    .replace(link, ' ')
    .replace(address, (_, found: string) =>
      ours.has(personKey(found.replace(/(?<![.'"])[.'"]+$/, ''))) ? ' @us ' : ' @ ',
    )
    .replace(/(?:^|\s)[45]\d\d-(?=\S)/g, ' ')
    .replace(/\s+/g, ' ');
}

/**
 * hard: the address or its host does not exist, has moved, or takes no mail at all; soft: everything else (contract,
 * section 1).
 * `words`: the mail system's text about this recipient, nothing else. `ours`: person keys of our own addresses.
 */
export function severity(status: string | null, words: string, ours: ReadonlySet<string> = new Set()): Severity {
  const plain = plainWords(words, ours);
  // RFC 3463: subject and detail without the class.
  const detail = /^[45]\.(\d+\.\d+)$/.exec(status ?? '')?.[1] ?? '';
  if (full.test(plain)) return { kind: 'soft', organizerRefused: false };
  // X.1.7 and X.1.8: the sender's address is bad.
  if (organizerRefused.test(plain) || /^1\.[78]$/.test(detail)) return { kind: 'soft', organizerRefused: true };
  const isUnanswered = unanswered.test(plain) || /^(?:2\.[23]|3\.[14])$/.test(detail);
  const hasLink = words.slice(0, 4_000).search(link) >= 0;
  const kind = isUnanswered ? 'soft' : (byWords(plain, detail) ?? (hasLink ? byLink(detail) : byCode(status, detail)));
  return { kind, organizerRefused: false };
}

/**
 * Hard where the text first says that the address does not exist, soft where it first says that another try may work;
 * null where it says neither.
 */
function byWords(plain: string, detail: string): 'hard' | 'soft' | null {
  if (exchangeUnknown.test(plain)) return detail === '4.1' ? 'hard' : 'soft';
  const hardAt = plain.search(hardFailure);
  const softAt = plain.search(softFailure);
  if (hardAt < 0) return softAt < 0 ? null : 'soft';
  return softAt < 0 || hardAt < softAt || /^1\.(?:[1236]|10)$/.test(detail) ? 'hard' : 'soft';
}

/** A text that is only a link leads to a block list, unless the code is about the address. */
const byLink = (detail: string): 'hard' | 'soft' => (/^1\.(?:[12346]|10)$/.test(detail) ? 'hard' : 'soft');

/** Whether the words give a reason. */
export const givesReason = (words: string): boolean => {
  const plain = plainWords(words, new Set());
  return [full, hardFailure, unanswered, organizerRefused, softFailure].some((reason) => reason.test(plain));
};

/** Without words: RFC 3463's meaning of the code. A code that begins with 4 is a temporary failure. */
function byCode(status: string | null, detail: string): 'hard' | 'soft' {
  if (status === null) return 'soft';
  // 521 and 556: the host takes no mail (RFC 7504). 551: the mailbox has moved. A bare 550 or 553 refuses the address.
  if (/^5\d\d$/.test(status)) return /^(?:521|550|551|553|556)$/.test(status) ? 'hard' : 'soft';
  return status.startsWith('5') && /^(?:1\.(?:[012346]|10)|3\.2|4\.4)$/.test(detail) ? 'hard' : 'soft';
}

/**
 * The kind that a report's Action gives (RFC 3464 2.3.3), or null where code and words decide. `prose`: the report's
 * text about this recipient.
 */
export function kindOfAction(action: string, prose: string): Kind | null {
  if (/^(?:delivered|relayed|expanded|deliverable|success)/.test(action)) return 'delivered';
  return action.startsWith('delay') && !isExpired(prose) ? 'delayed' : null;
}
