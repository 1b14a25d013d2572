// Gets a room its video link: a few attempts within the request, then without one, which is written to the room's
// timeline.
// Called by rooms.controller.ts before the transaction, and after it where the room was not made.
import { Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Counter } from 'prom-client';
import { SettingsFault } from '#service';
import type { SchedulingApiSettings } from '../settings';
import { DailyVideoRooms } from './daily';
import { noVideoRooms, VideoFault, type VideoRoom, type VideoRoomProvider } from './video-room.provider';

const attempts = 3;
const firstWaitMs = 200;

const outcomes = new Counter({
  name: 'scheduling_video_rooms_total',
  help: 'Video rooms asked for, by what came of it',
  labelNames: ['result'],
});
for (const result of ['made', 'failed']) outcomes.inc({ result }, 0);

/** `fault`: the code of what kept the provider from making one. */
export type OpenResult = { room: VideoRoom | null; fault: null } | { room: null; fault: string };

@Injectable()
export class VideoRooms {
  constructor(
    private readonly provider: VideoRoomProvider,
    private readonly logger: Logger,
  ) {}

  /** Never rejects: a booking does not fail for want of a video room. Takes at most about ten seconds. */
  async open(name: string): Promise<OpenResult> {
    try {
      const room = await this.again(() => this.provider.open(name));
      if (room) outcomes.inc({ result: 'made' });
      return { room, fault: null };
    } catch (error) {
      outcomes.inc({ result: 'failed' });
      this.logger.error({ err: error, roomId: name }, 'no video room');
      return { room: null, fault: codeOf(error) };
    }
  }

  /**
   * Takes away what was made for a room that did not come to be. Never rejects; what stays is an empty meeting place
   * that nobody knows of.
   */
  async close(name: string): Promise<void> {
    await this.again(() => this.provider.close(name)).catch((error: unknown) =>
      this.logger.warn({ err: error, roomId: name }, 'a video room is left over'),
    );
  }

  private async again<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (attempt === attempts || !(error instanceof VideoFault) || !error.transient) throw error;
        this.logger.warn({ code: error.code, attempt }, 'the video provider failed, to be tried again');
        await new Promise((resolve) => setTimeout(resolve, firstWaitMs * 2 ** (attempt - 1) * (0.5 + Math.random())));
      }
    }
  }
}

const codeOf = (error: unknown): string => (error instanceof VideoFault ? error.code : 'fault');

/** The provider that the settings name. Throws SettingsFault where it lacks its key. */
export function videoProviderOf(settings: SchedulingApiSettings): VideoRoomProvider {
  if (settings.VIDEO_PROVIDER === 'none') return noVideoRooms;
  if (settings.DAILY_API_KEY === undefined)
    throw new SettingsFault(['DAILY_API_KEY: must be set with VIDEO_PROVIDER=daily']);
  return new DailyVideoRooms({ url: settings.DAILY_API_URL.replace(/\/+$/, ''), key: settings.DAILY_API_KEY });
}
