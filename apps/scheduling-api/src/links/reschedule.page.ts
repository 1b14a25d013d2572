// The form behind a reschedule link: the current time, likely alternatives, date and time in the reader's zone, a
// note; and the page after it was sent.
// Called by links.controller.ts; works without JavaScript, so a choice or a zone is a page load of its own.
import { sameSecond } from '../rooms/context';
import { closedWhy, lengthOf } from '../rooms/decide-options';
import { pendingProposals, type Proposal, proposalOf, type Room } from '../rooms/room';
import { type Html, html } from './html';
import { page } from './layout';
import { readLocalTime } from './local-time';
import { currentTime, pendingLines, timesIn } from './notice.page';
import { elsewhere, type Reader, readerOf, statusMessage, timeBlock, wrote } from './parts';
import {
  type FieldFaultOnForm,
  type FormValues,
  longestNote,
  mostTimes,
  suffixes,
  type TimeSuffix,
  type TimeValues,
} from './propose-request';
import type { LinkView } from './link-use';
import { likeliestStart, likelyStarts } from './suggestions';
import { nameZone } from '#words';
import { localOf, writeMoment, writeShort } from './times';
import { type ZoneChoice, zoneList } from './zone-list';

/** What the form shows: the values in its fields, and the faults of those that were sent. */
export interface FormView {
  values: FormValues;
  faults: FieldFaultOnForm[];
}

/** What the address of a form asks to be filled in; null where it asks for nothing that makes sense. */
export interface FormTimes {
  starts: (Date | null)[];
  endUtc: Date | null;
}

/**
 * The fields of a form that was not sent yet: what the address asked for, else the likeliest time. Nothing stands there
 * that would be refused: neither the current time nor a past one.
 */
export function firstValues(room: Room, zone: string, now: Date, wanted: FormTimes): FormValues {
  const [first = null, ...others] = wanted.starts;
  const length = wantedLength(room, first, wanted.endUtc);
  const isCurrent = first !== null && length === 'keep' && sameSecond(first, room.startUtc);
  const start = first === null || isCurrent ? likeliestStart(room, zone, now, startsAsked(room)) : first;
  const times = [start, ...others.slice(0, mostTimes - 1)].map((each) => valuesOf(each, zone));
  return { times, length, zone, note: '' };
}

/** Whole minutes; anything else, and the length of now, is `keep`. */
function wantedLength(room: Room, startUtc: Date | null, endUtc: Date | null): string {
  const lengthMs = startUtc && endUtc ? lengthOf({ startUtc, endUtc }) : 0;
  const keeps = lengthMs <= 0 || lengthMs === lengthOf(room) || lengthMs % 60_000 !== 0;
  return keeps ? 'keep' : String(lengthMs / 60_000);
}

/** Who wants one of these approves it, or waits for the answer. */
const startsAsked = (room: Room): Date[] =>
  pendingProposals(room).flatMap(({ options }) => options.map(({ startUtc }) => startUtc));

export const emptyTime: TimeValues = { date: '', time: '', offset: '' };

function valuesOf(at: Date | null, zone: string): TimeValues {
  if (at === null) return emptyTime;
  const start = localOf(at, zone);
  return {
    date: start.toPlainDate().toString(),
    time: start.toPlainTime().toString({ smallestUnit: 'minute' }),
    offset: start.offset,
  };
}

/** The instant that the fields of one time mean now, where they mean one. */
function chosenStart({ date, time, offset }: TimeValues, zone: string): Date | null {
  const start = readLocalTime(date, time, zone, offset);
  return 'at' in start ? start.at : null;
}

export function formPage(seen: LinkView, { values, faults }: FormView): string {
  const { room, link } = seen;
  const reader = readerOf(room, link.role, values.zone);
  const { texts, other } = reader;
  const { form } = texts;
  // Behind the other one: the first button of a form is the one that the Enter key presses.
  const another =
    values.times.length < mostTimes &&
    html`<button name="add" value="1" class="quiet" formnovalidate>${form.addTime}</button>`;
  const note = field(
    'note',
    form.note(other),
    faults,
    reader,
    (common) => html`<textarea name="note" dir="auto" rows="3" maxlength="${longestNote}"${common}>
${values.note}</textarea>`,
  );
  const answered = answeredBy(seen);
  const intro = answered === null ? form.intro(other) : form.suggestIntro(other, timesIn(answered, reader));
  const content = html`
${faults.length > 0 && summary(faults, reader)}
<p>${intro}</p>
${pendingLines(room, reader, answered)}
${currentTime(room, reader)}
${otherZone(seen, values, reader)}
${chips(seen, values, reader)}
<form method="post" action="/api/reschedule/propose" id="form">
<input type="hidden" name="token" value="${link.token}">
<input type="hidden" name="zone" value="${values.zone}">
${values.times.map((_, order) => timeFields(seen, values, order, faults, reader))}
${note}
<div class="actions"><button>${values.times.length > 1 ? form.submitSeveral : form.submit}</button>${another}</div>
</form>`;
  const heading = answered === null ? form.heading : texts.decision.suggest;
  return page({ ...reader, heading, title: room.title, content });
}

