// What a row of the table is: a real program, how it is installed, and what was seen when it met the product.
// Implemented by clients/ and servers/; run by run.ts; printed by report.ts.
import type { Check } from './check';
import type { Lab } from './lab';

export interface Program {
  /** What `--only` takes. */
  name: string;
  kind: 'client' | 'sender' | 'receiver' | 'filter';
  /** Debian packages; the version in the table is that of the first. */
  packages: string[];
  /** What it writes that others do not, and what its user sees: a sentence or two for docs/interop.md. */
  notes: string;
  /** About how long it takes with its installation, where that is more than one; the longest begin first. */
  minutes?: number;
  /** Lets the program meet the product, and notes in `lab.checks` what was seen. */
  run(lab: Lab): Promise<void>;
}

/** Thrown where a program cannot be installed or does not start on this machine; every other error is a failed check. */
export class CannotRun extends Error {}

export interface Row {
  name: string;
  kind: Program['kind'];
  version: string;
  /** `unavailable`: could not be installed or started here; `why` says what was tried. */
  outcome: 'ran' | 'unavailable';
  why: string;
  notes: string;
  seconds: number;
  checks: Check[];
}
