// `npm run bench`: installs and builds what is missing, compiles the measurements and runs them on a broker and a
// database of their own.
import { runSuite } from './suite.mjs';

await runSuite(import.meta.url, 'bench');
