// Proves that no regular expression which reads mail, calendars, addresses or tokens can be made to take long: each
// runs on the worst of 200 KB that can be derived from it, and CPU of the thread counts, whatever else the machine
// does.
import { join } from 'node:path';
import { Script, createContext } from 'node:vm';
import { leastOf } from '../support/cpu';
import { builtWhile, type FoundExpression, literalsIn, sourceFiles } from '../support/regular-expressions';
import { type Attack, attacksOn, mostWays, textOfAttack } from '../support/worst-input';

const root = join(__dirname, '../..');
jest.setTimeout(300_000);

const folders = ['apps/imip-ingestor/src', 'libs/ics/src', 'libs/mime/src', 'libs/privacy/src', 'libs/tokens/src'];

const size = 200 * 1024;
/**
 * Lengths at which the texts of an expression are tried, and how many of the costliest go on: short enough for hundreds
 * of texts, then long enough that what grows with the square stands out. The last go to the full length.
 */
const screens = [
  { length: 500, keep: 40 },
  { length: 3_000, keep: 3 },
];
/**
 * What grows with the square takes twenty seconds and more at this size; what is linear, however many steps a
 * character, stays far below.
 */
const boundMs = 1_500;
/** Of so few ways to match from one place none can be slow: these are not run. */
const fewWays = 100;

/**
 * One run, ended after `timeout` of wall time. What `g` and `y` find is looked for again behind it, as `matchAll` and
 * `replace` do.
 */
const run = new Script(`(() => {
  const text = input, expression = new RegExp(source, flags);
  if (!expression.global && !expression.sticky) return expression.test(text);
  for (;;) {
    const before = expression.lastIndex;
    if (!expression.test(text)) return;
    if (expression.lastIndex <= before) expression.lastIndex = before + 1;
  }
})()`);

interface Cost {
  cpuMs: number;
  ended: boolean;
}

function costOf({ source, flags }: FoundExpression, input: string, timeout: number): Cost {
  const context = createContext({ source, flags, input });
  const begin = process.threadCpuUsage();
  let ended = true;
  try {
    run.runInContext(context, { timeout });
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    ended = false;
  }
  const { user, system } = process.threadCpuUsage(begin);
  return { cpuMs: (user + system) / 1000, ended };
}

/** On a starved thread a run may be ended before it has had its CPU: then it gets more time. */
function wholeCost(expression: FoundExpression, input: string, bound = boundMs): number {
  for (let timeout = bound * 1.25; ; timeout *= 2) {
    const { cpuMs, ended } = costOf(expression, input, timeout);
    if (ended || cpuMs >= bound) return cpuMs;
  }
}

const cpuMsOf = (expression: FoundExpression, input: string): number =>
  leastOf(() => wholeCost(expression, input), boundMs);

/**
 * Tries all texts on one expression, a millisecond or so each; `times` keeps what was measured when a run away ends
 * it.
 */
const screen = new Script(`(() => {
  const flags = given.replace(/y/g, '');
  for (; times.length < texts.length; ) {
    const expression = new RegExp(source, flags), text = texts[times.length];
    begin = now();
    for (let at = 0; expression.test(text) && expression.global; at = expression.lastIndex)
      if (expression.lastIndex <= at) expression.lastIndex = at + 1;
    times.push(now() - begin);
  }
})()`);

/** The attacks that cost most on short texts: these are tried at full length. */
function worstAttacks(expression: FoundExpression): Attack[] {
  const all = attacksOn(expression.source, expression.flags);
  return screens.reduce((attacks, { length, keep }) => costliest(expression, attacks, length).slice(0, keep), all);
}