/** The other party's open proposal that this form would decline; null where it proposes for itself. */
const answeredBy = ({ room, link, now }: LinkView): Proposal | null => {
  const answered = link.proposalId === null ? undefined : proposalOf(room, link.proposalId);
  return answered?.status === 'pending' && closedWhy(room, answered, now) === null ? answered : null;
};

export function sentPage({ room, link }: LinkView, proposal: Proposal, zone: string): string {
  const reader = readerOf(room, link.role, zone);
  const { texts, other, clock } = reader;
  const declined = proposal.insteadOf === null ? undefined : proposalOf(room, proposal.insteadOf);
  const content = html`<p>${texts.sent.body(other)}</p>
${declined !== undefined && statusMessage(texts.sent.instead(other, timesIn(declined, reader)))}
${pendingLines(room, reader, proposal)}
${proposal.options.map((each) => timeBlock(texts.labels.asked, each, reader, 'main'))}
${proposal.options.length === 1 && elsewhere(proposal, reader)}
${wrote(texts.sent.wrote, proposal.note)}
<p class="hint">${texts.sent.until(writeMoment(proposal.expiresAt, clock))}</p>`;
  return page({ ...reader, heading: texts.sent.heading, title: room.title, mark: 'done', content });
}

/** Date and time of one of the times; the length, with the first, is that of all. */
function timeFields(
  { room, now }: LinkView,
  values: FormValues,
  order: number,
  faults: FieldFaultOnForm[],
  reader: Reader,
): Html {
  const { form } = reader.texts;
  const time = values.times[order] ?? emptyTime;
  const suffix = suffixes[order] ?? '';
  const earliest = localOf(now, values.zone).toPlainDate().toString();
  const isFirst = order === 0;
  const zone = nameZone(values.zone, [chosenStart(time, values.zone) ?? room.startUtc], reader.clock.dates);
  const lengthInput = (common: Html): Html =>
    html`<select name="length"${common}>${lengths(room, values, reader)}</select>`;
  return html`<fieldset><legend>${isFirst ? form.newTime : form.otherTime}</legend>
${isFirst && html`<p class="hint" id="zone-hint">${form.zone(zone)}</p>`}
<div class="fields">
${field(`date${suffix}`, form.date, faults, reader, (common) => dateInput(suffix, time.date, earliest, common))}
${field(`time${suffix}`, form.start, faults, reader, (common) => timeInput(suffix, time.time, common))}
${isFirst && field('length', form.length, faults, reader, lengthInput)}
</div>
${repeated(suffix, time, values.zone, faults, reader)}
</fieldset>`;
}

/** One field with its label, hint and fault; `control` writes it around the attributes that tie the three together. */
function field(
  name: FieldFaultOnForm['field'],
  label: string,
  faults: FieldFaultOnForm[],
  { texts }: Reader,
  control: (common: Html) => Html,
): Html {
  const fault = faults.find((each) => each.field === name);
  const hint = name === 'note' ? ['note-hint'] : name === 'length' ? [] : ['zone-hint'];
  const described = [...hint, ...(fault ? [`${name}-fault`] : [])].join(' ');
  const hints = described !== '' && html` aria-describedby="${described}"`;
  const invalid = fault !== undefined && html` aria-invalid="true"`;
  const focus = fault !== undefined && fault === faults[0] && html` autofocus`;
  const common = html` id="${name}"${hints}${invalid}${focus}`;
  return html`<div class="field"><label for="${name}">${label}</label>
${control(common)}
${name === 'note' && html`<p class="hint" id="note-hint">${texts.form.noteHint}</p>`}
${fault !== undefined && html`<p class="fault" id="${name}-fault">${texts.form.faults[fault.code]}</p>`}</div>`;
}

const summary = (faults: FieldFaultOnForm[], { texts }: Reader): Html =>
  html`<div class="says bad" role="alert"><b>${texts.form.check}</b>
<ul>${faults.map((each) => html`<li><a href="#${each.field}">${texts.form.faults[each.code]}</a></li>`)}</ul></div>`;

