// The house's import ladder and purity, as a function from a source tree to what breaks them.
// Used by architecture.spec.ts on this repository and on trees with planted violations.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ts from 'typescript';

export interface Violation {
  file: string;
  rule:
    | 'ladder'
    | 'crossing'
    | 'circle'
    | 'name'
    | 'short'
    | 'pure-import'
    | 'clock'
    | 'randomness'
    | 'environment'
    | 'columns';
  what: string;
}

/** Lib → the libs it may import. Apps may import every lib. */
const ladder: Record<string, string[]> = {
  contracts: [],
  ics: [],
  mime: [],
  privacy: ['contracts'],
  tokens: [],
  messaging: ['contracts', 'tracing'],
  persistence: ['contracts'],
  service: ['contracts', 'messaging', 'persistence', 'tracing'],
  webhooks: ['contracts', 'service', 'tokens'],
  words: ['contracts'],
  sealing: ['tokens'],
  doctor: ['contracts', 'messaging', 'persistence', 'service'],
  tracing: [],
};

/** The pure functions and what they are made of: these files and every file of their own app that they import. */
const pureRoots = [
  /^libs\/(contracts|ics|mime|privacy|tokens|words)\/src\//,
  /^apps\/scheduling-api\/src\/rooms\/(room|decide[\w-]*|mail-commands)\.ts$/,
  /^apps\/notification-sender\/src\/letters\/letters\.ts$/,
  /^apps\/imip-ingestor\/src\/(interpret\/interpret|judge\/judge)\.ts$/,
];

/** What a pure file may import from outside: functions of their arguments. `*` stands for the whole module. */
const pureModules: Record<string, string[]> = {
  zod: ['*'],
  'ical.js': ['*'],
  'ical-generator': ['*'],
  'temporal-polyfill': ['*'],
  libmime: ['*'],
  'nodemailer/lib/addressparser': ['*'],
  'node:buffer': ['isUtf8'],
  'node:zlib': ['inflateSync'],
  'node:crypto': ['createHash', 'createHmac', 'timingSafeEqual'],
  'node:url': ['domainToASCII', 'domainToUnicode'],
  '#contracts': ['*'],
  '#ics': ['*'],
  '#mime': ['*'],
  '#privacy': ['*'],
  '#tokens': ['*'],
  '#words': ['*'],
  tldts: ['getDomain'],
};

/** The entries of processes, and the one file that keeps the environment from a child. */
const environmentReaders = [
  /^apps\/[\w-]+\/src\/main\.ts$/,
  /^apps\/standalone\/src\/(command|migrate|postgres-binaries)\.ts$/,
  /^libs\/service\/src\/app-process\.ts$/,
];

/** A shorter file joins its neighbour. */
const fewestLines = 25;

/**
 * Short for a reason: what a lib exports or a folder lists, the entries of processes, Nest modules, a migration, the
 * settings of a lib, a type that the PRD names, and types that two files share without a circle.
 */
const mayBeShort = [
  /\/(index|main|settings)\.ts$/,
  /\.(main|module)\.ts$/,
  /^libs\/persistence\/src\/migrations\//,
  /^apps\/notification-sender\/src\/render\/calendar\.service\.ts$/,
  /^apps\/scheduling-api\/src\/confirm\/confirm-texts\.ts$/,
];

interface Import {
  module: string;
  /** `*` for a default or namespace import, a bare import and an `export *`. */
  names: string[];
  /** Gone after compiling: no dependency at run time. */
  typeOnly: boolean;
}

interface Source {
  file: string;
  lines: number;
  imports: Import[];
  /** Uses of what makes a function depend on more than its arguments. */
  uses: { rule: 'clock' | 'randomness' | 'environment'; what: string }[];
  /** Types that are named by a participle or a figure of speech. */
  unclearNames: string[];
  /**
   * SQL that leaves its columns to the table: such a statement is planned anew each time (libs/persistence,
   * pipelined-transaction.ts).
   */
  stars: string[];
}

