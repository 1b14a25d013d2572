// Closing a channel so that it ends in any case.
// Used wherever a channel was opened for a short while.
import type { Channel } from 'amqplib';

/**
 * Resolves when the channel is closed, also when its connection was lost first; never rejects.
 * amqplib's own promise waits for the broker's answer and so for ever when that can no longer come.
 */
export function closeChannel(channel: Channel): Promise<void> {
  return new Promise((resolve) => {
    channel.once('close', () => resolve());
    channel.close().then(resolve, () => resolve());
  });
}
