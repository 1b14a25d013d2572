// The form behind a reschedule link: the current time, likely alternatives, date and time in the reader's zone, a
// note; and the page after it was sent.
// Called by links.controller.ts; works without JavaScript, so a choice or a zone is a page load of its own.
import type { Proposal, Room } from '../rooms/room';
import { type Html, html } from './html';
import { page } from './layout';
import { readLocalTime } from './local-time';
import { currentTime, pendingLines } from './notice.page';
import { elsewhere, type Reader, readerOf, timeBlock, wrote } from './parts';
import { type FieldFaultOnForm, type FormValues, longestNote } from './propose-request';
import type { Seen } from './link-use';
import { likelyStarts } from './suggestions';
import { localOf, nameZone, writeMoment, writeShort, zonesWith } from './times';

/** What the form shows: the values in its fields, and the faults of those that were sent. */
export interface FormView {
  values: FormValues;
  faults: FieldFaultOnForm[];
}

/** The fields of a form that was not sent yet: the current time, or one that the address asked for. */
export function firstValues(
  room: Room,
  zone: string,
  wanted: { startUtc: Date | null; endUtc: Date | null },
): FormValues {
  const start = localOf(wanted.startUtc ?? room.startUtc, zone);
  const lengthMs = wanted.startUtc && wanted.endUtc ? wanted.endUtc.getTime() - wanted.startUtc.getTime() : null;
  const keeps = lengthMs === null || lengthMs <= 0 || lengthMs === lengthOf(room) || lengthMs % 60_000 !== 0;
  return {
    date: start.toPlainDate().toString(),
    time: start.toPlainTime().toString({ smallestUnit: 'minute' }),
    length: keeps ? 'keep' : String(lengthMs / 60_000),
    zone,
    offset: start.offset,
    note: '',
  };
}

/** The instant that the fields mean now, where they mean one. */
function chosenStart({ date, time, zone, offset }: FormValues): Date | null {
  const start = readLocalTime(date, time, zone, offset);
  return 'at' in start ? start.at : null;
}

const lengthOf = (room: Room): number => room.endUtc.getTime() - room.startUtc.getTime();

export function formPage(seen: Seen, { values, faults }: FormView): string {
  const { room, link } = seen;
  const reader = readerOf(room, link.role, values.zone);
  const { texts, other } = reader;
  const { form } = texts;
  const earliest = localOf(seen.now, values.zone).toPlainDate().toString();
  const note = field(
    'note',
    form.note(other),
    faults,
    reader,
    (common) => html`<textarea name="note" rows="3" maxlength="${longestNote}"${common}>
${values.note}</textarea>`,
  );
  const content = html`
${faults.length > 0 && summary(faults, reader)}
<p>${form.intro(other)}</p>
${pendingLines(room, reader)}
${currentTime(room, reader)}
${otherZone(link.token, values, reader)}
${chips(seen, values, reader)}
<form method="post" action="/api/reschedule/propose" id="form">
<input type="hidden" name="token" value="${link.token}">
<input type="hidden" name="zone" value="${values.zone}">
<fieldset><legend>${form.newTime}</legend>
<p class="hint" id="zone-hint">${form.zone(nameZone(values.zone, [chosenStart(values) ?? room.startUtc]))}</p>
<div class="fields">
${field('date', form.date, faults, reader, (common) => dateInput(values.date, earliest, common))}
${field('time', form.start, faults, reader, (common) => timeInput(values.time, common))}
${field('length', form.length, faults, reader, (common) => html`<select name="length"${common}>${lengths(room, values, reader)}</select>`)}
</div>
${repeated(values, faults, reader)}
</fieldset>
${note}
<div class="actions"><button>${form.submit}</button></div>
</form>`;
  return page({ ...reader, heading: form.heading, title: room.title, content });
}

export function sentPage({ room, link }: Seen, proposal: Proposal, zone: string): string {
  const reader = readerOf(room, link.role, zone);
  const { texts, other, clock } = reader;
  const content = html`<p>${texts.sent.body(other)}</p>
${timeBlock(texts.labels.asked, proposal, reader, 'main')}
${elsewhere(proposal, reader)}
${wrote(texts.sent.wrote, proposal.note)}
<p class="hint">${texts.sent.until(writeMoment(proposal.expiresAt, clock))}</p>`;
  return page({ ...reader, heading: texts.sent.heading, title: room.title, mark: 'done', content });
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
 * The same hour on other days: each is a link that fills the fields in, so that what the fields say is what is sent.
 */
function chips({ room, link, now }: Seen, values: FormValues, reader: Reader): Html | null {
  const { zone } = values;
  const starts = likelyStarts(room, zone, now);
  if (starts.length === 0) return null;
  const items = starts.map((startUtc) => {
    const { weekday, day, hour } = writeShort(startUtc, reader.clock);
    const address = `/reschedule?r=${link.token}&zone=${encodeURIComponent(zone)}&start=${startUtc.toISOString()}#form`;
    const local = firstValues(room, zone, { startUtc, endUtc: null });
    const current = local.date === values.date && local.time === values.time;
    const mark = current && html` aria-current="true"`;
    return html`<li><a class="chip" href="${address}"${mark}><span>${weekday}</span> <b>${day}</b> ${hour}</a></li>`;
  });
  return html`<h2>${reader.texts.form.likely}</h2><ul class="chips">${items}</ul>`;
}

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
function repeated(values: FormValues, faults: FieldFaultOnForm[], { texts }: Reader): Html | null {
  const both = faults.find((each) => each.both !== undefined)?.both;
  if (!both) return null;
  const options = both.map(
    (
      { at, offset },
      order,
    ) => html`<label class="pick"><input type="radio" name="offset" value="${offset}"${order === 0 && html` checked`}>
<span>${values.time}, ${order === 0 ? texts.form.first : texts.form.second}: ${nameZone(values.zone, [at])}</span></label>`,
  );
  return html`<fieldset><legend>${texts.form.whichOne}</legend>${options}</fieldset>`;
}

/** A form of its own: changing the zone is looking, not proposing. */
function otherZone(token: string, values: FormValues, { texts }: Reader): Html {
  const options = zonesWith(values.zone).map(
    (zone) => html`<option${zone === values.zone && html`selected`}>${zone}</option>`,
  );
  const start = chosenStart(values);
  return html`<details><summary>${texts.form.otherZone}</summary>
<form method="get" action="/reschedule"><input type="hidden" name="r" value="${token}">
${start !== null && html`<input type="hidden" name="start" value="${start.toISOString()}">`}
<div class="field"><label for="zone">${texts.form.zoneLabel}</label><select name="zone" id="zone">${options}</select></div>
<div class="actions"><button class="quiet">${texts.form.showZone}</button></div></form></details>`;
}

const dateInput = (date: string, earliest: string, common: Html): Html =>
  html`<input type="date" name="date" required min="${earliest}" value="${date}"${common}>`;

const timeInput = (time: string, common: Html): Html =>
  html`<input type="time" name="time" required value="${time}"${common}>`;
