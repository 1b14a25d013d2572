// How the mail relay behaves, minute by minute: seldom well. Each attempt is answered by chance, after the mood of
// the moment.
// Driven by faults.ts; set at the SMTP sink.
import type { Answer } from '../support/smtp-sink';
import { refused, slow } from './driver';
import type { Random } from './random';
import type { Stage } from './stage';

export const moods = {
  calm: {},
  busy: { later: 0.3 },
  flaky: { later: 0.05, before: 0.15, during: 0.15 },
  forgetful: { lost: 0.25 },
  slow: { stall: 0.5 },
  mixed: { later: 0.1, before: 0.05, during: 0.05, lost: 0.05, stall: 0.1 },
} as const satisfies Record<string, Partial<Record<'later' | 'before' | 'during' | 'lost' | 'stall', number>>>;
export type Mood = keyof typeof moods;
export const moodNames = Object.keys(moods) as [Mood, ...Mood[]];

export class RelayMoods {
  mood: Mood = 'calm';
  /** Attempts that were not simply accepted, by what was done to them. */
  readonly counts: Record<string, number> = {};
  private repaired = false;
  private readonly slowOnce = new Set<string>();
  private readonly releasing: NodeJS.Timeout;

  constructor(
    private readonly stage: Stage,
    private readonly random: Random,
  ) {
    stage.sink.always((to) => this.answer(to));
    this.releasing = setInterval(() => stage.sink.release(), 1_500);
  }

  /** From now on every mail is taken, those refused for good before too. */
  repair(): void {
    this.repaired = true;
    this.mood = 'calm';
    this.stage.sink.release();
  }

  stop(): void {
    clearInterval(this.releasing);
    this.stage.sink.release();
  }

  private answer(to: string): Answer | undefined {
    const { what, answer } = !this.repaired && refused(to) ? never : this.isSlow(to) ? slowly : this.byChance();
    if (answer) this.counts[what] = (this.counts[what] ?? 0) + 1;
    return answer;
  }

  private isSlow(to: string): boolean {
    if (!slow(to) || this.slowOnce.has(to)) return false;
    this.slowOnce.add(to);
    return true;
  }

  private byChance(): { what: string; answer: Answer | undefined } {
    let left = this.random.next();
    for (const [what, probability] of Object.entries(moods[this.mood])) {
      left -= probability;
      if (left < 0) return { what, answer: answers[what as keyof typeof answers] };
    }
    return { what: '', answer: undefined };
  }
}

const never: { what: string; answer: Answer } = {
  what: 'never',
  answer: { kind: 'refuse', code: 550, at: 'RCPT', text: '5.1.1 no such user' },
};

const slowly: { what: string; answer: Answer } = { what: 'stall', answer: { kind: 'stall' } };

const answers: Record<'later' | 'before' | 'during' | 'lost' | 'stall', Answer> = {
  later: { kind: 'refuse', code: 451, at: 'DATA', text: '4.7.1 later' },
  before: { kind: 'drop', at: 'RCPT' },
  during: { kind: 'drop', at: 'DATA' },
  lost: { kind: 'drop', at: 'ANSWER' },
  stall: { kind: 'stall' },
};
