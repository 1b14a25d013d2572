// Which reports a mail server owes about a letter of ours, and whether they came: a report that is missing is wrong, and
// so is one where none is owed.
// Pure. Used by senders.ts; the rules of each server are in sender-programs.ts and refusing-programs.ts.
import { check, type Check } from '../check';
import type { Outcome, Scenario } from './scenarios';

/** Where a server does otherwise than the scenario says. Each run checks it, so a line that is not true fails. */
export interface Exception {
  /** In words. */
  why: string;
  /** What the report lets the product read. */
  outcome?: Outcome;
  /** Refused when it is submitted; so there is nothing to report. */
  isRefused?: true;
  /** Whether a warning comes while it is tried. */
  isWarnedOf?: boolean;
  /** No report comes when the letter is given up. */
  isReported?: false;
}

/** By address; `late` for every letter that is refused for now. */
export type Exceptions = Partial<Record<string, Exception>>;

export interface Owed {
  address: string;
  outcome: Outcome;
  isRefused: boolean;
  isWarnedOf: boolean;
  isReported: boolean;
  /** The reason of an exception; empty where the scenario holds. */
  why: string;
}

export function owedFor({ address, outcome }: Scenario, exceptions: Exceptions = {}): Owed {
  const exception = exceptions[address] ?? (outcome === 'late' ? exceptions['late'] : undefined);
  const isRefused = exception?.isRefused ?? false;
  const seenFate = exception?.outcome ?? outcome;
  return {
    address,
    outcome: seenFate,
    isRefused,
    isWarnedOf: !isRefused && (exception?.isWarnedOf ?? seenFate === 'late'),
    isReported: !isRefused && seenFate !== 'taken' && (exception?.isReported ?? true),
    why: exception?.why ?? '',
  };
}

export interface SeenReports {
  /** The server took the letter when it was submitted. */
  isAccepted: boolean;
  /** The letter arrived at its recipient's server. */
  hasArrived: boolean;
  warnings: number;
  failures: number;
}

/** Whether everything that is owed has come. */
export const isSettled = (owed: Owed, seen: SeenReports): boolean =>
  (!owed.isWarnedOf || seen.warnings > 0) &&
  (!owed.isReported || seen.failures > 0) &&
  (owed.outcome !== 'taken' || seen.hasArrived);

/** Every part of what is owed, as a check of its own. */
export function reportChecks(owed: Owed, seen: SeenReports): Check[] {
  const { address, why } = owed;
  const because = why === '' ? '' : ` (${why})`;
  const count = (ok: boolean, wanted: string, reports: number): Check =>
    check(`${address}: ${wanted}${because}`, ok, `${reports} reports`);
  return [
    check(
      `${address}: the server ${owed.isRefused ? `refuses it when it is submitted${because}` : 'takes it'}`,
      seen.isAccepted !== owed.isRefused,
      seen.isAccepted ? 'taken' : 'refused',
    ),
    owed.isReported
      ? count(seen.failures === 1, 'one report that it did not arrive', seen.failures)
      : count(seen.failures === 0, 'no report that it did not arrive', seen.failures),
    owed.isWarnedOf
      ? count(seen.warnings > 0, 'a warning that it is late', seen.warnings)
      : count(seen.warnings === 0, 'no warning that it is late', seen.warnings),
    check(
      `${address}: it ${owed.outcome === 'taken' ? 'arrives' : 'does not arrive'}`,
      seen.hasArrived === (owed.outcome === 'taken'),
      seen.hasArrived ? 'it arrived' : 'it did not',
    ),
  ];
}

/** delivery.state of the room, with the kind of bounce, after so many reports. */
export function stateAfter(
  outcome: Outcome,
  { warnings, failures }: Pick<SeenReports, 'warnings' | 'failures'>,
): string {
  if (failures > 0) return outcome === 'hard' ? 'bounced hard' : 'bounced soft';
  return warnings > 0 ? 'deferred' : 'sent';
}

/** How many letters have what, in the words of docs/interop.md, which report.spec.ts compares. */
export function owedInWords(all: Owed[]): string {
  const count = (what: (owed: Owed) => boolean, words: string): string[] => {
    const found = all.filter(what).length;
    return found === 0 ? [] : [`${found} ${words}`];
  };
  return [
    `${all.length} letters`,
    ...count(({ isReported }) => isReported, 'reported as failed'),
    ...count(({ isWarnedOf }) => isWarnedOf, 'warned of'),
    ...count(({ isRefused }) => isRefused, 'refused at once'),
    ...count(
      ({ outcome, isReported, isRefused }) => outcome !== 'taken' && !isReported && !isRefused,
      'never reported',
    ),
    ...count(({ outcome }) => outcome === 'taken', 'delivered'),
  ].join(', ');
}
