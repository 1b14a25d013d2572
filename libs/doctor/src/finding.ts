// What the doctor finds, and what its checks work with; shapes only.
// Shared by the checks and by examine.ts.
import type { RabbitPublisher } from '#messaging';
import type { Database } from '#persistence';
import type { MailResolver } from './mail-dns';

/** How a room is repaired by the rules of scheduling-api; each is false where that was not needed or not possible. */
export interface RoomRepairs {
  sendAgain(roomId: string, role: 'host' | 'guest'): Promise<boolean>;
  settleDue(roomId: string, proposalId: string): Promise<boolean>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export interface CheckContext {
  db: Database;
  /** Null where the product runs without one. */
  broker: { publisher: RabbitPublisher; prefix: string } | null;
  /** Null where it cannot be repaired from here: TOKEN_SECRET is not set, or nothing shall be changed. */
  rooms: RoomRepairs | null;
  /** Younger work may still be in progress and is not reported. */
  graceSeconds: number;
  /** The settings, by their names in the environment, as far as they are known here. */
  setup: Environment;
  resolver: MailResolver;
}

export interface Finding {
  /** `notice`: it resolves by itself, or a person decides. Left out: an error that must be fixed. */
  level?: 'notice';
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

export type Check = (context: CheckContext) => Promise<Finding[]>;

/** At most so many of a kind at a time: the next run finds the rest. */
export const atMost = 500;