/**
 * Likely times: each is a link that fills in the last of the form's times and keeps the others, so that what the fields
 * say is what is sent.
 */
function chips({ room, link, now }: LinkView, values: FormValues, reader: Reader): Html | null {
  const { zone } = values;
  const likely = likelyStarts(room, zone, now, startsAsked(room));
  if (likely.length === 0) return null;
  const chosen = values.times.map((each) => chosenStart(each, zone)?.getTime());
  const last = values.times.length - 1;
  const items = likely.map((startUtc) => {
    const { weekday, day, hour } = writeShort(startUtc, reader.clock);
    const others = values.times.map((each, order) => (order === last ? startUtc : chosenStart(each, zone)));
    const query = new URLSearchParams([['r', link.token], ['zone', zone], ...startParameters(others)]).toString();
    const mark = chosen.includes(startUtc.getTime()) && html` aria-current="true"`;
    return html`<li><a class="chip" href="/reschedule?${query}#form"${mark}><span>${weekday}</span> <b>${day}</b> ${hour}</a></li>`;
  });
  return html`<h2>${reader.texts.form.likely}</h2><ul class="chips">${items}</ul>`;
}

/** Names and values that fill in the form's times; one that means no instant is empty, so that the others keep theirs. */
const startParameters = (starts: (Date | null)[]): [string, string][] =>
  starts.map((at, order) => [`start${suffixes[order] ?? ''}`, at?.toISOString() ?? '']);

const offered = [15, 30, 45, 60, 90, 120, 180, 240];

function lengths(room: Room, values: FormValues, { texts }: Reader): Html[] {
  const now = lengthOf(room) / 60_000;
  const chosen = Number(values.length);
  const minutes = [
    ...new Set(values.length === 'keep' || !Number.isInteger(chosen) || chosen < 1 ? offered : [...offered, chosen]),
  ].filter((each) => each !== now);
  const options = minutes
    .toSorted((a, b) => a - b)
    .map(
      (each) => html`<option value="${each}"${each === chosen && html` selected`}>${texts.form.minutes(each)}</option>`,
    );
  const same = texts.form.sameLength(texts.form.minutes(Math.round(now)));
  return [html`<option value="keep"${values.length === 'keep' && html` selected`}>${same}</option>`, ...options];
}

/** Where the clocks go back, one wall time is two instants. */
function repeated(
  suffix: TimeSuffix,
  { time }: TimeValues,
  zone: string,
  faults: FieldFaultOnForm[],
  { texts, clock }: Reader,
): Html | null {
  const both = faults.find((each) => each.field === `time${suffix}`)?.both;
  if (!both) return null;
  const options = both.map(
    (
      { at, offset },
      order,
    ) => html`<label class="pick"><input type="radio" name="offset${suffix}" value="${offset}"${order === 0 && html` checked`}>
<span>${time}, ${order === 0 ? texts.form.first : texts.form.second}: ${nameZone(zone, [at], clock.dates)}</span></label>`,
  );
  return html`<fieldset><legend>${texts.form.whichOne}</legend>${options}</fieldset>`;
}

/** A form of its own: changing the zone is looking, not proposing. */
function otherZone({ room, link: { token } }: LinkView, values: FormValues, { texts, language }: Reader): Html {
  const list = zoneList(values.zone, room.startUtc, language);
  const option = ({ zone, label }: ZoneChoice): Html =>
    html`<option value="${zone}"${zone === values.zone && html` selected`}>${label}</option>`;
  const options = [
    ...list.first.map(option),
    ...list.groups.map(({ label, zones }) => html`<optgroup label="${label}">${zones.map(option)}</optgroup>`),
  ];
  const starts = startParameters(values.times.map((each) => chosenStart(each, values.zone)));
  return html`<details><summary>${texts.form.otherZone}</summary>
<form method="get" action="/reschedule"><input type="hidden" name="r" value="${token}">
${starts.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<div class="field"><label for="zone">${texts.form.zoneLabel}</label><select name="zone" id="zone">${options}</select></div>
<div class="actions"><button class="quiet">${texts.form.showZone}</button></div></form></details>`;
}

/** Only the first time must be given. */
const dateInput = (suffix: TimeSuffix, date: string, earliest: string, common: Html): Html =>
  html`<input type="date" name="date${suffix}"${suffix === '' && html` required`} min="${earliest}" value="${date}"${common}>`;

const timeInput = (suffix: TimeSuffix, time: string, common: Html): Html =>
  html`<input type="time" name="time${suffix}"${suffix === '' && html` required`} value="${time}"${common}>`;
