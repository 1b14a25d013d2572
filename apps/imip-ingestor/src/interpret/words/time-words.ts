// Decides how times in words and local habits are written so that the date parser reads them: "halb drei", "de 15 a 16 h", "11.12.".
// Called by proposed-times.ts, once for each language that a text may be in.

export type Language = 'en' | 'de' | 'fr' | 'es';

export interface Today {
  year: number;
  month: number;
  day: number;
}

type Rule = [pattern: RegExp, replacement: string | ((...groups: string[]) => string)];

const numbers: Record<Language, string[]> = {
  en: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
  de: ['null', 'eins?', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn', 'elf', 'zwölf'],
  fr: ['zéro', 'une', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix', 'onze', 'douze'],
  es: ['cero', 'una', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce'],
};

/** A number from 1 to 12 in digits or words. */
const hours = (language: Language): string => `(\\d{1,2}|${numbers[language].slice(1).join('|')})`;

function hourOf(word: string, language: Language): number {
  const spelt = numbers[language].findIndex((each) => new RegExp(`^(?:${each})$`, 'i').test(word));
  return spelt > 0 ? spelt : Number(word);
}

const two = (value: number): string => String(value).padStart(2, '0');
/** Written without a leading zero: whether it is morning or afternoon is decided later. */
const clock = (hour: number, minute: number): string => `${(hour + 24) % 24}:${two(minute)}`;

/** Rules that hold in every language. */
const common: Rule[] = [
  [/\b([ap])\.\s?m\.?(?!\w)/gi, '$1m'],
  [/(\d)\s*[–—−]\s*(?=\d)/g, '$1-'],
  [/\b(\d{1,2})\s?[hH]\s?(\d{2})\b/g, '$1:$2'],
];

const rules: Record<Language, Rule[]> = {
  en: [
    [new RegExp(`\\bhalf past ${hours('en')}\\b`, 'gi'), (_, hour = '') => clock(hourOf(hour, 'en'), 30)],
    [new RegExp(`\\b(?:a )?quarter past ${hours('en')}\\b`, 'gi'), (_, hour = '') => clock(hourOf(hour, 'en'), 15)],
    [new RegExp(`\\b(?:a )?quarter to ${hours('en')}\\b`, 'gi'), (_, hour = '') => clock(hourOf(hour, 'en') - 1, 45)],
    [
      new RegExp(
        `\\b(at|around|about|by) (${numbers.en.slice(1).join('|')})\\b(?! (?:of|people|days|weeks|minutes|hours))`,
        'gi',
      ),
      (_, lead = '', hour = '') => `${lead} ${hourOf(hour, 'en')}`,
    ],
    [/\b([01]\d|2[0-3])([0-5]\d)\s?(?:hrs|hours|h)\b/gi, '$1:$2'],
    [
      /\b(?:between|from)\s+(\d{1,2}(?::\d{2})?)\s*(am|pm)?\s+(?:and|to|until|till)\s+(\d{1,2}(?::\d{2})?\s*(?:am|pm)?)/gi,
      '$1$2-$3',
    ],
    [
      /\b(today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri)[,]?\s+(\d{1,2})\s?-\s?(\d{1,2})\b(?![:./-]?\d)/gi,
      '$1 at $2:00-$3:00',
    ],
    [
      /(\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*|(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|at)(,? )(\d{1,2})\.(\d{2})(?![\d.])/gi,
      '$1$2$3:$4',
    ],
    [/\bo['’]?\s?clock\b/gi, ':00'],
    [/(\d)\s+:00/g, '$1:00'],
  ],
  de: [
    [new RegExp(`\\bhalb ${hours('de')}\\b`, 'gi'), (_, hour = '') => clock(hourOf(hour, 'de') - 1, 30)],
    [new RegExp(`\\bviertel nach ${hours('de')}\\b`, 'gi'), (_, hour = '') => clock(hourOf(hour, 'de'), 15)],
    [
      new RegExp(`\\b(?:viertel vor|dreiviertel) ${hours('de')}\\b`, 'gi'),
      (_, hour = '') => clock(hourOf(hour, 'de') - 1, 45),
    ],
    [new RegExp(`\\bum (${numbers.de.slice(1).join('|')})\\b`, 'gi'), (_, hour = '') => `um ${hourOf(hour, 'de')}`],
    [/\b(\d{1,2})[.:](\d{2})\s*(?:bis|-)\s*(\d{1,2})[.:](\d{2})(?:\s?uhr)?(?!\.?\d)/gi, '$1:$2 - $3:$4'],
    [/\b(?:zwischen|von)\s+(\d{1,2})\s+(?:und|bis)\s+(\d{1,2})\s?uhr/gi, '$1:00 - $2:00 Uhr'],
    [/\b(\d{1,2})\.(\d{2})\s?uhr/gi, '$1:$2'],
    [/\b(\d{1,2})\s?uhr\s?(\d{2})\b/gi, '$1:$2'],
    [/\bkommende[nrm]? /gi, ''],
    [/\b(?:diesen|dieser|dieses|diesem) (?=montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)/gi, ''],
  ],
  fr: [
    [/\b(\d{1,2})\s?(?:heures?|h)\s?(\d{2})\b/gi, '$1:$2'],
    [/\b(\d{1,2})\s?(?:heures?|h)\s?et demie\b/gi, '$1:30'],
    [/\b(\d{1,2})\s?(?:heures?|h)\s?et quart\b/gi, '$1:15'],
    [/\b(\d{1,2})\s?(?:heures?|h)\b/gi, '$1:00'],
    [/\b(?:entre|de)\s+(\d{1,2}:\d{2})\s+(?:et|à)\s+(\d{1,2}:\d{2})/gi, '$1 - $2'],
    [/\b(\d{1,2}\/\d{1,2}(?:\/\d{2,4})?)\s+à\s+/gi, '$1 '],
    [/(?:\bà )?\bmidi\b(?! et quart)/gi, 'à 12:00'],
    [/(\d{1,2}):00 (?:de l'après-midi|du soir)/gi, (_, hour = '') => `${(Number(hour) % 12) + 12}:00`],
  ],
  es: [
    [
      /\b(?:de|entre)\s+(?:las\s+)?(\d{1,2})(?::(\d{2}))?\s+(?:a|y|hasta)\s+(?:las\s+)?(\d{1,2})(?::(\d{2}))?(?:\s?(?:h|hs|hrs|horas))?\b(?!\/)/gi,
      (_, from = '', fromMinute, to = '', toMinute) => `${from}:${fromMinute ?? '00'} - ${to}:${toMinute ?? '00'}`,
    ],
    [
      new RegExp(`\\ba las? ${hours('es')} y media\\b`, 'gi'),
      (_, hour = '') => `a las ${clock(hourOf(hour, 'es'), 30)}`,
    ],
    [
      new RegExp(`\\ba las? ${hours('es')} y cuarto\\b`, 'gi'),
      (_, hour = '') => `a las ${clock(hourOf(hour, 'es'), 15)}`,
    ],
    [
      new RegExp(`\\ba las? (${numbers.es.slice(1).join('|')})\\b`, 'gi'),
      (_, hour = '') => `a las ${hourOf(hour, 'es')}`,
    ],
    [/\b(\d{1,2})(?::(\d{2}))? de la (?:tarde|noche)\b/gi, (_, hour = '', minute) => `${hour}:${minute ?? '00'}pm`],
    [/\b(\d{1,2})(?::(\d{2}))? de la mañana\b/gi, (_, hour = '', minute) => `${hour}:${minute ?? '00'}am`],
    [/\b(\d{1,2})\s?(?:h|hs|hrs|horas)\b/gi, '$1:00'],
    [/\bal? mediod[ií]a\b/gi, 'a las 12:00'],
    [/\b(lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo) que viene\b/gi, '$1'],
    [/\b(\d{1,2}\/\d{1,2}(?:\/\d{2,4})?)\s+a las?\s+/gi, '$1 '],
  ],
};

/** Days that are counted from today; the parser knows fewer of them than people use. */
const dayAfterTomorrow: Record<Language, RegExp> = {
  en: /\bthe day after tomorrow\b/gi,
  de: /\bübermorgen\b/gi,
  fr: /\baprès[- ]demain\b/gi,
  es: /\bpasado mañana\b/gi,
};

/** The text as the parser of that language reads it best. */
export function normalised(text: string, language: Language, today: Today): string {
  const inTwoDays = new Date(Date.UTC(today.year, today.month - 1, today.day + 2));
  const [year, month, day] = [inTwoDays.getUTCFullYear(), inTwoDays.getUTCMonth() + 1, inTwoDays.getUTCDate()];
  const date = language === 'de' ? `${day}.${month}.${year}` : `${year}-${two(month)}-${two(day)}`;
  const dated =
    language === 'de'
      ? text.replace(
          /\b(\d{1,2})\.\s?(\d{1,2})\.(?!\d)/g,
          (_, d: string, m: string) => `${d}.${m}.${yearOf(Number(m), Number(d), today)}`,
        )
      : text;
  const counted = dated.replace(dayAfterTomorrow[language], date);
  return [...common, ...rules[language]].reduce(
    (done, [pattern, replacement]) => done.replace(pattern, replacement as string),
    counted,
  );
}

/** The year in which a day without one comes next. */
const yearOf = (month: number, day: number, today: Today): number =>
  month < today.month || (month === today.month && day < today.day) ? today.year + 1 : today.year;

/** Zones that people name by a part of their country. */
const regions: Readonly<Record<string, string>> = {
  eastern: 'America/New_York',
  central: 'America/Chicago',
  mountain: 'America/Denver',
  pacific: 'America/Los_Angeles',
  uk: 'Europe/London',
  british: 'Europe/London',
};
/** "London time", "Berliner Zeit", "heure de Paris", "hora de Madrid", behind a time. */
const placed =
  /^\s*\(?(?:in )?(?:(\p{Lu}\p{L}+(?:[ -]\p{Lu}\p{L}+)?)(?:'s)? (?:standard |daylight |local )?time\b|(Eastern|Central|Mountain|Pacific)\b(?!\s\p{Lu})|(\p{Lu}\p{L}+)er Zeit\b|,?\s?(?:heure|hora) (?:de|d')\s?(\p{Lu}\p{L}+(?:[ -]\p{Lu}\p{L}+)?))/u;
let cities: ReadonlyMap<string, string> | undefined;

/** The IANA zone of the place that stands behind a time; null for a place that no zone is named after, undefined where there is none. */
export function zoneBehind(text: string): string | null | undefined {
  const found = placed.exec(text.slice(0, 60));
  if (found === null) return undefined;
  cities ??= new Map(
    Intl.supportedValuesOf('timeZone').map((zone) => [(zone.split('/').at(-1) ?? zone).toLowerCase(), zone]),
  );
  const place = (found.slice(1).find((each) => each !== undefined) ?? '').toLowerCase();
  return regions[place] ?? cities.get(place.replaceAll(/[ -]/g, '_')) ?? null;
}
