// What the bench writes down, from figures that are made up.
import { latencyOf, quantile, spreadOf } from './figures';
import { underFloor } from './floor';
import { markdown, plot, type Report } from './report';

it('quantiles lie between neighbours', () => {
  expect([quantile([4, 1, 3, 2], 0.5), quantile([1, 2, 3], 0), quantile([1, 2, 3], 1), quantile([5], 0.99)]).toEqual([
    2.5, 1, 3, 5,
  ]);
  expect(latencyOf([1, 2, 3])).toMatchObject({ count: 3, p50: 2 });
});

const against = (ours: number[], bare: number[]) => ({
  ours: spreadOf(ours),
  bare: spreadOf(bare),
  ratio: spreadOf(ours.map((each, at) => each / (bare[at] ?? Number.NaN))),
});
const report: Report = {
  machine: '2 cores',
  date: '2026-11-25',
  outbound: against([300, 500, 400], [800, 800, 800]),
  booking: against([400, 400, 400], [800, 800, 800]),
  steps: { paced: { commitMs: 1, confirmMs: 1, smtpMs: 2 }, backToBack: { commitMs: 0.5, confirmMs: 0.5, smtpMs: 1 } },
  latency: {
    load: 0.2,
    bookingToMail: { count: 9, p50: 8, p95: 10, p99: 12 },
    mailToDecision: { count: 9, p50: 6, p95: 10, p99: 12 },
  },
  growth: [1_000, 1_000_000].map((rooms) => ({
    rooms,
    outbound: against([rooms === 1_000 ? 400 : 380], [800]),
    booking: against([400], [800]),
    inbound: against([400], [800]),
  })),
};

it('each row shows the product, its bare counterpart and the ratio of the two', () => {
  const rows = markdown(report).split('\n');
  expect(rows).toContain(
    '| create with guest until both invitations are taken | 400 (300–500) letters/s | 800 (800–800) letters/s | **0.50 (0.38–0.63)** |',
  );
  expect(rows.find((row) => row.startsWith('| booking to mail'))).toMatch(/\*\*2\.0\*\* p50 \(4\.0\) \|$/);
  expect(rows.find((row) => row.includes('1,000,000 rooms ÷'))).toContain(
    '**0.95** outbound, **1.00** booking, **1.00** inbound',
  );
  expect(rows.every((row) => row === '' || !row.startsWith('|') || row.split('|').length === 6)).toBe(true);
});

it('webhooks show what they cost the letters and how fast they leave', () => {
  const one = (value: number) => spreadOf([value]);
  const letters = { with: one(450), without: one(500), ratio: one(0.9) };
  const webhooks = { letters, perSecond: one(700), count: 10_000, cpu: { postgres: 0.4, 'notification-sender': 0.5 } };
  const rows = markdown({ ...report, webhooks }).split('\n');
  expect(rows.find((row) => row.includes('every webhook'))).toMatch(/\*\*0\.90 \(0\.90–0\.90\)\*\* \|$/);
  expect(rows.find((row) => row.includes('10,000 webhooks'))).toContain('700 (700–700) webhooks/s');
  expect(rows.find((row) => row.includes('CPU of a webhook'))).toContain('0.90 ms');
});

const cpu = (ms: number) => ({
  letter: { 'scheduling-api': ms, postgres: ms, driver: 9, sink: 9 },
  booked: { 'scheduling-api': 1 },
  mail: { 'imip-ingestor': 1 },
  bare: { letter: 1, mail: 0.5 },
});

it('CPU is that of the product, not of what drives it and takes its letters', () => {
  const row = markdown({ ...report, cpu: cpu(1) })
    .split('\n')
    .find((each) => each.includes('a letter (create)'));
  expect(row).toContain('| 2.00 ms (');
  expect(row).toMatch(/\| 1\.00 ms \| 2\.0 times \|$/);
});

it('a letter that costs many times the bare one is under the floor', () => {
  expect(underFloor(cpu(2))).toEqual([]);
  expect(underFloor(cpu(5))).toEqual([expect.stringMatching(/^bench: create: 10\.0 times/)]);
});

it('the plot holds a line for each of the three, higher for what takes longer', () => {
  const svg = plot([
    { load: 0.2, latency: { count: 1, p50: 5, p95: 50, p99: 90 } },
    { load: 0.8, latency: { count: 1, p50: 20, p95: 80, p99: 400 } },
  ]);
  const lines = [...svg.matchAll(/<polyline points="([^"]+)"/g)].map(([, points = '']) =>
    points.split(' ').map((each) => Number(each.split(',')[1])),
  );
  expect(lines).toHaveLength(3);
  const [p50, p95, p99] = lines;
  expect((p50?.[0] ?? 0) > (p95?.[0] ?? 0) && (p95?.[0] ?? 0) > (p99?.[0] ?? 0)).toBe(true);
  expect(svg).toContain('1000 ms');
});
