// Two limits of an SMTP relay: how many letters one session may carry, and how many sessions may be open at a time.
// Decides from a relay's refusal which of the two it is about. Given in SMTP_URL, or learnt by relay.ts.

/** A refused attempt, as relay.ts saw it. */
export interface Refusal {
  /** The reply's code; undefined where the relay did not reply. */
  code: number | undefined;
  /** The reply's text. */
  words: string;
  /** Whether the relay had got any of the letter's content. */
  contentStarted: boolean;
  /** Letters that this session had carried before; 0 for a new session, also for one that could not be opened. */
  carried: number;
  /** Whether the session could be opened: greeting, EHLO, STARTTLS, AUTH. */
  opened: boolean;
  /** Other sessions to this relay that are open, or being opened. */
  others: number;
}

/**
 * `letters`: the relay says that this session has carried enough. `again`: the session is over, for any reason that is
 * not the letter. `sessions`: too many sessions are open. For all three the letter is tried again at once.
 * `none`: the refusal is about the letter or the relay.
 */
export type Limit = 'letters' | 'sessions' | 'again' | 'none';

// Postfix: "too many connections"; Exim: "too many messages in one connection", "Too many concurrent SMTP connections";
// Exchange: "maximum number of concurrent connections"; Yahoo: "Max message per connection reached".
const count = String.raw`(?:too many|max(?:imum)?|limit|exceed\w*)`;
const letters = String.raw`(?:messages?|mails?|e-?mails?|transactions?|recipients?|envelopes?)`;
const session = String.raw`(?:sessions?|connections?)`;
const lettersWords = [
  new RegExp(`${count}[^.;]{0,40}\\b${letters}\\b[^.;]{0,40}\\b${session}\\b`, 'i'),
  new RegExp(`\\b${letters}\\b[^.;]{0,20}\\b(?:per|this|one|a)\\b[^.;]{0,20}\\b${session}\\b[^.;]{0,40}${count}`, 'i'),
];
const sessionsWords = new RegExp(
  `too many(?: (?:concurrent|simultaneous|open|smtp|parallel))* ${session}\\b|\\bconcurrent (?:smtp )?${session}\\b`,
  'i',
);

const longestWords = 500;

export function limitOf(refusal: Refusal): Limit {
  if (isAboutLetters(refusal)) return 'letters';
  if (isSessionOver(refusal)) return 'again';
  return isAboutSessions(refusal) ? 'sessions' : 'none';
}

const isAboutLetters = ({ code, words, carried }: Refusal): boolean =>
  code !== undefined && carried > 0 && lettersWords.some((each) => each.test(words.slice(0, longestWords)));

/** It ended before the letter's content: nothing of the letter can have been accepted (RFC 5321, 4.2.3 for 421). */
const isSessionOver = ({ code, contentStarted, carried }: Refusal): boolean =>
  carried > 0 && !contentStarted && (code === undefined || code === 421);

function isAboutSessions({ code, words, carried, opened, others }: Refusal): boolean {
  if (others === 0 || code === undefined || code >= 500) return false;
  return !opened || (carried === 0 && sessionsWords.test(words.slice(0, longestWords)));
}

/** Options of a relay's URL: nodemailer's names. */
const inUrl = { maxMessages: 1_000_000, maxConnections: 100 } as const;

/** The limits that a URL of SMTP_URL sets, undefined where it does not. */
export function limitsIn(address: string): { [name in keyof typeof inUrl]: number | undefined } {
  const { searchParams } = new URL(address);
  const limitInUrl = (name: keyof typeof inUrl): number | undefined => {
    const text = searchParams.get(name);
    return text === null ? undefined : Number(text);
  };
  return { maxMessages: limitInUrl('maxMessages'), maxConnections: limitInUrl('maxConnections') };
}

/** What is wrong with the limits in a URL; undefined where nothing is. */
export function limitFault(address: string): string | undefined {
  const { searchParams } = new URL(address);
  for (const [name, most] of Object.entries(inUrl)) {
    const text = searchParams.get(name);
    if (text !== null && !(/^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= most))
      return `has a ${name} that is not a whole number from 1 to ${most}`;
  }
  return undefined;
}

/** A limit that is as given until a lower one is learnt; what is learnt is forgotten after a while. */
export class LearntLimit {
  private learnt: { value: number; at: number } | undefined;

  /** `growMs`: after so long a learnt limit grows by one, and again after as long; 0: it is forgotten after `forgetMs`. */
  constructor(
    private readonly given: number,
    private readonly after: { growMs: number } | { forgetMs: number },
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  get value(): number {
    const { learnt, after } = this;
    if (!learnt) return this.given;
    const ageMs = this.nowMs() - learnt.at;
    if ('growMs' in after) return Math.min(this.given, learnt.value + Math.floor(ageMs / after.growMs));
    return ageMs < after.forgetMs ? Math.min(this.given, learnt.value) : this.given;
  }

  learn(value: number): void {
    this.learnt = { value: Math.max(1, Math.min(value, this.value)), at: this.nowMs() };
  }
}
