// The truth table of ledger/order.ts: two letters to one attendee, asked of Postgres itself, without a ledger.
import { isFollowed, isNeedlessCancel, supersedes, waitsFor } from '../../../apps/notification-sender/src/ledger/order';
import { type FreshDatabase, freshDatabase } from '../../support/database';

let fresh: FreshDatabase;
beforeAll(async () => (fresh = await freshDatabase()));
afterAll(() => fresh.drop());

interface LetterRow {
  method: 'REQUEST' | 'CANCEL' | 'DECLINECOUNTER' | 'none';
  sequence?: number;
  /** The room's sequence when the letter fell due; that of the letter unless given. */
  roomSequence?: number;
  state?: string;
  attempts?: number;
  /** Minutes since the first attempt; null before it. */
  triedMinutesAgo?: number | null;
  /** An update of the title alone. */
  titleOnly?: boolean;
  invitation?: 'same' | 'other';
}

/** The rows as the ledger would contain them, in the order given. */
const ledgerOf = (rows: LetterRow[]): string =>
  JSON.stringify(
    rows.map((row, at) => ({
      position: at + 1,
      invitation_id: row.invitation === 'other' ? 'b' : 'a',
      method: row.method,
      sequence: row.sequence ?? 0,
      state: row.state ?? 'due',
      kind: row.titleOnly ? 'update' : 'invite',
      attempts: row.attempts ?? 0,
      tried: row.triedMinutesAgo ?? null,
      content: {
        roomSequence: row.roomSequence ?? row.sequence ?? 0,
        ...(row.titleOnly ? { matter: { changed: ['title'] } } : {}),
      },
    })),
  );

/** Whether `rule` is true of the first row `a` and the second row `b`. */
async function holds(rule: string, ...rows: LetterRow[]): Promise<boolean> {
  const [found] = await fresh.db.query<{ holds: boolean }>(
    `with letters as (
       select position, invitation_id, method, sequence, state, kind, attempts, content, null::timestamptz as tried_since,
              now() - tried * interval '1 minute' as claimed_at
         from jsonb_to_recordset($1::jsonb) as l(position int, invitation_id text, method text, sequence int,
           state text, kind text, attempts int, tried float8, content jsonb))
     select (${rule}) as holds from letters a join letters b on a.position = 1 and b.position = 2`,
    [ledgerOf(rows)],
  );
  return found?.holds ?? false;
}

const invite: LetterRow = { method: 'REQUEST', sequence: 0 };
const update: LetterRow = { method: 'REQUEST', sequence: 1 };
const cancel: LetterRow = { method: 'CANCEL', sequence: 1 };
const approvalMail: LetterRow = { method: 'none', sequence: 0, roomSequence: 0 };
const newTitle: LetterRow = { method: 'REQUEST', sequence: 1, titleOnly: true };

describe('a later letter supersedes an earlier one', () => {
  it.each<[boolean, string, LetterRow, LetterRow]>([
    [true, 'an update an invitation', invite, update],
    [true, 'a cancellation an invitation', invite, cancel],
    [true, 'an update an approval mail of the state before', approvalMail, update],
    [true, 'a new title an invitation', invite, newTitle],
    [false, 'a new title an approval mail', approvalMail, newTitle],
    [true, 'the same REQUEST once more the first one', invite, invite],
    [false, 'the same CANCEL once more the first one', cancel, cancel],
    [false, 'an approval mail an invitation', invite, { ...approvalMail, sequence: 1 }],
    [false, 'an older state a newer one', update, invite],
    [false, 'a letter of the same state an approval mail', approvalMail, invite],
    [false, 'an update a letter to another attendee', { ...invite, invitation: 'other' }, update],
  ])('%s: %s', async (expected, _what, older, newer) => {
    expect(await holds(supersedes('b', 'a'), older, newer)).toBe(expected);
  });
});

describe('a letter waits for an earlier one', () => {
  const stuck = { state: 'due', attempts: 3, triedMinutesAgo: 16 };
  it.each<[boolean, string, LetterRow, LetterRow]>([
    [true, 'that was never tried', invite, approvalMail],
    [true, 'that is being sent', { ...invite, state: 'sending', triedMinutesAgo: 0 }, approvalMail],
    [true, 'that was first tried 14 minutes ago', { ...invite, ...stuck, triedMinutesAgo: 14 }, approvalMail],
    [false, 'that was first tried 16 minutes ago', { ...invite, ...stuck }, approvalMail],
    [true, 'of the calendar, however long ago that was tried', { ...invite, ...stuck }, update],
    [false, 'that was sent', { ...invite, state: 'sent' }, update],
    [false, 'that has failed', { ...invite, state: 'failed' }, update],
    [false, 'to another attendee', { ...invite, invitation: 'other' }, update],
  ])('%s: one %s', async (expected, _what, older, letter) => {
    expect(await holds(waitsFor('b', 'a'), older, letter)).toBe(expected);
  });

  it('never for a later one', async () => {
    expect(await holds(waitsFor('a', 'b'), invite, update)).toBe(false);
  });
});

describe('a CANCEL is needless', () => {
  it.each<[boolean, string, LetterRow]>([
    [true, 'when its REQUEST was never tried', invite],
    [false, 'not when its REQUEST was tried once', { ...invite, attempts: 1 }],
    [true, 'when its REQUEST was blocked before it was sent', { ...invite, attempts: 1, state: 'blocked' }],
    [true, 'when only another attendee was invited', { ...invite, attempts: 1, invitation: 'other' }],
    [true, 'when only a plain mail was sent', { ...approvalMail, attempts: 1 }],
  ])('%s: %s', async (expected, _what, earlier) => {
    expect(await holds(isNeedlessCancel('b'), earlier, cancel)).toBe(expected);
  });

  it('no other letter is', async () => expect(await holds(isNeedlessCancel('b'), invite, update)).toBe(false));
});

describe('a letter is followed', () => {
  it.each<[boolean, string, LetterRow]>([
    [true, 'by a later one that was tried', { ...update, attempts: 1 }],
    [false, 'not by one that was not tried yet', update],
    [false, 'not by one to another attendee', { ...update, attempts: 1, invitation: 'other' }],
  ])('%s: %s', async (expected, _what, later) => {
    expect(await holds(isFollowed('a'), invite, later)).toBe(expected);
  });

  it('by letters of one kind only, where that is asked', async () => {
    expect(await holds(isFollowed('a', `n.method = 'CANCEL'`), invite, { ...update, attempts: 1 })).toBe(false);
    expect(await holds(isFollowed('a', `n.method = 'CANCEL'`), invite, { ...cancel, attempts: 1 })).toBe(true);
  });
});
