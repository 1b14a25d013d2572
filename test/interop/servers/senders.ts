// A mail server as our relay: it gets real letters of ours to the made-up internet, and every report that it sends back
// goes into the product, which must read it rightly.
// The servers themselves are in sender-programs.ts.
import { randomUUID } from 'node:crypto';
import { eventually } from '../../support/eventually';
import { propertyIn } from '../../support/answer-mail';
import type { Product } from '../../support/product';
import { interpret } from '../../../apps/imip-ingestor/src/interpret/interpret';
import { readMail } from '../../../apps/imip-ingestor/src/interpret/mail';
import type { Lab } from '../lab';
import { check } from '../check';
import { type CollectedMail, type Letter, OwnNetwork } from './own-network';
import { type Outcome, type Scenario, scenarios } from './scenarios';

export interface Server {
  /** Writes the settings and starts the server, in a root without a way out. */
  start(lab: Lab): Promise<void>;
  /** Hands in one letter where the server is not given them on port 25. */
  submit?(lab: Lab, letter: Letter): Promise<void>;
  /** Drives the queue; called every few seconds. */
  nudge?(lab: Lab): Promise<void>;
  /** Where its letters go; to all of the made-up internet unless told otherwise. */
  scenarios?: Scenario[];
  /** What becomes of a letter where this server does otherwise than others. */
  fates?: Record<string, Outcome>;
  /** How long reports are waited for. */
  patienceMs?: number;
}

interface SentLetter {
  scenario: Scenario;
  roomId: string;
  letter: Letter;
}

export async function runSender(lab: Lab, server: Server): Promise<void> {
  const product = await lab.product('utc');
  const wanted = (server.scenarios ?? scenarios).map((each) => ({
    ...each,
    fate: server.fates?.[each.address] ?? each.fate,
  }));
  const sent = await book(product, wanted);
  const network = await OwnNetwork.open(lab);
  await server.start(lab);
  await submit(lab, network, server, sent);
  const reports = await waitForReports(lab, network, server, sent);
  await lab.root.close();
  lab.say(`${reports.length} reports came back`);
  lab.checks.push(check('reports come back', reports.length > 0, reports.length));
  await judge(lab, product, sent, reports);
}

async function book(product: Product, wanted: Scenario[]): Promise<SentLetter[]> {
  const host = { email: `hana-${randomUUID().slice(0, 8)}@hosts.test`, name: 'Hana', timeZone: 'Europe/Berlin' };
  const sent: SentLetter[] = [];
  for (const scenario of wanted) {
    const guest = { email: scenario.address, name: 'Gil', timeZone: 'America/New_York' };
    const times = { startUtc: '2031-05-05T10:00:00Z', endUtc: '2031-05-05T11:00:00Z' };
    const { body } = await product.api('POST', '/api/practice-room/create', { ...times, host, guest });
    const mail = await eventually(`the letter to ${scenario.address}`, () =>
      product.mailsTo(scenario.address).find(({ raw }) => propertyIn(raw, 'UID') === body.uid),
    );
    const letter = { from: mail.from, to: scenario.address, raw: mail.raw };
    sent.push({ scenario, roomId: body.roomId, letter });
  }
  return sent;
}

async function submit(lab: Lab, network: OwnNetwork, server: Server, sent: SentLetter[]): Promise<void> {
  if (server.submit) {
    for (const { letter } of sent) await server.submit(lab, letter);
    return;
  }
  const lines = await network.inject(sent.map(({ letter }) => letter));
  const refused = lines.filter((line) => !line.startsWith('taken'));
  // What the server refuses at once is the product's SMTP client to read, not its ingestor.
  if (refused.length > 0) lab.say(`refused at once: ${refused.join('; ').slice(0, 300)}`);
}

/** Until every letter that cannot arrive was reported for good, or patience is over. */
async function waitForReports(
  lab: Lab,
  network: OwnNetwork,
  server: Server,
  sent: SentLetter[],
): Promise<CollectedMail[]> {
  const owed = sent.filter(({ scenario }) => scenario.fate !== 'taken').length;
  const until = Date.now() + (server.patienceMs ?? 90_000);
  const mine = (): CollectedMail[] => network.collected().filter(({ mine: back }) => back);
  const final = (): number => mine().filter(({ raw }) => !isDelay(raw)).length;
  for (let rounds = 0; final() < owed && Date.now() < until; rounds += 1) {
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    if (rounds % 2 === 1) await server.nudge?.(lab);
  }
  return mine();
}

async function judge(lab: Lab, product: Product, sent: SentLetter[], reports: CollectedMail[]): Promise<void> {
  for (const each of sent) {
    const about = reports.filter(({ raw }) => names(raw, each.scenario.address));
    for (const { raw } of about) {
      judgeReading(lab, each.scenario, raw);
      await product.deliver(raw, '');
    }
    await judgeRoom(lab, product, each, about);
  }
  const silent = sent.filter(({ scenario }) => !reports.some(({ raw }) => names(raw, scenario.address)));
  lab.say(`no report about: ${silent.map(({ scenario }) => scenario.address).join(', ')}`);
}

function judgeReading(lab: Lab, { address, fate }: Scenario, raw: Buffer): void {
  const reading = interpret(readMail(raw));
  const wanted = isDelay(raw) ? 'delayed' : fate === 'hard' ? 'hard' : 'soft';
  const seen =
    reading.kind === 'bounce' ? (reading.recipients ?? []).map((each) => `${each.address} ${each.kind}`) : [];
  const ok = seen.length === 1 && seen[0]?.toLowerCase() === `${address} ${wanted}`;
  const saw = `${reading.kind}: ${seen.join(', ')}`;
  lab.checks.push(check(`${address}: its report is read as ${wanted}`, ok, saw));
  if (!ok) lab.say(`WRONG  ${address}: wanted ${wanted}, read ${saw}`);
}

async function judgeRoom(
  lab: Lab,
  product: Product,
  { scenario, roomId }: SentLetter,
  about: CollectedMail[],
): Promise<void> {
  const wanted = stateAfter(scenario.fate, about);
  const state = async (): Promise<string> => {
    const { invitations } = await product.room(roomId);
    const { state: shown, detail } = (invitations.find(({ role }) => role === 'guest')?.delivery ?? {}) as {
      state?: string;
      detail?: string;
    };
    return shown === 'bounced' ? `bounced ${detail}` : String(shown);
  };
  await eventually(wanted, async () => (await state()) === wanted, { timeoutMs: 30_000 }).catch(() => undefined);
  const seen = await state();
  lab.checks.push(check(`${scenario.address}: the room shows ${wanted}`, seen === wanted, seen));
  if (seen !== wanted) lab.say(`WRONG  ${scenario.address}: the room shows ${seen}, not ${wanted}`);
}

function stateAfter(fate: Outcome, about: CollectedMail[]): string {
  const final = about.some(({ raw }) => !isDelay(raw));
  if (!final) return about.length > 0 ? 'deferred' : 'sent';
  return fate === 'hard' ? 'bounced hard' : 'bounced soft';
}

/** A warning, not the end: by its report, or by its subject where it has none. */
const isDelay = (raw: Buffer): boolean => {
  const text = raw.toString('latin1');
  return /^Action:\s*delayed/im.test(text) || /^Subject:.*(?:warning|delay)/im.test(text);
};

/** The address stands in the mail as a whole. */
const names = (raw: Buffer, address: string): boolean =>
  new RegExp(`(?<![\\w.-])${address.replaceAll('.', '\\.')}(?![\\w-])`, 'i').test(raw.toString('latin1'));
