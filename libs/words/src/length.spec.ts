// How a length of time reads in the languages whose plurals have more than two forms, and in one that has none.
import { lengthIn } from './length';

it.each([
  ['pl', 1, '1 minuta'],
  ['pl', 2, '2 minuty'],
  ['pl', 5, '5 minut'],
  ['pl', 22, '22 minuty'],
  ['pl', 60, '1 godzina'],
  ['pl', 150, '2 godziny i 30 minut'],
  ['pl', 300, '5 godzin'],
  ['ar', 1, 'دقيقة'],
  ['ar', 2, 'دقيقتان'],
  ['ar', 5, '5 دقائق'],
  ['ar', 45, '45 دقيقة'],
  ['ar', 14, '14 دقيقة'],
  ['ar', 60, 'ساعة'],
  ['ar', 135, 'ساعتان و15 دقيقة'],
  ['ar', 180, '3 ساعات'],
  ['sv', 90, '1 timme 30 minuter'],
  ['ja', 45, '45 分'],
  ['pl', 0, '0 minut'],
])('in %s, %i minutes are %s', (language, minutes, words) => {
  expect(lengthIn(language)(minutes)).toBe(words);
});