/** Checks `apps/` and `libs/` under `root`; tests and fixtures are free. */
export function check(root: string): Violation[] {
  const sources = new Map(sourceFiles(root).map((file) => [file, read(root, file)]));
  const pure = pureFiles(sources);
  const checked = [...sources.values()].flatMap((source) => [
    ...source.imports.flatMap((each) => ladderFaults(source.file, each)),
    ...(pure.has(source.file) ? impurities(source) : []),
    ...source.stars.map((what): Violation => ({ file: source.file, rule: 'columns', what })),
    ...(source.lines < fewestLines && !matches(mayBeShort, source.file)
      ? [{ file: source.file, rule: 'short', what: `${source.lines} lines` } as const]
      : []),
    ...source.unclearNames.map((what): Violation => ({ file: source.file, rule: 'name', what })),
    ...source.uses
      .filter((use) => use.rule === 'environment' && !matches(environmentReaders, source.file))
      .map((use) => ({ file: source.file, ...use })),
  ]);
  return [...checked, ...circles(sources)];
}

/**
 * Files that import each other, directly or through others; imports of types count. One violation a circle, at the
 * file of it that is first by name.
 */
function circles(sources: Map<string, Source>): Violation[] {
  const reached = new Map([...sources.keys()].map((file) => [file, reachedFrom(file, sources)]));
  const inCircle = [...sources.keys()].filter((file) => reached.get(file)?.has(file));
  const members = inCircle.map((file) =>
    inCircle.filter((other) => reached.get(file)?.has(other) && reached.get(other)?.has(file)).toSorted(),
  );
  const named = [...new Set(members.map((files) => files.join(' ')))];
  return named.map((what) => ({ file: what.split(' ')[0] ?? '', rule: 'circle', what }));
}

/** Every file that `file` imports, step by step; `file` itself only where a path leads back to it. */
function reachedFrom(file: string, sources: Map<string, Source>): Set<string> {
  const reached = new Set<string>();
  const next = [file];
  for (let from = next.pop(); from !== undefined; from = next.pop()) {
    for (const { module } of sources.get(from)?.imports ?? []) {
      const to = resolved(from, module, sources);
      if (to === undefined || reached.has(to)) continue;
      reached.add(to);
      next.push(to);
    }
  }
  return reached;
}

/** The file that an import loads, where it is one of these: a path, or a lib by its name (`#ics`). */
function resolved(file: string, module: string, sources: Map<string, Source>): string | undefined {
  const to = module.startsWith('#') ? `libs/${module.slice(1)}/src` : target(file, module);
  return [to, `${to}.ts`, `${to}/index.ts`].find((candidate) => sources.has(candidate));
}

const matches = (patterns: RegExp[], file: string): boolean => patterns.some((pattern) => pattern.test(file));

function sourceFiles(root: string): string[] {
  return ['apps', 'libs']
    .filter((top) => existsSync(join(root, top)))
    .flatMap((top) =>
      readdirSync(join(root, top), { recursive: true, encoding: 'utf8' }).map(
        (name) => `${top}/${name.split(sep).join('/')}`,
      ),
    )
    .filter((file) => file.endsWith('.ts') && !/\.(spec|fixture)\.ts$|\/(dist|node_modules)\//.test(file));
}

function ladderFaults(file: string, { module, typeOnly }: Import): Violation[] {
  if (module.startsWith('.')) return crossings(file, module);
  const [top, part] = file.split('/') as [string, string];
  const lib = module.startsWith('#') ? module.slice(1).split('/')[0] : part;
  if (top === 'apps' || lib === part || (ladder[part] ?? []).includes(lib ?? '')) return [];
  return [{ file, rule: 'ladder', what: `${part} imports ${module}${typeOnly ? ' (a type)' : ''}` }];
}

/** Paths stay within a lib or an app; only standalone's lead to other apps. */
function crossings(file: string, module: string): Violation[] {
  const [top, part] = file.split('/') as [string, string];
  const [toTop, toPart] = target(file, module).split('/') as [string, string];
  if (toTop === top && toPart === part) return [];
  const standalone = file.startsWith('apps/standalone/') && toTop === 'apps';
  return standalone ? [] : [{ file, rule: 'crossing', what: `${part} reaches into ${toTop}/${toPart} by a path` }];
}

const target = (file: string, module: string): string =>
  relative('.', join(dirname(file), module))
    .split(sep)
    .join('/');

/** The roots and, step by step, whatever they load from their own lib or app. */
function pureFiles(sources: Map<string, Source>): Set<string> {
  const found = new Set([...sources.keys()].filter((file) => matches(pureRoots, file)));
  for (const file of found) {
    for (const each of sources.get(file)?.imports ?? []) {
      if (each.typeOnly || !each.module.startsWith('.')) continue;
      const to = resolved(file, each.module, sources);
      if (to !== undefined) found.add(to);
    }
  }
  return found;
}

function impurities({ file, imports, uses }: Source): Violation[] {
  // Imports between libs are checked by the ladder.
  const inLib = file.startsWith('libs/');
  const outside = imports.filter(
    (each) => !each.typeOnly && !each.module.startsWith('.') && !(inLib && each.module.startsWith('#')),
  );
  const foreign = outside.flatMap(({ module, names }) => {
    const allowed = pureModules[module] ?? [];
    return names
      .filter((name) => !allowed.includes('*') && !allowed.includes(name))
      .map((name) => `${name} of ${module}`);
  });
  return [
    ...foreign.map((what): Violation => ({ file, rule: 'pure-import', what })),
    ...uses.filter((use) => use.rule !== 'environment').map((use): Violation => ({ file, ...use })),
  ];
}

function read(root: string, file: string): Source {
  const text = readFileSync(join(root, file), 'utf8');
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const lines = text.trimEnd().split('\n').length;
  const source: Source = { file, lines, imports: [], uses: [], stars: [], unclearNames: [] };
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found) source.imports.push(found);
    const use = useOf(node);
    if (use) source.uses.push(use);
    source.stars.push(...starsOf(node));
    source.unclearNames.push(...unclearNameOf(node));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return source;
}

