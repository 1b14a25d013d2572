// The API's page: every operation of /openapi.json with its schemas, and a form that sends its example to this server.
// Loaded by docs.html. The key stays in this tab.

function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === undefined) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const key = document.getElementById('key');
key.value = sessionStorage.getItem('key') ?? '';
key.addEventListener('input', () => sessionStorage.setItem('key', key.value));

const pretty = (value) => JSON.stringify(value, null, 2);
const nameOf = (schema) => schema?.$ref?.split('/').at(-1);

const resolved = (schema) => api.components.schemas[nameOf(schema)] ?? schema;

/** Words between backticks are code. */
const marked = (text) => text.split('`').map((piece, at) => (at % 2 === 1 ? el('code', {}, piece) : piece));

/** A schema in a few words: what a reader of a table wants to know. */
function kind(schema) {
  const name = nameOf(schema);
  if (name !== undefined) return el('a', { href: `#schema-${name}` }, name);
  if (schema.anyOf) return el('span', {}, ...schema.anyOf.flatMap((each, at) => [at > 0 ? ' | ' : null, kind(each)]));
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(' | ');
  if (schema.type === 'array') return el('span', {}, 'array of ', kind(schema.items ?? {}));
  return [schema.type].flat().join(' | ') + (schema.format ? ` (${schema.format})` : '') || 'anything';
}

function fields(schema) {
  const rows = Object.entries(schema.properties ?? {}).map(([name, each]) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, name, schema.required?.includes(name) ? el('b', { title: 'required' }, ' *') : null),
      el(
        'td',
        {},
        kind(each),
        each.default === undefined ? null : ` = ${JSON.stringify(each.default)}`,
        each.maxLength ? `, at most ${each.maxLength} characters` : '',
      ),
      el('td', { class: 'faint' }, each.description ?? ''),
    ),
  );
  return el('div', { class: 'scroll', tabindex: '0' }, el('table', {}, el('tbody', {}, ...rows)));
}

function operation(method, path, described) {
  const { summary, description, parameters = [], requestBody, responses, security } = described;
  const json = requestBody?.content['application/json'];
  return el(
    'details',
    { class: 'operation', id: described.operationId },
    el(
      'summary',
      {},
      el('span', { class: `method ${method}` }, method.toUpperCase()),
      el('code', {}, path),
      el('span', { class: 'faint' }, marked(summary)),
    ),
    el(
      'div',
      { class: 'inside' },
      description ? el('p', {}, marked(description)) : null,
      security.length === 0 && described.tags.includes('Links')
        ? el('p', { class: 'faint' }, 'Needs no key: the token of the link is the authority.')
        : null,
      security.some((each) => each.inbound)
        ? el('p', { class: 'faint' }, 'Wants INBOUND_TOKEN in place of the API key.')
        : null,
      json ? [el('h3', {}, 'Body'), fields(resolved(json.schema))] : null,
      el('h3', {}, 'Responses'),
      el('ul', { class: 'responses' }, ...Object.entries(responses).map(([status, each]) => response(status, each))),
      tryIt(method, path, parameters, requestBody, security),
    ),
  );
}

function response(status, { description, content = {} }) {
  const schema = Object.values(content)[0]?.schema;
  return el('li', {}, el('b', {}, status), ` ${description} `, nameOf(schema) ? kind(schema) : null);
}

function tryIt(method, path, parameters, requestBody, security) {
  const inputs = parameters.map(({ name, in: where, example, description, required }) => ({
    name,
    where,
    node: el('input', { name, value: example, placeholder: where, title: description, required, spellcheck: 'false' }),
  }));
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const body = type ? el('textarea', { name: 'body', rows: '10', spellcheck: 'false', 'aria-label': 'Body' }) : null;
  if (body)
    body.value = typeof content.example === 'string' ? content.example : content.example ? pretty(content.example) : '';
  const answer = el('div', { role: 'status' });
  const filled = () => request({ method, path, inputs, type, body: body?.value, needsKey: security.length > 0 });
  const send = async (event) => {
    event.preventDefault();
    const { target, headers, ...rest } = filled();
    if (security.length > 0) headers.authorization = `Bearer ${key.value.replace(/^Bearer /, '')}`;
    await show(answer, target, { ...rest, headers });
  };
  const copy = (as) => () => void showCopied(answer, as(filled()));
  return el(
    'form',
    { onsubmit: (event) => void send(event) },
    el('h3', {}, 'Try it'),
    ...inputs.map(({ name, node }) => el('label', {}, name, node)),
    body ? el('label', {}, type, body) : null,
    el('button', {}, 'Send'),
    el('button', { type: 'button', class: 'copy', onclick: copy(asCurl) }, 'Copy as curl'),
    security.some((each) => each.key)
      ? el('button', { type: 'button', class: 'copy', onclick: copy(asTypeScript) }, 'Copy as TypeScript')
      : null,
    answer,
  );
}

