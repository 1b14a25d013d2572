import fc from 'fast-check';
import { letterDeliveryStates, stateAfter, type LetterDeliveryState, shownState } from './delivery-state';

const kinds = ['hard', 'soft', 'delayed', 'delivered', 'complained'] as const;
const played = (reports: readonly (typeof kinds)[number][]): LetterDeliveryState | null =>
  reports.reduce<LetterDeliveryState | null>((before, kind) => stateAfter(before, kind) ?? before, null);

describe('the delivery of a letter', () => {
  it.each([
    [['delayed', 'delivered'], 'delivered'],
    [['delivered', 'delayed'], 'delivered'],
    [['delivered', 'hard'], 'bounced'],
    [['hard', 'delivered'], 'bounced'],
    [['soft', 'delayed', 'complained'], 'bounced'],
    [['complained', 'delivered'], 'complained'],
  ] as const)('after %p is %s', (reports, wanted) => {
    expect(played(reports)).toBe(wanted);
  });

  it('depends on neither the order of reports nor their repetition', () => {
    const reports = fc.array(fc.constantFrom(...kinds), { maxLength: 6 });
    fc.assert(
      fc.property(reports, reports, (some, more) => played([...some, ...more, ...some]) === played([...more, ...some])),
    );
  });

  it('is shown in the words of the contract', () => {
    expect(letterDeliveryStates.map((each) => shownState(each, { kind: 'soft', status: '5.7.1' })['state'])).toEqual([
      'deferred',
      'delivered',
      'delivered',
      'bounced',
    ]);
  });
});
