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

// Each file of tests has a context of its own, and jest compiles every module again in each. A compiled script is bound
// to no context: here it is compiled once a worker, and run in each. What the tests see is the same.
const { compileFunction } = vm;
const scripts = new Map();

vm.compileFunction = (source, names, options) => {
  // A callback for import() belongs to the runtime of one file of tests.
  if (source.includes('import(') || !options.parsingContext) return compileFunction(source, names, options);
  const { filename, parsingContext } = options;
  let made = scripts.get(filename);
  if (made?.source !== source) {
    const head = `(function (${names.join(', ')}) {`;
    const script = new vm.Script(`${head}${source}\n})`, { filename, columnOffset: -head.length });
    scripts.set(filename, (made = { source, script }));
  }
  return made.script.runInContext(parsingContext);
};

const { SourceTextModule } = vm;
const modules = new Map();

vm.SourceTextModule = class extends SourceTextModule {
  constructor(source, options) {
    const known = modules.get(options.identifier);
    const cachedData = known?.source === source ? known.cachedData : undefined;
    super(source, { ...options, cachedData });
    if (cachedData === undefined) modules.set(options.identifier, { source, cachedData: this.createCachedData() });
  }
};
