// Reads what somebody proposes, from JSON or from the page's form: instants and a note, or which field is wrong.
// Called by proposal.service.ts once the link is known to be good.
import { z } from 'zod';
import { stripAddresses } from '#privacy';
import type { Room } from '../rooms/room';
import { InstantInput, parse } from '../rooms/requests';
import { readLocalTime } from './local-time';
import type { FormFault } from './texts';
import { isZone } from './times';

export interface WantedTime {
  startUtc: Date;
  endUtc: Date;
  note: string | null;
}

/** What stood in the form, to be shown again beside a fault. */
export interface FormValues {
  date: string;
  time: string;
  /** Minutes, or `keep` for as long as now. */
  length: string;
  zone: string;
  offset: string;
  note: string;
}

export interface FieldFaultOnForm {
  field: 'date' | 'time' | 'length' | 'note';
  code: FormFault;
  /** The two instants of a time that comes twice. */
  both?: { at: Date; offset: string }[];
}

export const longestNote = 500;
const longestMinutes = 7 * 24 * 60;

/** What reaches the other party is never an address, nor a character that could be more than text. */
function noteFault(note: string): 'too-long' | 'control-character' | null {
  if (!note.isWellFormed() || /\p{Cc}/u.test(note)) return 'control-character';
  return [...note].length > longestNote ? 'too-long' : null;
}

/** Line breaks are the one control a note may hold, and CR LF is one. */
const lineBreaksAsBlanks = (note: string): string => note.replace(/\r\n|\n/g, ' ');

const details = {
  'too-long': `must be at most ${longestNote} characters`,
  'control-character': 'must not hold control characters',
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
});

/** The JSON body of POST /api/reschedule/propose; throws the 422 that names its wrong fields. */
export function readProposal(body: unknown): WantedTime {
  const { proposedStartUtc, proposedEndUtc, note } = parse(ProposeRequest, body);
  return { startUtc: proposedStartUtc, endUtc: proposedEndUtc, note: relayed((note ?? '').replaceAll('\r\n', '\n')) };
}

const relayed = (note: string): string | null => stripAddresses(note).trim() || null;

/** The fields of the page's form as text; `zone` is the reader's where the form's is none. */
export function formValues(body: Readonly<Record<string, unknown>>, zone: string): FormValues {
  const field = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  const given = field('zone');
  return {
    date: field('date').trim(),
    time: field('time').trim(),
    length: field('length') || 'keep',
    zone: isZone(given) ? given : zone,
    offset: field('offset'),
    // Forms send line breaks as CR LF (URL standard); inside a note they are one character.
    note: field('note').replaceAll('\r\n', '\n'),
  };
}

/** The form's local time and length as instants, or every fault at its field. */
export function readForm(values: FormValues, room: Room): WantedTime | FieldFaultOnForm[] {
  const faults: FieldFaultOnForm[] = [];
  const start = readLocalTime(values.date, values.time, values.zone, values.offset);
  if ('fault' in start)
    faults.push({
      field: start.fault === 'bad-date' ? 'date' : 'time',
      code: start.fault,
      ...('both' in start ? { both: start.both } : {}),
    });
  const lengthMs = readLength(values.length, room);
  if (lengthMs === null) faults.push({ field: 'length', code: 'bad-length' });
  const badNote = noteFault(lineBreaksAsBlanks(values.note));
  if (badNote !== null) faults.push({ field: 'note', code: badNote });
  if ('fault' in start || lengthMs === null || badNote !== null) return faults;
  return { startUtc: start.at, endUtc: new Date(start.at.getTime() + lengthMs), note: relayed(values.note) };
}

function readLength(length: string, room: Room): number | null {
  if (length === 'keep') return room.endUtc.getTime() - room.startUtc.getTime();
  const minutes = /^\d{1,5}$/.test(length) ? Number(length) : 0;
  return minutes >= 1 && minutes <= longestMinutes ? minutes * 60_000 : null;
}
