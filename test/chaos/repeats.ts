// Which letters may come twice, judged by evidence: who submitted each copy, and what became of that process.
// Pure; called by invariants.ts, and by its own spec with faults that were planted.
import type { ReceivedMail } from './inbox';

/** Letters that one sender sends at a time: as many may be at the relay when it dies. */
export const workersPerSender = 6;

/** One process of an app, from its start to its end: the next start of the same actor is another life. */
export interface Life {
  /** In the EHLO of a sender: the relay then knows whose mail it takes. */
  name: string;
  /** When it was ended by a signal; undefined while it lives. On this process's clock. */
  endedAt: number | undefined;
}

export interface Repeats {
  violations: string[];
  counts: {
    repeatsAfterLostAnswer: number;
    repeatsAfterCrash: number;
    /** Of those after a crash: the copy before was read only when its sender had been ended, at most so much later. */
    readLaterMs: number;
  };
}

/**
 * A Message-ID may come again, byte for byte, where the relay's answer was lost; or from another process, where the one
 * that submitted the copy before was ended first. No time is allowed for: a mail that is read after its sender's end
 * still tells who that was.
 */
export function judgeRepeats(all: readonly ReceivedMail[], lives: readonly Life[]): Repeats {
  const violations: string[] = [];
  const counts = { repeatsAfterLostAnswer: 0, repeatsAfterCrash: 0, readLaterMs: 0 };
  const known = new Map(lives.map((life) => [life.name, life]));
  for (const [id, mails] of Map.groupBy(all, (mail) => mail.messageId)) {
    for (const [at, mail] of mails.entries()) {
      const before = mails[at - 1];
      if (!before) continue;
      const { endedAt = Infinity } = known.get(before.by) ?? {};
      if (!before.raw.equals(mail.raw)) violations.push(`${id} came again with other bytes`);
      if (before.answerLost) counts.repeatsAfterLostAnswer += 1;
      else if (before.by !== mail.by && endedAt < mail.at) {
        counts.repeatsAfterCrash += 1;
        counts.readLaterMs = Math.max(counts.readLaterMs, Math.round(before.at - endedAt));
      } else
        violations.push(`${id} (${mail.method} ${mail.sequence}) came again ${explanationOf(before, mail, known)}`);
    }
  }
  const ended = lives.filter(({ endedAt }) => endedAt !== undefined).length;
  if (counts.repeatsAfterCrash > ended * workersPerSender * 2)
    violations.push(
      `${counts.repeatsAfterCrash} repeats after ${ended} crashes with ${workersPerSender * 2} letters being sent each`,
    );
  return { violations, counts };
}

function explanationOf(before: ReceivedMail, mail: ReceivedMail, lives: ReadonlyMap<string, Life>): string {
  const later = Math.round(mail.at - before.at);
  return lives.has(before.by)
    ? `${later} ms later from ${mail.by}, while ${before.by}, whose mail was taken, lived`
    : `${later} ms later, and who handed it in before is unknown: ${before.by}`;
}
