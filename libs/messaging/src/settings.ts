// The variables messaging needs, for the apps' settings readers.
// Merged by each app into its own shape and parsed once at start.
import { z } from 'zod';
import { guardsBrokerPassword, tlsFault, urlList } from '#contracts';

/** The nodes of one broker, with commas between their URLs. */
export const brokerUrls = urlList(['amqp', 'amqps'], (url) =>
  guardsBrokerPassword(url) ? undefined : tlsFault('amqps'),
);

export const messagingSettings = {
  /** AMQP 0-9-1; absent means the in-process transport, which only the standalone app offers. */
  RABBITMQ_URL: brokerUrls.optional(),
  /** Before every exchange and queue name. `amq.` is the broker's own. */
  BROKER_PREFIX: z
    .string()
    .regex(
      /^(?!amq\.)[A-Za-z0-9._-]{0,60}$/,
      'must be at most 60 letters, digits, dots, dashes and underscores, and not start with amq.',
    )
    .default(''),
};
