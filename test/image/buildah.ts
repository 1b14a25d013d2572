// docker/Dockerfile built without Docker: Buildah needs no daemon, and its base image is made here of Debian's packages,
// because registries of images may be out of reach.
// Used by main.ts. Everything lies in one folder; no image of the machine is looked at or changed.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { aptInstall } from '../chaos/services';
import { dockerfile } from '../support/compose';
import { projectRoot } from '../support/project-root';

/** A command in the container. */
export interface ImageCommand {
  output(): string;
  /** The exit code. */
  ended: Promise<number | null>;
  /** Sends SIGTERM to the command itself: Buildah would kill it. */
  stop(): void;
}

const image = 'localhost/hybrid-scheduling';
const found = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

/** One line that says why no image can be built here, or nothing. Installs Buildah and debootstrap where it may. */
export async function whyNoImage(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs Linux and root, for chroot and mounts';
  if (!process.env['npm_execpath']) return 'npm goes into the base image: start it as `npm run image`';
  for (const program of ['buildah', 'debootstrap'])
    if (!found(program) && !(await aptInstall(program))) return `there is no ${program}, and none could be installed`;
  return undefined;
}

export class Buildah {
  private readonly folder = mkdtempSync(join(tmpdir(), 'hybrid-image-'));
  private readonly started: ChildProcess[] = [];
  /** One for all commands: without Docker's layers each further one is another copy of half a gigabyte. */
  private container = '';

  /** The image that the Dockerfile begins with, under the same name: Debian, this process' Node, npm, the user node. */
  makeBase(): void {
    const [, name = '', version = '', release = ''] = /^FROM (node:([\d.]+)-(\w+)-slim)$/m.exec(dockerfile) ?? [];
    if (!process.versions.node.startsWith(`${version}.`))
      throw new Error(`the Dockerfile wants Node ${version}, and this is ${process.versions.node}`);
    const root = join(this.folder, 'base');
    const npm = dirname(dirname(process.env['npm_execpath'] ?? ''));
    call('debootstrap', ['--variant=minbase', release, root]);
    copyFileSync(process.execPath, join(root, 'usr/local/bin/node'));
    chmodSync(join(root, 'usr/local/bin/node'), 0o755);
    cpSync(npm, join(root, 'usr/local/lib/node_modules/npm'), { recursive: true });
    symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(root, 'usr/local/bin/npm'));
    call('chroot', [root, 'useradd', '--uid', '1000', '--user-group', '--create-home', 'node']);
    const container = this.call('from', 'scratch');
    this.call('copy', '--quiet', container, root, '/');
    this.call('config', '--env', 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', container);
    this.call('commit', '--quiet', '--rm', container, `docker.io/library/${name}`);
    rmSync(root, { recursive: true });
  }

  /** Every step of the Dockerfile. npm asks the registry that it asks on this machine, and trusts the same certificates. */
  build(): void {
    const npmrc = join(this.folder, 'npmrc');
    const certificates = process.env['NODE_EXTRA_CA_CERTS'] ?? npmSetting('cafile');
    const trusted = existsSync(certificates) ? [certificates] : [];
    writeFileSync(npmrc, [`registry=${npmSetting('registry')}`, ...trusted.map((file) => `cafile=${file}`)].join('\n'));
    const volumes = [`${npmrc}:/root/.npmrc:ro`, ...trusted.map((file) => `${file}:${file}:ro`)];
    this.call(
      'build',
      // A health check is no part of OCI's format.
      ...['--isolation', 'chroot', '--pull-never', '--format', 'docker', '--tag', image],
      ...['--file', join('docker', 'Dockerfile'), '--ignorefile', join('docker', 'Dockerfile.dockerignore')],
      ...volumes.flatMap((volume) => ['--volume', volume]),
      '.',
    );
    this.container = this.call('from', '--pull-never', image);
  }

  /** As the image says: its user, its folder, its variables under these. */
  run(command: string[], env: Record<string, string>, options: string[] = []): ImageCommand {
    const variables = Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
    const child = spawn('buildah', [
      ...this.store(),
      ...['run', '--isolation', 'chroot', ...variables, ...options, this.container, '--', ...command],
    ]);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    this.started.push(child);
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    return { output: () => output, ended, stop: () => void process.kill(lastChild(child.pid ?? 0), 'SIGTERM') };
  }

  /** Ends what still runs. */
  async remove(): Promise<void> {
    for (const child of this.started.filter(({ exitCode }) => exitCode === null)) {
      const over = new Promise((resolve) => child.once('close', resolve));
      process.kill(lastChild(child.pid ?? 0), 'SIGKILL');
      await over;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Layers are copies: no kernel module, no daemon. */
  private store(): string[] {
    return ['--storage-driver', 'vfs', '--root', join(this.folder, 'store'), '--runroot', join(this.folder, 'state')];
  }

  private call(...args: string[]): string {
    return call('buildah', [...this.store(), ...args]);
  }
}

const npmSetting = (name: string): string =>
  call(process.execPath, [process.env['npm_execpath'] ?? '', 'config', 'get', name]);

/** What it printed, without the line's end; throws its last lines where it fails. */
function call(program: string, args: string[]): string {
  const done = spawnSync(program, args, { cwd: projectRoot, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (done.error) throw done.error;
  if (done.status === 0) return done.stdout.trim();
  const lines = `${done.stdout}${done.stderr}`.trim().split('\n').slice(-15).join('\n');
  throw new Error(`${program} ended with ${done.status ?? done.signal}:\n${lines}`);
}

/** The process at the end of the line: Buildah's own stand before it. */
function lastChild(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  const children = readdirSync(tasks).flatMap((task) =>
    readFileSync(join(tasks, task, 'children'), 'utf8')
      .split(' ')
      .filter(Boolean),
  );
  return children[0] === undefined ? pid : lastChild(Number(children[0]));
}
