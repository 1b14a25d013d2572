// What the first start says of the names that letters bear.
import { startText } from './start-text';

const started = {
  publicUrl: 'http://localhost:3000',
  ownKey: undefined,
  operatorKey: undefined,
  hasMailbox: true,
  dataFolder: '.data',
  now: new Date('2026-11-24T09:00:00Z'),
};

it('asks for the names that are not set, and shows where they are seen', () => {
  const text = startText({ ...started, missingNames: ['BRAND_NAME', 'ORGANIZER_NAME'] });
  expect(text).toContain('set BRAND_NAME and ORGANIZER_NAME: letters then bear your name');
  expect(text).toContain('http://localhost:3000/dev/letters');
  expect(startText({ ...started, missingNames: [] })).not.toContain('BRAND_NAME');
});
