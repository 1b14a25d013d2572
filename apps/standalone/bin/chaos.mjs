// `npm run chaos`: installs and builds what is missing, compiles the chaos suite and runs it on a broker and a
// database of its own.
import { runSuite } from './suite.mjs';

await runSuite(import.meta.url, 'chaos');