/**
 * Such a name says neither what the type contains nor, for a reader of English as a second language, anything at all.
 */
const unclear =
  /^(?:Said|Told|Heard|Known|Seen|Given|Taken|Done|Ask|Asked|Ears|Desk|Fate|Parcel|Bell|Hands|Doors?|Life|Patient|Telling)$/;

const unclearNameOf = (node: ts.Node): string[] =>
  (ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) &&
  node.name !== undefined &&
  unclear.test(node.name.text)
    ? [node.name.text]
    : [];

/** Of a piece of text: `select *`, `returning l.*`, `, r.*`. */
const starsOf = (node: ts.Node): string[] =>
  ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)
    ? (node.text.match(/(?:\bselect|\breturning|,)\s+(?:\w+\.)?\*(?=[\s,]|$)/g) ?? [])
    : [];

function importOf(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node)) return { module: textOf(node.moduleSpecifier), ...clauseOf(node.importClause) };
  if (ts.isExportDeclaration(node) && node.moduleSpecifier)
    return { module: textOf(node.moduleSpecifier), names: ['*'], typeOnly: node.isTypeOnly };
  if (ts.isImportTypeNode(node))
    return { module: node.argument.getText().replaceAll(/['"]/g, ''), names: [], typeOnly: true };
  // import('x') and require('x').
  if (
    !ts.isCallExpression(node) ||
    !(node.expression.kind === ts.SyntaxKind.ImportKeyword || calledName(node) === 'require')
  )
    return undefined;
  const [argument] = node.arguments;
  return { module: argument ? textOf(argument) : '', names: ['*'], typeOnly: false };
}

const textOf = (node: ts.Expression): string => (ts.isStringLiteralLike(node) ? node.text : node.getText());

function clauseOf(clause: ts.ImportClause | undefined): Pick<Import, 'names' | 'typeOnly'> {
  if (!clause) return { names: ['*'], typeOnly: false };
  const typeOnly = clause.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const bindings = clause.namedBindings;
  if (clause.name || !bindings || ts.isNamespaceImport(bindings)) return { names: ['*'], typeOnly };
  const values = bindings.elements
    .filter((element) => !element.isTypeOnly)
    .map((element) => (element.propertyName ?? element.name).text);
  return { names: values, typeOnly: typeOnly || values.length === 0 };
}

const clocks = [
  'Date.now',
  'performance.now',
  'process.hrtime',
  'Temporal.Now',
  'DateTime.now',
  'DateTime.utc',
  'setTimeout',
  'setInterval',
];
const dice = ['Math.random', 'crypto.randomUUID', 'crypto.randomUUIDv7', 'crypto.getRandomValues'];

function useOf(node: ts.Node): Source['uses'][number] | undefined {
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length)
    return { rule: 'clock', what: 'new Date()' };
  const text =
    ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) ? node.getText() : calledName(node);
  if (/^process(\.env|\[['"`]env['"`]\])$/.test(text)) return { rule: 'environment', what: text };
  if (clocks.includes(text)) return { rule: 'clock', what: text };
  return dice.includes(text) ? { rule: 'randomness', what: text } : undefined;
}

const calledName = (node: ts.Node): string =>
  ts.isCallExpression(node) && ts.isIdentifier(node.expression) ? node.expression.text : '';
