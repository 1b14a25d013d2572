// The accuracy that the reading of mails must reach, measured on the made corpus; printed at each run. A lower figure
// fails.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Action, type Client, replyAs, type Invitation } from '../../../standalone/src/simulator/reply-as';
import { automaticMails, personalMails } from './corpus/automatic.fixture';
import { madeBounces } from './corpus/bounces.fixture';
import { withLineEnds } from './corpus/mail-text.fixture';
import { peopleReplies } from './corpus/people.fixture';
import { interpret } from './interpret';
import { readMail } from './mail';
import type { Reading } from './reading';

const lineEnds = { CRLF: '\r\n', LF: '\n', CR: '\r' } as const;
let slowest = 0;
const read = (raw: Buffer): Reading => {
  const begun = performance.now();
  const reading = interpret(readMail(raw));
  slowest = Math.max(slowest, performance.now() - begun);
  return reading;
};

const figures: string[] = [];
/** Measures one figure; lists what missed it. */
function expectShare<T extends { name: string }>(
  figure: string,
  least: number,
  mails: T[],
  holds: (mail: T) => boolean,
): void {
  const missed = mails.filter((mail) => !holds(mail)).map(({ name }) => name);
  const share = (100 * (mails.length - missed.length)) / mails.length;
  const names = missed.length > 0 ? `; missed: ${missed.slice(0, 12).join(' | ')}` : '';
  figures.push(`${figure}: ${share.toFixed(1)} % of ${mails.length} (at least ${least} %)${names}`);
  expect({ figure, missed: share < least ? missed : [] }).toEqual({ figure, missed: [] });
}

afterAll(() =>
  process.stdout.write(
    `Figures of reading mails\n  ${figures.join('\n  ')}\n  slowest mail: ${slowest.toFixed(0)} ms\n`,
  ),
);

const kindsOf = ({ recipients = [] }: Reading): string[] =>
  recipients.map(({ address, kind }) => `${address} ${kind}`).sort();
const plain = (text: string | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim();

describe.each(Object.entries(lineEnds))('with %s line ends', (name, lineEnd) => {
  const bounces = madeBounces.map((made) => ({ ...made, reading: read(withLineEnds(made.raw, lineEnd)) }));

  it('recognizes bounces, their recipients and their outcomes', () => {
    expectShare(`bounces recognized, ${name}`, 99, bounces, ({ reading }) => reading.kind === 'bounce');
    expectShare(
      `bounce recipients, ${name}`,
      97,
      bounces,
      ({ reading, recipients }) =>
        plain(
          reading.recipients
            ?.map(({ address }) => address.toLowerCase())
            .sort()
            .join(),
        ) ===
        recipients
          .map(({ address }) => address)
          .sort()
          .join(),
    );
    expectShare(
      `hard or soft, delayed or delivered, ${name}`,
      93,
      bounces,
      ({ reading, recipients }) =>
        kindsOf(reading).join() ===
        recipients
          .map(({ address, kind }) => `${address} ${kind}`)
          .sort()
          .join(),
    );
  });

  it('distinguishes machines from people and never takes a person for a machine', () => {
    expectShare(
      `automatic mails recognized, ${name}`,
      97,
      automaticMails,
      ({ raw }) => read(withLineEnds(raw, lineEnd)).kind === 'auto-reply',
    );
    const people = [...personalMails, ...peopleReplies];
    expectShare(
      `people taken for people, ${name}`,
      100,
      people,
      ({ raw }) => read(withLineEnds(raw, lineEnd)).kind === 'text',
    );
  });

  it('finds what people typed', () => {
    expectShare(
      `visible text, ${name}`,
      97,
      [...personalMails, ...peopleReplies],
      ({ raw, text }) => plain(read(withLineEnds(raw, lineEnd)).visibleText) === plain(text),
    );
  });
});

describe('calendar replies', () => {
  const invitation = (title: string): Invitation => ({
    uid: '5f0c7a52-9d1e-4c1b-8f57-2f6f0d4f6a11@meet.example',
    sequence: 2,
    organizer: { email: 'scheduling@meet.example', name: 'Meet' },
    attendee: { email: 'gil@guest.example', name: 'Gil Guest' },
    start: new Date('2026-12-10T10:00:00Z'),
    end: new Date('2026-12-10T11:00:00Z'),
    raw: { summary: title, description: 'How to answer', location: null, created: '20261120T120000Z' },
    subject: `${title} — Invitation`,
    messageId: null,
  });
  const counter: Action = {
    kind: 'counter',
    startUtc: new Date('2026-12-11T14:00:00Z'),
    endUtc: new Date('2026-12-11T15:00:00Z'),
  };
  const actions: [Action, string, string | undefined][] = [
    [{ kind: 'accept' }, 'reply', 'accepted'],
    [{ kind: 'decline', comment: 'I cannot, sorry' }, 'reply', 'declined'],
    [{ kind: 'tentative' }, 'reply', 'tentative'],
    [counter, 'counter', 'tentative'],
  ];
  // Titles that would make a report or an absence note out of a careless reading.
  const titles = [
    'Practice Session',
    'Undeliverable mail: returned to sender',
    'Out of office: automatic reply',
    'Delivery Status Notification (Failure)',
  ];
  const clients: Client[] = ['google', 'google-notification', 'outlook', 'apple', 'thunderbird'];
  const replies = clients.flatMap((client) =>
    titles.flatMap((title) =>
      actions
        .filter(([action]) => !(client === 'thunderbird' && action.kind === 'counter'))
        .map(([action, kind, partstat]) => ({
          name: `${client}: ${title}: ${action.kind}`,
          kind,
          partstat,
          sent: replyAs(client, invitation(title), action, { now: new Date('2026-11-23T08:15:00Z'), id: 'a1-b2' }),
        })),
    ),
  );

  it('keep method, UID, attendee and PARTSTAT, whatever the title and the envelope', () => {
    for (const envelopeFrom of ['gil@guest.example', '', null])
      expectShare(
        `calendar replies, envelope ${JSON.stringify(envelopeFrom)}`,
        100,
        replies,
        ({ sent, kind, partstat }) => {
          const reading = interpret(readMail(sent.raw, envelopeFrom));
          return (
            reading.kind === kind &&
            reading.partstat === partstat &&
            reading.uid === '5f0c7a52-9d1e-4c1b-8f57-2f6f0d4f6a11@meet.example' &&
            reading.attendee === 'gil@guest.example' &&
            ['REPLY', 'COUNTER'].includes(reading.method ?? '')
          );
        },
      );
  });

  it('are read in the mails kept byte for byte', () => {
    const folder = join(__dirname, '../../../../test/corpus/mails');
    const expected = Object.entries(
      JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Reading>,
    ).filter(([, each]) => ['reply', 'counter', 'refresh'].includes(each.kind));
    expectShare(
      'calendar replies of the kept mails',
      100,
      expected.map(([name, wanted]) => ({ name, wanted })),
      ({ name, wanted }) => {
        const reading = read(readFileSync(join(folder, `${name}.eml`)));
        return (['kind', 'method', 'uid', 'attendee', 'partstat'] as const).every(
          (field) => wanted[field] === undefined || reading[field] === wanted[field],
        );
      },
    );
  });
});

it('takes no mail longer than two seconds', () => {
  expect(slowest).toBeLessThan(2_000);
});
