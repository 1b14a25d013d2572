// A root of a program's own: an overlay over this machine's files in namespaces of its own. Packages are installed
// into the overlay only, so programs that conflict do not meet, and this machine stays as it was.
// Used by run.ts; every process in it ends with it, also when this process is killed.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../support/eventually';

export interface RunResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  env?: Record<string, string>;
  input?: string | Buffer;
  timeoutMs?: number;
}

/** PATH within a root. */
const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/games';

/** One line that says why no root can be made here, or nothing. */
export function whyNoRoots(): string | undefined {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return 'it needs Debian';
  if (process.getuid?.() !== 0) return 'it needs root, for namespaces and overlays';
  const tried = spawnSync('unshare', ['-m', '-p', '-n', '--fork', 'true']);
  return tried.status === 0 ? undefined : 'this machine lets nobody make namespaces';
}

export class Root {
  private holder: ChildProcess | undefined;
  private inside = 0;

  private constructor(
    readonly name: string,
    private readonly folder: string,
  ) {}

  /**
   * Removes the overlays that `keep` has not marked: a run that was killed has left them, with half-installed packages
   * and full queues.
   */
  static removeLeftovers(parent: string): void {
    for (const name of existsSync(parent) ? readdirSync(parent) : []) {
      const root = new Root(name, join(parent, name));
      if (!existsSync(root.mark)) root.remove();
    }
  }

  /** A new overlay, or the one that `keep` has marked. */
  static create(name: string, parent: string): Root {
    const root = new Root(name, join(parent, name));
    rmSync(root.mark, { force: true });
    for (const part of ['upper', 'work', 'root']) mkdirSync(join(root.folder, part), { recursive: true });
    return root;
  }

  /** `own`: loopback only and nothing else, with addresses of its own; `shared`: this machine's network. */
  async open(network: 'shared' | 'own'): Promise<void> {
    await this.close();
    const { folder } = this;
    const at = join(folder, 'root');
    const steps = [
      `mount -t overlay overlay -o lowerdir=/,upperdir=${folder}/upper,workdir=${folder}/work ${at}`,
      `mount -t proc proc ${at}/proc`,
      `mount -t proc proc /proc`,
      `mount --rbind /dev ${at}/dev`,
      `mount -t tmpfs tmpfs ${at}/run`,
      ...(network === 'own' ? this.ownNetwork(at) : []),
      'echo open',
      // Ends with the pipe, so with whoever made it.
      'read -r _',
    ];
    const flags = ['--mount', '--pid', '--uts', '--fork', '--kill-child', ...(network === 'own' ? ['--net'] : [])];
    const holder = spawn('unshare', [...flags, 'bash', '-c', steps.join(' && ')], { stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [holder.stdout, holder.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
    this.holder = holder;
    await eventually(`the root of ${this.name} is open`, () => output.includes('open\n') || holder.exitCode !== null);
    if (holder.exitCode !== null) throw new Error(`no root could be made: ${output}`);
    this.inside = Number(readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, 'utf8').trim());
  }

  /** Loopback with a route, so that programs which look for one find it; names are asked of 127.0.0.1. */
  private ownNetwork(at: string): string[] {
    const hosts = '127.0.0.1 mx.sender.example localhost\n';
    writeFileSync(join(this.folder, 'resolv.conf'), 'nameserver 127.0.0.1\n');
    writeFileSync(join(this.folder, 'hosts'), hosts);
    return [
      'ip link set lo up',
      'ip addr add 10.9.9.1/32 dev lo',
      'hostname mx.sender.example',
      ...['resolv.conf', 'hosts'].map((name) => `mount --bind ${this.folder}/${name} ${at}/etc/${name}`),
    ];
  }

  /** Installs with apt without starting anything; throws apt's last lines where it cannot. */
  async install(packages: string[]): Promise<void> {
    // Debian's own switch: 101 forbids every service start while it is there.
    this.write('/usr/sbin/policy-rc.d', '#!/bin/sh\nexit 101\n', 0o755);
    // Nobody reads manuals here: their index is not renewed.
    await this.run(['rm', '-f', '/var/lib/man-db/auto-update']);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const install = ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages];
    let done = await this.run(install, { env, timeoutMs: 420_000 });
    if (done.code === 0) return;
    await this.run(['apt-get', 'update', '-qq'], { env, timeoutMs: 120_000 });
    done = await this.run(install, { env, timeoutMs: 420_000 });
    const lines = `${done.stdout}\n${done.stderr}`.trim().split('\n').slice(-4).join(' | ');
    if (done.code !== 0) throw new Error(`apt-get install ${packages.join(' ')}: ${lines}`);
  }

  async version(name: string): Promise<string> {
    const { stdout } = await this.run(['dpkg-query', '-W', '-f', '${Version}', name]);
    return stdout.trim().replace(/^\d+:/, '') || 'unknown';
  }

  /** Runs in the root until it ends. */
  async run(command: [string, ...string[]] | string[], options: RunOptions = {}): Promise<RunResult> {
    const child = this.spawn(command, options);
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdin?.on('error', () => undefined).end(options.input ?? '');
    const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 60_000);
    // What was left running in the background may hold the pipes open: the command's own end counts.
    const code = await new Promise<number | null>((resolve) => {
      child.once('exit', (ended) => setTimeout(() => resolve(ended), 50));
      child.once('error', () => resolve(-1));
    });
    clearTimeout(timer);
    return { code, stdout, stderr };
  }

