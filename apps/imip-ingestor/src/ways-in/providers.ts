// Which providers are on: those whose secret is set.
// Called by the app's module; `fetch` and the clock are parameters, so that tests can replace Amazon.
import { Mailgun } from './mailgun';
import { Postmark } from './postmark';
import type { Provider, ProviderName } from './provider';
import { SendGrid } from './sendgrid';
import { Ses } from './ses';
import { type Fetch, Sns } from './sns';
import type { WaysInSettings } from './settings';

export function providersOf(
  settings: WaysInSettings,
  fetch: Fetch = globalThis.fetch,
  now: () => Date = () => new Date(),
): Map<ProviderName, Provider> {
  const {
    SES_TOPIC_ARNS,
    MAILGUN_SIGNING_KEY,
    POSTMARK_WEBHOOK_AUTH,
    SENDGRID_WEBHOOK_AUTH,
    SENDGRID_WEBHOOK_PUBLIC_KEY,
  } = settings;
  const providers: Provider[] = [
    ...(SES_TOPIC_ARNS === undefined
      ? []
      : [new Ses(new Sns(new Set(SES_TOPIC_ARNS.split(',').map((arn) => arn.trim())), fetch, now))]),
    ...(MAILGUN_SIGNING_KEY === undefined ? [] : [new Mailgun(MAILGUN_SIGNING_KEY, now)]),
    ...(POSTMARK_WEBHOOK_AUTH === undefined ? [] : [new Postmark(POSTMARK_WEBHOOK_AUTH)]),
    ...(SENDGRID_WEBHOOK_AUTH === undefined && SENDGRID_WEBHOOK_PUBLIC_KEY === undefined
      ? []
      : [new SendGrid({ publicKey: SENDGRID_WEBHOOK_PUBLIC_KEY, auth: SENDGRID_WEBHOOK_AUTH }, now)]),
  ];
  return new Map(providers.map((provider) => [provider.name, provider]));
}
