// Several hosts of one Postgres: a connection goes to the one that is not in recovery, the primary. Neither `URL` nor
// pg reads a list of hosts.
// Used by data-source.ts for the pool, and by database.ts for LISTEN. With one URL it is pg's own client.
import { setTimeout as wait } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { urlsIn } from '#contracts';

interface Host {
  host: string;
  port: number;
}

/** Of one host; one that is switched off does not reply at all. */
const askWithinMs = 2_000;
/** Below the time that the pool gives a connection: a failover that takes longer is an outage. */
const pickWithinMs = 4_000;
const againMs = 200;

/** pg's client, which for several URLs finds the primary before it connects; `variable` has the URLs. */
export function clientFor(urls: string, variable = 'DATABASE_URL'): typeof Client {
  const list = urlsIn(urls);
  if (list.length < 2) return Client;
  const picker = new HostPicker(list, variable);
  return class extends Client {
    override connect(): Promise<this>;
    override connect(callback: (error: Error | null) => void): void;
    override connect(callback?: (error: Error | null) => void): Promise<this> | void {
      const connected = picker.pick().then((found) => {
        Object.assign(this, found);
        return super.connect();
      });
      if (!callback) return connected.then(() => this);
      // An error of the callback is the caller's.
      const report = (error: Error | null): void => void process.nextTick(callback, error);
      connected.then(() => report(null), report);
    }
  };
}

class HostPicker {
  private readonly hosts: (Host & { url: string })[];
  /** The last primary: asked first, so that of two that claim to be it, one stays in use. */
  private last: string | undefined;
  private picking: Promise<Host> | undefined;

  constructor(
    urls: string[],
    private readonly variable: string,
  ) {
    this.hosts = urls.map((url) => {
      const { hostname, port } = new URL(url);
      return { url, host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port || 5432) };
    });
  }

  /** Rejects where no host can be written to within 4 s, or where a change of the URLs is needed. */
  pick(): Promise<Host> {
    this.picking ??= this.search().finally(() => (this.picking = undefined));
    return this.picking;
  }

  private async search(): Promise<Host> {
    const until = performance.now() + pickWithinMs;
    for (;;) {
      const faults: unknown[] = [];
      for (const some of this.inTurns()) {
        const found = await Promise.any(some.map(askHost)).catch((error: unknown) => {
          faults.push(...(error as { errors: unknown[] }).errors);
          return undefined;
        });
        if (!found) continue;
        this.last = found.url;
        return { host: found.host, port: found.port };
      }
      // Only an operator can fix a refused user or name.
      if (faults.every(isRefusal) || performance.now() + againMs > until) throw faultOf(faults, this.variable);
      await wait(againMs);
    }
  }

  private inTurns(): (Host & { url: string })[][] {
    const last = this.hosts.filter(({ url }) => url === this.last);
    return [last, this.hosts.filter(({ url }) => url !== this.last)].filter((turn) => turn.length > 0);
  }
}

const isRefusal = (fault: unknown): boolean =>
  /^(28|3D|42501|ENOTFOUND)/.test(String((fault as { code?: unknown }).code ?? ''));

/** Class 08: a connection that cannot be made; an outage (libs/contracts/src/outage.ts). */
const faultOf = (faults: unknown[], variable: string): unknown =>
  faults.every(isRefusal)
    ? faults[0]
    : Object.assign(new Error(`no host of ${variable} can be written to: each is unreachable or in recovery`), {
        code: '08001',
        cause: faults[0],
      });

async function askHost<Asked extends { url: string }>(asked: Asked): Promise<Asked> {
  const config: ClientConfig = {
    connectionString: asked.url,
    application_name: 'host picker',
    connectionTimeoutMillis: askWithinMs,
    query_timeout: askWithinMs,
  };
  const client = new Client(config);
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ in_recovery: boolean }>('select pg_is_in_recovery() as in_recovery');
    if (rows[0]?.in_recovery !== false) throw new Error('in recovery');
    return asked;
  } finally {
    void client.end().catch(() => undefined);
  }
}
