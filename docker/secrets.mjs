// The passwords and keys of docker-compose.yml: made once at random, kept on volumes, one volume a reader.
// Run by the service `secrets` before every other; safe to repeat. What the environment gives to an app wins there.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? '/secrets';
const { POSTGRES_PASSWORD, RABBITMQ_PASSWORD } = process.env;

const random = () => randomBytes(32).toString('base64url');

/** Whole or not at all; a new file each time, because root without capabilities cannot write what is read-only. */
function write(reader, name, text, mode) {
  const file = join(folder, reader, name);
  mkdirSync(join(folder, reader), { recursive: true });
  rmSync(`${file}.new`, { force: true });
  writeFileSync(`${file}.new`, text, { mode });
  renameSync(`${file}.new`, file);
}

/** What was made at an earlier start; names that a later version adds are made then. */
function kept() {
  const file = join(folder, 'kept', 'secrets.json');
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const names = ['owner', 'broker', 'scheduling_api', 'notification_sender', 'imip_ingestor'];
  const keys = ['platform', 'operator', 'inbound', 'token'];
  const all = { ...Object.fromEntries([...names, ...keys].map((name) => [name, random()])), ...before };
  write('kept', 'secrets.json', JSON.stringify(all), 0o400);
  return all;
}

// An empty variable counts as not set.
const made = kept();
const owner = POSTGRES_PASSWORD || made.owner;
const broker = RABBITMQ_PASSWORD || made.broker;

/** Of RFC 3986's reserved characters none is left: the URL stands in a file that a shell reads. */
const encoded = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
const databaseUrl = (user, password) => `postgres://${user}:${encoded(password)}@postgres:5432/scheduling`;
// In the clear, on the network of docker-compose.yml alone.
const brokerUrl = `amqp://scheduling:${encoded(broker)}@rabbitmq:5672?insecure=1`;
const lines = (values) =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

const TOKEN_SECRET = made.token;
const callers = { API_KEYS: `platform:${made.platform}`, OPERATOR_KEYS: `operator:${made.operator}` };
const ofApps = {
  'scheduling-api': { TOKEN_SECRET, ...callers },
  'notification-sender': { TOKEN_SECRET },
  'imip-ingestor': { TOKEN_SECRET, ...callers, INBOUND_TOKEN: made.inbound },
};
const roles = [];
for (const [app, values] of Object.entries(ofApps)) {
  const role = app.replace('-', '_');
  const DATABASE_URL = databaseUrl(role, made[role]);
  // Readable by every user: the app runs as one without rights, and the volume is its own.
  write(app, 'app.env', lines({ DATABASE_URL, RABBITMQ_URL: brokerUrl, ...values }), 0o444);
  roles.push(`-c scheduling.${role}_password=${made[role]}`);
}
write('owner', 'password', owner, 0o444);
write('owner', 'app.env', lines({ DATABASE_URL: databaseUrl('scheduling', owner) }), 0o444);
write('owner', 'roles.env', lines({ PGOPTIONS: `"${roles.join(' ')}"` }), 0o444);
write('broker', 'password', broker, 0o444);
