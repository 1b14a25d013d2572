// `npm run services -- up` provides a Postgres and a RabbitMQ the way `npm test` does and leaves them running; `down`
// removes exactly those.
// Prints DATABASE_URL=… and RABBITMQ_URL=… on standard output, everything else on standard error.
import { readyAndBuilt } from '../../apps/standalone/bin/build.mjs';
import { giveUp, say } from '../../apps/standalone/bin/install.mjs';
import { Made } from './made.mjs';
import { postgresAnswers, providePostgres } from './postgres.mjs';
import { provideRabbit, rabbitAnswers } from './rabbitmq.mjs';

const [command] = process.argv.slice(2);
if (command !== 'up' && command !== 'down') giveUp('Say `npm run services -- up` or `npm run services -- down`.');
await readyAndBuilt(import.meta.url);
const made = new Made('services');
if (command === 'up') await up();
else await down();

async function up() {
  const known = made.things.find(({ kind }) => kind === 'answer')?.variables;
  const alive = known && (await postgresAnswers(known.DATABASE_URL)) && (await rabbitAnswers(known.RABBITMQ_URL));
  // What a restart of the machine has ended is cleared away first.
  if (!alive) await made.undo();
  const variables = alive ? known : await provide();
  for (const [name, value] of Object.entries(variables)) process.stdout.write(`${name}=${value}\n`);
  process.exit(0);
}

async function provide() {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void made.undo().then(() => process.exit(1)));
  const ways = (process.env.SERVICES ?? 'local,installed,docker,apt').split(',');
  try {
    const variables = { DATABASE_URL: await providePostgres(made, ways), ...(await provideRabbit(made, ways)) };
    made.add({ kind: 'answer', variables });
    return variables;
  } catch (error) {
    await made.undo();
    giveUp(error.message);
  }
}

async function down() {
  const had = made.things.length > 0;
  await made.undo();
  if (made.things.length > 0) process.exit(1);
  say(had ? 'Stopped and removed.' : 'Nothing was up.');
  process.exit(0);
}
