// Radicale, a CalDAV store: what a calendar program puts there of our letters is taken, kept and given back.
// Listed in programs.ts.
import { textIn, propertyIn } from '../../support/answer-mail';
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/free-port';
import type { Lab } from '../lab';
import { CannotRun, type Program } from '../program';
import type { Entry } from '../seat';
import { type Store, storeWalk } from '../walk';
import { askCalDav } from './caldav';
import { entriesIn } from './ics-entries';

export const radicale: Program = {
  name: 'radicale',
  kind: 'client',
  packages: ['radicale'],
  notes: 'A store only: it takes the events of our letters under their UID, and gives them back as they were.',
  run: async (lab) => {
    const url = await startRadicale(lab);
    for (const times of ['utc', 'zone'] as const) await storeWalk(lab, store(lab, url), times);
  },
};

/** Resolves with the URL of an empty calendar of the user gil, whose password is not checked. */
export async function startRadicale({ root }: Lab): Promise<string> {
  const port = await freePort();
  const flags = `--server-hosts 127.0.0.1:${port} --auth-type none --storage-filesystem-folder /var/tmp/radicale`;
  root.spawn(['bash', '-c', `radicale -C '' ${flags} </dev/null >/var/tmp/radicale.log 2>&1`]);
  const url = `http://127.0.0.1:${port}/gil/meetings`;
  const made = eventually('Radicale answers', async () => (await askCalDav('MKCALENDAR', url)).status < 500, {
    timeoutMs: 30_000,
    everyMs: 300,
  });
  await made.catch(() => {
    throw new CannotRun(`it does not start: ${root.read('/var/tmp/radicale.log').slice(-600)}`);
  });
  return url;
}

/** The events of a calendar there. */
export const heldAt = async (url: string): Promise<Entry[]> => entriesIn(await (await askCalDav('GET', url)).text());

function store(lab: Lab, url: string): Store {
  return {
    email: 'gil@radicale.test',
    receive: async (letter) => {
      const at = `${url}/${encodeURIComponent(propertyIn(letter, 'UID'))}.ics`;
      // RFC 4791 4.1: what is stored has no METHOD; a CANCEL is carried out by the program.
      const body = textIn(letter, 'text/calendar').replace(/^METHOD:.*\r\n/m, '');
      const cancels = propertyIn(letter, 'METHOD') === 'CANCEL';
      const response = await (cancels ? askCalDav('DELETE', at) : askCalDav('PUT', at, body));
      if (response.status >= 300) throw new Error(`it answered ${response.status} ${await response.text()}`);
      lab.say(`${cancels ? 'DELETE' : 'PUT'} ${response.status}`);
    },
    calendar: () => heldAt(url),
  };
}
