// The hook for delivery events in our own format: `POST /api/hooks/email-status`, for callers with INBOUND_TOKEN.
// Called by SMTP relays and by programs that read their logs; the providers' own formats are read by
// ways-in/provider-routes.ts.
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { z } from 'zod';
import { fieldFaults, invalidFields } from '#service';
import { bareId, codeIn, type DeliveryReport, failureKind } from './delivery-report';
import { HooksStore } from './hooks.store';

const EmailStatus = z.object({
  messageId: z.string().min(1).max(1_000),
  recipient: z.string().min(1).max(1_000),
  event: z.enum(['delivered', 'bounced', 'deferred', 'complained']),
  code: z.union([z.string().max(1_000), z.number()]).nullish(),
  detail: z.string().max(10_000).nullish(),
});

@Controller('api/hooks')
export class HooksController {
  constructor(@Inject(HooksStore) private readonly hooks: HooksStore) {}

  /** The token was checked by ways-in/inbound-token.ts. */
  @Post('email-status')
  @HttpCode(202)
  async emailStatus(@Body() body: unknown): Promise<{ accepted: true }> {
    await this.hooks.take('own', [readOwn(body)]);
    // The response does not tell whether the letter is ours.
    return { accepted: true };
  }
}

function readOwn(body: unknown): DeliveryReport {
  const parsed = EmailStatus.safeParse(body, { reportInput: true });
  if (!parsed.success) throw invalidFields(fieldFaults(parsed.error));
  const { messageId, recipient, event, code, detail } = parsed.data;
  const status = codeIn(code) ?? codeIn(detail);
  const kinds = {
    delivered: 'delivered',
    deferred: 'delayed',
    complained: 'complained',
    bounced: failureKind(status, detail ?? '', true),
  } as const;
  return { messageIds: [bareId(messageId)], recipient, kind: kinds[event], status, eventId: null };
}
