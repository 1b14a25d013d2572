// Daily's REST API as its documentation describes it, on a local port: rooms by name, errors as `{ error, info }`,
// faults on demand.
// Used by the tests of video rooms.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const dailyKey = 'daily-key-of-the-tests';

/** What becomes of one call before it is carried out; `lost` carries it out and says nothing. */
export type Fault = { status: number } | 'hang' | 'reset' | 'rubbish' | 'lost';

export class FakeDaily {
  readonly rooms = new Map<string, { name: string; privacy: string }>();
  /** Every call, as `METHOD /path`. */
  readonly calls: string[] = [];
  url = '';
  private readonly faults: Fault[] = [];
  private readonly server = createServer((request, response) => void this.serve(request, response));

  /** Resolves with the DAILY_API_URL. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`);
  }

  /** The next calls fare so, one each. */
  next(...faults: Fault[]): void {
    this.faults.push(...faults);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    this.calls.push(`${request.method} ${request.url}`);
    const fault = this.faults.shift();
    if (fault === 'hang') return;
    if (fault === 'reset') return void request.socket.resetAndDestroy();
    if (fault === 'rubbish') return void response.end('<html>');
    const { status, answer } =
      fault !== undefined && fault !== 'lost' ? error(fault.status) : this.answer(request, body);
    if (fault === 'lost') return void request.socket.resetAndDestroy();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  private answer({ method, url = '', headers }: IncomingMessage, body: string): { status: number; answer: unknown } {
    if (headers.authorization === undefined) return error(400, 'authorization-header-error');
    if (headers.authorization !== `Bearer ${dailyKey}`) return error(401, 'authentication-error');
    const [, name] = /^\/v1\/rooms\/([^/]+)$/.exec(url) ?? [];
    if (method === 'POST' && url === '/v1/rooms') return this.create(body);
    if (name === undefined || !this.rooms.has(name)) return error(404, 'not-found');
    if (method === 'DELETE') {
      this.rooms.delete(name);
      return { status: 200, answer: { deleted: true, name } };
    }
    return { status: 200, answer: this.view(name) };
  }

  private create(body: string): { status: number; answer: unknown } {
    const { name, privacy = 'public' } = JSON.parse(body) as { name: string; privacy?: string };
    if (/[^A-Za-z0-9_-]/.test(name) || name.length > 128) return error(400, 'invalid-request-error');
    if (this.rooms.has(name)) return error(400, 'invalid-request-error');
    this.rooms.set(name, { name, privacy });
    return { status: 200, answer: this.view(name) };
  }

  private view(name: string): Record<string, unknown> {
    const { privacy } = this.rooms.get(name) ?? {};
    return {
      id: `id-of-${name}`,
      name,
      api_created: true,
      privacy,
      url: `https://tests.daily.co/${name}`,
      created_at: '2026-11-23T12:00:00.000Z',
      config: {},
    };
  }
}

const error = (
  status: number,
  code = status === 429 ? 'rate-limit-error' : 'server-error',
): { status: number; answer: unknown } => ({
  status,
  answer: { error: code, info: 'for debugging only' },
});
