// The reading thread out of the sources, for tests that start the pool without a build: compiles what it loads.
// Given to the pool as its `entry`; the product starts the compiled thread.
'use strict';
const Module = require('node:module');
const { join } = require('node:path');
const { transformFileSync } = require('@swc/core');

const root = join(__dirname, '../..');
const plain = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) =>
  plain(
    request.replace(/^#(contracts|ics|tokens|messaging|persistence|service)$/, (_, name) =>
      join(root, 'libs', name, 'src', 'index.ts'),
    ),
    ...rest,
  );
Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformFileSync(filename, {
    jsc: { target: 'es2023', parser: { syntax: 'typescript', decorators: true } },
    module: { type: 'commonjs', ignoreDynamic: true },
  });
  module._compile(code, filename);
};
require(join(root, 'apps/imip-ingestor/src/inbox/reading.worker.ts'));
