// What a check of the doctor's finds, and what it works on; shapes only.
// Shared by the checks and by consistency.ts.
import type { Reach } from '../reach';
import type { RoomsStore } from '../../../scheduling-api/src/rooms/rooms.store';

/** `code`: 0 nothing is amiss, 1 something is, 2 it could not be found out or was asked for wrongly. */
export interface Diagnosis {
  code: 0 | 1 | 2;
  text: string;
  /** What is unwise in the settings, a line each; it changes no code. */
  warnings?: string[];
}

export interface Patient extends Reach {
  /** Null where TOKEN_SECRET is not known: what needs a link cannot be mended then. */
  rooms: RoomsStore | null;
  /** What is younger may still be on its way and is nobody's fault. */
  graceSeconds: number;
}

export interface Disagreement {
  /** Kebab-case; the same kind always has the same remedy. */
  kind: string;
  /** What it is about, by ids only. */
  subject: string;
  says: string;
  /** What a person does about it, where it cannot be mended here. */
  advice?: string;
  /** Makes it agree again; false where it turned out not to be needed or possible. */
  mend?: () => Promise<boolean>;
}

export type Check = (patient: Patient) => Promise<Disagreement[]>;

/** At most so many of a kind at a time: the next run finds the rest. */
export const atMost = 500;
