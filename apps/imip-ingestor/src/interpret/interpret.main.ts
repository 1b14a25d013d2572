// Entry of `npm run --silent interpret -- FILE...`.
// Run by the npm script.
import { availableParallelism } from 'node:os';
import { interpretFiles } from './interpret-files';
import { ReadingPool } from '../inbox/reading-pool';

// A reader such as `| head` closes the pipe early.
process.stdout.on('error', () => process.exit(0));
const files = process.argv.slice(2);
const readings = new ReadingPool({
  threads: Math.max(1, Math.min(availableParallelism(), 4, Math.ceil(files.length / 20))),
});
void interpretFiles(files, readings, (line) => process.stdout.write(line)).finally(() => readings.close());
