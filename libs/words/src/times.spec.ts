// How a time stands in a letter: day and hours apart, each whole in a narrow column; and how a length of time reads, in
// languages whose plurals have more than two forms, and in one that has none.
import { languages, lengthIn, writeTime } from './index';

const times = { startUtc: '2026-12-09T14:00:00Z', endUtc: '2026-12-09T15:00:00Z' };

it.each(languages)('a date breaks only behind its weekday, hours nowhere, in %s', (language) => {
  const { day, hours, zone } = writeTime(times, 'America/New_York', language, 'to');
  expect(day.split(' ')).toHaveLength(language === 'ja' ? 1 : 2);
  expect(day).toMatch(/[\d٠-٩]{4}/);
  expect(hours).not.toMatch(/[ \u202f\u2009]/);
  expect(zone).toMatch(/\D{6}.*UTC−05:00$/);
});

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
