// Entry of `npm run --silent interpret -- FILE...`.
// Run by the npm script.
import { interpretFiles } from './interpret-files';

interpretFiles(process.argv.slice(2), (line) => process.stdout.write(line));
