// What `npm start` costs while nothing happens: CPU of all its processes, and memory of the one with the three apps.
// Called by main.ts; it has its own folder, Postgres and port.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root, steadyPort } from '../chaos/services';
import { eventually } from '../support/eventually';
import { cpuOf } from './cpu';
import type { Say } from './measurements';

export interface IdleFigures {
  /** CPU in percent of one core: of all processes, and of Postgres alone. */
  percent: number;
  postgresPercent: number;
  /** Resident memory of the process with the three apps, in MiB. */
  rssMiB: number;
  seconds: number;
}

/** Until what follows a start (warming up, first polls, autovacuum's first look) is over. */
const settleMs = 45_000;

export async function idling(seconds: number, say: Say): Promise<IdleFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'hybrid-idle-'));
  // Under root the server is another user, who must get in.
  chmodSync(folder, 0o755);
  const port = await steadyPort();
  const child = spawn(process.execPath, [join(root, 'dist', 'apps', 'standalone', 'src', 'main.js')], {
    cwd: root,
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], PORT: String(port), DATA_DIR: join(folder, 'data'), HOME: folder },
  });
  const pid = child.pid ?? 0;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    const ready = async (): Promise<boolean> =>
      (await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null))?.status === 200;
    await eventually('npm start is ready', ready, { timeoutMs: 180_000, everyMs: 200 });
    await wait(settleMs);
    const before = cpuOf(pid);
    await wait(seconds * 1_000);
    const after = cpuOf(pid);
    const percent = (part: 'all' | 'postgres'): number => (after[part] - before[part]) / (seconds * 10);
    const rssMiB = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
    const figures = { percent: percent('all'), postgresPercent: percent('postgres'), rssMiB, seconds };
    say(
      `npm start at rest: ${figures.percent.toFixed(2)} % of a core, ` +
        `of that Postgres ${figures.postgresPercent.toFixed(2)}, ${rssMiB.toFixed(0)} MiB`,
    );
    return figures;
  } finally {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}
