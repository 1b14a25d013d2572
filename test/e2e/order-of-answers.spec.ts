// The order in which one person's answers count, end to end: copied and future stamps, one second, two programs, a
// move there and back.
import { answerMail, type AnswerMail, linkIn, mailDate, propertyIn, utc } from '../support/answer-mail';
import type { ApiBody } from '../support/scheduling-api';
import { eventually } from '../support/eventually';
import { type Party, type Product, startProduct } from '../support/product';

let product: Product;
beforeAll(async () => {
  product = await startProduct('three apps on RabbitMQ', { RATE_LIMIT: 'off' });
}, 180_000);
afterAll(() => product.end(), 30_000);

interface Meeting {
  room: ApiBody;
  host: Party;
  guest: Party;
}
const book = (): Promise<Meeting> => product.book({ policy: { onDecline: 'soft' } });
/** Verdict and code of each line about a mail. */
const linesOf = async ({ room }: Meeting): Promise<{ verdict: string; code: string }[]> => {
  const { body } = await product.api('GET', `/api/practice-room/${room.roomId}/timeline`);
  return body.items
    .filter((line) => line['kind'] === 'mail')
    .map((line) => ({ verdict: String(line['verdict']), code: String(line['why']).split(':')[0] ?? '' }));
};
const guestIn = async ({ room }: Meeting): Promise<string | undefined> =>
  (await product.room(room.roomId)).invitations.find((each) => each.role === 'guest')?.partstat;

/**
 * Delivers the guest's answers one after the other, without waiting for their effect; then waits until each was
 * decided.
 */
async function answered(meeting: Meeting, mails: AnswerMail[]): Promise<string | undefined> {
  const before = await decisions(meeting);
  for (const mail of mails)
    await product.deliver(answerMail(await meeting.guest.mail(0), meeting.guest, mail), meeting.guest.email);
  await eventually('each answer is decided', async () => (await decisions(meeting)) >= before + mails.length);
  return guestIn(meeting);
}
/** Lines of scheduling-api about answers: applied, or ignored with its reason. */
const decisions = async (meeting: Meeting): Promise<number> =>
  (await linesOf(meeting)).filter(({ verdict }) => verdict === 'applied' || verdict === 'ignored').length;

const secondsAgo = (seconds: number): Date => new Date(Date.now() - seconds * 1_000);

it('accept, tentative, accept within one second end as accepted', async () => {
  const dtstamp = utc(new Date());
  const mails = ['ACCEPTED', 'TENTATIVE', 'ACCEPTED'].map((partstat) => ({ partstat, dtstamp, date: null }));
  expect(await answered(await book(), mails)).toBe('accepted');
});

it('a program that copies our DTSTAMP into every answer counts each time', async () => {
  const meeting = await book();
  const dtstamp = propertyIn(await meeting.guest.mail(0), 'DTSTAMP');
  for (const [partstat, wanted] of [
    ['ACCEPTED', 'accepted'],
    ['TENTATIVE', 'tentative'],
    ['ACCEPTED', 'accepted'],
    ['DECLINED', 'declined'],
    ['ACCEPTED', 'accepted'],
  ] as const)
    expect(await answered(meeting, [{ partstat, dtstamp }])).toBe(wanted);
});

it('its answer counts after one of another program', async () => {
  const meeting = await book();
  const dtstamp = propertyIn(await meeting.guest.mail(0), 'DTSTAMP');
  expect(await answered(meeting, [{ partstat: 'ACCEPTED' }])).toBe('accepted');
  expect(await answered(meeting, [{ partstat: 'DECLINED', dtstamp }])).toBe('declined');
  expect(await answered(meeting, [{ partstat: 'TENTATIVE', dtstamp, date: null }])).toBe('tentative');
});

it('a DTSTAMP or a Date of the year 2999 locks nobody out', async () => {
  const meeting = await book();
  const far = mailDate(new Date('2999-01-01T00:00:00Z'));
  expect(await answered(meeting, [{ partstat: 'ACCEPTED', dtstamp: '29990101T000000Z', date: far }])).toBe('accepted');
  expect(await answered(meeting, [{ partstat: 'TENTATIVE', dtstamp: null, date: far }])).toBe('tentative');
  expect(await answered(meeting, [{ partstat: 'DECLINED' }])).toBe('declined');
});

it('an answer written before the last one does not count, and a copy of the last one changes nothing', async () => {
  const meeting = await book();
  const last: AnswerMail = { partstat: 'ACCEPTED', dtstamp: utc(secondsAgo(10)) };
  expect(await answered(meeting, [last])).toBe('accepted');
  expect(await answered(meeting, [{ partstat: 'DECLINED', dtstamp: utc(secondsAgo(60)) }])).toBe('accepted');
  expect(await answered(meeting, [last])).toBe('accepted');
  const whys = (await linesOf(meeting)).flatMap(({ verdict, code }) => (verdict === 'ignored' ? [code] : []));
  expect(whys).toEqual(['older-than-last', 'duplicate']);
});

it('an answer without SEQUENCE to the time before a move there and back is outdated', async () => {
  const meeting = await book();
  const { guest, room } = meeting;
  const first = propertyIn(await guest.mail(0), 'DTSTART');
  const old = utc(secondsAgo(1));
  await move(meeting, 0, '20310506T120000Z', '2031-05-06T12:00:00.000Z');
  await move(meeting, 1, first, String(room['startUtc']));
  const newest = await eventually(
    'the second update',
    () => product.mailsTo(guest.email).find(({ raw }) => propertyIn(raw, 'SEQUENCE') === '2')?.raw,
  );
  // Letters of one second are stamped a second apart: the newest may be stamped ahead of the clock.
  const stamped = propertyIn(newest, 'DTSTAMP');
  expect(stamped).toMatch(/^\d{8}T\d{6}Z$/);
  await eventually('the second of the newest letter is over', () => utc(new Date()) > stamped);
  const bare = (over: AnswerMail): Promise<string | undefined> =>
    answered(meeting, [{ sequence: null, start: first, partstat: 'DECLINED', ...over }]);
  expect(await bare({ dtstamp: old })).toBe('needs-action');
  expect(await bare({ dtstamp: null, date: mailDate(secondsAgo(60)) })).toBe('needs-action');
  expect((await linesOf(meeting)).filter(({ code }) => code === 'stale-sequence')).toHaveLength(2);
  expect(await bare({ dtstamp: utc(new Date()) })).toBe('declined');
  expect(propertyIn(newest, 'DTSTART')).toBe(first);
});

/** The guest proposes a start by COUNTER and the host approves it. */
async function move({ room, guest, host }: Meeting, sequence: number, start: string, startUtc: string): Promise<void> {
  const seen = product.mailsTo(host.email).length;
  const counter = answerMail(await guest.mail(0), guest, { method: 'COUNTER', sequence, start });
  await product.deliver(counter, guest.email);
  const question = await eventually('the host is asked', () =>
    product
      .mailsTo(host.email)
      .slice(seen)
      .find(({ raw }) => linkIn(raw, 'approve') !== ''),
  );
  const link = new URL(linkIn(question.raw, 'approve'));
  const body = new URLSearchParams({ t: link.searchParams.get('t') ?? '' });
  await fetch(`${link.origin}/approve`, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } });
  expect(await product.room(room.roomId)).toMatchObject({
    sequence: sequence + 1,
    timeSequence: sequence + 1,
    startUtc,
  });
}
