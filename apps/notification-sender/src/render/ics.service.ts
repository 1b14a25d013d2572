// IcsService of the PRD: the calendar text of a letter.
// Called by NotificationService for every letter; the rules are in calendar.ts, the writing in libs/ics.
import { Injectable } from '@nestjs/common';
import { calendarOf } from './calendar';
import type { Letter, LetterFacts } from '../letters/letter';
import { type RenderSettings, type SharedParts, sharedParts } from './render';

@Injectable()
export class IcsService {
  constructor(private readonly settings: RenderSettings) {}

  /**
   * The calendar text, or null for a plain mail. Throws LinkSecretMissing, and RangeError for values that no calendar
   * can contain.
   * `shared`: `sharedParts` of the same letter and settings. Who renders the mail too makes them once for both: each
   * time costs two signatures.
   */
  textOf(
    letter: Letter,
    facts: LetterFacts,
    { organizer, link }: SharedParts = sharedParts(this.settings, letter),
  ): string | null {
    return calendarOf(letter, facts, { organizer, times: this.settings.ICS_TIMES }, link);
  }
}
