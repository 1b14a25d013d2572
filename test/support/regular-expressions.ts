// Finds every regular expression that a source tree contains: the literals in the text, and those put together at load
// in the modules themselves.
// Used by regular-expressions.spec.ts.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

export interface FoundExpression {
  /** `file:line` for a literal, the file for one that is put together. */
  where: string;
  source: string;
  flags: string;
  /** The file that had it put together, where another one does that. */
  by?: string;
}

/** The TypeScript files of these folders, tests and fixtures left out; folders and files relative to `root`. */
export function sourceFiles(root: string, folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(?:spec|fixture)\.ts$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** The literals of a file, and whether it calls `RegExp` as well. */
export function literalsIn(root: string, file: string): { literals: FoundExpression[]; builds: boolean } {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const literals: FoundExpression[] = [];
  let builds = false;
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const slash = node.text.lastIndexOf('/');
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      literals.push({ where: `${file}:${line}`, source: node.text.slice(1, slash), flags: node.text.slice(slash + 1) });
    }
    const called = ts.isNewExpression(node) || ts.isCallExpression(node) ? node.expression : undefined;
    if (called !== undefined && ts.isIdentifier(called) && called.text === 'RegExp') builds = true;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { literals, builds };
}

/**
 * The expressions that `load` puts together by `new RegExp`, each with the file of `root` that is nearest in the call
 * stack.
 */
export function builtWhile(root: string, load: () => void): FoundExpression[] {
  const built: FoundExpression[] = [];
  const plain = globalThis.RegExp;
  const recording = new Proxy(plain, {
    construct(target, args: ConstructorParameters<RegExpConstructor>) {
      const made = new target(...args);
      const [where = 'unknown', by] = filesIn(new Error().stack ?? '', root);
      built.push({ where, source: made.source, flags: made.flags, ...(by === undefined ? {} : { by }) });
      return made;
    },
  });
  globalThis.RegExp = recording;
  try {
    load();
  } finally {
    globalThis.RegExp = plain;
  }
  return built;
}

/** The files of `root` in a call stack, the nearest first, each once. */
function filesIn(stack: string, root: string): string[] {
  const paths = stack.split('\n').flatMap((line) => {
    const at = line.indexOf(`${root}/`);
    const path = at < 0 ? '' : line.slice(at + root.length + 1).replace(/\.ts:.*$/, '.ts');
    return /^(?:apps|libs)\//.test(path) ? [path] : [];
  });
  return [...new Set(paths)];
}