function costliest({ source, flags }: FoundExpression, attacks: Attack[], length: number): Attack[] {
  const times: number[] = [];
  const texts = attacks.map((attack) => textOfAttack(attack, length));
  const context = { source, given: flags, now: () => performance.now(), texts, times, begin: 0 };
  createContext(context);
  while (times.length < attacks.length) {
    try {
      screen.runInContext(context, { timeout: 1_000 });
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      times.push(performance.now() - context.begin);
    }
  }
  return attacks
    .map((attack, at) => ({ attack, time: times[at] ?? 0 }))
    .sort((a, b) => b.time - a.time)
    .map(({ attack }) => attack);
}
const files = sourceFiles(root, folders);
const scanned = files.map((file) => ({ file, ...literalsIn(root, file) }));
const built = builtWhile(root, () =>
  jest.isolateModules(() => {
    // It imports all that reads a mail, and so all lists of phrases.
    jest.requireActual(join(root, 'apps/imip-ingestor/src/interpret/interpret.ts'));
    for (const { file, builds } of scanned) if (builds) jest.requireActual(join(root, file));
  }),
);
const byFile = new Map<string, FoundExpression[]>();
for (const found of [...scanned.flatMap(({ literals }) => literals), ...built]) {
  const file = found.by ?? found.where.replace(/:\d+$/, '');
  byFile.set(file, [...(byFile.get(file) ?? []), found]);
}

const advice =
  `Make it linear: no two neighbours that can match the same text (\\s*\\s+, (?:a+)+), no unbounded ` +
  `part that a search can begin anew at every character (anchor it, put a lookbehind before it, or give ` +
  `it a bound), no [x]+$ (trim with a loop or trimEnd). Cutting the text before is not enough here: ` +
  `each expression must hold by itself.`;

it('are all found, also those that are put together when a module is loaded', () => {
  expect([...byFile.values()].flat().length).toBeGreaterThan(300);
  // These build one in a function, out of literals and numbers of their own.
  const later = [
    'apps/imip-ingestor/src/interpret/bounce/failure.ts',
    'libs/privacy/src/base64-runs.ts',
    'libs/tokens/src/reply-tag.ts',
  ];
  const builders = scanned.filter(({ file, builds }) => builds && !later.includes(file)).map(({ file }) => file);
  const seen = new Set(built.map(({ where }) => where));
  expect(builders.filter((file) => !seen.has(file))).toEqual([]);
});

it('the texts made for them tell a slow one from a fast one', () => {
  const of = (expression: RegExp): FoundExpression => ({
    where: '',
    source: expression.source,
    flags: expression.flags,
  });
  // Half the length and a fifth of the bound tell the same: what grows with the square takes five seconds.
  const isSlow = (expression: FoundExpression): boolean =>
    worstAttacks(expression).some((attack) => wholeCost(expression, textOfAttack(attack, size / 2), 300) >= 300);
  const slow = [
    /\s+$/,
    /@\S*$/,
    /(?:a|b)*c/,
    /style\s*=[^>]*display/i,
    /<[^>]*>/g,
    /^(?:[a-z0-9]+-)*x(?:-[a-z]+)*$/,
    /[.,]+$/m,
  ];
  expect(slow.filter((expression) => !isSlow(of(expression)))).toEqual([]);
  expect(slow.filter(({ source, flags }) => mostWays(source, flags) !== Number.POSITIVE_INFINITY)).toEqual([]);
  const fast = [/^\s+/, /(?<!\S)@\S*$/, /style\s{0,5}=/, /<[^<>]{0,300}>/g, /\d{1,2}:\d{2}/g, /[a-z]/];
  expect(fast.filter((expression) => isSlow(of(expression)))).toEqual([]);
});

it.each([...byFile.keys()].sort())('those of %s take less than 1.5 s of CPU on 200 KB of their worst input', (file) => {
  const slow: string[] = [];
  for (const expression of byFile.get(file) ?? []) {
    if (mostWays(expression.source, expression.flags) <= fewWays) continue;
    for (const attack of worstAttacks(expression)) {
      const millis = cpuMsOf(expression, textOfAttack(attack, size));
      if (millis < boundMs) continue;
      slow.push(
        `${expression.where} /${expression.source}/${expression.flags}: ${Math.round(millis)} ms or more on ${JSON.stringify(attack)}`,
      );
      break;
    }
  }
  if (slow.length > 0) throw new Error(`${slow.join('\n')}\n${advice}`);
});