/** What the form contains, as the request that it makes. The key is not in it: it is neither shown nor copied. */
function request({ method, path, inputs, type, body, needsKey }) {
  const given = { path: {}, query: {}, header: {} };
  for (const { name, where, node } of inputs) if (node.value !== '') given[where][name] = node.value;
  const place = path.replaceAll(/\{(\w+)\}/g, (whole, name) => encodeURIComponent(given.path[name] ?? whole));
  const query = new URLSearchParams(given.query);
  return {
    method: method.toUpperCase(),
    target: place + (query.size > 0 ? `?${query}` : ''),
    headers: { ...given.header, ...(type ? { 'content-type': type } : {}) },
    ...(type ? { body } : {}),
    call: { path, given, needsKey },
  };
}

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

function asCurl({ method, target, headers, body, call }) {
  const lines = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  if (call.needsKey) lines.unshift('-H "authorization: Bearer $API_KEY"');
  if (body !== undefined) lines.push(`--data-binary ${quoted(body)}`);
  return [`curl -sS -X ${method} ${quoted(location.origin + target)}`, ...lines].join(' \\\n  ');
}

function asTypeScript({ method, body, call }) {
  const { path, given } = call;
  const params = Object.fromEntries(Object.entries(given).filter(([, each]) => Object.keys(each).length > 0));
  const parts = [
    ...(Object.keys(params).length > 0 ? [`params: ${pretty(params)}`] : []),
    ...(body ? [`body: ${body}`] : []),
  ];
  const options = parts.length > 0 ? `, {\n${parts.join(',\n')},\n}` : '';
  return [
    "import { createClient, take } from '@hybrid-scheduling/client';",
    '',
    `const client = createClient({ baseUrl: '${location.origin}', token: process.env.API_KEY ?? '' });`,
    `console.log(await take(client.${method}('${path}'${options})));`,
  ].join('\n');
}

/** Shows what was copied; where the browser lets nothing be copied, it can be marked there. */
async function showCopied(node, text) {
  const copied = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  node.replaceChildren(
    el(
      'p',
      { class: 'faint' },
      copied ? 'Copied. Put your key into API_KEY.' : 'Copy this; put your key into API_KEY.',
    ),
    el('pre', { tabindex: '0' }, text),
  );
}

const headerLines = (response) => [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');

/** The response view: status, type and time, the headers, and the body with its JSON indented. */
async function show(node, target, { call: _, ...init }) {
  node.replaceChildren(el('p', { class: 'faint' }, `${init.method} ${target} …`));
  const begun = performance.now();
  try {
    const response = await fetch(target, init);
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    node.replaceChildren(
      el(
        'p',
        {},
        el('b', { class: response.ok ? 'good' : 'bad' }, String(response.status)),
        ` ${init.method} ${target} · ${response.headers.get('content-type') ?? 'no body'} · ${Math.round(performance.now() - begun)} ms`,
      ),
      el('details', { class: 'headers' }, el('summary', {}, 'Headers'), el('pre', {}, headerLines(response))),
      el('pre', { class: 'body', tabindex: '0' }, text === '' ? '(no body)' : json ? pretty(JSON.parse(text)) : text),
    );
  } catch (error) {
    node.replaceChildren(el('p', { class: 'bad' }, `No answer: ${error.message}`));
  }
}

const api = await (await fetch('/openapi.json')).json();
const all = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, each]) => ({ path, method, each })),
);
document
  .querySelector('main')
  .replaceChildren(
    el('p', {}, api.info.description),
    ...api.tags.map(({ name, description }) =>
      el(
        'section',
        {},
        el('h2', {}, name, el('span', { class: 'faint' }, ` ${description}`)),
        ...all
          .filter(({ each }) => each.tags.includes(name))
          .map(({ method, path, each }) => operation(method, path, each)),
      ),
    ),
    el(
      'section',
      {},
      el('h2', {}, 'Schemas'),
      ...Object.entries(api.components.schemas).map(([name, schema]) =>
        el(
          'details',
          { class: 'operation', id: `schema-${name}` },
          el('summary', {}, el('code', {}, name)),
          el('div', { class: 'inside' }, fields(schema)),
        ),
      ),
    ),
  );
// A link to a schema or an operation opens it.
const open = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) {
    target.open = true;
    target.scrollIntoView();
  }
};
addEventListener('hashchange', open);
open();
