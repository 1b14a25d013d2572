// `doctor`, `replay` and `retention`: prints what came of one, with its exit code.
// Called by bin/doctor.mjs and the like after a build; in the image, where all is built, as
// `node dist/apps/standalone/src/command.js doctor`.
import { doctor } from './doctor/doctor';
import { progress } from './progress';
import { replay } from './replay/replay';
import { retention } from './retention/retention';

interface Outcome {
  code: number;
  text: string;
  warnings?: string[];
}
type Command = (given: { args: string[]; env: NodeJS.ProcessEnv; tell: (line: string) => void }) => Promise<Outcome>;

const commands: Record<string, Command> = { doctor, replay, retention };

/** `args`: the words after the command's name. */
export async function runCommand(name: string, args: string[]): Promise<void> {
  const command = commands[name];
  if (!command) {
    process.stderr.write(`there is no command ${name}: ${Object.keys(commands).join(', ')}\n`);
    process.exitCode = 2;
    return;
  }
  const { tell, end } = progress(process.stderr);
  const { code, text, warnings = [] } = await command({ args, env: process.env, tell });
  end();
  process.stdout.write(`${[text, ...warnings].join('\n')}\n`);
  process.exitCode = code;
}

if (require.main === module) {
  const [name = '', ...args] = process.argv.slice(2);
  void runCommand(name, args);
}
