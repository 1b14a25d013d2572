// NotificationService of the PRD: makes one attempt to send a leased letter and returns the outcome.
// Called by the dispatcher; touches no database.
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { holdsAddress } from '#privacy';
import type { Logger } from 'pino';
import { censor, withCorrelation } from '#service';
import { openSpan } from '#tracing';
import type { CalendarService } from '../render/calendar.service';
import { type LeasedLetter, letterOf } from '../ledger/leased-letter';
import type { IcsService } from '../render/ics.service';
import type { Letter } from '../letters/letter';
import type { Outcome } from '../ledger/record-outcome';
import { LinkSecretMissing } from '../letters/links';
import type { Mailer } from './mailer';
import { gateBlocks } from '../metrics';
import { type RenderSettings, type RenderedMail, renderLetter, sharedParts } from '../render/render';
import { type RetryPolicies, classify, noSmtpUtf8, waitAfter } from './retry-policy';

/** A rendered letter, or the outcome where it could not be rendered or must not be sent. */
type PreparedLetter = { letter: Letter; mail: RenderedMail; sha256: string } | Outcome;

@Injectable()
export class NotificationService implements CalendarService {
  constructor(
    private readonly parts: {
      ics: IcsService;
      mailer: Mailer;
      settings: RenderSettings;
      policy: RetryPolicies;
      logger: Logger;
    },
  ) {}

  /** Renders, checks and sends. Never throws for a fault of the letter or the SMTP relay: every fault is an outcome. */
  send(leased: LeasedLetter): Promise<Outcome> {
    return withCorrelation(leased.correlationId, () => this.traced(leased));
  }

  private async traced(leased: LeasedLetter): Promise<Outcome> {
    const { facts, correlationId, method, sequence, attempts } = leased;
    const attributes = { 'letter.id': facts.letterId, 'letter.method': method, 'letter.sequence': sequence, attempts };
    const span = openSpan({ name: `send ${method}`, kind: 'client', correlationId, attributes });
    const outcome = await this.attempt(leased);
    span.end(
      { result: outcome.result, 'smtp.code': outcome.code },
      outcome.result === 'sent' ? undefined : outcome.code,
    );
    return outcome;
  }

  private async attempt(leased: LeasedLetter): Promise<Outcome> {
    const prepared = this.prepare(leased);
    if ('result' in prepared) return prepared;
    const { letter, mail, sha256 } = prepared;
    try {
      const { facts, roomId, role, method, sequence, invitationId } = leased;
      const words = await this.parts.mailer.send(mail.envelope, mail.bytes, invitationId);
      this.parts.logger.info({ letterId: facts.letterId, roomId, role, method, sequence }, 'letter sent');
      return { result: 'sent', code: /^\d{3}/.exec(words)?.[0] ?? '250', detail: safeWords(words, letter), sha256 };
    } catch (error) {
      return this.failed(leased, letter, sha256, error);
    }
  }

  private prepare(leased: LeasedLetter): PreparedLetter {
    try {
      const letter = letterOf(leased);
      const shared = sharedParts(this.parts.settings, letter);
      const calendar = this.parts.ics.textOf(letter, leased.facts, shared);
      const mail = renderLetter(letter, leased.facts, calendar, this.parts.settings, shared);
      const sha256 = createHash('sha256').update(mail.bytes).digest('hex');
      return leaks(letter, mail) ? this.blocked(leased, sha256) : { letter, mail, sha256 };
    } catch (error) {
      const reason = error instanceof LinkSecretMissing ? 'link-key-gone' : 'render-failed';
      this.parts.logger.error({ err: error, letterId: leased.facts.letterId, reason }, 'letter cannot be written');
      return { result: 'failed', reason, code: reason, detail: null, sha256: null };
    }
  }

  private blocked(leased: LeasedLetter, sha256: string): Outcome {
    gateBlocks.inc();
    this.parts.logger.error({ letterId: leased.facts.letterId, roomId: leased.roomId }, 'privacy gate: letter blocked');
    return { result: 'blocked', code: 'privacy-gate', detail: null, sha256 };
  }

  private failed(leased: LeasedLetter, letter: Letter, sha256: string, error: unknown): Outcome {
    const fault = classify(error);
    const entry = {
      letterId: leased.facts.letterId,
      code: fault.code,
      words: safeWords(fault.words, letter),
      attempts: leased.attempts,
    };
    if (fault.class === 'relay') this.parts.logger.error(entry, 'the SMTP relay refuses this sender: check SMTP_URL');
    else this.parts.logger.warn(entry, 'letter not taken');
    const answered = { code: fault.code, detail: entry.words, sha256 };
    if (fault.class === 'permanent')
      return { result: 'failed', reason: fault.code === noSmtpUtf8 ? noSmtpUtf8 : 'refused', ...answered };
    const putOff = fault.class === 'transient';
    const waitMs = waitAfter(
      this.parts.policy[fault.class],
      putOff ? leased.putOff + 1 : leased.attempts - leased.putOff,
      leased.ageMs,
      Math.random(),
    );
    if (waitMs === null) return { result: 'failed', reason: 'deadline', ...answered };
    return { result: 'deferred', reason: putOff ? 'not-now' : 'relay-trouble', waitMs, ...answered };
  }
}

const leaks = (letter: Letter, { bytes, own }: RenderedMail): boolean =>
  letter.otherEmail !== null && holdsAddress(bytes, letter.otherEmail, own);

/**
 * The SMTP relay's text as the platform may see it: one line, no address, no token; null where it still contains the
 * other party's address.
 */
function safeWords(words: string, { otherEmail }: Letter): string | null {
  const line = censor(words.replace(/[\p{Cc}\s]+/gu, ' ').trim()).slice(0, 200);
  const tells = otherEmail !== null && holdsAddress(Buffer.from(line), otherEmail, []);
  return line === '' || tells ? null : line;
}
