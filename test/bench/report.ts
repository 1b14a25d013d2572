// Writes down what was measured: JSON for machines, a Markdown table for the README, a plot of latency against load.
// Pure; called by main.ts.
import { type Cpu, productCpu } from './cpu';
import type { Latency, Spread } from './figures';
import { type Against, type Results, type StepTimes, growthRatio } from './measurements';
import { type App, apps } from './stage';

export interface Report extends Partial<Results> {
  machine: string;
  date: string;
}

const whole = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 0 });
const ms = (value: number): string => `${value.toFixed(1)} ms`;
const spread = ({ median, lowest, highest }: Spread, show = whole): string =>
  `${show(median)} (${show(lowest)}–${show(highest)})`;
const ratio = ({ ratio: of }: Against): string => spread(of, (value) => value.toFixed(2));
const latency = ({ p50, p95, p99 }: Latency): string => `p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}`;

const sumOf = ({ commitMs, confirmMs, smtpMs }: StepTimes): number => commitMs + confirmMs + smtpMs;

const pair = (what: string, unit: string, figures: Against | undefined): string[][] =>
  figures
    ? [[what, `${spread(figures.ours)} ${unit}`, `${spread(figures.bare)} ${unit}`, `**${ratio(figures)}**`]]
    : [];

/** `bare`: CPU of the bare loop. */
const cpuRow = (what: string, cpu: Cpu, bare?: number): string[] => {
  const total = productCpu(cpu);
  const parts = Object.entries(cpu)
    .filter(([, each]) => each >= 0.02)
    .sort(([, a], [, b]) => b - a);
  const figures = parts.map(([part, each]) => `${part} ${each.toFixed(2)}`).join(', ');
  return [
    `CPU of ${what}, without what drives and receives`,
    `${total.toFixed(2)} ms (${figures})`,
    bare === undefined ? '' : `${bare.toFixed(2)} ms`,
    bare === undefined ? '' : `${(total / bare).toFixed(1)} times`,
  ];
};

function sideBySideRows(beside: Report['sideBySide']): string[][] {
  if (!beside) return [];
  const show = (value: number): string => value.toFixed(2);
  const names = { create: 'letters, create with guest', book: 'letters, book', mail: 'mails' } as const;
  return (['create', 'book', 'mail'] as const).flatMap((way) => {
    const { ours, theirs, ratio: of } = beside.rates[way];
    const { ours: mine, theirs: other } = beside.cpu[way];
    return [
      [
        `${names[way]} against ${beside.commit}`,
        `${spread(ours)} /s`,
        `${spread(theirs)} /s`,
        `**${spread(of, show)}**`,
      ],
      [`CPU of these`, `${mine.toFixed(2)} ms`, `${other.toFixed(2)} ms`, `${(mine / other).toFixed(2)}`],
    ];
  });
}

function restingRows({ cold, idle, unsynced }: Report): string[][] {
  const rows = unsynced
    ? [
        ...pair('the same with fsync=off, for comparison only: create', 'letters/s', unsynced.outbound),
        ...pair('book', 'letters/s', unsynced.booking),
        ...pair('mails', 'mails/s', unsynced.inbound),
      ]
    : [];
  if (cold)
    rows.push([
      'the first 200 after a start',
      `${spread(cold.letters)} letters/s, ${spread(cold.mails)} mails/s`,
      '',
      '',
    ]);
  if (idle)
    rows.push([
      '`npm start` at rest',
      `${idle.percent.toFixed(2)} % of a core, of that Postgres ${idle.postgresPercent.toFixed(2)} %; ` +
        `${whole(idle.rssMiB)} MiB`,
      '',
      '',
    ]);
  return rows;
}

function growthRows(growth: Results['growth']): string[][] {
  const rows = growth.flatMap(({ rooms, outbound, booking, inbound }) => [
    ...pair(`with ${whole(rooms)} rooms in the database, create`, 'letters/s', outbound),
    ...pair(`with ${whole(rooms)} rooms in the database, book`, 'letters/s', booking),
    ...pair(`with ${whole(rooms)} rooms in the database, in`, 'mails/s', inbound),
  ]);
  const [first, last] = [growth[0], growth.at(-1)];
  if (!first || !last || first === last) return rows;
  const ratios = (['outbound', 'booking', 'inbound'] as const).map(
    (which) => `**${growthRatio(growth, which).toFixed(2)}** ${which}`,
  );
  return [
    ...rows,
    [
      `throughput at ${whole(last.rooms)} rooms ÷ at ${whole(first.rooms)}, each against bare`,
      '',
      '',
      ratios.join(', '),
    ],
  ];
}

function processRows(app: App, { memory, startMs }: Report): string[][] {
  const [used, start] = [memory?.[app], startMs?.[app]];
  return [
    ...(used
      ? [
          [
            `memory of ${app}`,
            `idle ${whole(used.idle)} MiB, most under load ${whole(used.loaded)} MiB`,
            `after each tenth of the messages: ${used.samples.map(whole).join(', ')}`,
            '',
          ],
        ]
      : []),
    ...(start ? [[`start of ${app} until ready`, `${spread(start)} ms`, '', '']] : []),
  ];
}

