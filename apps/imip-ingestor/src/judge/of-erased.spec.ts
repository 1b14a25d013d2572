import { erasedAddress } from '#contracts';
import type { MailHead } from '../interpret/mail';
import { type MailContext, emptyContext } from './judgement';
import { isOfErased } from './judge';

const room = (guest: string): NonNullable<MailContext['room']> => ({
  roomId: 'room',
  invitations: [
    { id: 'h', role: 'host', email: 'hana@example.com', letterSeconds: [] },
    { id: 'g', role: 'guest', email: guest, letterSeconds: [] },
  ],
});
const erased = room(erasedAddress('g'));
const party = { roomId: 'room', invitationId: 'g', role: 'guest' } as const;
const letter = { ...party, messageId: '<1@x>', email: erasedAddress('g') };
const from = (address: string): { head: Pick<MailHead, 'from'> } => ({ head: { from: [address] } });

it.each<[string, string, Partial<MailContext>, boolean]>([
  ['a reply of the one who was erased', 'gil@example.org', { room: erased }, true],
  ['a reply of the other party', 'hana@example.com', { room: erased }, false],
  [
    'a reply of the other party from elsewhere, by their tag',
    'h@work.example',
    { room: erased, tagged: [{ ...party, invitationId: 'h' }] },
    false,
  ],
  ['words to their tagged address', 'gil@example.org', { tagged: [{ ...party, isErased: true }] }, true],
  ['words that answer a letter to them', 'gil@example.org', { letter }, true],
  [
    'a report about a letter to the other party',
    'mailer@x.example',
    { room: erased, letter: { ...letter, email: 'hana@example.com' } },
    false,
  ],
  ['a room of which nobody was erased', 'gil@example.org', { room: room('gil@example.org') }, false],
  ['a mail about nothing', 'gil@example.org', {}, false],
])('%s: dropped %#', (_, address, known, wanted) =>
  expect(isOfErased(from(address), { ...emptyContext, ...known })).toBe(wanted),
);
