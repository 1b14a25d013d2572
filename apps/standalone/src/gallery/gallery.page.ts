// The page of the gallery: a choice of language, and each letter twice in a frame, light and dark.
// Called by gallery.controller.ts.
import type { Mailbox } from '../../../notification-sender/src/render/mime';
import type { RenderSettings } from '../../../notification-sender/src/render/render';
import { type Language, languages } from '#words';
import { type Html, html } from '../../../scheduling-api/src/links/html';
import { fitFrames, page } from '../mailbox/pages';

export const looks = ['light', 'dark'] as const;
export type Look = (typeof looks)[number];

export interface ShownLetter {
  name: string;
  from: Mailbox;
  subject: string;
}

export function galleryPage(language: Language, letters: ShownLetter[], settings: RenderSettings): string {
  const ownName = (each: Language): string => new Intl.DisplayNames(each, { type: 'language' }).of(each) ?? each;
  const options = languages.map((each) =>
    each === language
      ? html`<option value="${each}" lang="${each}" selected>${ownName(each)}</option>`
      : html`<option value="${each}" lang="${each}">${ownName(each)}</option>`,
  );
  return page(
    'Letters',
    fitFrames,
    html`
    <h1>Letters</h1>
    <p class="soft">Every kind of letter as this instance writes it, light and dark. Their links lead nowhere.</p>
    ${brandLine(settings)}
    <form class="find" action="/dev/letters"><select name="lang" aria-label="Language">${options}</select><button>Show</button></form>
    ${letters.map((letter, number) => section(language, letter, number))}`,
  );
}

function section(language: Language, { name, from, subject }: ShownLetter, number: number): Html {
  const frames = looks.map(
    (look) => html`<iframe class="letter" title="${name}, ${look}" src="/dev/letters/${language}/${number}/${look}"
      sandbox="allow-same-origin" referrerpolicy="no-referrer"></iframe>`,
  );
  const sender = `${from.name === null ? '' : `${from.name} `}<${from.email}>`;
  return html`<section class="card"><dl><dt>Letter</dt><dd><b>${name}</b></dd><dt>From</dt><dd>${sender}</dd>
  <dt>Subject</dt><dd>${subject}</dd></dl><div class="both">${frames}</div></section>`;
}

/** What can still be set, so that letters bear the operator's name. */
function brandLine({ BRAND_NAME, ORGANIZER_NAME }: RenderSettings): Html {
  const missing = missingNames({ BRAND_NAME, ORGANIZER_NAME });
  return missing.length === 0
    ? html``
    : html`<p class="card note">Not set: <b>${missing.join(', ')}</b>.
    BRAND_NAME stands above every letter, ORGANIZER_NAME beside its sender's address; BRAND_COLOR and BRAND_LOGO_URL
    go with them (docs/settings.md). This page shows them once they are set.</p>`;
}

/** Of the two names that letters show; both are optional. */
export const missingNames = (names: Pick<RenderSettings, 'BRAND_NAME' | 'ORGANIZER_NAME'>): string[] =>
  (['BRAND_NAME', 'ORGANIZER_NAME'] as const).filter((name) => names[name] === undefined);
