// The sending loop of webhooks: leases due ones, sends them with a bounded number of requests per endpoint, records the
// outcomes.
// Started and stopped by the app's life; several processes may run one each. An endpoint that does not respond delays
// only its own webhooks.
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Webhook } from 'standardwebhooks';
import { type Database, untilDueMs, webhooksDue } from '#persistence';
import { Batches, PollLoop } from '#service';
import type { TokenSecrets } from '#tokens';
import { openSpan } from '#tracing';
import {
  leaseWebhooks,
  type LeasedWebhook,
  nextWebhookDue,
  recordWebhooks,
  returnWebhooks,
  type WebhookAttempt,
} from './due-webhooks';
import { EndpointLimits } from './endpoint-limits';
import { waitAfterMs } from './retry-schedule';
import { Signers } from './signers';
import { signedHeaders, webhookBody } from './webhook-body';
import type { TryOutcome, WebhookHttp } from './webhook-http';
import { webhookSeconds, webhooksDisabled, webhooksTotal } from './webhook-metrics';

const pollMs = 1_000;
/** The shortest time between two lease queries, so that each serves several webhooks. */
const leaseEveryMs = 20;
const mostALease = 200;
/** While letters are sent at full speed, webhooks leave at no more than a hundred a second: the letters come first. */
const besideLetters = { everyMs: 250, most: 25 };
const graceMs = 5_000;
const recordAgainMs = 500;

interface Parts {
  db: Database;
  http: WebhookHttp;
  secrets: TokenSecrets;
  logger: Logger;
  /** Whether all workers for letters are busy. */
  lettersAreBusy(): boolean;
  graceMs?: number;
}

@Injectable()
export class WebhookDispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly limits = new EndpointLimits();
  private readonly signers: Signers;
  private readonly inFlight = new Map<LeasedWebhook, Promise<void>>();
  private readonly records: Batches<WebhookAttempt>;
  private readonly stopping = new AbortController();
  private running = false;
  private readonly loop: PollLoop;
  private stopListening: (() => void) | undefined;

  constructor(private readonly parts: Parts) {
    this.signers = new Signers(parts.secrets);
    this.records = new Batches({ largest: 100, everyMs: 20, run: (tried) => this.record(tried) });
    this.loop = new PollLoop({
      pass: () => this.lease(parts.lettersAreBusy() ? besideLetters.most : mostALease),
      pollMs,
      untilDueMs: () => untilDueMs(parts.db, { channel: webhooksDue, nextDue: nextWebhookDue }),
      minIntervalMs: () => (parts.lettersAreBusy() ? besideLetters.everyMs : leaseEveryMs),
    });
  }

  onApplicationBootstrap(): void {
    if (this.running) return;
    this.running = true;
    void this.parts.db.listen(webhooksDue, () => this.wake()).then((stop) => (this.stopListening = stop));
    this.loop.start();
  }

  /** Leases no more webhooks; running requests get `graceMs`, then the rest is returned. */
  async beforeApplicationShutdown(): Promise<void> {
    if (!this.running) return;
    this.running = false;
    this.stopListening?.();
    await this.loop.stop();
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => (timer = setTimeout(resolve, this.parts.graceMs ?? graceMs)));
    await Promise.race([Promise.all(this.inFlight.values()), grace]);
    clearTimeout(timer);
    const left = [...this.inFlight.keys()];
    this.stopping.abort();
    if (left.length > 0)
      await returnWebhooks(this.parts.db, left).catch((error: unknown) =>
        this.parts.logger.warn({ err: error }, 'webhooks could not be returned: their leases will expire'),
      );
    await this.parts.http.close();
  }

  wake(): void {
    this.loop.wake();
  }

  private async lease(most: number): Promise<number> {
    try {
      const leased = await leaseWebhooks(this.parts.db, { ...this.limits.free(), most });
      for (const webhook of leased) {
        this.limits.begin(webhook.endpointId);
        this.inFlight.set(webhook, this.deliver(webhook));
      }
      return leased.length;
    } catch (error) {
      this.parts.logger.error({ err: error }, 'cannot read the webhooks that are due');
      return 0;
    }
  }

  /** Never rejects. */
  private async deliver(webhook: LeasedWebhook): Promise<void> {
    const at = new Date();
    const { type, endpointId, messageId, correlationId } = webhook;
    const attributes = { 'webhook.id': messageId, 'webhook.endpoint': endpointId, step: webhook.step };
    const span = openSpan({
      name: `webhook ${type}`,
      kind: 'client',
      correlationId: correlationId ?? messageId,
      attributes,
    });
    const outcome = await this.tryOnce(webhook, at);
    span.end({ 'http.response.status_code': outcome.httpStatus ?? 0 });
    const taken = outcome.httpStatus !== null && outcome.httpStatus >= 200 && outcome.httpStatus < 300;
    this.limits.end(webhook.endpointId, taken);
    if (!this.stopping.signal.aborted) await this.recordUntilDone(attemptOf(webhook, at, outcome, taken));
    this.inFlight.delete(webhook);
    this.wake();
  }

  private async tryOnce(webhook: LeasedWebhook, at: Date): Promise<TryOutcome> {
    let signers: Webhook[];
    try {
      signers = webhook.secrets.map((sealed) => this.signers.of(webhook.endpointId, sealed));
    } catch (error) {
      this.parts.logger.error({ err: error, endpointId: webhook.endpointId }, 'webhook not signed: rotate its secret');
      return { httpStatus: null, ms: 0, error: 'the signing secret cannot be opened: rotate it' };
    }
    const body = webhookBody(webhook, webhook.includeAddresses);
    const headers = signedHeaders(webhook.messageId, at, body, signers);
    return this.parts.http.post(webhook.url, body, headers, this.stopping.signal);
  }

  /** Tries until the outcome is recorded, so that a short outage of the database loses no outcome. */
  private async recordUntilDone(tried: WebhookAttempt): Promise<void> {
    for (;;) {
      try {
        await this.records.add(tried);
        return;
      } catch (error) {
        this.parts.logger.error({ err: error, messageId: tried.webhook.messageId }, 'webhook not recorded yet');
        if (this.stopping.signal.aborted) return;
        await new Promise((resolve) => setTimeout(resolve, recordAgainMs));
      }
    }
  }

  private async record(tried: WebhookAttempt[]): Promise<void> {
    const disabled = await recordWebhooks(this.parts.db, tried);
    for (const { outcome, status } of tried) {
      webhooksTotal.inc({ result: status === 'pending' ? 'retried' : status });
      webhookSeconds.observe(outcome.ms / 1_000);
    }
    for (const { endpointId, why } of disabled) {
      if (why === null) continue;
      webhooksDisabled.inc({ why });
      this.parts.logger.error({ endpointId, why }, 'webhook endpoint disabled: nothing is sent to it any more');
    }
  }
}

function attemptOf(webhook: LeasedWebhook, at: Date, outcome: TryOutcome, taken: boolean): WebhookAttempt {
  if (taken) return { webhook, at, outcome, status: 'delivered', waitMs: 0 };
  const waitMs = outcome.httpStatus === 410 ? null : waitAfterMs(webhook.step, Math.random());
  return { webhook, at, outcome, status: waitMs === null ? 'failed' : 'pending', waitMs: waitMs ?? 0 };
}
