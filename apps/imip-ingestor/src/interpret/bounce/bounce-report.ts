// Reads the outcome of each recipient from a delivery-status part (RFC 3464), also where a system deviates from the
// RFC.
// Called by bounce.ts.
import { personKey } from '#contracts';
import { type MailPart, textOf } from '../mail';
import type { BounceRecipient } from '../reading';
import { serverResponse, lineOf, wordsAbout } from './bounce-named';
import type { Prose } from './bounce-prose';
import { betterStatus, isGeneral, kindOfAction, severity } from './failure';

/** Fields of one recipient, names in lower case. */
type Group = Map<string, string>;

/**
 * The recipients of a status part and the outcome of each. `prose` is the report's text for people; it decides where
 * code and diagnostic give no reason. `ours`: person keys of our own addresses.
 */
export function reportedRecipients(part: MailPart, prose: Prose, ours: ReadonlySet<string>): BounceRecipient[] {
  const theirs = new Set(prose.returnedTo.map(personKey));
  const named = groupsIn(textOf(part)).flatMap((group) => {
    const address = addressOf(group, theirs);
    return address === null ? [] : [{ address, group, line: lineOf(prose, address) }];
  });
  const lines = named.map((each) => each.line);
  return named.map(({ address, group, line }) => {
    // Each recipient is decided by its own group only.
    const words = named.length === 1 || line < 0 ? prose.lines.join('\n') : wordsAbout(prose, line, lines);
    return recipientOf(address, group, words, ours);
  });
}

/**
 * Groups are separated by blank lines (2.1). Some systems leave them out: then a second Final-Recipient begins the next
 * group.
 */
function groupsIn(text: string): Group[] {
  const groups: Group[] = [];
  let open: Group | null = null;
  for (const line of text
    .slice(0, 200_000)
    .replaceAll(/\n[ \t]+(?=\S)/g, ' ')
    .split('\n')
    .slice(0, 5_000)) {
    const colon = line.indexOf(':');
    if (line.trim() === '') open = null;
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    if (open === null || (name === 'final-recipient' && open.has(name))) {
      open = new Map();
      groups.push(open);
    }
    if (!open.has(name)) open.set(name, line.slice(colon + 1).trim());
  }
  return mergeSplitGroups(groups).slice(0, 500);
}

/** Joins a group that names no recipient to the one before: some systems write a blank line within a group. */
function mergeSplitGroups(groups: Group[]): Group[] {
  const whole: Group[] = [];
  for (const group of groups) {
    const last = whole.at(-1);
    if (last && hasAny(last, naming) && hasAny(group, outcomeFields) && !hasAny(group, naming))
      whole[whole.length - 1] = new Map([...group, ...last]);
    else whole.push(group);
  }
  return whole;
}

const naming = ['final-recipient', 'original-recipient'];
const outcomeFields = ['diagnostic-code', 'status', 'action'];
const hasAny = (group: Group, names: readonly string[]): boolean => names.some((name) => group.has(name));

/**
 * Final-Recipient, unless it is the target of an alias (the mail was for Original-Recipient), or no SMTP address:
 * X.400, a mail store's name without a domain, Exchange's IMCEAEX.
 */
function addressOf(group: Group, theirs: ReadonlySet<string>): string | null {
  const final = addressIn(group.get('final-recipient') ?? '');
  const original = addressIn(group.get('original-recipient') ?? '');
  if (
    final !== null &&
    original !== null &&
    !theirs.has(personKey(final)) &&
    (theirs.has(personKey(original)) || !/@[^@]*\./.test(final))
  )
    return original;
  return final ?? original ?? addressIn(group.get('x-actual-recipient') ?? '');
}

/** `rfc822; <a@b.example>` → `a@b.example`. */
function addressIn(field: string): string | null {
  const value = xtextDecoded(field.slice(field.indexOf(';') + 1));
  // X.400 within SMTP: `c=US;a= ;p=…;dda:SMTP=a@b.example;`.
  const found = /(?:SMTP[=:(]|<|^|[\s"';:])((?:"[^"@]{1,64}"|[^\s<>()"';:,@=]{1,200})@[^\s<>()"';:,@]{1,255})/i
    .exec(value)?.[1]
    ?.replace(/(?<![.,])[.,]+$/, '');
  return found === undefined || /^IMCEA/i.test(found) ? null : found;
}

/** RFC 3461 4: xtext, in which `+2B` is a plus sign and `+3D` an equals sign. Any other tag is left alone. */
const xtextDecoded = (value: string): string =>
  (value.includes('@') ? value : value.replace('+40', '@')).replaceAll(/\+(2B|3D)/g, (_, hex: string) =>
    hex === '2B' ? '+' : '=',
  );

function recipientOf(address: string, group: Group, prose: string, ours: ReadonlySet<string>): BounceRecipient {
  const field = group.get('status') ?? '';
  const own = /[245]\.\d{1,3}\.\d{1,3}/.exec(field)?.[0] ?? null;
  const diagnostic = group.get('diagnostic-code') ?? '';
  const more = [...group].filter(([name]) => name.endsWith('supplementary-info')).map(([, value]) => value);
  const text = [diagnostic.slice(diagnostic.indexOf(';') + 1), field.replace(/[245]\.\d{1,3}\.\d{1,3}/, ''), ...more]
    .join(' ')
    .trim();
  const status = betterStatus(betterStatus(own, text), prose);
  const words = hasReason(text) ? text : reasonInProse(status, text, prose);
  const action = (group.get('action') ?? '').toLowerCase();
  const arrived = action === '' && own?.startsWith('2.') === true ? 'delivered' : null;
  const stated = kindOfAction(action, prose) ?? arrived;
  const { kind, organizerRefused } =
    stated === null ? severity(status, words, ours) : { kind: stated, organizerRefused: false };
  return {
    address,
    kind,
    ...(status === null ? {} : { status }),
    ...(organizerRefused ? { organizerRefused } : {}),
  };
}

/**
 * Without a diagnostic: the server's response in the report's prose. A specific code is more reliable than the rest of
 * the prose.
 */
const reasonInProse = (status: string | null, text: string, prose: string): string =>
  status !== null && status.includes('.') && !isGeneral(status)
    ? `${text} ${serverResponse(prose) ?? ''}`
    : `${text} ${prose}`;

/** Whether a diagnostic contains more than its code. */
const hasReason = (diagnostic: string): boolean => diagnostic.replace(/[\d.\s#()<>-]+/g, '').length > 12;
