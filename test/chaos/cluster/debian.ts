// Programs out of Debian packages, also of another release than this machine's, unpacked into a folder: nothing of the
// machine changes.
// Used by the pooler's run; needs apt-get and the machine's own package sources.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface UnpackedProgram {
  /** The program with its own libraries, as the beginning of a command line. */
  command: string[];
  /** What it says of its version. */
  version: string;
}

const run = (program: string, args: string[], cwd?: string): string =>
  execFileSync(program, args, { encoding: 'utf8', cwd, stdio: ['ignore', 'pipe', 'pipe'] });

/** Where this machine has its Debian packages from. */
function mirror(): string {
  const lines = run('apt-get', ['indextargets', '--format', '$(REPO_URI) $(ORIGIN) $(SUITE)', 'Created-By: Packages']);
  const [uri] =
    lines
      .split('\n')
      .find((line) => / Debian /.test(line) && !/security/.test(line))
      ?.split(' ') ?? [];
  if (uri === undefined) throw new Error('apt-get knows no source of Debian packages');
  return uri;
}

/**
 * Downloads `packages` of a release (`trixie`) with apt's own check of signatures and unpacks them below `folder`;
 * `program` is a path in them. Throws where one cannot be had.
 */
export function unpackProgram(folder: string, release: string, packages: string[], program: string): UnpackedProgram {
  const at = (...names: string[]): string => join(folder, ...names);
  mkdirSync(at('lists', 'partial'), { recursive: true });
  mkdirSync(at('cache', 'archives', 'partial'), { recursive: true });
  mkdirSync(at('packages'), { recursive: true });
  writeFileSync(at('sources.list'), `deb ${mirror()} ${release} main\n`);
  const options = {
    'Dir::Etc::sourcelist': at('sources.list'),
    'Dir::Etc::sourceparts': '-',
    'Dir::State::lists': at('lists'),
    'Dir::Cache': at('cache'),
  };
  const apt = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  run('apt-get', [...apt, 'update', '-qq']);
  run('apt-get', [...apt, 'download', '-qq', ...packages], at('packages'));
  for (const name of readdirSync(at('packages'))) run('dpkg', ['-x', at('packages', name), at('root')]);
  const libraries = at('root', 'usr', 'lib', 'x86_64-linux-gnu');
  const loader = at('root', 'usr', 'lib64', 'ld-linux-x86-64.so.2');
  const own = existsSync(loader) ? [loader] : ['/lib64/ld-linux-x86-64.so.2'];
  const command = [...own, '--library-path', libraries, at('root', program)];
  const [first = '', ...rest] = command;
  return { command, version: run(first, [...rest, '--version']).split('\n')[0] ?? '' };
}
