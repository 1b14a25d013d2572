// KDE: KCalendarCore and KMime, called as KMail's invitation plugin and KOrganizer call them; compiled in its root.
// Listed in programs.ts.
import { readFileSync } from 'node:fs';
import { textIn } from '../../support/answer-mail';
import { driver } from '../drivers';
import type { Lab } from '../lab';
import { CannotRun, type Program } from '../program';
import { type Entry, instantOf, type Seat } from '../seat';
import { walks } from '../walk';

const work = '/var/tmp/kde';
const files = { calendar: `${work}/calendar.ics`, letter: `${work}/letter.ics`, answer: `${work}/answer.eml` };

export const kde: Program = {
  name: 'kde',
  kind: 'client',
  packages: ['libkf5calendarcore-dev', 'libkf5mime-dev', 'extra-cmake-modules', 'cmake', 'make', 'g++'],
  notes:
    'No SEQUENCE while it is 0; `MAILTO:` in upper case on ORGANIZER only; the calendar is attached with ' +
    '`method="reply"` in lower case, a counter-proposal even with `method="request"` and PARTSTAT=NEEDS-ACTION.',
  run: async (lab) => {
    for (const name of ['kde.cpp', 'CMakeLists.txt']) lab.root.write(`${work}/${name}`, readFileSync(driver(name)));
    const built = await lab.root.sh(`cd ${work} && cmake . && make`, { timeoutMs: 240_000 });
    if (built.code !== 0) throw new CannotRun(`the driver does not compile: ${built.stderr.slice(-600)}`);
    await walks(lab, seat(lab));
  },
};

/** KCalendarCore's Attendee::PartStat by number. */
const partstats: Record<string, string> = { 0: 'needs-action', 1: 'accepted', 2: 'declined', 3: 'tentative' };

function seat(lab: Lab): Seat {
  const email = 'gil@kde.test';
  const kde = async (command: string, letter: Buffer | undefined, ...more: string[]): Promise<string> => {
    if (letter) lab.root.write(files.letter, textIn(letter, 'text/calendar'));
    const inputs = letter ? [files.letter, ...more] : more;
    const ran = await lab.root.run([`${work}/kde`, command, files.calendar, ...inputs]);
    if (ran.code !== 0) throw new Error(`kde ${command} ended with ${ran.code}: ${ran.stdout}${ran.stderr}`);
    return ran.stdout;
  };
  return {
    email,
    receive: async (letter) => void (await kde('receive', letter)),
    click: async (click, letter) => {
      await kde('reply', letter, email, click, files.answer);
      return [Buffer.from(lab.root.read(files.answer))];
    },
    counter: async (start, _end, letter) => {
      const seconds = (start.getTime() - instantOf(letter).getTime()) / 1000;
      await kde('counter', letter, email, String(seconds), files.answer);
      return [Buffer.from(lab.root.read(files.answer))];
    },
    calendar: async () => (await kde('list', undefined)).trim().split('\n').filter(Boolean).map(entryOf),
  };
}

function entryOf(line: string): Entry {
  const [uid = '', start = '', partstat = '', title = ''] = line.split('\t');
  return { uid, start: new Date(start), title, partstat: partstats[partstat] ?? partstat };
}
