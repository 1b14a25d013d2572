// Decides how a length of time reads: hours and minutes in words, each in the plural that the language has for it.
// Called by the languages' texts of pages; the words and their plural rules are ICU's.

/** Minutes (a whole number) in, words out: `1 godzina 30 minut`, `ساعتان و15 دقيقة`. */
export function lengthIn(language: string): (minutes: number) => string {
  const unit = (name: 'hour' | 'minute'): Intl.NumberFormat =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long' });
  const [hour, minute] = [unit('hour'), unit('minute')];
  const joined = new Intl.ListFormat(language, { type: 'unit', style: 'narrow' });
  return (minutes) => {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    return joined.format([
      ...(hours === 0 ? [] : [hour.format(hours)]),
      ...(rest === 0 && hours > 0 ? [] : [minute.format(rest)]),
    ]);
  };
}
