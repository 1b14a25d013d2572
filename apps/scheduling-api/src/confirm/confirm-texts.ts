// The texts of the pages about an unconfirmed answer; shapes only.
// Shared by the languages, one file each: a language that lacks a text does not compile.
import type { Partstat, Role } from '#contracts';

export type ClaimKind = Exclude<Partstat, 'needs-action'> | 'new-time';

export interface ConfirmTexts {
  heading: string;
  /** Says that a mail in the name of the reader was not believed. */
  body: string;
  claims: Record<ClaimKind, (other: Role) => string>;
  yes: Record<ClaimKind, string>;
  no: string;
  done: Record<ClaimKind, { heading: string; body(other: Role): string }>;
  dropped: { heading: string; body: string };
  /** A later answer of the reader, or another state of the meeting, came before. */
  overtaken: { heading: string; body: string };
  used: { heading: string; body: string };
}
