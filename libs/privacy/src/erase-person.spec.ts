import { erasedAddress, isErased } from '#contracts';
import { type PersonToErase, holdsPerson, withoutPerson } from './erase-person';

const person: PersonToErase = {
  addresses: ['Gil.Adams@example.org'],
  names: ['Gil Adams', 'Al'],
  invitationId: '4bf16b76-22c1-4479-a9fb-063a46abcfc9',
};

it.each([
  ['write to gil.adams@example.org', true],
  ['gil.adams+lessons@EXAMPLE.org', true],
  ['Z2lsLmFkYW1zQGV4YW1wbGUub3Jn', true],
  ['Lesson with ADAMS', true],
  ['Lesson with Adamson', false],
  // A part of a name as short as this says nothing.
  ['Al dente', false],
  ['other.adams.x@example.org', true],
  ['Practice Session', false],
])('%p names the person: %p', (text, wanted) => expect(holdsPerson(text, person)).toBe(wanted));

it('a value keeps what is not about the person', () => {
  const room = {
    title: 'Lesson of Gil',
    location: 'Room 3',
    sequence: 2,
    invitations: [
      { role: 'host', email: 'hana@example.com', name: 'Hana', timeZone: 'Europe/Berlin' },
      { role: 'guest', email: 'gil.adams@example.org', name: 'Gil Adams', timeZone: 'America/New_York', locale: 'fr' },
    ],
    proposals: [{ note: 'anything', startUtc: '2031-05-06T14:00:00.000Z' }],
  };
  expect(withoutPerson({ room, otherEmail: 'gil.adams@example.org', reason: 'ill' }, person)).toEqual({
    room: {
      title: 'Practice Session',
      location: 'Room 3',
      sequence: 2,
      invitations: [
        { role: 'host', email: 'hana@example.com', name: 'Hana', timeZone: 'Europe/Berlin' },
        { role: 'guest', email: erasedAddress(person.invitationId), name: null, timeZone: 'UTC', locale: 'en' },
      ],
      proposals: [{ note: null, startUtc: '2031-05-06T14:00:00.000Z' }],
    },
    otherEmail: null,
    reason: null,
  });
});

it('an erased address is known as such, and nobody else is', () => {
  expect([isErased(erasedAddress('x')), isErased('erased-x@erased.invalid.example')]).toEqual([true, false]);
});
