// IcsService of the PRD: the calendar text of a letter.
// Called by NotificationService for every letter; the rules are in calendar.ts, the writing in libs/ics.
import { secretsOf } from '#tokens';
import { Injectable } from '@nestjs/common';
import { calendarOf } from './calendar';
import type { Letter, LetterFacts } from '../letters/letter';
import { type LinkWriter, linkWriter } from '../letters/links';
import { type RenderSettings, organizerOf } from './render';

@Injectable()
export class IcsService {
  private readonly link: LinkWriter;

  constructor(private readonly settings: RenderSettings) {
    this.link = linkWriter(settings.PUBLIC_URL, secretsOf(settings));
  }

  /**
   * The calendar text, or null for a plain mail. Throws LinkSecretMissing, and RangeError for values that no calendar
   * can contain.
   */
  textOf(letter: Letter, facts: LetterFacts): string | null {
    return calendarOf(
      letter,
      facts,
      { organizer: organizerOf(this.settings, letter), times: this.settings.ICS_TIMES },
      this.link,
    );
  }
}
