// What a person of the demo writes who would like another hour, in the language of the letter that they answer.
// Called by mail-view.ts; the product reads each of them, which wishes.spec.ts shows.
import { languages } from '#words';

export const wishes: Readonly<Record<(typeof languages)[number], string>> = {
  en: 'can we do 3pm?',
  de: 'Geht auch 15 Uhr?',
  fr: 'Est-ce possible à 15 h ?',
  es: '¿Podría ser a las 15:00?',
  it: 'Possiamo fare alle 15?',
  pt: 'Pode ser às 15h?',
  nl: 'Kan het ook om 15.00 uur?',
  pl: 'Czy możemy o 15:00?',
  sv: 'Går det klockan 15?',
  ja: '15時はいかがですか？',
  ar: 'هل يمكن في الساعة 3 مساءً؟',
};

/** `html`: the letter's HTML part, which names its language; English where it names none of ours. */
export function wishFor(html: string): string {
  const named = /<html[^>]*\slang="([a-z]{2})/i.exec(html)?.[1]?.toLowerCase();
  return wishes[languages.find((each) => each === named) ?? 'en'];
}
