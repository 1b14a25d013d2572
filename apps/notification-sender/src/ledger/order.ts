// Every rule about two letters to one attendee: which supersedes, waits for or follows the other (contract, section 6).
// All are SQL conditions on rows of `letters`, given by their aliases. Used by the statements of the ledger;
// letter-order.spec.ts has the truth table.
import { stateIn } from '#persistence';
import { waitsForOlderMs } from '../sending/retry-policy';

const states = ['due', 'sending', 'sent', 'failed', 'superseded', 'blocked'] as const;

/** Whether a letter, selected by its id or its attendee, is in one of these states. */
export const letterIn = (letter: string, ...wanted: (typeof states)[number][]): string =>
  stateIn(`${letter}.state`, states, ...wanted);

/** Whether a letter changes the calendar: REQUEST or CANCEL. */
export const isCalendarLetter = (letter: string): string => `${letter}.method in ('REQUEST', 'CANCEL')`;

/** Whether a letter says only that the title has changed: no proposal, link or answer ended by that. */
const isTitleOnly = (letter: string): string => `
  ${letter}.kind = 'update' and ${letter}.content #>> '{matter,previous}' is null
    and ${letter}.content #> '{matter,changed}' = '["title"]'`;

/**
 * Whether `newer` makes `older` pointless: it shows a later state of the room, or is the same REQUEST once more. A
 * letter about more than the room's state (an approval mail, a decision, a receipt) stays valid where only the title
 * has changed. `isLater`: whether `newer` was written later.
 */
export const supersedes = (newer: string, older: string, isLater = `${newer}.position > ${older}.position`): string => `
  ${newer}.invitation_id = ${older}.invitation_id and ${isCalendarLetter(newer)} and (
    ${newer}.sequence > (${older}.content ->> 'roomSequence')::int
      and (${isCalendarLetter(older)} or not (${isTitleOnly(newer)}))
    or (${newer}.method = 'REQUEST' and ${older}.method = 'REQUEST' and ${newer}.sequence = ${older}.sequence and ${isLater}))`;

/**
 * Whether `letter` must wait for `older`, which is unsent. A letter that cannot be sent delays later ones for
 * `waitsForOlderMs` only; calendar letters always keep their order.
 */
export const waitsFor = (letter: string, older: string): string => `
  ${older}.invitation_id = ${letter}.invitation_id and ${letterIn(older, 'due', 'sending')} and ${older}.position < ${letter}.position and (
    coalesce(${older}.tried_since, ${older}.claimed_at) is null
    or coalesce(${older}.tried_since, ${older}.claimed_at) > now() - interval '${waitsForOlderMs} milliseconds'
    or (${isCalendarLetter(older)} and ${isCalendarLetter(letter)}))`;

/** Whether a letter is a CANCEL to an attendee whom no REQUEST was ever tried on: it is not sent. */
export const isNeedlessCancel = (letter: string): string => `
  ${letter}.method = 'CANCEL' and not exists (
    select 1 from letters r where r.invitation_id = ${letter}.invitation_id and r.method = 'REQUEST'
      and r.attempts > 0 and r.state <> 'blocked')`;

/**
 * Whether a later letter to the same attendee was tried already; the invitation then shows that one. `which` limits
 * the later letters, whose alias is `n`.
 */
export const isFollowed = (letter: string, which = 'true'): string => `exists (
  select 1 from letters n where n.invitation_id = ${letter}.invitation_id and n.position > ${letter}.position
    and n.attempts > 0 and ${which})`;
