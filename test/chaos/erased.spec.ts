// What the chaos run says of people who were erased, against rows and log lines that were planted.
import { sealMail } from '#sealing';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { erasedAreGone } from './aftermath';
import { newStory, type Story } from './driver';
import { tokenSecret } from './stage';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

const guest = { role: 'guest', email: 'guest-1f2e3d4c@guests.test', name: 'N9a8b7c6d' } as const;
const host = { role: 'host', email: 'host-5a6b7c8d@hosts.test', name: 'N1a2b3c4d' } as const;
const story = (kind: Story['kind']): Story => ({ ...newStory(kind, host, guest), status: 'cancelled' });
const left = (kind: Story['kind'] = 'erased', logs = ''): Promise<string[]> =>
  erasedAreGone({ stories: [story(kind)] }, { db: fresh.db, logs: () => logs });

it('says nothing where nothing is left', async () => expect(await left('erased', 'listening')).toEqual([]));

it('finds a word of theirs in a table, in a sealed mail and in a log', async () => {
  await fresh.db.query(`insert into dead_letters (app, event_id, envelope, reason)
    values ('x', gen_random_uuid(), '{"to":"Guest-1F2E3D4C@guests.test"}', 'x')`);
  const id = '22222222-2222-7222-8222-222222222222';
  const { keyId, sealed } = sealMail(
    { current: tokenSecret, previous: undefined },
    id,
    Buffer.from(`Hi ${guest.name}`),
  );
  await fresh.db.query('insert into raw_mails (id, key_id, sealed) values ($1, $2, $3)', [id, keyId, sealed]);
  expect(await left('erased', `{"err":"550 ${guest.email}"}`)).toEqual([
    expect.stringContaining('stands in dead_letters.envelope'),
    expect.stringContaining('stands in raw_mails.sealed'),
    'guest-1f2e3d4c was erased and is in a log',
  ]);
  expect(await left('quiet')).toEqual([]);
});
