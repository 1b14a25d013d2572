// Decides what a delivery-status part says of each recipient (RFC 3464), also where systems take liberties with it.
// Called by bounce.ts.
import { personKey } from '#contracts';
import { type MailPart, textOf } from '../mail';
import type { BounceRecipient } from '../reading';
import { betterStatus, isGeneral, kindOfAction, severity, statusIn } from './failure';

/** Fields of one recipient, names in lower case. */
type Group = Map<string, string>;

/** `prose` is what the report says for people; it decides where code and diagnostic are silent. `returnedTo`: whom the mail was for. */
export function reportedRecipients(part: MailPart, prose: string, returnedTo: readonly string[]): BounceRecipient[] {
  const theirs = new Set(returnedTo.map(personKey));
  return groupsIn(textOf(part)).flatMap((group) => {
    const address = addressOf(group, theirs);
    return address === null ? [] : [recipientOf(address, group, prose)];
  });
}

/** Groups are separated by blank lines (2.1), by some systems by nothing: then a second Final-Recipient begins the next. */
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
  return joined(groups).slice(0, 500);
}

/** A blank line within a group: what names no recipient of its own belongs to the one before. */
function joined(groups: Group[]): Group[] {
  const whole: Group[] = [];
  for (const group of groups) {
    const last = whole.at(-1);
    if (last && hasAny(last, naming) && hasAny(group, telling) && !hasAny(group, naming))
      whole[whole.length - 1] = new Map([...group, ...last]);
    else whole.push(group);
  }
  return whole;
}

const naming = ['final-recipient', 'original-recipient'];
const telling = ['diagnostic-code', 'status', 'action'];
const hasAny = (group: Group, names: readonly string[]): boolean => names.some((name) => group.has(name));

/**
 * Final-Recipient, unless it is where an alias led (the mail was for Original-Recipient), or none of SMTP's own: X.400, a mail store's
 * name without a domain, Exchange's IMCEAEX.
 */
function addressOf(group: Group, theirs: ReadonlySet<string>): string | null {
  const final = addressIn(group.get('final-recipient') ?? '');
  const original = addressIn(group.get('original-recipient') ?? '');
  if (
    final !== null &&
    original !== null &&
    !theirs.has(personKey(final)) &&
    (theirs.has(personKey(original)) || !/@.*\./.test(final))
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
    ?.replace(/[.,]+$/, '');
  return found === undefined || /^IMCEA/i.test(found) ? null : found;
}

/** RFC 3461 4: xtext, in which `+2B` is a plus sign and `+3D` an equals sign. Any other tag is left alone. */
const xtextDecoded = (value: string): string =>
  (value.includes('@') ? value : value.replace('+40', '@')).replaceAll(/\+(2B|3D)/g, (_, hex: string) =>
    hex === '2B' ? '+' : '=',
  );

function recipientOf(address: string, group: Group, prose: string): BounceRecipient {
  const field = group.get('status') ?? '';
  const own = /[245]\.\d{1,3}\.\d{1,3}/.exec(field)?.[0] ?? null;
  const diagnostic = group.get('diagnostic-code') ?? '';
  const more = [...group].filter(([name]) => name.endsWith('supplementary-info')).map(([, value]) => value);
  const said = [diagnostic.slice(diagnostic.indexOf(';') + 1), field.replace(/[245]\.\d{1,3}\.\d{1,3}/, ''), ...more]
    .join(' ')
    .trim();
  const status = betterStatus(own, said) ?? statusIn(prose);
  const action = (group.get('action') ?? '').toLowerCase();
  const arrived = action === '' && own?.startsWith('2.') === true ? 'delivered' : null;
  // The code of a specific failure says more than prose that was written for all of them.
  const words =
    isTelling(said) || (status !== null && !isGeneral(status) && status.includes('.')) ? said : `${said} ${prose}`;
  const kind = kindOfAction(action) ?? arrived ?? severity(status, words);
  return status === null ? { address, kind } : { address, kind, status };
}

/** Whether a diagnostic says more than its code. */
const isTelling = (diagnostic: string): boolean => diagnostic.replace(/[\d.\s#()<>-]+/g, '').length > 12;
