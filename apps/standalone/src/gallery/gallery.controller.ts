// GET /dev/letters: every kind of letter in a language, light and dark, as this instance's settings make it look.
// Exists only where no mail leaves (mailbox.module.ts).
import { Controller, Get, Inject, Param, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Problem } from '#service';
import { type Language, languages } from '#words';
import { compose } from '../../../notification-sender/src/render/compose';
import { htmlDocument } from '../../../notification-sender/src/render/html';
import { brandOf, organizerOf, type RenderSettings } from '../../../notification-sender/src/render/render';
import { framePolicy, pagePolicy, sendPage } from '../mailbox/pages';
import { OwnHostGuard } from '../own-host';
import { galleryPage, type Look, looks } from './gallery.page';
import { type Sample, sampleLink, samples } from './samples';

export const GALLERY_SETTINGS = Symbol('the settings that decide how letters look');

@Controller('dev/letters')
@UseGuards(OwnHostGuard)
export class GalleryController {
  constructor(@Inject(GALLERY_SETTINGS) private readonly settings: RenderSettings) {}

  @Get()
  async all(@Res() reply: FastifyReply, @Query('lang') lang?: string): Promise<void> {
    const language = known(lang);
    const shown = samples(language, new Date()).map(({ name, letter }) => {
      const { subject } = this.composed(letter);
      return { name, from: organizerOf(this.settings, letter), subject };
    });
    await sendPage(reply, pagePolicy, galleryPage(language, shown, this.settings));
  }

  @Get(':language/:number/:look')
  async one(
    @Res() reply: FastifyReply,
    @Param('language') lang: string,
    @Param('number') number: string,
    @Param('look') look: string,
  ): Promise<void> {
    const sample = samples(known(lang), new Date())[Number(number)];
    if (!sample || !looks.includes(look as Look)) throw new Problem(404, 'not-found', 'There is no such letter.');
    const html = htmlDocument(this.composed(sample.letter), brandOf(this.settings));
    await sendPage(reply, framePolicy, inLook(html, look as Look));
  }

  private composed(letter: Sample['letter']): ReturnType<typeof compose> {
    return compose(letter, sampleLink(this.settings.PUBLIC_URL), this.settings.SUBJECTS);
  }
}

const known = (language: string | undefined): Language =>
  languages.find((each) => each === language?.toLowerCase()) ?? 'en';

/** The letter's own rules for a dark screen, in force or not, whatever the reader's screen is. */
const inLook = (html: string, look: Look): string =>
  html
    .replace('@media (prefers-color-scheme:dark)', look === 'dark' ? '@media all' : '@media not all')
    .replace('name="color-scheme" content="light dark"', `name="color-scheme" content="${look}"`);
