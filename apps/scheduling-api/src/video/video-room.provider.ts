// The port to whoever hosts the video meeting of a room: `none`, or a provider behind an HTTP API.
// Called through video-rooms.ts, never inside a transaction.

export interface VideoRoom {
  /** What people open; nothing in it tells who they are. */
  url: string;
  /** False where a room of that name was there already. */
  made: boolean;
}

export interface VideoRoomProvider {
  /**
   * Makes the meeting place of that name, or finds the one that an earlier attempt made; null where this provider
   * makes none. Rejects with VideoFault.
   */
  open(name: string): Promise<VideoRoom | null>;
  /** Takes it away; one that is not there is no fault. Rejects with VideoFault. */
  close(name: string): Promise<void>;
}

/**
 * Why there is no meeting place. `code` is kebab-case, for logs and the timeline; a transient one is worth another
 * attempt.
 */
export class VideoFault extends Error {
  override name = 'VideoFault';
  constructor(
    readonly code: string,
    readonly transient: boolean,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

export const noVideoRooms: VideoRoomProvider = { open: () => Promise.resolve(null), close: () => Promise.resolve() };
