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
import { check, type Check } from '../check';
import { type Exceptions, type Owed, owedFor, isSettled, reportChecks, type SeenReports, stateAfter } from './owed';
import { type CollectedMail, type Letter, OwnNetwork } from './own-network';
import { type Scenario, scenarios } from './scenarios';

/** Whether a report is so; `letter` is where its letter went. */
export type Format = (report: string, letter: Scenario) => boolean;

export interface Server {
  /** Writes the settings and starts the server, in a root without a way out. */
  start(lab: Lab): Promise<void>;
  /** Submits one letter where the server is not given them on port 25; whether the server took it. */
  submit?(lab: Lab, letter: Letter): Promise<boolean>;
  /** Drives the queue; called every few seconds. */
  nudge?(lab: Lab): Promise<void>;
  /** Where its letters go; to all of the made-up internet unless given. */
  scenarios?: Scenario[];
  /** Where it reports otherwise than the scenarios say. */
  exceptions?: Exceptions;
  /** What holds for each of its reports, in words: a check each. */
  format?: Record<string, Format>;
  /** What holds for its reports together, in words: a check each. */
  together?: Record<string, (reports: string[]) => boolean>;
  /** Commands that print something at the end of the run, by what they show: a check each. */
  atEnd?: Record<string, string>;
  /** Prints one line for each letter that still waits. */
  queue: string;
  /** Shows whether a letter to this address arrived, where that is not at a server of the made-up internet. */
  hasArrived?(lab: Lab, address: string): Promise<boolean>;
  /** How long reports are waited for. */
  patienceMs?: number;
}

interface SentLetter {
  scenario: Scenario;
  owed: Owed;
  roomId: string;
  letter: Letter;
}

/** What became of the letters, when their reports had come or patience was over. */
interface Aftermath {
  accepted: Set<string>;
  arrived: Set<string>;
  reports: CollectedMail[];
}

export async function runSender(lab: Lab, server: Server): Promise<void> {
  const product = await lab.product('utc');
  const sent = await book(product, server);
  const network = await OwnNetwork.open(lab);
  await server.start(lab);
  const accepted = await submit(lab, network, server, sent);
  const { reports, arrived } = await waitForReports(lab, network, server, sent, accepted);
  await judgeQueue(lab, server);
  await lab.root.close();
  lab.say(`${reports.length} reports came back`);
  await judge(lab, product, sent, { accepted, arrived, reports });
  judgeFormat(lab, server, sent, reports);
}

async function book(product: Product, server: Server): Promise<SentLetter[]> {
  const host = { email: `hana-${randomUUID().slice(0, 8)}@hosts.test`, name: 'Hana', timeZone: 'Europe/Berlin' };
  const sent: SentLetter[] = [];
  for (const scenario of server.scenarios ?? scenarios) {
    const guest = { email: scenario.address, name: 'Gil', timeZone: 'America/New_York' };
    const times = { startUtc: '2031-05-05T10:00:00Z', endUtc: '2031-05-05T11:00:00Z' };
    const { body } = await product.api('POST', '/api/practice-room/create', { ...times, host, guest });
    const mail = await eventually(`the letter to ${scenario.address}`, () =>
      product.mailsTo(scenario.address).find(({ raw }) => propertyIn(raw, 'UID') === body.uid),
    );
    const letter = { from: mail.from, to: scenario.address, raw: mail.raw };
    sent.push({ scenario, owed: owedFor(scenario, server.exceptions), roomId: body.roomId, letter });
  }
  return sent;
}

/** Resolves with the addresses whose letters the server took. */
async function submit(lab: Lab, network: OwnNetwork, server: Server, sent: SentLetter[]): Promise<Set<string>> {
  if (!server.submit) {
    const lines = await network.inject(sent.map(({ letter }) => letter));
    for (const line of lines) if (!line.startsWith('taken ')) lab.say(line.slice(0, 300));
    return new Set(lines.flatMap((line) => /^taken (\S+)/.exec(line)?.[1] ?? []));
  }
  const accepted = new Set<string>();
  for (const { letter } of sent) if (await server.submit(lab, letter)) accepted.add(letter.to);
  return accepted;
}

/** Until everything owed has come and nothing may have to stay silent, or patience is over. */
async function waitForReports(
  lab: Lab,
  network: OwnNetwork,
  server: Server,
  sent: SentLetter[],
  accepted: Set<string>,
): Promise<Omit<Aftermath, 'accepted'>> {
  const until = Date.now() + (server.patienceMs ?? 90_000);
  const isSilent = sent.some(({ owed }) => !owed.isReported && !owed.isRefused && owed.outcome !== 'taken');
  for (let rounds = 0; ; rounds += 1) {
    const collected = network.collected();
    const reports = collected.filter(({ mine }) => mine);
    const arrived = new Set(collected.filter(({ mine }) => !mine).flatMap(({ to }) => to));
    for (const { scenario } of sent)
      if (await server.hasArrived?.(lab, scenario.address)) arrived.add(scenario.address);
    const isDone = sent.every(({ owed }) => isSettled(owed, seenOf(owed.address, { accepted, arrived, reports })));
    if ((isDone && !isSilent) || Date.now() > until) return { reports, arrived };
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    if (rounds % 2 === 1) await server.nudge?.(lab);
  }
}

const about = (address: string, reports: CollectedMail[]): CollectedMail[] =>
  reports.filter(({ raw }) => names(raw, address));

