// GET /: the demo. A page that books a room and plays both parties, and the few routes it needs; `npm run sim` uses the
// same routes.
// Exists only where no mail leaves (demo.module.ts). Everything it does goes through the product's own HTTP.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Inject,
  type OnModuleDestroy,
  Param,
  Post,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { fieldFaults, invalidFields, Live, Problem } from '#service';
import { sendPage } from '../mailbox/pages';
import { OwnHostGuard } from '../own-host';
import { Act, Booking } from './acts';
import { demoPage } from './demo-page';
import { DemoRooms, type DemoState, type ActResult } from './demo-rooms';
import { demoTexts } from './texts/languages';

/** Scripts, styles and frames of this server and nothing else. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; frame-src " +
  "'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const script = 'text/javascript; charset=utf-8';
const files: Record<string, string> = {
  'acts.mjs': script,
  'booking.mjs': script,
  'hooks.mjs': script,
  'language.mjs': script,
  'letter.mjs': script,
  'page.mjs': script,
  'parts.mjs': script,
  'words.mjs': script,
  'style.css': 'text/css; charset=utf-8',
};

@Controller()
@UseGuards(OwnHostGuard)
export class DemoController implements OnModuleDestroy {
  private readonly live = new Live();

  constructor(@Inject(DemoRooms) private readonly rooms: DemoRooms) {}

  onModuleDestroy(): void {
    this.live.close();
    this.rooms.close();
  }

  @Get()
  async page(
    @Res() reply: FastifyReply,
    @Headers('accept-language') accepted: string | undefined,
    @Query('lang') lang?: unknown,
    @Query('room') room?: unknown,
  ): Promise<void> {
    const choice = demoTexts(single(lang), accepted);
    await sendPage(reply, policy, demoPage(choice, new Date(), single(room)));
  }

  @Get('demo/:name')
  async asset(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    const type = Object.hasOwn(files, name) ? files[name] : undefined;
    if (type === undefined) throw new Problem(404, 'not-found', 'There is nothing at this address.');
    await sendPage(reply, policy, readFileSync(join(__dirname, 'page', name), 'utf8'), type);
  }

  @Get('demo/rooms')
  async recent(): Promise<{ items: unknown[] }> {
    return { items: await this.rooms.recent() };
  }

  @Post('demo/rooms')
  async book(@Body() body: unknown, @Headers('sec-fetch-site') site?: string): Promise<{ roomId: string }> {
    own(site);
    return { roomId: (await this.rooms.book(read(Booking, body), new Date())).roomId };
  }

  @Get('demo/rooms/:roomId')
  async state(@Param('roomId') roomId: string): Promise<DemoState> {
    return found(await this.rooms.state(roomId));
  }

  @Get('demo/rooms/:roomId/live')
  async stream(@Param('roomId') roomId: string, @Res() reply: FastifyReply): Promise<void> {
    found(await this.rooms.state(roomId));
    this.live.start(reply, () => this.rooms.state(roomId));
  }

  @Post('demo/rooms/:roomId/acts')
  @HttpCode(200)
  async act(
    @Param('roomId') roomId: string,
    @Body() body: unknown,
    @Headers('sec-fetch-site') site?: string,
  ): Promise<ActResult> {
    own(site);
    return this.rooms.act(roomId, read(Act, body), new Date());
  }
}

/** A field that an address names twice counts as not named. */
const single = (field: unknown): string | undefined => (typeof field === 'string' ? field : undefined);

function found(state: DemoState | null): DemoState {
  if (!state) throw new Problem(404, 'room-not-found', 'There is no such room.');
  return state;
}

/** These routes need no key: a page of another site must not be able to call them. */
function own(site: string | undefined): void {
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new Problem(403, 'cross-site', 'Another site sent this request; nothing was changed.');
}

function read<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidFields(fieldFaults(parsed.error));
}
