// Jest's environment of Node, in a context without interceptors: there each look at a global (`Math`, `String`,
// `Buffer`) passes through a Proxy of jest's, which makes loops over the bytes of a mail up to a third dearer than in
// the product. Named by test/jest.config.cjs.
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

module.exports = class extends TestEnvironment {
  constructor(config, context) {
    const { createContext } = vm;
    // The constructor above makes its context around that Proxy and offers no other way. Its Proxy stays empty.
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(config, context);
    } finally {
      vm.createContext = createContext;
    }
  }
};