function seenOf(address: string, { accepted, arrived, reports }: Aftermath): SeenReports {
  const mine = about(address, reports);
  const warnings = mine.filter(({ raw }) => isDelay(raw)).length;
  const [isAccepted, hasArrived] = [accepted.has(address), arrived.has(address)];
  return { isAccepted, hasArrived, warnings, failures: mine.length - warnings };
}

function note(lab: Lab, seen: Check): void {
  lab.checks.push(seen);
  if (!seen.ok) lab.say(`WRONG  ${seen.what} (${seen.saw})`);
}

/** What a server that reports nothing more has given up; a letter leaves its queue after its report. */
async function judgeQueue(lab: Lab, { queue, atEnd = {} }: Server): Promise<void> {
  let left = '';
  const listed = async (): Promise<boolean> => {
    const { stdout, stderr } = await lab.root.sh(queue);
    left = `${stdout}${stderr}`.trim();
    return left === '';
  };
  await eventually('its queue is empty', listed, { timeoutMs: 30_000, everyMs: 1_000 }).catch(() => undefined);
  note(lab, check('no letter waits in its queue at the end', left === '', left));
  for (const [words, command] of Object.entries(atEnd)) {
    const shown = await lab.root.sh(command);
    note(lab, check(words, shown.stdout.trim() !== '', `nothing; ${shown.stderr}`));
  }
}

async function judge(lab: Lab, product: Product, sent: SentLetter[], aftermath: Aftermath): Promise<void> {
  const { reports } = aftermath;
  for (const each of sent) {
    for (const seen of reportChecks(each.owed, seenOf(each.owed.address, aftermath))) note(lab, seen);
    const sofar = { warnings: 0, failures: 0 };
    for (const { raw, from } of about(each.owed.address, reports)) {
      judgeReading(lab, each.owed, raw, from);
      judgeReason(lab, each.scenario, raw);
      await product.deliver(raw, from);
      sofar[isDelay(raw) ? 'warnings' : 'failures'] += 1;
      await judgeRoom(lab, product, each, stateAfter(each.owed.outcome, sofar));
    }
    await judgeRoom(lab, product, each, lastState(each.owed));
  }
  for (const { raw } of reports) {
    const found = sent.filter(({ scenario }) => names(raw, scenario.address)).map(({ scenario }) => scenario.address);
    if (found.length !== 1) note(lab, check('a mail that came back is about one letter', false, found.join(', ')));
  }
}

/** What the room shows in the end, if all that is owed has come. */
const lastState = ({ outcome, isReported, isWarnedOf }: Owed): string =>
  stateAfter(outcome, { failures: Number(isReported), warnings: Number(isWarnedOf) });

function judgeFormat(lab: Lab, server: Server, sent: SentLetter[], reports: CollectedMail[]): void {
  const pairs = reports.flatMap(({ raw }) => {
    const scenario = sent.find((each) => names(raw, each.scenario.address))?.scenario;
    return scenario ? [{ scenario, report: raw.toString('latin1') }] : [];
  });
  for (const [words, isRight] of Object.entries(server.format ?? {})) {
    const others = pairs.filter(({ report, scenario }) => !isRight(report, scenario));
    const saw = `${others.length} are not so: ${others.map(({ scenario }) => scenario.address).join(', ')}`;
    note(lab, check(`every report: ${words}`, pairs.length > 0 && others.length === 0, saw));
  }
  for (const [words, isRight] of Object.entries(server.together ?? {}))
    note(lab, check(`its reports: ${words}`, isRight(pairs.map(({ report }) => report)), `${pairs.length} reports`));
}

function judgeReading(lab: Lab, { address, outcome }: Owed, raw: Buffer, from: string): void {
  const reading = interpret(readMail(raw, from));
  const wanted = isDelay(raw) ? 'delayed' : outcome === 'hard' ? 'hard' : 'soft';
  const seen =
    reading.kind === 'bounce' ? (reading.recipients ?? []).map((each) => `${each.address} ${each.kind}`) : [];
  const ok = seen.length === 1 && seen[0]?.toLowerCase() === `${address} ${wanted}`;
  note(lab, check(`${address}: its report is read as ${wanted}`, ok, `${reading.kind}: ${seen.join(', ')}`));
}

/** So that a letter which was refused by another rule does not count. */
function judgeReason(lab: Lab, { address, reason }: Scenario, raw: Buffer): void {
  if (reason === undefined) return;
  const text = raw.toString('latin1').replaceAll(/\r?\n\s*(?:550[- ])?/g, ' ');
  const saw = /Diagnostic-Code:.{0,200}/.exec(text)?.[0] ?? 'no Diagnostic-Code';
  note(lab, check(`${address}: its report says “${reason}”`, text.includes(reason), saw));
}

async function judgeRoom(lab: Lab, product: Product, { owed, roomId }: SentLetter, wanted: string): Promise<void> {
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
  note(lab, check(`${owed.address}: the room shows ${wanted}`, seen === wanted, seen));
}

/**
 * A warning, not the end: by its report, or by its subject where it has none. The last reports of OpenSMTPD and
 * nullmailer have the Action of a warning. That they are the last is seen by the queue, which is empty afterwards.
 */
const isDelay = (raw: Buffer): boolean => {
  const text = raw.toString('latin1');
  if (/: Envelope expired\r$|^This is the nullmailer delivery system/m.test(text)) return false;
  return /^Action:\s*delayed/im.test(text) || /^Subject:.*(?:warning|delay)/im.test(text);
};

/** The address stands in the mail as a whole. */
const names = (raw: Buffer, address: string): boolean =>
  new RegExp(`(?<![\\w.-])${address.replaceAll('.', '\\.')}(?![\\w-])`, 'i').test(raw.toString('latin1'));
