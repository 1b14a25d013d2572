// Lets a thread load the TypeScript sources without a build: compiles what is required.
// Used by the entries of reading threads in tests; `appended(filename)` may add code to a file, to plant a fault.
'use strict';
const Module = require('node:module');
const { join } = require('node:path');
const { transformFileSync } = require('@swc/core');

const root = join(__dirname, '../..');
const plain = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) =>
  plain(
    request.replace(/^#(contracts|ics|mime|privacy|tokens|messaging|persistence|service|webhooks|words)$/, (_, name) =>
      join(root, 'libs', name, 'src', 'index.ts'),
    ),
    ...rest,
  );
Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformFileSync(filename, {
    jsc: { target: 'es2023', parser: { syntax: 'typescript', decorators: true } },
    module: { type: 'commonjs', ignoreDynamic: true },
  });
  module._compile(`${code}\n${exports.appended(filename)}`, filename);
};
exports.appended = () => '';
exports.readingWorker = join(root, 'apps/imip-ingestor/src/inbox/reading.worker.ts');
