// Which spec files begin first: the chaos run, which is long and wants nearly a core, beside what is pure and minds
// no busy machine;
// then what drives a browser, so that none of the long ones is left alone at the end. Named by test/jest.config.cjs.
const { join, relative } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

const root = join(__dirname, '..', '..');
const order = [
  /^test\/chaos\//,
  /^(apps|libs|test\/(architecture|contracts))\//,
  /^test\/browser\//,
  /^test\/e2e\//,
  /^/,
];
const rank = ({ path }) => order.findIndex((place) => place.test(relative(root, path)));

module.exports = class extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};
