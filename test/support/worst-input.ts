// Makes, out of a regular expression alone, the texts on which a backtracking engine would take longest over it.
// Used by regular-expressions.spec.ts, whatever the expression is for.
import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** A text as what it is made of: `start`, then `pump` as often as fits, then `end`. */
export interface Attack {
  start: string;
  pump: string;
  end: string;
}

/** The text of an attack, `length` UTF-16 units long (or one pump longer). */
export const textOfAttack = ({ start, pump, end }: Attack, length: number): string =>
  `${start}${pump.repeat(Math.max(1, Math.ceil((length - start.length - end.length) / pump.length)))}${end}`;

/** What may follow the repeated part: nothing, something that no class of words or blanks contains, and a line end. */
const ends = ['', '\u0001!', '\n'];

const mostPumps = 100;

/** Tried for each class of characters; what it takes stands for it. */
const candidates = [
  ...'aA0 -_.:;,=<>@"\'()[]/\\*+#|%&?!xz5',
  '\t',
  '\n',
  '\r',
  'é',
  'ß',
  '中',
  'ا',
  '\u0301',
  '\u00a0',
  '\u0001',
];

const alternativesOf = (source: string, flags: string): AST.Alternative[] =>
  new RegExpParser().parsePattern(source, undefined, undefined, {
    unicode: flags.includes('u'),
    unicodeSets: flags.includes('v'),
  }).alternatives;

/** Different attacks on one expression, at most some hundreds. Throws SyntaxError for what is no expression. */
export function attacksOn(source: string, flags: string): Attack[] {
  const reader = new Reader(flags.replace(/[gy]/g, ''));
  alternativesOf(source, flags).forEach((alternative) => reader.walk(alternative, ''));
  return reader.attacks();
}

/**
 * At most in how many ways a backtracking engine can match from one place of a text; Infinity where that grows with
 * the text. An expression of few ways is linear whatever the text is. Throws SyntaxError for what is no expression.
 */
export function mostWays(source: string, flags: string): number {
  return waysOfAny(alternativesOf(source, flags));
}

/** Each alternative may be tried in turn. */
const waysOfAny = (alternatives: AST.Alternative[]): number =>
  alternatives.reduce(
    (sum, { elements }) => sum + elements.reduce((product, element) => product * waysOf(element), 1),
    0,
  );

function waysOf(element: AST.Element): number {
  if (element.type === 'Quantifier') {
    if (element.max === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
    return (element.max - element.min + 1) * waysOf(element.element) ** element.max;
  }
  if (element.type === 'Backreference') return Number.POSITIVE_INFINITY;
  return 'alternatives' in element ? waysOfAny(element.alternatives) : 1;
}

class Reader {
  private readonly repeated = new Map<string, string>();
  private readonly characters = new Set<string>();
  private readonly taken = new Map<string, string[]>();

  constructor(private readonly flags: string) {}

  /**
   * Every repeated part alone, behind what leads to it, and in pairs: which of them a backtracking engine can divide
   * in many ways shows in the run.
   */
  attacks(): Attack[] {
    const chosen = [...this.characters].slice(0, 8);
    const pumps = new Map([...this.repeated, ...chosen.map((one): [string, string] => [one, ''])]);
    for (const one of chosen)
      for (const other of chosen) if (one !== other && !pumps.has(one + other)) pumps.set(one + other, '');
    return [...pumps]
      .slice(0, mostPumps)
      .flatMap(([pump, start]) =>
        [...new Set([start, '\u0001'])].flatMap((begin) => ends.map((end) => ({ start: begin, pump, end }))),
      );
  }

  /** Collects what is repeated in an alternative; `before` is a text that leads up to it. */
  walk(alternative: AST.Alternative, before: string): void {
    const { elements } = alternative;
    elements.forEach((element, at) => {
      const start =
        before +
        elements
          .slice(0, at)
          .map((each) => this.sample(each))
          .join('');
      this.walkInto(element, start);
      if (element.type !== 'Quantifier' || element.max < 2) return;
      for (const one of this.samples(element.element)) this.note(one, start);
      // From each earlier element up to this one: `style=` before `[^>]*` can begin again and again.
      for (let from = 0; from <= at; from += 1)
        this.note(
          elements
            .slice(from, at + 1)
            .map((each) => this.sample(each))
            .join(''),
          before,
        );
    });
    this.note(elements.map((each) => this.sample(each)).join(''), before);
  }

  private walkInto(element: AST.Element, start: string): void {
    const inner = element.type === 'Quantifier' ? element.element : element;
    if (inner.type === 'Group' || inner.type === 'CapturingGroup')
      inner.alternatives.forEach((each) => this.walk(each, start));
    if (inner.type === 'Assertion' && (inner.kind === 'lookahead' || inner.kind === 'lookbehind'))
      inner.alternatives.forEach((each) => this.walk(each, start));
  }

  private note(pump: string, start: string): void {
    if (pump === '' || pump.length > 200) return;
    if (!this.repeated.has(pump)) this.repeated.set(pump, start);
    if (pump.length === 1) this.characters.add(pump);
  }

  /** A text that the element takes; of a part that may be missing, one where it is there. */
  private sample(element: AST.Element): string {
    return this.samples(element)[0] ?? '';
  }

  private samples(element: AST.Element): string[] {
    switch (element.type) {
      case 'Quantifier':
        return this.samples(element.element).map((one) => one.repeat(Math.min(Math.max(element.min, 1), 20)));
      case 'Group':
      case 'CapturingGroup':
        return element.alternatives.slice(0, 8).map((each) => each.elements.map((one) => this.sample(one)).join(''));
      case 'Character':
        return [String.fromCodePoint(element.value)];
      case 'CharacterClass':
      case 'CharacterSet':
      case 'ExpressionCharacterClass':
        return this.charactersOf(element.raw);
      default:
        return [''];
    }
  }

  /** Up to four characters of a class: each of them may be in another part's class as well. */
  private charactersOf(raw: string): string[] {
    const known = this.taken.get(raw);
    if (known !== undefined) return known;
    const one = new RegExp(`^${raw}$`, this.flags.replace('m', ''));
    const found = candidates.filter((each) => one.test(each));
    const chosen = [
      ...new Set([...found.slice(0, 2), ...found.filter((each) => /\s/.test(each)).slice(0, 1), ...found.slice(-1)]),
    ];
    this.taken.set(raw, chosen);
    return chosen;
  }
}
