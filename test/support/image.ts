// The container image without a container: what docker/Dockerfile puts into it, in a folder, and its commands run as
// a user with no rights.
// Used by the test of docker-compose.yml, on machines without Docker.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

export interface Image {
  /** Starts a command of the image with exactly this environment. */
  run(command: string[], env: Record<string, string>): ImageCommand;
  remove(): void;
}

export interface ImageCommand {
  process: ChildProcess;
  output(): string;
  ended: Promise<number | null>;
}

/**
 * Copies the build, package.json and the packages that are not for development only; root hands the commands to the
 * user nobody.
 */
export function layOutImage(): Image {
  const folder = mkdtempSync(join(tmpdir(), 'image-'));
  chmodSync(folder, 0o755);
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  for (const path of productionPackages()) copyFiles(join(root, path), join(folder, path));
  copyFileSync(process.execPath, join(folder, 'node'));
  chmodSync(join(folder, 'node'), 0o755);
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  return {
    run: ([program = '', ...args], env) => {
      const child = spawn(program === 'node' ? join(folder, 'node') : program, args, { ...user, cwd: folder, env });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
      return { process: child, output: () => output, ended: new Promise((resolve) => child.on('close', resolve)) };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/**
 * A package's own files; packages nested in it have entries of their own. Linked where that is possible: they are
 * many.
 */
function copyFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory() && entry.name !== 'node_modules') copyFiles(source, target);
    else if (entry.isFile()) linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}

/**
 * As `npm prune --omit=dev --omit=optional` leaves them, without the Node and the Postgres that the image has from
 * elsewhere.
 */
function productionPackages(): string[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean; peer?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(
      ([path, entry]) =>
        path !== '' &&
        !entry.dev &&
        !entry.optional &&
        !entry.devOptional &&
        !/node_modules\/node(-bin-setup)?$/.test(path),
    )
    .map(([path]) => path);
}
