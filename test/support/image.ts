// The container image without a container: what docker/Dockerfile puts into it, in a folder, and its commands run as a user with no rights.
// Used by the test of docker-compose.yml, on machines without Docker.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..');

export interface Image {
  /** Starts a command of the image with exactly this environment. */
  run(command: string[], env: Record<string, string>): Running;
  remove(): void;
}

export interface Running {
  process: ChildProcess;
  output(): string;
  ended: Promise<number | null>;
}

/** Copies the build, package.json and the packages that are not for development only; root hands the commands to the user nobody. */
export function layOutImage(): Image {
  const folder = mkdtempSync(join(tmpdir(), 'image-'));
  chmodSync(folder, 0o755);
  for (const name of ['dist', 'package.json']) cpSync(join(root, name), join(folder, name), { recursive: true });
  for (const path of productionPackages()) copyPackage(join(root, path), join(folder, path));
  copyFileSync(process.execPath, join(folder, 'node'));
  chmodSync(join(folder, 'node'), 0o755);
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  return {
    run: ([program = '', ...args], env) => {
      const child = spawn(program === 'node' ? join(folder, 'node') : program, args, { ...user, cwd: folder, env });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
      return { process: child, output: () => output, ended: new Promise((resolve) => child.on('close', resolve)) };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** A package's own files; packages nested in it have entries of their own. */
function copyPackage(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, filter: (path) => !path.slice(from.length).includes('node_modules') });
}

/** As `npm prune --omit=dev --omit=optional` leaves them, without the Node and the Postgres that the image has from elsewhere. */
function productionPackages(): string[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean; peer?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.optional && !entry.devOptional && !/node_modules\/node(-bin-setup)?$/.test(path))
    .map(([path]) => path);
}