  /** A command line of the shell. */
  sh(line: string, options: RunOptions = {}): Promise<RunResult> {
    return this.run(['bash', '-c', line], options);
  }

  /** Starts in the root; whoever starts it need not end it. */
  spawn(command: string[], { env = {} }: RunOptions = {}): ChildProcess {
    const enter = ['-t', String(this.inside), '-m', '-p', '-n', '-u', 'chroot', join(this.folder, 'root')];
    // Where its input is a socket, as Node's pipes are, bash reads ~/.bashrc, unless another shell started it.
    const startedByShell = { SHLVL: '1' };
    const clean = { PATH: path, HOME: '/root', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', ...startedByShell, ...env };
    return spawn('nsenter', [...enter, ...command], { env: clean, stdio: ['pipe', 'pipe', 'pipe'] });
  }

  /** Starts beside the root: in its network and processes, with this machine's files. */
  spawnBeside(command: string[]): ChildProcess {
    const enter = ['-t', String(this.inside), '-p', '-n', '-u'];
    return spawn('nsenter', [...enter, ...command], { stdio: ['pipe', 'pipe', 'pipe'] });
  }

  /** Writes a file of the root; only while it is closed or for paths that no process in it has looked up. */
  write(at: string, content: string | Buffer, mode = 0o644): void {
    const file = this.path(at);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content, { mode });
  }

  read(at: string): string {
    return readFileSync(this.path(at), 'utf8');
  }

  has(at: string): boolean {
    return existsSync(this.path(at));
  }

  /** A file of the open root, as this process sees it: through the mount namespace of its first process. */
  path(at: string): string {
    return join(`/proc/${this.inside}/root`, this.folder, 'root', at);
  }

  async close(): Promise<void> {
    const { holder } = this;
    this.holder = undefined;
    if (!holder || holder.exitCode !== null) return;
    const ended = new Promise((resolve) => holder.once('exit', resolve));
    holder.stdin?.end();
    const timer = setTimeout(() => holder.kill('SIGKILL'), 3_000);
    await ended;
    clearTimeout(timer);
  }

  /** Leaves the closed root for the next run. */
  keep(): void {
    writeFileSync(this.mark, '');
  }

  /** There while the root is whole and not in use. */
  private get mark(): string {
    return join(this.folder, 'whole');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
