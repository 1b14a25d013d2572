// Decides which recipients the prose of a report names as failed, late or reached, and with which reason.
// Called by bounce.ts. An address is judged by the words around it: reports also name postmasters, senders and
// forwarders.
import { personKey } from '#contracts';
import { addressesIn, all, type Mail } from '../mail';
import type { BounceRecipient } from '../reading';
import type { Prose } from './bounce-prose';
import { isDelay } from '../phrases/bounces';
import { otherwise, pointing } from '../phrases/report-layout';
import { givesReason, severity, statusIn } from './failure';

const inLine =
  /(?:"[^"@\s]{1,64}"|[^\s<>()[\]"':;,=@|\\]{1,100}(?:=[^\s<>()[\]"':;,@|\\]{1,60})?)@[\p{L}\p{N}][\p{L}\p{N}.-]{0,250}[\p{L}\p{N}]/giu;
/** A line that contains one address and nothing else. */
export const addressAlone = new RegExp(`^<?${inLine.source}>?$`, 'iu');
/** Fields of the failed mail that the report repeats; its subject and date are no reasons. */
const field = new RegExp(
  String.raw`^\s*(?:original )?(?:from|to|cc|subject|date|sent|sender|message-?id|betreff` +
    String.raw`|gesendet|datum|objet|envoyé|asunto|fecha|oggetto|inviato|assunto|件名|日時` +
    String.raw`|主题|主題)\s*[:：]`,
  'i',
);
const withoutFields = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !field.test(line))
    .join('\n');

/** Fields that follow To where the heading of a mail is repeated. */
const headed = /^\s*(?:subject|sent|betreff|gesendet|objet|envoyé|asunto|enviado|oggetto|assunto|cc|date)\s*:/im;

/** Characters that X.400 and web pages write right before an address. */
const labelled = /^(?:mailto:|(?:smtp|rfc-?822|dda)=)/i;

interface Mention {
  address: string;
  line: number;
  weight: number;
}

/** Every address in the report's own lines, with a weight: how likely it is the recipient. */
function mentions(prose: Prose, ours: ReadonlySet<string>): Mention[] {
  const found: Mention[] = [];
  for (const [line, text] of prose.lines.slice(0, 400).entries()) {
    const short = text.slice(0, 600).replace(/https?:\/\/\S+/g, (link) => ' '.repeat(link.length));
    for (const match of short.matchAll(inLine)) {
      const address = match[0].replace(labelled, '');
      const skipped = match[0].length - address.length;
      if (/^IMCEA/i.test(address) || ours.has(personKey(address))) continue;
      found.push({ address, line, weight: weightOf(short, match.index + skipped, address, prose, line) });
    }
  }
  return found.slice(0, 200);
}

/** The text around an address on its line. */
interface Surroundings {
  text: string;
  before: string;
  after: string;
  /** The address leads its line. */
  leads: boolean;
  above: string;
  below: string;
}

