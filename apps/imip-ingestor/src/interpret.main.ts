// Entry of `npm run --silent interpret -- FILE...`.
// Run by the npm script.
import { interpretFiles } from './interpret-files';

// A reader that has seen enough (`| head`) closes the pipe.
process.stdout.on('error', () => process.exit(0));
interpretFiles(process.argv.slice(2), (line) => process.stdout.write(line));
