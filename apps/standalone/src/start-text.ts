// What `npm start` prints: where the mails are, the key, one command that books a room, how to stop.
// Pure; printed by standalone.ts once everything answers.

export interface StartFacts {
  publicUrl: string;
  /** The key as it may be shown: none where API_KEYS was given. */
  ownKey: string | undefined;
  /** The operator's key, or words in its place; undefined where there is none. */
  operatorKey: string | undefined;
  hasMailbox: boolean;
  /** Of BRAND_NAME and ORGANIZER_NAME, those that are not set. */
  missingNames: string[];
  dataFolder: string;
  now: Date;
}

export function startText(started: StartFacts): string {
  const { publicUrl, ownKey, operatorKey, hasMailbox, missingNames, dataFolder, now } = started;
  return [
    '',
    'Hybrid Scheduling is running.',
    '',
    ...(hasMailbox ? [`  Demo       ${publicUrl}/  (book a room and be both of its people)`] : []),
    hasMailbox
      ? `  Mailbox    ${publicUrl}/dev/mails  (every mail is caught there and goes nowhere else)`
      : `  Address    ${publicUrl}`,
    ...(hasMailbox ? [`  Letters    ${publicUrl}/dev/letters  (every letter in every language, light and dark)`] : []),
    ...(missingNames.length > 0 ? [`  Names      set ${missingNames.join(' and ')}: letters then bear your name`] : []),
    `  API key    ${ownKey ?? 'one of API_KEYS; below it is taken from $API_KEY'}`,
    ...(operatorKey === undefined
      ? []
      : [`  Operator   ${operatorKey}`, `  Console    ${publicUrl}/console  (log in with the operator's key)`]),
    `  Data       ${dataFolder}`,
    '',
    'Book a room with a host and a guest:',
    '',
    booking(publicUrl, ownKey ?? '$API_KEY', now),
    '',
    hasMailbox
      ? 'Then look at the two invitations in the mailbox. Ctrl-C stops everything; the data stay.'
      : 'Ctrl-C stops everything; the data stay.',
    '',
  ].join('\n');
}

function booking(publicUrl: string, key: string, now: Date): string {
  const body = {
    title: 'Practice Session',
    startUtc: dayAfter(now, 15),
    endUtc: dayAfter(now, 16),
    host: { email: 'host@example.com', name: 'Hana', timeZone: 'Europe/Berlin' },
    guest: { email: 'guest@example.org', name: 'Gil', timeZone: 'America/New_York' },
  };
  return [
    `  curl ${publicUrl}/api/practice-room/create \\`,
    `    -H "Authorization: Bearer ${key}" -H 'Content-Type: application/json' \\`,
    `    -d '${JSON.stringify(body)}'`,
  ].join('\n');
}

/** Two days on, so that it lies ahead in every time zone. */
const dayAfter = (now: Date, hour: number): string =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 2, hour))
    .toISOString()
    .replace('.000', '');
