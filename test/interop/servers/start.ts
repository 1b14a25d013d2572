// How a server is started in its root.
// Used by sender-programs.ts, border.ts and the receivers.
import type { Lab } from '../lab';
import { CannotRun } from '../program';

/** Runs as root in the program's root; throws what it said where it fails. */
export async function must(lab: Lab, line: string): Promise<void> {
  const ran = await lab.root.sh(line, { timeoutMs: 150_000 });
  if (ran.code !== 0) throw new Error(`${line.slice(0, 60)}: ${ran.stdout}${ran.stderr}`.slice(0, 800));
}

/** Starts what stays in the foreground; it ends with the root. */
export function background(lab: Lab, line: string): void {
  lab.root.spawn(['bash', '-c', `${line} </dev/null >/var/log/lab.log 2>&1`]);
}

/** Until somebody listens there. */
export async function listens(lab: Lab, port = 25, host = '127.0.0.1'): Promise<void> {
  const asks = `for i in $(seq 400); do (echo > /dev/tcp/${host}/${port}) 2>/dev/null && exit 0; sleep 0.3; done; exit 1`;
  const ran = await lab.root.sh(asks, { timeoutMs: 150_000 });
  const log = async (): Promise<string> => (await lab.root.sh('tail -c 600 /var/log/lab.log')).stdout;
  if (ran.code !== 0) throw new CannotRun(`nothing listens on ${host}:${port}: ${await log()}`);
}

/** Postfix's own chroots would need files of this network copied into them. */
export const noChroots = "sed -i -E 's/^(\\S+\\s+\\S+\\s+\\S+\\s+\\S+\\s+)y/\\1n/' /etc/postfix/master.cf";
