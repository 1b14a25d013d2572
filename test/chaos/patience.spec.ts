// When people of a chaos run stop waiting, on clocks that are planted: what is lost is told from what is slow.
import { Patience } from './patience';

/** Looks every 5 s from 0 to `seconds`. */
function looked(seconds: number, left: (second: number) => Record<string, number> | undefined, happened = 7): Patience {
  const patience = new Patience(0);
  for (let second = 0; second <= seconds; second += 5) patience.look(second * 1_000, left(second), happened);
  return patience;
}

it('calls lost what has not come when nothing has been on its way for 90 s', () => {
  expect(looked(85, () => ({})).overForLetter(0)).toBeUndefined();
  expect(looked(90, () => ({})).overForLetter(0)).toBe('lost, nothing is on its way');
  expect(looked(90, () => ({})).overForLetter(5_000)).toBeUndefined();
});

it('waits on for as long as anything moves, however slowly', () => {
  const slowly = looked(3_600, (second) => ({ outbox: 100 - Math.floor(second / 60) }));
  expect([slowly.overForLetter(0), slowly.overForCall(0)]).toEqual([undefined, undefined]);
});

it('names what waits where nothing has moved for 150 s', () => {
  expect(looked(145, () => ({ outbox: 3 })).overForLetter(0)).toBeUndefined();
  const stuck = looked(150, () => ({ outbox: 3, letters: 1 }));
  expect(stuck.overForLetter(0)).toBe('stuck, nothing moves; waiting: outbox 3, letters 1');
  expect(stuck.overForCall(0)).toBe('stuck, nothing moves; waiting: outbox 3, letters 1');
});

it('takes no time for quiet in which nobody could look', () => {
  const unseen = (second: number): Record<string, number> | undefined => (second > 40 && second <= 80 ? undefined : {});
  expect(looked(125, unseen).overForLetter(0)).toBeUndefined();
  expect(looked(130, unseen).overForLetter(0)).toBe('lost, nothing is on its way');
});

it('gives up sooner where a planted fault need only be found', () => {
  const patience = new Patience(0, 60);
  for (let second = 0; second <= 60; second += 5) patience.look(second * 1_000, { outbox: 1 }, 7);
  expect(patience.overForCall(0)).toBe('stuck, nothing moves; waiting: outbox 1');
  const quiet = new Patience(0, 60);
  for (let second = 0; second <= 60; second += 5) quiet.look(second * 1_000, {}, 7);
  expect(quiet.overForLetter(0)).toBe('lost, nothing is on its way');
});

it('ends every wait once the run has ended', () => {
  const patience = looked(5, () => ({ outbox: 1 }));
  expect(patience.overForLetter(0)).toBeUndefined();
  patience.end();
  expect([patience.overForLetter(0), patience.overForCall(0)]).toEqual(['the run has ended', 'the run has ended']);
});
