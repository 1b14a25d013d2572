// Decides before a body is read whether it may be: by path, type and sender, and by how many bytes all requests may
// have in memory together.
// Registered by http-app.ts; the apps' own gates mark requests with a valid credential in a header.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { nothingHere, Problem } from './problem';

/**
 * Bytes of bodies that are in memory at a time, over all connections. Senders with a valid credential in a header have
 * a share of their own, which others cannot use up.
 */
export const inFlightLimits = { known: 64 * 1024 * 1024, strangers: 32 * 1024 * 1024 };
const retryAfterSeconds = 5;

const known = new WeakSet<FastifyRequest>();
/** Marks a request whose headers have a valid credential. Call from an onRequest hook. */
export const markAuthenticated = (request: FastifyRequest): void => void known.add(request);

/** Routes that take raw mail; those of the providers below it read bodies of any type, each by its own signature. */
const mailRoute = '/api/imip/inbound';
const providerRoute = /^\/api\/(?:imip\/inbound|hooks\/email-status)\/:provider/;
const formTypes = ['application/json', 'application/x-www-form-urlencoded'];

/** Adds the checks to every route of the server, unknown paths included. */
export function guardBodies(server: FastifyInstance, limits = inFlightLimits): void {
  const bytesInMemory = { known: 0, strangers: 0 };
  server.addHook('onRequest', (request, _reply, done) => done(refusal(request)));
  server.addHook('preParsing', (request, reply, payload, done) => {
    if (hasBody(request)) count(request, reply);
    done(null, payload);
  });

  /** Counted until the response was sent: the body is in memory as long as its handler runs. */
  function count(request: FastifyRequest, reply: FastifyReply): void {
    const share = known.has(request) ? 'known' : 'strangers';
    let bytes = 0;
    const take = (chunk: Buffer): void => {
      bytes += chunk.length;
      bytesInMemory[share] += chunk.length;
      if (bytesInMemory[share] <= limits[share]) return;
      request.raw.off('data', take);
      // Fastify's body reader gets the error, responds and releases its memory; further bytes are discarded.
      request.raw.emit('error', tooMuchInFlight());
    };
    request.raw.on('data', take);
    reply.raw.once('close', () => {
      request.raw.off('data', take);
      bytesInMemory[share] -= bytes;
    });
  }
}

const tooMuchInFlight = (): Problem =>
  new Problem(503, 'too-busy', 'Too many large requests are being read. Try again.', {
    headers: { 'retry-after': String(retryAfterSeconds) },
  });

/** RFC 9112, 6.3: a request has a body where it says how long it is, or that it comes in chunks. */
function hasBody({ method, headers }: FastifyRequest): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Why the body is not read, or undefined where it is. */
function refusal(request: FastifyRequest): Problem | undefined {
  if (!hasBody(request)) return undefined;
  if (request.is404) return nothingHere();
  const route = request.routeOptions.url ?? '';
  if (providerRoute.test(route)) return undefined;
  const taken = route === mailRoute ? ['message/rfc822'] : formTypes;
  // RFC 9110, 8.3.1: types are compared without regard to case.
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (taken.includes(type)) return undefined;
  return new Problem(415, 'type-not-taken', `The body must be sent as ${taken.join(' or ')}.`);
}

/**
 * Whether JSON text nests objects and arrays deeper than `most`: code that walks them by recursion would run out of
 * stack.
 */
export function nestsDeeperThan(json: Uint8Array, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (byte === quote) at = endOfString(json, at);
    else depth += steps.get(byte) ?? 0;
    if (depth > most) return true;
  }
  return false;
}

const [quote, backslash] = [0x22, 0x5c];
/** `[` `{` lead one level down, `]` `}` one up. */
const steps = new Map<number | undefined, number>([
  [0x5b, 1],
  [0x7b, 1],
  [0x5d, -1],
  [0x7d, -1],
]);

/** Where the string that begins at `start` ends; the end of the text where it does not. */
function endOfString(json: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== quote) at += json[at] === backslash ? 2 : 1;
  return at;
}
