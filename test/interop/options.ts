// What `npm run interop` takes on its command line.
// Called by main.ts before anything is started.
import { parseArgs } from 'node:util';

export interface Options {
  /** Programs to run; all where it is empty. */
  only: string[];
  /** Programs that may be missing: where one cannot be run, the run can still be green. */
  mayMiss: string[];
  /** Leaves the roots of the programs for the next run. */
  keep: boolean;
}

/** Throws a sentence where an option is unknown, or a program that it names. */
export function readOptions(args: string[], known: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', multiple: true },
      'may-miss': { type: 'string', multiple: true },
      keep: { type: 'boolean', default: false },
    },
  });
  const names = (option: 'only' | 'may-miss'): string[] => {
    const all = (values[option] ?? []).flatMap((each) => each.split(','));
    const unknown = all.filter((name) => !known.includes(name));
    if (unknown.length > 0)
      throw new Error(`--${option} takes ${known.join(', ')}; not ${unknown.map((name) => `"${name}"`).join(', ')}`);
    return all;
  };
  return { only: names('only'), mayMiss: names('may-miss'), keep: values.keep };
}
