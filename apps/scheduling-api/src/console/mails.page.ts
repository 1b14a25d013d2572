// The lists of mails that had no effect, and the page before one of them or all of a list are read again.
// Called by mails.controller.ts. A list shows no address: a mail's own page does.
import { html } from '../links/html';
import { type Act, counted, tabs } from './confirm-act';
import { type ListedMail, type MailList, mailLists, type ReplayableMail } from './find-mails';
import type { ShownView } from './frame';
import { type KeysetPage, mostCounted } from './keyset';
import { liveRegion, moment, pager, pathWith, statusMessage, table } from './parts';

export const mailPath = '/console/mail';

export interface MailsParts {
  list: MailList;
  why: string | undefined;
  reasons: string[];
  page: KeysetPage<ListedMail>;
  counts: Record<MailList, number>;
  isFirst: boolean;
  asked: string | undefined;
}

const words: Record<MailList, string> = {
  unconfirmed: 'They were not believed. Their attendees are asked by mail to confirm; until then they have no effect.',
  ignored: 'They had no effect, for the reason that is given.',
  quarantined: 'They could not be read because of a fault in the product. What they say has had no effect.',
};

export function mailsPage({ list, why, reasons, page, counts, isFirst, asked }: MailsParts): ShownView {
  const here = pathWith(mailPath, { list, why });
  const links = (Object.keys(mailLists) as MailList[]).map(
    (each) =>
      [
        pathWith(mailPath, { list: each }),
        `${mailLists[each].label} (${counted(counts[each], mostCounted)})`,
        each === list,
      ] as const,
  );
  const rows = table({
    caption: words[list],
    columns: ['Received', 'Kind', 'Reason', 'Room', 'Act'],
    rows: page.rows.map((mail) => [
      html`<a href="${mailPath}/${mail.id}">${moment(mail.received_at)}</a>`,
      `${mail.kind ?? 'unread'}, by ${mail.way_in}`,
      mail.why,
      mail.room_id && html`<a href="/console/rooms/${mail.room_id}">${mail.role ?? 'of a room'}</a>`,
      html`<a href="${mailPath}/${mail.id}/replay">Read again</a>`,
    ]),
    empty: 'There is no such mail.',
  });
  return {
    title: 'Mail',
    section: mailPath,
    live: isFirst,
    content: html`${asked !== undefined && statusMessage(`Asked for: ${asked} to be read again.`, 'good')}${liveRegion(
      'tabs',
      tabs('Lists of mails', links),
    )}${list === 'ignored' && reasonForm(reasons, why)}${liveRegion(
      'mails',
      html`<div class="card">${rows}${pager(here, page.next, isFirst)}${
        list === 'quarantined' &&
        page.rows.length > 1 &&
        html`<p><a href="${mailPath}/replay">Read all of them again</a></p>`
      }</div>`,
    )}`,
  };
}

const reasonForm = (reasons: string[], why: string | undefined) => html`<form class="search" action="${mailPath}">
<input type="hidden" name="list" value="ignored">
<div class="field"><label for="why">Reason</label><select id="why" name="why"><option value="">Any</option>${reasons.map(
  (each) => html`<option value="${each}"${each === why && html` selected`}>${each}</option>`,
)}</select></div><div><button>Show</button></div></form>`;

const always = 'It is read and judged as if it arrived now, with the current settings.';
const effectsOf: Record<MailList, readonly string[]> = {
  quarantined: [
    always,
    'What it says takes effect if it is believed: a decline, for instance, cancels the meeting and mails both parties.',
    'If it still cannot be read, it comes back here.',
  ],
  ignored: [always, 'What it says takes effect if it is believed now; otherwise it is ignored again.'],
  unconfirmed: [
    always,
    'What it says takes effect if it is believed now; otherwise its attendee is asked by mail once more.',
  ],
};

export const listOf = ({ state, verdict }: Pick<ReplayableMail, 'state' | 'verdict'>): MailList =>
  state === 'quarantined' ? 'quarantined' : verdict === 'held' ? 'unconfirmed' : 'ignored';

export const replayMailAct = (mail: ReplayableMail): Act => ({
  title: 'Read a mail again',
  section: mailPath,
  path: `${mailPath}/${mail.id}/replay`,
  back: pathWith(mailPath, { list: listOf(mail) }),
  about: [
    ['Reason', mail.why],
    ['Room', mail.room_id],
  ],
  effects: effectsOf[listOf(mail)],
  button: 'Read again',
});

export const replayQuarantineAct = (count: number): Act => ({
  title: `Read ${count} quarantined mails again`,
  section: mailPath,
  path: `${mailPath}/replay`,
  back: pathWith(mailPath, { list: 'quarantined' }),
  effects: [`${count} mails, the oldest first, at most 500 at a time.`, ...effectsOf.quarantined],
  button: `Read ${count} again`,
});