/** Weights for and against an address being the recipient; all that apply are added. */
const hints: [weight: number, holds: (around: Surroundings) => boolean][] = [
  [6, ({ leads, after }) => leads && isNamed.test(after)],
  [3, ({ leads, after }) => leads && !isNamed.test(after)],
  [-1, ({ before }) => ledFrom.test(before)],
  [-5, ({ before }) => isOthers(before)],
  [4, ({ before }) => !isOthers(before) && !ledFrom.test(before) && pointing.test(before)],
  // "A message sent by", and the address on the line below.
  [-6, ({ leads, above }) => leads && otherwise.test(above)],
  [3, ({ text }) => statusIn(text) !== null],
  [-8, ({ before }) => /^\s*(?:from|von|de|sender|reply-to|cc|return-path)\s*:/i.test(before)],
];
/** The text behind an address in a list of recipients. */
const isNamed = /^[>"'\])]*\s*(?:[:;,(.\-–]|$|\.\.\.|on |was|is|has|could)/;
const ledFrom = /(?:generated|expanded) from\W*$/i;
const isOthers = (before: string): boolean =>
  !ledFrom.test(before) && otherwise.test(before) && !/^\s*to\s*:/i.test(before);
const roleAddress = /^(?:mailer-daemon|postmaster|abuse|noreply|no-reply|support|helpdesk|admin|webmaster|info-help)@/i;

function weightOf(text: string, at: number, address: string, prose: Prose, line: number): number {
  const before = text.slice(0, at);
  const around: Surroundings = {
    text,
    before,
    after: text.slice(at + address.length),
    leads: /^[\s\-–*•·|>\d.)("'<[]*(?:(?:mailto:|smtp:|rfc822;)[<"'[(]*)?$/i.test(before),
    above: prose.lines[line - 1] ?? '',
    below: prose.lines.slice(line + 1, line + 4).join('\n'),
  };
  // Exchange repeats the heading of the mail; its To may be a list.
  if (/^\s*(?:to|an|à|a|para|cc|kopie)\s*:/i.test(before) && headed.test(around.below)) return 1;
  return hints.reduce((sum, [weight, holds]) => sum + (holds(around) ? weight : 0), roleAddress.test(address) ? -1 : 2);
}

/** A report of more recipients is not about a letter of ours: each of our letters has one. */
const maxNamed = 100;

/** The recipients that the prose names, each with kind and status. */
export function namedRecipients(
  mail: Mail,
  prose: Prose,
  known: readonly string[],
  ourKeys: ReadonlySet<string>,
): BounceRecipient[] {
  const ours = new Set([...ourKeys, ...[...mail.from, mail.envelopeFrom ?? ''].map(personKey)]);
  // A test mailbox may write to itself: an address that is named as failed is the recipient even if it is the sender.
  const theirs = new Set(prose.returnedTo.map(personKey));
  const weighed = mentions(prose, ours).map((each) => ({
    ...each,
    weight: each.weight + (each.weight > 1 && theirs.has(personKey(each.address)) ? 4 : 0),
  }));
  const named =
    known.length > 0
      ? onePerPerson(known)
          .slice(0, maxNamed)
          .map((address) => ({ address, line: Math.max(lineOf(prose, address), 0) }))
      : strongest(weighed);
  const people = named.length > 0 ? named : recipientsOfReturned(mail, prose);
  const late = isLate(mail, prose);
  const lines = people.map((each) => each.line);
  const whole = withoutFields(prose.lines.join('\n'));
  const statusOfWhole = statusIn(whole);
  return people.map(({ address, line }) => {
    const words = withoutFields(wordsAbout(prose, line, lines));
    const status = statusIn(words) ?? statusOfWhole;
    // Where the code or reason is elsewhere, the text behind the address is boilerplate.
    const reason = givesReason(words) && (statusIn(words) !== null || status === null) ? words : whole;
    const { kind, organizerRefused } = severity(status, serverResponse(reason) ?? reason, ourKeys);
    return {
      address,
      kind: late ? 'delayed' : kind,
      ...(status === null ? {} : { status }),
      ...(organizerRefused && !late ? { organizerRefused } : {}),
    };
  });
}

const isLate = (mail: Mail, prose: Prose): boolean =>
  isDelay(`${mail.subject.slice(0, 300)}\n${prose.lines.slice(0, 100).join(' ').slice(0, 8_000)}`.replace(/\s+/g, ' '));

/** The first of the report's own lines with an address; -1 where none has one. */
export const lineOf = (prose: Prose, address: string): number =>
  prose.lines.findIndex((line) => line.toLowerCase().includes(address.toLowerCase()));

/** One address of each person, as it was written last. */
const onePerPerson = (addresses: readonly string[]): string[] => [
  ...new Map(addresses.map((address) => [personKey(address), address])).values(),
];

/** One mention of each address, of those with the highest weight. */
function strongest(weighed: Mention[]): { address: string; line: number }[] {
  const best = new Map<string, Mention>();
  for (const each of weighed) {
    const key = personKey(each.address);
    const known = best.get(key);
    if (!known) best.set(key, each);
    else if (each.weight > known.weight) best.set(key, { ...each, line: known.weight >= 4 ? known.line : each.line });
  }
  const top = Math.max(...[...best.values()].map((each) => each.weight));
  if (top <= 0) return [];
  return [...best.values()].filter((each) => each.weight >= Math.max(Math.min(2, top), top - 2)).slice(0, maxNamed);
}

/** Where the report names no recipient: that of the returned mail, or AOL's bare screen name. */
function recipientsOfReturned(mail: Mail, prose: Prose): { address: string; line: number }[] {
  const ours = new Set([...mail.to, ...mail.from].map(personKey));
  const others = onePerPerson(prose.returnedTo.filter((address) => !ours.has(personKey(address))));
  if (others.length > 0) return others.slice(0, 5).map((address) => ({ address, line: 0 }));
  const domain = mail.from[0]?.split('@').at(-1);
  const bare = prose.lines.findIndex(
    (line, at) =>
      /^\s+[\w.-]{3,64}\s*$/.test(line) &&
      prose.lines
        .slice(Math.max(0, at - 3), at)
        .some((above) => /not (?:be )?(?:deliver|accept)|undeliver|fail|reject/i.test(above)),
  );
  return domain === undefined || bare < 0
    ? []
    : [{ address: `${(prose.lines[bare] ?? '').trim()}@${domain}`, line: bare }];
}

/** The line with the address and those below it, up to the next address. */
export function wordsAbout(prose: Prose, line: number, others: readonly number[]): string {
  const next = Math.min(...others.filter((each) => each > line), line + 14, prose.lines.length);
  const words = prose.lines.slice(line, next).join('\n');
  // Sendmail's own reason; the transcript below it may belong to a later command.
  return /\(reason: ([^)]{5,300})/.exec(words)?.[1] ?? words;
}

/**
 * The server's response, from its code to the end of the paragraph: more reliable than the words around it. Null where it
 * is a code alone.
 */
export function serverResponse(words: string): string | null {
  const lines = words.split('\n');
  const at = lines.findIndex((line) => /(?:^|[\s:'"(])[45][0-5]\d[ -]+\S/.test(line) && statusIn(line) !== null);
  if (at < 0) return null;
  const end = lines.findIndex((line, index) => index > at && line.trim() === '');
  const response = lines.slice(at, end < 0 ? at + 6 : Math.min(end, at + 6)).join('\n');
  return response.replace(/[^\p{L}]+/gu, '').length > 8 ? response : null;
}

/** Recipients named in a header of the report: Exim and Gmail. */
export const failedRecipients = (mail: Mail): string[] => all(mail.headers, 'x-failed-recipients').flatMap(addressesIn);
