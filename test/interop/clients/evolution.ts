// Evolution, in a window that nobody sees: a letter in the local inbox is opened, and its buttons, which are in a web
// view, are pressed through the accessibility interface. Its calendar is evolution-data-server's.
// Listed in programs.ts.
import { propertyIn } from '../../support/answer-mail';
import { type SmtpSink, withSink } from '../../support/smtp-sink';
import type { Lab } from '../lab';
import type { Program } from '../program';
import { guestName } from '../meeting';
import type { Seat } from '../seat';
import { walks } from '../walk';
import { entriesIn } from './ics-entries';
import { drive, startDisplay, windowPackages } from './window';

const home = '/var/tmp/evolution';
const email = 'gil@evolution.test';

export const evolution: Program = {
  name: 'evolution',
  kind: 'client',
  packages: ['evolution', ...windowPackages],
  minutes: 3,
  notes:
    'The calendar alone, without a text; our DESCRIPTION with its link echoed; an empty COMMENT; a User-Agent. It has ' +
    'no button for another time. A CANCEL is shown, and “Update” removes the event.',
  run: (lab) =>
    withSink(async (sink, port) => {
      const seat = seatOf(lab, await start(lab, port), sink);
      await walks(lab, seat, { afterUpdate: 'moved by the answer' });
    }),
};

const source = (parent: string, ...sections: string[]): string =>
  ['[Data Source]', 'DisplayName=gil', 'Enabled=true', `Parent=${parent}`, '', ...sections, ''].join('\n');

const files = (port: string): Record<string, string> => ({
  'sources/gil.source': source('', '[Mail Account]', 'BackendName=none', 'IdentityUid=identity'),
  'sources/identity.source': source(
    'gil',
    ...['[Mail Identity]', `Address=${email}`, `Name=${guestName}`, ''],
    ...['[Mail Submission]', 'TransportUid=transport', 'SentFolder=folder://local/Sent', ''],
  ),
  'sources/transport.source': source(
    'gil',
    ...['[Mail Transport]', 'BackendName=smtp', ''],
    ...['[Authentication]', 'Host=127.0.0.1', `Port=${port}`, 'Method=none', ''],
    ...['[Security]', 'Method=none'],
  ),
  'mail/state.ini': '[Folder Tree]\nSelected=folder://local/Inbox\n',
});

/** Resolves with the display. */
async function start(lab: Lab, port: string): Promise<string> {
  await lab.root.sh(`rm -rf ${home}; mkdir -p ${home}`);
  for (const [path, text] of Object.entries(files(port))) lab.root.write(`${home}/.config/evolution/${path}`, text);
  const display = await startDisplay(lab, home, ['evolution.py', 'evolution.sh']);
  await drive(lab, home, display, [`${home}/evolution.sh`, 'start']);
  return display;
}

function seatOf(lab: Lab, display: string, sink: SmtpSink): Seat {
  const calendar = `${home}/.local/share/evolution/calendar/system/calendar.ics`;
  const act = (letter: Buffer, what: string): Promise<void> => {
    lab.root.write(`${home}/letter`, letter);
    return drive(lab, home, display, [`${home}/evolution.sh`, `${home}/letter`, what]);
  };
  return {
    email,
    receive: (letter) => act(letter, propertyIn(letter, 'METHOD') === 'CANCEL' ? 'update' : 'show'),
    click: async (click, letter) => {
      const before = sink.mails.length;
      await act(letter, click);
      return sink.mails.slice(before).map(({ raw }) => raw);
    },
    calendar: () => Promise.resolve(lab.root.has(calendar) ? entriesIn(lab.root.read(calendar)) : []),
  };
}
