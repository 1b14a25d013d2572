// Decides the class of a failed send and when the letter is tried again: the policy as data; nothing here waits.
// Called by NotificationService; SMTP_RETRY_BASE_MS sets the base.

/**
 * `transient`: the SMTP relay defers this letter (4xx).
 * `unreachable`: no reply, or the connection ended before it.
 * `relay`: the relay refuses this sender, not the letter (credentials, TLS, its greeting): logged as an error; the
 * letter is deferred.
 * `permanent`: this letter will never be accepted (5xx).
 */
export type FaultClass = 'transient' | 'unreachable' | 'relay' | 'permanent';

export interface SendFault {
  class: FaultClass;
  /** The relay's reply code (`451`) or ours for what never got one (`ECONNECTION`). */
  code: string;
  /** The relay's text, unchanged: may contain addresses. */
  words: string;
}

export interface RetryPolicy {
  baseMs: number;
  factor: number;
  capMs: number;
  /** The random share of each wait, from 0 (none) to 1 (all of it). */
  jitter: number;
  /** Counted from the first attempt; after it the letter has failed. */
  deadlineMs: number;
}

const hour = 3_600_000;

/** What is tried again, by class; a permanent fault never is. */
export type RetryPolicies = Record<Exclude<FaultClass, 'permanent'>, RetryPolicy>;

export const retryPolicy = (baseMs: number): RetryPolicies => ({
  transient: { baseMs, factor: 2, capMs: hour, jitter: 0.5, deadlineMs: 48 * hour },
  unreachable: { baseMs, factor: 2, capMs: hour, jitter: 0.5, deadlineMs: 48 * hour },
  relay: { baseMs, factor: 2, capMs: hour, jitter: 0.5, deadlineMs: 48 * hour },
});

/**
 * How long an older letter to the same attendee delays every later one; after that only calendar letters wait for
 * calendar letters.
 */
export const waitsForOlderMs = hour / 4;

/**
 * The wait before the next attempt in milliseconds, or null when the deadline has passed.
 * `attempts` of this class made so far (1 after the first), `ageMs` since the first of any; `random` is from 0 (the
 * whole wait) to 1 (without the share that is left to chance).
 */
export function waitAfter(policy: RetryPolicy, attempts: number, ageMs: number, random: number): number | null {
  if (ageMs >= policy.deadlineMs) return null;
  const ceiling = Math.min(policy.capMs, policy.baseMs * policy.factor ** Math.min(attempts - 1, 60));
  return Math.min(Math.round(ceiling * (1 - policy.jitter * random)), policy.deadlineMs - ageMs);
}

/** The code, and the reason of the failure: the same letter fails again on the same relay. */
export const noSmtpUtf8 = 'no-smtputf8';
export const lacksSmtpUtf8 = (error: unknown): boolean => fieldsOf(error).code === noSmtpUtf8;

/** The relay does not offer SMTPUTF8 (RFC 6531 3.2): an address outside ASCII must not be sent to it. */
export const smtpUtf8Missing = (): Error =>
  Object.assign(
    new Error(
      'the SMTP relay does not offer SMTPUTF8, so it takes no address with characters outside ASCII before the @',
    ),
    { code: noSmtpUtf8 },
  );

/** The fault class of an error of the mailer. */
export function classify(error: unknown): SendFault {
  const { code, responseCode, response, message, command } = fieldsOf(error);
  const words = response ?? message;
  if (code === noSmtpUtf8) return { class: 'permanent', code, words };
  if (responseCode === undefined)
    return {
      class: relayCodes.has(code) ? 'relay' : unreachableCodes.has(code) ? 'unreachable' : 'transient',
      code,
      words,
    };
  return { class: classOfReply(responseCode, code, command), code: String(responseCode), words };
}

/** Codes for faults of credentials, settings or TLS: they concern every letter. */
const relayCodes = new Set([
  'EAUTH',
  'ENOAUTH',
  'EOAUTH2',
  'ETLS',
  'EREQUIRETLS',
  'ECONFIG',
  'EPROXY',
  'ERR_ACCESS_DENIED',
]);

/** nodemailer's codes for a connection that was not made, not greeted or not kept. */
const unreachableCodes = new Set([
  'ECONNECTION',
  'ESOCKET',
  'ETIMEDOUT',
  'EDNS',
  'EPROTOCOL',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
]);

function classOfReply(reply: number, code: string, command: string): FaultClass {
  if (relayCodes.has(code) || [530, 534, 535, 538].includes(reply)) return 'relay';
  // A refusal before MAIL FROM is about no letter.
  if (reply >= 500 && /^(CONN|EHLO|HELO|LHLO|STARTTLS|AUTH)/.test(command)) return 'relay';
  // 503 is about the state of the session: on another connection the same letter may pass.
  return reply >= 500 && reply < 600 && reply !== 503 ? 'permanent' : 'transient';
}

function fieldsOf(error: unknown): {
  code: string;
  responseCode: number | undefined;
  response: string | undefined;
  message: string;
  command: string;
} {
  const { code, responseCode, response, message, command } = (error ?? {}) as Record<string, unknown>;
  return {
    code: typeof code === 'string' ? code : 'EUNKNOWN',
    responseCode: typeof responseCode === 'number' ? responseCode : undefined,
    response: typeof response === 'string' ? response : undefined,
    message: typeof message === 'string' ? message : String(error),
    command: typeof command === 'string' ? command : '',
  };
}
