#!/usr/bin/env node
// The pipe way in, for Postfix: a mail on standard input, handed to the ingestor over HTTP; exit 0 once it is stored,
// 75 (try again) on any trouble of ours.
//   pipe.mjs --url http://127.0.0.1:3003 --token-file /etc/scheduling/inbound-token --from ${sender} --to
// ${recipient} [--client ${client_address} --helo ${client_helo}]
// Runs on any Node from 20 on and needs nothing else: a missing package must not bounce a mail. INBOUND_URL and
// INBOUND_TOKEN stand in for the options.
import { readFileSync } from 'node:fs';

/** sysexits.h: everything else makes Postfix give the mail back to its sender. */
const tryAgain = 75;
const tooLarge = 65;
const limitBytes = 10 * 1024 * 1024;

process.exitCode = tryAgain;
for (const event of ['uncaughtException', 'unhandledRejection'])
  process.on(event, (error) => leave(tryAgain, error?.message));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => leave(tryAgain, signal));

function leave(code, why) {
  if (why) process.stderr.write(`${String(why).split('\n')[0].slice(0, 300)}\n`);
  process.exit(code);
}

const options = readOptions(process.argv.slice(2));
const url = options.url ?? process.env.INBOUND_URL ?? 'http://127.0.0.1:3000';
const token =
  options['token-file'] === undefined ? process.env.INBOUND_TOKEN : readFileSync(options['token-file'], 'utf8').trim();
if (!token) leave(tryAgain, 'no token: give --token-file or INBOUND_TOKEN');
const chunks = [];
let length = 0;
for await (const chunk of process.stdin) {
  length += chunk.length;
  // Trying again does not make it smaller, so the mail goes back to its sender.
  if (length > limitBytes) leave(tooLarge, 'larger than the ingestor takes');
  chunks.push(chunk);
}
const headers = { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' };
// Postfix writes the null sender as an empty word, or as MAILER-DAEMON where `null_sender=` is not set in master.cf.
if (options.from !== undefined)
  headers['x-envelope-from'] = bytesOf(/^(?:<>|MAILER-DAEMON)?$/i.test(options.from) ? '' : options.from);
if (options.to !== undefined) headers['x-envelope-to'] = bytesOf(options.to);
if (options.client) headers['x-client-address'] = bytesOf(options.client);
if (options.helo) headers['x-client-helo'] = bytesOf(options.helo);
const response = await fetch(`${url.replace(/\/+$/, '')}/api/imip/inbound`, {
  method: 'POST',
  headers,
  body: Buffer.concat(chunks),
  redirect: 'error',
  signal: AbortSignal.timeout(60_000),
});
if (response.status === 202) leave(0);
leave(response.status === 413 ? tooLarge : tryAgain, `the ingestor answered ${response.status}`);

/** A header carries bytes; an international address is UTF-8 (RFC 6532). */
function bytesOf(text) {
  return Buffer.from(text.replace(/[\r\n\0]/g, '')).toString('latin1');
}

function readOptions(words) {
  const known = ['url', 'token-file', 'from', 'to', 'client', 'helo'];
  const options = {};
  for (let at = 0; at < words.length; at += 2) {
    const name = words[at].replace(/^--/, '');
    if (!known.includes(name)) leave(tryAgain, `unknown option ${words[at]}`);
    options[name] = words[at + 1] ?? '';
  }
  return options;
}
