// An operator at the console without a browser: logs in, reads pages, sends their forms.
// Used by the integration tests of the console; test/browser walks it in Chromium.
import type { Api } from './scheduling-api';

export const operatorKey = 'operator-key-of-at-least-thirty-two-characters';

export interface ConsoleAnswer {
  status: number;
  headers: Headers;
  text: string;
}

export interface Operator {
  /** What the browser sends back; empty where the login was refused. */
  cookie: string;
  get(path: string, headers?: Record<string, string>): Promise<ConsoleAnswer>;
  /** Sends fields as a form; the token of the session's forms is added unless it is among them. */
  post(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<ConsoleAnswer>;
}

/** Fetches without following where it leads; a form where `fields` are given. */
export async function visit(
  api: Pick<Api, 'url'>,
  path: string,
  { fields, headers = {} }: { fields?: Record<string, string>; headers?: Record<string, string> } = {},
): Promise<ConsoleAnswer> {
  const form = fields === undefined ? {} : { method: 'POST', body: new URLSearchParams(fields) };
  const answer = await fetch(`${api.url}${path}`, {
    redirect: 'manual',
    headers: { accept: 'text/html', ...headers },
    ...form,
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

export const formTokenIn = (page: string): string => /name="formToken" value="([\w-]+)"/.exec(page)?.[1] ?? '';

export async function logIn(api: Pick<Api, 'url'>, key = operatorKey): Promise<Operator> {
  const { headers } = await visit(api, '/console/login', { fields: { key } });
  const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
  const get: Operator['get'] = (path, more = {}) => visit(api, path, { headers: { cookie, ...more } });
  const formToken = formTokenIn((await get('/console/rooms')).text);
  return {
    cookie,
    get,
    post: (path, fields = {}, more = {}) =>
      visit(api, path, { fields: { formToken, ...fields }, headers: { cookie, ...more } }),
  };
}
