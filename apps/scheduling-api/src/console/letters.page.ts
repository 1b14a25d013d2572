// The lists of letters that are not sent, and the page before one or several are sent again.
// Called by letters.controller.ts.
import { plural } from '#service';
import { type Html, html } from '../links/html';
import { type Act, counted, tabs } from './confirm-act';
import { type LetterList, letterLists, type UnsentLetter } from './find-letters';
import type { ShownView } from './frame';
import { type KeysetPage, mostCounted } from './keyset';
import { liveRegion, moment, pager, pathWith, statusMessage, table } from './parts';

export const lettersPath = '/console/letters';

export interface LettersParts {
  list: LetterList;
  page: KeysetPage<UnsentLetter>;
  counts: Record<LetterList, number>;
  codes: { code: string; count: number }[];
  isFirst: boolean;
  /** How many were just asked to be sent again. */
  asked: string | undefined;
}

const pathOf = (list: LetterList): string => pathWith(lettersPath, { list });

const words: Record<LetterList, string> = {
  waiting: 'They are due. They are sent when a worker is free; a later letter to a person waits for an earlier one.',
  deferred: 'The SMTP relay deferred them or could not be used. They are tried again automatically for two days.',
  failed: 'They were given up. They are sent only if an operator sends them again.',
  stopped: "They contained the other party's address and were not sent. See PrivacyGateHit in the runbook.",
};

export function lettersPage({ list, page, counts, codes, isFirst, asked }: LettersParts): ShownView {
  const links = (Object.keys(letterLists) as LetterList[]).map(
    (each) =>
      [pathOf(each), `${letterLists[each].label} (${counted(counts[each], mostCounted)})`, each === list] as const,
  );
  const rows = table({
    caption: words[list],
    columns: [
      'Letter',
      'To the',
      'Written',
      list === 'failed' || list === 'stopped' ? 'Reason' : 'Next try',
      'Tries',
      'Act',
    ],
    rows: page.rows.map((letter) => rowOf(list, letter)),
    empty: 'There is no such letter.',
  });
  return {
    title: 'Letters',
    section: lettersPath,
    live: isFirst,
    content: html`${
      asked !== undefined &&
      statusMessage(`Asked for: ${asked} to be sent again. Letters that are over or replaced stay failed.`, 'good')
    }${liveRegion(
      'letters',
      html`${tabs('Lists of letters', links)}
<div class="card">${rows}${pager(pathOf(list), page.next, isFirst)}</div>${list === 'failed' && byCode(codes)}`,
    )}`,
  };
}

function rowOf(list: LetterList, letter: UnsentLetter & { id: string }): (Html | string | number | null)[] {
  const isOver = list === 'failed' || list === 'stopped';
  return [
    html`<a href="${lettersPath}/${letter.id}">${letter.kind}, ${letter.method}</a>`,
    html`<a href="/console/rooms/${letter.room_id}">${letter.role}</a>`,
    moment(letter.created_at),
    isOver ? letter.last_error : html`${moment(letter.due_at)} ${letter.last_error}`,
    letter.attempts,
    list === 'failed' ? html`<a href="${lettersPath}/${letter.id}/replay">Send again</a>` : null,
  ];
}

const byCode = (codes: LettersParts['codes']): Html | null =>
  codes.length === 0
    ? null
    : html`<section class="card" aria-labelledby="by-code"><h2 id="by-code">Send again by reason</h2>
<ul>${codes.map(({ code, count }) => {
        const label = `${code === '' ? 'no reason' : code}: ${plural(counted(count, mostCounted), 'letter')}`;
        return html`<li><a href="${pathWith(`${lettersPath}/replay`, { code })}">${label}</a></li>`;
      })}</ul></section>`;

const effects = [
  'Each becomes due again with its old Message-ID and is sent within seconds. ' +
    'If the first copy did arrive, mail programs see the same mail.',
  'A letter that a newer one to the same person has replaced stays failed, and so does one about a meeting or ' +
    'question that is over. A cancellation is sent however late.',
];

export const replayLetterAct = (id: string, about: Act['about']): Act => ({
  title: 'Send a failed letter again',
  section: lettersPath,
  path: `${lettersPath}/${id}/replay`,
  back: pathOf('failed'),
  ...(about === undefined ? {} : { about }),
  effects,
  button: 'Send again',
});

export const replayCodeAct = (code: string, count: number): Act => ({
  title: `Send ${count} failed letters again`,
  section: lettersPath,
  path: pathWith(`${lettersPath}/replay`, { code }),
  back: pathOf('failed'),
  about: [['Reason', code === '' ? 'none' : code]],
  effects: [`${count} letters that were given up for this reason, at most 500 at a time.`, ...effects],
  button: `Send ${count} again`,
});
