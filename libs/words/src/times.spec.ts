// How a time stands in a letter: day and hours apart, each whole in a narrow column.
import { languages, writeTime } from './index';

const times = { startUtc: '2026-12-09T14:00:00Z', endUtc: '2026-12-09T15:00:00Z' };

it.each(languages)('a date is not torn apart but behind its weekday, hours nowhere, in %s', (language) => {
  const { day, hours, zone } = writeTime(times, 'America/New_York', language, 'to');
  expect(day.split(' ')).toHaveLength(language === 'ja' ? 1 : 2);
  expect(day).toMatch(/[\d٠-٩]{4}/);
  expect(hours).not.toMatch(/[ \u202f\u2009]/);
  expect(zone).toMatch(/\D{6}.*UTC−05:00$/);
});
