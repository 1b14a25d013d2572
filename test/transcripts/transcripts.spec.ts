// Whole flows as text, one golden file each in flows/: what goes out, what comes in, and what each pure function makes
// of it. A flow that changes fails here; `UPDATE=1` writes the files anew, and their diff is what to review.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Play } from './play';

const at = (day: number, hour: number): Date => new Date(Date.UTC(2031, 4, day, hour));
const hourFrom = (startUtc: Date): { startUtc: Date; endUtc: Date } => ({
  startUtc,
  endUtc: new Date(startUtc.getTime() + 3_600_000),
});

/** The host asks for another time on the page behind the link of their invitation. */
const asks = (play: Play, ...others: Date[]): Play =>
  play.command(30, 'the host opens the link of the invitation and asks for another time', {
    type: 'Propose',
    role: 'host',
    ...hourFrom(at(6, 15)),
    alternatives: others.map(hourFrom),
    note: 'My train is late.',
    counterSequence: null,
  });

const opened = (play: Play, option = 0): Play => {
  const { proposalId, optionIds } = play.proposal;
  return play
    .command(10, 'the guest opens the link to approve', {
      type: 'OpenDecisionLink',
      proposalId,
      decision: 'approve',
      optionId: optionIds[option] ?? null,
    })
    .command(1, 'the hold has passed', { type: 'SettleDue', proposalId });
};

const flows: Record<string, (title: string) => Play> = {
  'both accept': (title) =>
    new Play(title).answer(5, 'guest', 'google', { kind: 'accept' }).answer(60, 'host', 'outlook', { kind: 'accept' }),
  'a decline cancels for both': (title) =>
    new Play(title)
      .answer(5, 'host', 'apple', { kind: 'accept' })
      .answer(60, 'guest', 'thunderbird', { kind: 'decline' })
      .answer(5, 'host', 'apple', { kind: 'tentative' }),
  'another time by link, approved': (title) =>
    opened(asks(new Play(title))).answer(20, 'guest', 'google', { kind: 'accept' }),
  'another time by COUNTER, approved': (title) => {
    const play = new Play(title).answer(15, 'guest', 'google', {
      kind: 'counter',
      ...hourFrom(at(7, 8)),
      comment: 'Mornings suit me better.',
    });
    const { proposalId } = play.proposal;
    return play.command(30, 'the host presses Approve on the page', {
      type: 'Decide',
      proposalId,
      decision: 'approve',
      by: 'host',
    });
  },
  'an unconfirmed reply is confirmed': (title) =>
    new Play(title)
      .answer(5, 'guest', 'outlook', { kind: 'accept' }, { from: 'somebody@else.test' })
      .confirm(90, 'guest'),
  'several times at once': (title) => opened(asks(new Play(title), at(6, 18), at(7, 15)), 1),
  'a letter bounces': (title) => new Play(title).write(1, 'guest', 'google', { kind: 'bounce' }),
  'an absence note': (title) => new Play(title).write(1, 'host', 'outlook', { kind: 'out-of-office' }),
};

it.each(Object.entries(flows))('%s', (title, play) => {
  const file = join(__dirname, 'flows', `${title.toLowerCase().replaceAll(/\W+/g, '-')}.txt`);
  const text = play(title).text();
  if (process.env['UPDATE'] === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
});
