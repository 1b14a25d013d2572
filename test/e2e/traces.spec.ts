// One request or one mail is one trace, across three processes, real RabbitMQ and SMTP, to the webhook; no attribute
// tells of a person or a link; where tracing is off nothing of it is loaded.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { idsOf } from '#tracing';
import { readMail, textOf } from '../../apps/imip-ingestor/src/interpret/mail';
import { eventually } from '../support/eventually';
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from '../support/otlp-receiver';
import { type Product, startProduct } from '../support/product';
import { startReceiver } from '../support/webhooks';

let otlp: OtlpReceiver;
let hook: Awaited<ReturnType<typeof startReceiver>>;
let product: Product;
beforeAll(async () => {
  otlp = await startOtlpReceiver();
  hook = await startReceiver();
  product = await startProduct('three apps on RabbitMQ', {
    OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
    WEBHOOK_PRIVATE_TARGETS: 'on',
  });
  await product.api('POST', '/api/webhooks/endpoints', { url: hook.url, events: ['room.booked', 'room.cancelled'] });
}, 90_000);
afterAll(async () => {
  await product.end();
  await Promise.all([otlp.stop(), hook.stop()]);
}, 60_000);

const traceOf = (correlationId: string): ReceivedSpan[] =>
  otlp.spans.filter(({ traceId }) => traceId === idsOf(correlationId).traceId);
const named = (spans: ReceivedSpan[]): string[] => spans.map(({ app, name }) => `${app}: ${name}`).sort();

/** Every span but the first has its parent in the same trace. */
function isWhole(spans: ReceivedSpan[]): boolean {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  return spans.filter(({ parentSpanId }) => !parentSpanId || !ids.has(parentSpanId)).length === 1;
}

let roomId: string;
let decline: () => Promise<string>;

it('one trace leads from the call to both letters and the webhook', async () => {
  const { room, guest } = await product.book({}, { 'x-correlation-id': 'trace-of-a-booking' });
  roomId = room.roomId;
  decline = () => guest.reply('google', { kind: 'decline' });
  const trace = await eventually('the trace is whole', () => {
    const spans = traceOf('trace-of-a-booking');
    return spans.filter(({ name }) => /^send|^webhook/.test(name)).length >= 3 && isWhole(spans) ? spans : undefined;
  });
  expect(named(trace)).toEqual(
    expect.arrayContaining([
      'notification-sender: handle RoomBooked',
      'notification-sender: send REQUEST',
      'notification-sender: send REQUEST',
      'notification-sender: webhook room.booked',
      'scheduling-api: POST /api/practice-room/create',
      'scheduling-api: publish RoomBooked',
    ]),
  );
  const published = trace.find(({ name }) => name === 'publish RoomBooked');
  expect(trace.find(({ name }) => name === 'handle RoomBooked')?.parentSpanId).toBe(published?.spanId);
});

it('one trace leads from a mail to the cancel letters and the webhook', async () => {
  const mailId = await decline();
  const trace = await eventually('the trace is whole', () => {
    const spans = traceOf(mailId);
    return spans.filter(({ name }) => /^send CANCEL|^webhook/.test(name)).length >= 3 && isWhole(spans)
      ? spans
      : undefined;
  });
  expect(named(trace)).toEqual(
    expect.arrayContaining([
      'imip-ingestor: publish ReplyReceived',
      'imip-ingestor: read mail',
      'notification-sender: handle RoomCancelled',
      'notification-sender: send CANCEL',
      'notification-sender: send CANCEL',
      'notification-sender: webhook room.cancelled',
      'scheduling-api: handle ReplyReceived',
      'scheduling-api: publish RoomCancelled',
    ]),
  );
  expect((await product.room(roomId)).status).toBe('cancelled');
});

it('no span tells of an address, a name, a token or a URL of a page', async () => {
  const { guest } = await product.book();
  const text = readMail(await guest.mail(0)).parts.find(({ type }) => type === 'text/plain');
  const token = /\/reschedule\?r=([\w.-]+)/.exec(text ? textOf(text) : '')?.[1];
  await fetch(`${product.url('scheduling-api')}/reschedule?r=${String(token)}`);
  await eventually('the page is traced', () => otlp.spans.some(({ name }) => name === 'GET /reschedule'));
  expect(token).toMatch(/^[\w-]{22}\.[\w-]{43}/);
  for (const word of [guest.email, '@', '%40', 'Gil ', 'Hana ', String(token), 'r=', hook.url])
    expect([word, otlp.raw().includes(word)]).toEqual([word, false]);
});

// prom-client loads the API, which by itself does nothing.
it('where it is off, nothing of OpenTelemetry is loaded', () => {
  const script = `
    const { startTracing } = require('./dist/libs/tracing/src/index.js');
    const loaded = () => Object.keys(require.cache).filter((file) => /opentelemetry.(?:sdk|otlp|exporter|resources)/.test(file)).length;
    require('./dist/libs/service/src/app-process.js');
    startTracing(undefined, 'x').then(() => console.log(loaded()));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
    cwd: join(__dirname, '..', '..'),
    encoding: 'utf8',
  });
  expect([stdout.trim(), stderr]).toEqual(['0', '']);
});
