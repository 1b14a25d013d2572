// Video rooms by Daily's REST API: POST /rooms, GET and DELETE /rooms/:name (docs.daily.co/reference/rest-api/rooms).
// Made by video-rooms.ts where VIDEO_PROVIDER is `daily`.
import { z } from 'zod';
import { VideoFault, type VideoRoom, type VideoRoomProvider } from './video-room.provider';

const DailyRoom = z.object({ url: z.url({ protocol: /^https?$/ }).max(500) });
const timeoutMs = 2_500;

export class DailyVideoRooms implements VideoRoomProvider {
  constructor(private readonly settings: { url: string; key: string }) {}

  async open(name: string): Promise<VideoRoom> {
    // Public, under a name that cannot be guessed: whoever has the link joins without an account. No `exp`: the
    // meeting may be moved.
    const made = await this.call('POST', '/rooms', { name, privacy: 'public' });
    if (made.ok) return { url: await urlIn(made), made: true };
    // Daily has no code of its own for a name that is taken, e.g. by an attempt whose response was lost.
    if (made.status !== 400) throw faultOf(made);
    const there = await this.call('GET', `/rooms/${name}`);
    if (!there.ok) throw there.status === 404 ? faultOf(made) : faultOf(there);
    return { url: await urlIn(there), made: false };
  }

  async close(name: string): Promise<void> {
    const response = await this.call('DELETE', `/rooms/${name}`);
    if (!response.ok && response.status !== 404) throw faultOf(response);
  }

  private async call(method: string, path: string, body?: Record<string, unknown>): Promise<Response> {
    const headers = {
      authorization: `Bearer ${this.settings.key}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    };
    try {
      return await fetch(`${this.settings.url}${path}`, {
        method,
        headers,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    } catch (error) {
      throw new VideoFault((error as { name?: unknown }).name === 'TimeoutError' ? 'timeout' : 'unreachable', true, {
        cause: error,
      });
    }
  }
}

async function urlIn(response: Response): Promise<string> {
  try {
    return DailyRoom.parse(await response.json()).url;
  } catch (error) {
    throw new VideoFault('unreadable-answer', true, { cause: error });
  }
}

/** 429 and 5xx pass; a wrong key or a refused request does not. */
const faultOf = ({ status }: Response): VideoFault =>
  new VideoFault(`status-${status}`, status === 429 || status >= 500);
