// The short chaos run: the product is broken on purpose for about a minute, on a broker and a database of its own.
// `npm run chaos` is the long one; both print their seed, and `npm run chaos -- --short --seed N` runs this one again.
import { runChaos, shortRun, countsAsText } from './chaos';

it('nothing is lost, nothing comes twice, nothing is overtaken, whatever dies in between', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const report = await runChaos({ seed, ...shortRun });
  process.stdout.write(
    `chaos with seed ${seed}: ${countsAsText(report.counts)}; faults: ${countsAsText(report.faults)}; quiet ` +
      `after ${report.quietAfterSeconds.toFixed(1)} s\n`,
  );
  expect(report.counts['rooms']).toBeGreaterThanOrEqual(shortRun.atATime);
  expect({ seed, violations: report.violations }).toEqual({ seed, violations: [] });
}, 330_000);