/** Rows of what, figure and, where there is one, the bare counterpart and the ratio of the two. */
export function rowsOf(report: Report): string[][] {
  const rows = [
    ...pair('create with guest until both invitations are taken', 'letters/s', report.outbound),
    ...pair('book on rooms that exist until both invitations are taken', 'letters/s', report.booking),
    ...pair('mails in until the partstat shows', 'mails/s', report.inbound),
  ];
  if (report.cpu) {
    const { letter, booked, mail, bare } = report.cpu;
    rows.push(cpuRow('a letter (create)', letter, bare.letter), cpuRow('a letter (book)', booked, bare.letter));
    rows.push(cpuRow('a mail', mail, bare.mail));
  }
  rows.push(...sideBySideRows(report.sideBySide), ...restingRows(report));
  if (report.approvals)
    rows.push([
      'approvals until both updates are taken',
      `${spread(report.approvals.perSecond)} /s; one alone: ${latency(report.approvals.latency)}`,
      '',
      '',
    ]);
  if (report.steps && report.latency) {
    const { paced, backToBack } = report.steps;
    const [sum, hot] = [sumOf(paced), sumOf(backToBack)];
    const bare =
      `${ms(paced.commitMs)} + ${ms(paced.confirmMs)} + ${ms(paced.smtpMs)} = ${ms(sum)} at the same pace ` +
      `(${ms(hot)} back to back)`;
    const ratios = ({ p50 }: Latency): string => `**${(p50 / sum).toFixed(1)}** p50 (${(p50 / hot).toFixed(1)})`;
    const { load, bookingToMail, mailToDecision } = report.latency;
    rows.push([
      `booking to mail at ${load * 100} % load`,
      latency(bookingToMail),
      `commit + confirm + SMTP: ${bare}`,
      ratios(bookingToMail),
    ]);
    rows.push([
      `mail to decision at ${load * 100} % load`,
      latency(mailToDecision),
      'the same',
      ratios(mailToDecision),
    ]);
  }
  rows.push(...growthRows(report.growth ?? []), ...apps.flatMap((app) => processRows(app, report)));
  if (report.senders)
    rows.push([
      'letters/s with 1, 2, 3 senders, each mail 100 ms at the relay',
      report.senders.map(({ perSecond }) => whole(perSecond)).join(', '),
      '',
      '',
    ]);
  return [...rows, ...webhookRows(report.webhooks)];
}

function webhookRows(webhooks: Report['webhooks']): string[][] {
  if (!webhooks) return [];
  const { letters, perSecond, count, cpu } = webhooks;
  const show = (value: number): string => value.toFixed(2);
  return [
    [
      'letters/s with an endpoint that wants every webhook, and without one',
      `${spread(letters.with)} letters/s`,
      `${spread(letters.without)} letters/s`,
      `**${spread(letters.ratio, show)}**`,
    ],
    [`${whole(count)} webhooks to a receiver on this machine`, `${spread(perSecond)} webhooks/s`, '', ''],
    cpuRow('a webhook', cpu),
  ];
}

export function markdown(report: Report): string {
  const rows = rowsOf(report).map((cells) => `| ${cells.join(' | ')} |`);
  return [
    `Measured ${report.date} on ${report.machine}: median (lowest–highest) of alternating rounds.`,
    '',
    '| what | product | bare | ratio |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

const [width, height, left, bottom, top, right] = [640, 320, 56, 44, 20, 20];
const colors = { p50: '#1f6feb', p95: '#bf8700', p99: '#cf222e' } as const;

/**
 * Latency against load: load in percent of the most the pipeline carries, latency in milliseconds on a scale of tens.
 */
export function plot(curve: Results['curve']): string {
  const highest = Math.max(10, ...curve.map(({ latency: of }) => of.p99));
  const tens = Math.ceil(Math.log10(highest));
  const x = (load: number): number => left + load * (width - left - right);
  const y = (value: number): number =>
    height - bottom - (Math.log10(Math.max(1, value)) / tens) * (height - bottom - top);
  const text = (at: string, words: string): string =>
    `<text ${at} font-family="sans-serif" font-size="12" fill="#57606a">${words}</text>`;
  const grid = Array.from({ length: tens + 1 }, (_, power) => {
    const line = `<line x1="${left}" x2="${width - right}" y1="${y(10 ** power)}" y2="${y(10 ** power)}" stroke="#d0d7de"/>`;
    return line + text(`x="${left - 6}" y="${y(10 ** power) + 4}" text-anchor="end"`, `${10 ** power} ms`);
  });
  const loads = curve.map(({ load }) =>
    text(`x="${x(load)}" y="${height - bottom + 18}" text-anchor="middle"`, `${Math.round(load * 100)} %`),
  );
  const lines = (['p50', 'p95', 'p99'] as const).map((which, row) => {
    const points = curve.map(({ load, latency: of }) => `${x(load).toFixed(1)},${y(of[which]).toFixed(1)}`).join(' ');
    const name =
      `<text x="${left + 10 + row * 48}" y="${top + 12}" font-family="sans-serif" font-size="13" ` +
      `font-weight="600" fill="${colors[which]}">${which}</text>`;
    return `<polyline points="${points}" fill="none" stroke="${colors[which]}" stroke-width="2.5"/>${name}`;
  });
  const title = text(
    `x="${(left + width - right) / 2}" y="${height - 8}" text-anchor="middle"`,
    'load, of the most the outbound pipeline carries',
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Latency ` +
    `from booking to mail against load"><rect width="${width}" height="${height}" ` +
    `fill="#ffffff"/>${[...grid, ...loads, ...lines, title].join('')}</svg>\n`
  );
}
