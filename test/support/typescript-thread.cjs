// The reading thread out of the sources, for tests that start the pool without a build.
// Given to the pool as its `entry`; the product starts the compiled thread.
'use strict';
require(require('./typescript-modules.cjs').readingWorker);
