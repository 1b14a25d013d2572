// One config for every suite; test/run.mjs sets DATABASE_URL and RABBITMQ_URL before jest starts.
/** @type {import('jest').Config} */
module.exports = {
  rootDir: '..',
  testMatch: ['<rootDir>/{apps,libs,test}/**/*.spec.ts'],
  testEnvironment: '<rootDir>/test/run/environment.cjs',
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        sourceMaps: 'inline',
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'commonjs', ignoreDynamic: true },
      },
    ],
  },
  moduleNameMapper: {
    '^#(contracts|ics|mime|privacy|tokens|messaging|persistence|service|webhooks|words|sealing|tracing|doctor)$':
      '<rootDir>/libs/$1/src/index.ts',
    '^#rendering$': '<rootDir>/apps/notification-sender/src/render/rendering.ts',
    '^#service/process$': '<rootDir>/libs/service/src/app-process.ts',
    '^#persistence/migrate$': '<rootDir>/libs/persistence/src/migrate.ts',
  },
  testSequencer: '<rootDir>/test/run/sequencer.cjs',
  setupFiles: ['<rootDir>/test/support/property-seed.cjs'],
  testTimeout: 120_000,
};
