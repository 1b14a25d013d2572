// The weaknesses that `npm run doctor` warns of, by the settings alone.
import { clusterNotes, weakSetup } from './weak-setup';

const strong = {
  INBOUND_TRUST: 'verified',
  ORGANIZER_TAGGING: 'on',
  PUBLIC_URL: 'https://meet.example',
  SMTP_URL: 'smtps://user:hush@relay.example',
  RABBITMQ_URL: 'amqps://user:hush@broker.example',
};

it('says nothing of a strong set-up', () => {
  expect(weakSetup(strong)).toEqual([]);
  expect(weakSetup({ ...strong, INBOUND_TRUST: 'lenient', AUTHSERV_ID: 'mx.example' })).toEqual([]);
  expect(weakSetup({ ...strong, PUBLIC_URL: 'http://localhost:3000' })).toEqual([]);
  expect(weakSetup({ ...strong, SMTP_URL: 'smtps://user:insecure=1@relay.example?insecure=10' })).toEqual([]);
});

it.each([
  ['INBOUND_TRUST is lenient', { INBOUND_TRUST: 'lenient' }],
  ['INBOUND_TRUST is lenient', { INBOUND_TRUST: undefined, AUTHSERV_ID: '' }],
  ['ORGANIZER_TAGGING is off', { ORGANIZER_TAGGING: 'off' }],
  ['ORGANIZER_TAGGING is off', { ORGANIZER_TAGGING: undefined }],
  ['PUBLIC_URL is not https', { PUBLIC_URL: 'http://meet.example' }],
  ['SMTP_URL says insecure=1', { SMTP_URL: 'smtp://user:hush@relay.example:25?insecure=1' }],
  ['IMAP_URL says insecure=1', { IMAP_URL: 'imap://user:hush@imap.example/INBOX?moveTo=Done&insecure=1' }],
  ['RABBITMQ_URL says insecure=1', { RABBITMQ_URL: 'amqp://u:hush@a.example?insecure=1,amqps://u:hush@b.example' }],
])('warns that %s', (says, over) => {
  const warnings = weakSetup({ ...strong, ...over });
  expect(warnings).toEqual([expect.stringContaining(`warning  ${says}`)]);
  expect(warnings.join()).not.toContain('hush');
});

it('says how the queues of a cluster grow, and shows no password', () => {
  expect(clusterNotes({ RABBITMQ_URL: 'amqps://u:hush@one' })).toEqual([]);
  const [note = '', ...more] = clusterNotes({ RABBITMQ_URL: 'amqps://u:hush@one,amqps://u:hush@two' });
  expect(more).toEqual([]);
  expect(note).toMatch(/^note {5}RABBITMQ_URL names 2 nodes: .*`rabbitmq-queues grow NODE all`/);
  expect(note).not.toContain('hush');
});
