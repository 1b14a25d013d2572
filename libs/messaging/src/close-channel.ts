// Closes a channel, also when its connection was lost.
// Used for channels that are opened for one task.
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
