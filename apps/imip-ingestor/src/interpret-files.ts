// The command behind `npm run --silent interpret -- FILE...`: one JSON object a line for each file (contract, section 1).
// Called by interpret.main; needs no service and no setting, and a file that cannot be read is a line like any other.
import { readFileSync } from 'node:fs';
import { interpret } from './interpret';
import { readMail } from './mail';
import { reportLine } from './reading';

/** Writes one line for each file, in their order. Never throws for what is in a file. */
export function interpretFiles(files: string[], write: (line: string) => void): void {
  for (const file of files) write(`${lineFor(file)}\n`);
}

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
