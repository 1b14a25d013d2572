// `npm run --silent interpret -- FILE...`: what the ingestor makes of each mail, one JSON object a line (contract, section 1).
// Needs no service and no setting; a file that cannot be read is a line like any other.
import { readFileSync } from 'node:fs';
import { interpret } from './interpret';
import { readMail } from './mail';
import { reportLine } from './reading';

function lineFor(file: string): string {
  let raw: Buffer;
  try {
    raw = readFileSync(file);
  } catch (error) {
    return reportLine(file, { kind: 'ignored', why: `unreadable-file: ${(error as { code?: string }).code ?? 'fault'}` });
  }
  try {
    return reportLine(file, interpret(readMail(raw)));
  } catch {
    return reportLine(file, { kind: 'ignored', why: 'parser-failed: a fault of ours' });
  }
}

for (const file of process.argv.slice(2)) process.stdout.write(`${lineFor(file)}\n`);
