// The least an HTTP client can be: kept connections, one JSON or raw body, the answer's text. It shares the machine
// with what it measures.
// Used by the drivers of every measurement.
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** Rejects on a status other than 2xx. */
export function post(url: string, headers: Record<string, string>, body: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { agent, method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          const { statusCode = 0 } = response;
          if (statusCode >= 200 && statusCode < 300) resolve(text);
          else reject(new Error(`${url} answered ${statusCode}: ${text.slice(0, 300)}`));
        });
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Calls `one` for 0 to `count - 1`, so many at a time. */
export async function inParallel(
  count: number,
  atATime: number,
  one: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await one(next++);
  };
  await Promise.all(Array.from({ length: Math.min(atATime, count) }, worker));
}
