// The property tests try the same inputs in every run, so that a red run is red again; PROPERTY_SEED=<number> tries
// others.
// Loaded by jest before each suite.
const fc = require('fast-check');

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20261123) });
