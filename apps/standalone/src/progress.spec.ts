import { progress } from './progress';

const seen = (screen: { isTTY?: boolean; columns?: number }, steps: [at: number, line: string][]): string => {
  let [clock, text] = [0, ''];
  const { tell, end } = progress({ ...screen, write: (more: string) => (text += more) }, () => clock);
  for (const [at, line] of steps) {
    clock = at;
    tell(line);
  }
  end();
  return text;
};

it('is one line on a terminal that changes, no wider than it, and is gone at the end', () => {
  expect(
    seen({ isTTY: true, columns: 8 }, [
      [0, '1 of 2'],
      [1, '2 of 2, nearly'],
    ]),
  ).toBe('\r\u001b[K1 of 2\r\u001b[K2 of 2,\r\u001b[K');
});

it('is a plain line now and then elsewhere, and nothing where the work was short', () => {
  expect(
    seen({}, [
      [10, 'a'],
      [2_000, 'b'],
      [3_000, 'c'],
      [4_500, 'd'],
    ]),
  ).toBe('b\nd\n');
  expect(
    seen({}, [
      [10, 'a'],
      [1_900, 'b'],
    ]),
  ).toBe('');
});
