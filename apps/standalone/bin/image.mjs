// `npm run image`: installs and builds what is missing, compiles test/image and lets it build the container image
// without Docker and run the three apps in it.
import { runSuite } from './suite.mjs';

await runSuite(import.meta.url, 'image');
