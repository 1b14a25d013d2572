// What the compiler does not check and the house wants: no lost promise, no forgotten case, no any, small functions,
// one place for settings.
// Run by `npm run lint` and by .ci/run.
import tseslint from 'typescript-eslint';

/** Only these may look at the environment: each process' entry, and what runs before or around the product. */
const entries = [
  'apps/*/src/main.ts',
  'apps/standalone/src/command.ts',
  'apps/standalone/src/migrate.ts',
  'libs/service/src/app-process.ts',
  'apps/standalone/src/postgres-binaries.ts',
  'apps/*/src/**/cli.ts',
  'apps/*/bin/**',
  'test/**',
  '**/*.spec.ts',
];

/**
 * Paths through a function: like ESLint's own `complexity`, but a switch is one table, and `?.` and `??` are values.
 */
const paths = {
  create(context) {
    const open = [];
    const one = () => void (open[open.length - 1] += 1);
    const enter = () => void open.push(1);
    const leave = (node) => {
      const count = open.pop();
      if (count > context.options[0])
        context.report({
          loc: context.sourceCode.getFirstToken(node).loc,
          message: `${count} paths through one function.`,
        });
    };
    return {
      ':function': enter,
      ':function:exit': leave,
      Program: enter,
      'Program:exit': () => void open.pop(),
      'IfStatement, ConditionalExpression, CatchClause, ForStatement, ForInStatement, ForOfStatement, WhileStatement, DoWhileStatement':
        one,
      'LogicalExpression[operator=/^(&&|\\|\\|)$/], SwitchStatement': one,
    };
  },
  meta: { schema: [{ type: 'integer' }] },
};

export default tseslint.config(
  { ignores: ['**/dist/', 'node_modules/', 'coverage/', '.data/', 'test/.out/'] },
  {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false, properties: false } },
      ],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
    },
  },
  {
    files: ['**/*.ts', '**/*.mjs', '**/*.cjs'],
    plugins: { house: { rules: { paths } } },
    rules: {
      'house/paths': ['error', 10],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-len': ['error', { code: 140, ignoreUrls: true }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
          message: 'A cast through unknown hides an error.',
        },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-empty': 'error',
      'no-debugger': 'error',
    },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: entries,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings are read once, by the entry of the process.' },
      ],
    },
  },
  {
    // A suite is one function; its length says nothing.
    files: ['**/*.spec.ts', '**/*.fixture.ts', 'test/**'],
    rules: { 'max-lines-per-function': 'off', 'max-lines': 'off' },
  },
  {
    // Data: phrases, one a line, by language; every new language makes the lists longer.
    files: ['**/phrases/**'],
    rules: { 'max-lines': 'off', 'max-len': 'off' },
  },
  {
    // One sentence of a language a line, mails as they came, and migrations, which never change once they have run.
    files: [
      '**/texts.??.ts',
      'libs/words/src/??/**',
      '**/*.fixture.ts',
      '**/corpus/**',
      'libs/persistence/src/migrations/**',
    ],
    rules: { 'max-len': 'off' },
  },
  {
    // What a server answers is JSON: tests compare it whole.
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: Object.fromEntries(
      ['argument', 'assignment', 'call', 'member-access', 'return'].map((each) => [
        `@typescript-eslint/no-unsafe-${each}`,
        'off',
      ]),
    ),
  },
);
