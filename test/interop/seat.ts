// A user at a real program: what its driver must do, and what it shows.
// Implemented by clients/; used by steps.ts.
import { readInvitation } from '../../apps/standalone/src/simulator/reply-as';

export type Click = 'accept' | 'tentative' | 'decline';

/** One event as the client's own calendar has it. */
export interface Entry {
  uid: string;
  start?: Date;
  title?: string;
  partstat?: string;
  cancelled?: boolean;
}

/** A user at a real client. */
export interface Seat {
  email: string;
  /** A letter arrives and is opened; resolves with the title that is shown, where the program says it. */
  receive(letter: Buffer): Promise<string | void>;
  /** Clicks in the letter that was received last; resolves with the mails that the client sent. */
  click(click: Click, letter: Buffer): Promise<Buffer[]>;
  /** Proposes a time; left out where the client has no such button. */
  counter?(start: Date, end: Date, letter: Buffer): Promise<Buffer[]>;
  /** How its calendar writes our title, where that is not as it is. */
  titleShown?(title: string): string;
  /** What the client's own calendar has; left out where the program has none. */
  calendar?(): Promise<Entry[]>;
  /** What its calendar says of no event; all else that is missing there is wrong. */
  unsaid?: readonly ('start' | 'title' | 'partstat')[];
}

/** When the meeting of a letter starts. */
export const instantOf = (letter: Buffer): Date => readInvitation(letter).start;
