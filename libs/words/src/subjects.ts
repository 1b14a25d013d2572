// The four subjects that PRD 8.3 fixes, in the contract's words.
// Used by the sender in every language unless SUBJECTS is `localized`.
import type { Subjects } from './letter-texts';

export const fixedSubjects: Subjects = {
  invite: (title) => `${title} — Invitation`,
  update: (title) => `${title} — Updated Time`,
  cancel: (title) => `${title} — Cancelled`,
  proposal: (title) => `Approve new time for ${title}?`,
};
