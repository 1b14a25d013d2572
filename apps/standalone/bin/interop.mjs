// `npm run interop`: installs and builds what is missing, compiles the interoperability suite and lets real calendars
// and mail servers meet the product.
import { runSuite } from './suite.mjs';

await runSuite(import.meta.url, 'interop');
