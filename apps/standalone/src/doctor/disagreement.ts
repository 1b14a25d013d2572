// Input and results of the doctor's checks; shapes only.
// Shared by the checks and by consistency.ts.
import type { Reach } from '../reach';
import type { RoomsStore } from '../../../scheduling-api/src/rooms/rooms.store';

/** `code`: 0 everything agrees, 1 something does not, 2 the check failed or the arguments are wrong. */
export interface DoctorResult {
  code: 0 | 1 | 2;
  text: string;
  /** What is unwise in the settings, a line each; it changes no code. */
  warnings?: string[];
}

export interface CheckContext extends Reach {
  /** Null where TOKEN_SECRET is not set: letters with links cannot be repaired then. */
  rooms: RoomsStore | null;
  /** Younger work may still be in progress and is not reported. */
  graceSeconds: number;
}

export interface Disagreement {
  /** Kebab-case; the same kind always has the same remedy. */
  kind: string;
  /** The object concerned, by ids only. */
  subject: string;
  text: string;
  /** What an operator can do, where it cannot be repaired here. */
  advice?: string;
  /** Repairs it; false where that was not needed or not possible. */
  repair?: () => Promise<boolean>;
}

export type Check = (patient: CheckContext) => Promise<Disagreement[]>;

/** At most so many of a kind at a time: the next run finds the rest. */
export const atMost = 500;
