// Reads what somebody proposes, from JSON or from the page's form: instants and a note, or which field is wrong.
// Called by proposal.service.ts once the link is known to be good.
import { z } from 'zod';
import { stripAddresses } from '#privacy';
import { isZone } from '#words';
import { lengthOf, type Span } from '../rooms/decide-options';
import type { Room } from '../rooms/room';
import { InstantInput, isPlainText, parse } from '../rooms/requests';
import { readLocalTime } from './local-time';
import type { FormFault } from './texts';

export interface ProposalInput extends Span {
  /** Other times that would do as well. */
  alternatives: Span[];
  note: string | null;
}

/** One time of the form as it was typed. */
export interface TimeValues {
  date: string;
  time: string;
  offset: string;
}

/** What was typed into the form, to be shown again beside a fault. */
export interface FormValues {
  /** One to three. */
  times: TimeValues[];
  /** Minutes, or `keep` for as long as now. */
  length: string;
  zone: string;
  note: string;
}

/** The first time's fields have no number, those of the others 2 and 3. */
export type TimeSuffix = '' | '2' | '3';
export const suffixes: readonly TimeSuffix[] = ['', '2', '3'];
export const mostTimes = suffixes.length;

export interface FieldFaultOnForm {
  field: `${'date' | 'time'}${TimeSuffix}` | 'length' | 'note';
  code: FormFault;
  /** The two instants of a time that comes twice. */
  both?: { at: Date; offset: string }[];
}

export const longestNote = 500;
const longestMinutes = 7 * 24 * 60;

/** What reaches the other party is never an address, nor a character that could be more than text. */
function noteFault(note: string): 'too-long' | 'control-character' | null {
  if (!isPlainText(note)) return 'control-character';
  return [...note].length > longestNote ? 'too-long' : null;
}

/** Line breaks are the one control a note may contain, and CR LF is one. */
const lineBreaksAsBlanks = (note: string): string => note.replace(/\r\n|\n/g, ' ');

const details = {
  'too-long': `must be at most ${longestNote} characters`,
  'control-character': 'must not contain control characters',
} as const;

const Note = z.string().superRefine((note, context) => {
  const code = noteFault(lineBreaksAsBlanks(note));
  if (code !== null) context.addIssue({ code: 'custom', message: details[code], params: { code } });
});

export const ProposeRequest = z.strictObject({
  token: z.string(),
  proposedStartUtc: InstantInput,
  proposedEndUtc: InstantInput,
  note: Note.nullable().optional(),
  alternatives: z
    .array(z.strictObject({ startUtc: InstantInput, endUtc: InstantInput }))
    .max(mostTimes - 1, { error: `must be at most ${mostTimes - 1} times` })
    .nullable()
    .optional(),
});

/** The JSON body of POST /api/reschedule/propose; throws the 422 that names its wrong fields. */
export function readProposal(body: unknown): ProposalInput {
  const { proposedStartUtc, proposedEndUtc, note, alternatives } = parse(ProposeRequest, body);
  const times = { startUtc: proposedStartUtc, endUtc: proposedEndUtc, alternatives: alternatives ?? [] };
  return { ...times, note: strippedNote((note ?? '').replaceAll('\r\n', '\n')) };
}

const strippedNote = (note: string): string | null => stripAddresses(note).trim() || null;

/** The fields of the page's form as text; `zone` is the reader's where the form's is none. */
export function formValues(body: Readonly<Record<string, unknown>>, zone: string): FormValues {
  const field = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  const given = field('zone');
  const asked = suffixes.filter((suffix) => suffix === '' || typeof body[`date${suffix}`] === 'string');
  return {
    times: asked.map((suffix) => ({
      date: field(`date${suffix}`).trim(),
      time: field(`time${suffix}`).trim(),
      offset: field(`offset${suffix}`),
    })),
    length: field('length') || 'keep',
    zone: isZone(given) ? given : zone,
    // Forms send line breaks as CR LF (URL standard); inside a note they are one character.
    note: field('note').replaceAll('\r\n', '\n'),
  };
}

/** The form's local times and length as instants, or every fault at its field. Another time left empty is none. */
export function readForm(values: FormValues, room: Room): ProposalInput | FieldFaultOnForm[] {
  const faults: FieldFaultOnForm[] = [];
  const starts = values.times.flatMap((time, order) => {
    if (order > 0 && time.date === '' && time.time === '') return [];
    const start = readStart(time, suffixes[order] ?? '', values.zone);
    if ('at' in start) return [start.at];
    faults.push(start);
    return [];
  });
  const lengthMs = readLength(values.length, room);
  if (lengthMs === null) faults.push({ field: 'length', code: 'bad-length' });
  const badNote = noteFault(lineBreaksAsBlanks(values.note));
  if (badNote !== null) faults.push({ field: 'note', code: badNote });
  const spans = starts.map((at) => ({ startUtc: at, endUtc: new Date(at.getTime() + (lengthMs ?? 0)) }));
  const [first, ...alternatives] = spans;
  if (faults.length > 0 || first === undefined) return faults;
  return { ...first, alternatives, note: strippedNote(values.note) };
}

function readStart(
  { date, time, offset }: TimeValues,
  suffix: TimeSuffix,
  zone: string,
): { at: Date } | FieldFaultOnForm {
  const start = readLocalTime(date, time, zone, offset);
  if ('at' in start) return start;
  const field = `${start.fault === 'bad-date' ? 'date' : 'time'}${suffix}` as const;
  return { field, code: start.fault, ...('both' in start ? { both: start.both } : {}) };
}

function readLength(length: string, room: Room): number | null {
  if (length === 'keep') return lengthOf(room);
  const minutes = /^\d{1,5}$/.test(length) ? Number(length) : 0;
  return minutes >= 1 && minutes <= longestMinutes ? minutes * 60_000 : null;
}
